"""Kennzahlen that are reckoned of others: their formula and of what; and days across which nothing is reckoned."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from django.db.models import BooleanField, IntegerField, Q, Value
from django.db.models.functions import Cast, ExtractYear
from django.utils import timezone

from planning.enums import Formula
from planning.models import Indicator, IndicatorBreak
from planning.queries.official_figures import Facts

BREAK = "bruch"  # in the place of a formula
TEMPLATES = {
    Formula.HUNDRED: "{a} ÷ {b} × 100",
    Formula.THOUSAND: "{a} ÷ {b} × 1 000",
    Formula.SHARE: "{a} ÷ {b} × 100",
    Formula.DIFFERENCE: "{a} − {b}",
    Formula.SUM: "{a}",
    Formula.CHANGE: "({a} − {a} {year}) ÷ {a} {year} × 100",
}


@dataclass(frozen=True)
class Derivation:
    """A Kennzahl with its formula; ``parts`` and ``base`` are numbers and titles of what is added up."""

    pk: int
    facts: Facts
    formula: Formula
    base_year: int | None
    parts: tuple[tuple[int, str], ...] = ()
    base: tuple[tuple[int, str], ...] = ()

    @property
    def terms(self) -> tuple[tuple[int, str], ...]:
        """All of what it is reckoned."""
        return tuple(dict.fromkeys((*self.parts, *self.base)))

    @property
    def words(self) -> str:
        """„(Personen unter 20 + Personen ab 65) ÷ Personen von 20 bis unter 65 × 100“."""
        return TEMPLATES[self.formula].format(a=added(self.parts), b=added(self.base), year=self.base_year)


def added(terms: tuple[tuple[int, str], ...]) -> str:
    """A sum in words."""
    titles = [f"„{title}“" for _, title in terms]
    return f"({' + '.join(titles)})" if len(titles) > 1 else "".join(titles)


class Break(NamedTuple):
    """Since when something is counted otherwise; what is empty is all."""

    year: int
    words: str
    statistic: str
    indicator: int | None
    area: str

    def concerns(self, indicator: int, statistics: Collection[str], area: str) -> bool:
        """Whether a series of a Kennzahl in an area goes across it."""
        of_statistic = not self.statistic or self.statistic in statistics
        return of_statistic and self.indicator in (None, indicator) and self.area in ("", area)


class Reckoning(NamedTuple):
    """What the catalogue says of how numbers may be reckoned: formulas by their Kennzahl, and breaks by their year."""

    formulas: dict[int, Derivation]
    breaks: list[Break]


def reckoning() -> Reckoning:
    """Every Kennzahl that is reckoned, and every break that holds today (one query together)."""
    parts, base = linked(Indicator.parts.through, is_base=False), linked(Indicator.base.through, is_base=True)
    found: dict[int, Derivation] = {}
    breaks = []
    rows = parts.union(base, breaks_as_links(), all=True)
    for pk, formula, year, part, title, is_base, *facts in sorted(rows, key=lambda row: (row[0] or 0, row[4])):
        if formula == BREAK:
            breaks.append(Break(year, title, facts[0], pk, facts[1]))
            continue
        one = found.get(pk) or Derivation(pk, Facts(*facts), Formula(formula), year)
        term = (part, title)
        found[pk] = replace(one, base=(*one.base, term)) if is_base else replace(one, parts=(*one.parts, term))
    whole = {pk: one for pk, one in found.items() if one.parts and (one.base or not one.formula.needs_base)}
    return Reckoning(whole, sorted(breaks, key=lambda one: one.year))


def breaks_as_links() -> Any:
    """Breaks in the columns of ``linked``, so that a page asks for both at once."""
    holds = Q(valid_until__isnull=True) | Q(valid_until__gte=timezone.localdate())
    rows = IndicatorBreak.objects.filter(holds).order_by()
    said = {
        "kind": Value(BREAK),
        "year": Cast(ExtractYear("day"), IntegerField()),
        "part": Value(0),
        "nothing": Value(""),
        "no": Value(False),
    }
    facts = ("statistic", "area_code", "nothing", "nothing", "nothing", "no")
    rows = rows.annotate(**said)
    return rows.values_list("indicator_id", "kind", "year", "part", "words", "no", *facts)


def linked(through: Any, *, is_base: bool) -> Any:
    """One side of all formulas."""
    own = [f"from_indicator__{name}" for name in Facts._fields]
    rows = through.objects.exclude(from_indicator__formula="").order_by()
    rows = rows.annotate(is_base=Value(is_base, output_field=BooleanField()))
    first = ("from_indicator_id", "from_indicator__formula", "from_indicator__base_year", "to_indicator_id")
    return rows.values_list(*first, "to_indicator__title", "is_base", *own)
