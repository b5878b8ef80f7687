"""The rules of money that hold for a municipality in a year: its own, else those for all."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from planning.models import FundingRule

OF_THE_ROW = {"id", "uid", "version", "year", "applies_to", "note", "valid_from", "valid_until"}


def in_force(year: int) -> Q:
    """Records of the programme that hold on a day of the year."""
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=date(year, 12, 31))
    return begun & (Q(valid_until__isnull=True) | Q(valid_until__gte=date(year, 1, 1)))


def rules_in(municipality: int, years: Iterable[int]) -> dict[int, FundingRule]:
    """For each year an unsaved rule of the municipality with this key, in one query; what is empty is not set."""
    wanted = list(years)
    rows = FundingRule.objects.filter(year__in=wanted).filter(Q(applies_to__isnull=True) | Q(applies_to=municipality))
    found = {year: FundingRule(year=year, applies_to_id=municipality) for year in wanted}
    for row in sorted(rows, key=lambda row: (row.applies_to_id is not None, row.pk)):
        if not row.holds((date(row.year, 1, 1), date(row.year, 12, 31))):
            continue
        for field in FundingRule._meta.concrete_fields:
            value = getattr(row, field.attname)
            if field.editable and field.name not in OF_THE_ROW and value not in (None, ""):
                setattr(found[row.year], field.attname, value)
    return found


def rule_of(municipality: int, year: int) -> FundingRule:
    """The rule of one year."""
    return rules_in(municipality, [year])[year]
