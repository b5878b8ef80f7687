"""By when money of the Land must be used, reckoned by the database, so that what waits is read in one query.

The same as funding.domain.grants.use_until (tests/funding/test_open_money.py compares them). Days are texts.
"""

from typing import Any

from django.db import connection
from django.db.models import Case, CharField, DateField, F, Func, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Concat, Substr

from funding.models import FundsCall
from planning.enums import UseUnit
from planning.models import FundingRule
from records.fields import VagueDateField

TEXT = CharField()


def calls_in_use() -> QuerySet[Any]:
    """Calls whose money came and is not said to be used, with the last day for it where the programme sets one."""
    rows = FundsCall.objects.filter(received_on__isnull=False, used_on__isnull=True)
    rows = rows.annotate(number=set_by_rule("use_within"), unit=set_by_rule("use_unit"))
    came = Substr(Cast("received_on", TEXT), 1, 10)
    until = Case(
        When(unit=UseUnit.MONTHS, then=later(came, F("number"), "month")), default=later(came, F("number"), "day")
    )
    day = Concat(until, Value("D"), output_field=VagueDateField())
    return rows.filter(number__isnull=False).annotate(use_until=day)


def set_by_rule(name: str) -> Subquery:
    """What the programme sets for the year of the grant: for the municipality, else for all."""
    valid = Q(valid_from__isnull=True) | Q(valid_from__year__lte=F("year"))
    valid &= Q(valid_until__isnull=True) | Q(valid_until__year__gte=F("year"))
    whose = Q(applies_to=OuterRef("municipality")) | Q(applies_to__isnull=True)
    rows = FundingRule.objects.filter(valid, whose, year=OuterRef("notice__grant__year")).exclude(
        **{name: ""} if name == "use_unit" else {name: None}
    )
    return Subquery(rows.order_by(F("applies_to").asc(nulls_last=True), "-pk").values(name)[:1])


def later(day: Any, number: Any, unit: str) -> Func:
    """An ISO day as text, so many months or days later. A month without that day ends before it: 28.02. after 31.12."""
    if connection.vendor == "postgresql":
        moved = Func(
            Cast(day, DateField()), number, template=f"(%(expressions)s * interval '1 {unit}')", arg_joiner=" + "
        )
        return Func(moved, Value("YYYY-MM-DD"), function="to_char", output_field=TEXT)
    moved = sqlite_date(day, Concat(number, Value(f" {unit}s"), output_field=TEXT))
    if unit == "day":
        return moved
    month = Concat(number + 1, Value(" months"), output_field=TEXT)
    end = sqlite_date(day, Value("start of month"), month, Value("-1 day"))
    return Func(moved, end, function="MIN", output_field=TEXT)


def sqlite_date(*parts: Any) -> Func:
    """SQLite's date of a day and what is added to it."""
    return Func(*parts, function="date", output_field=TEXT)
