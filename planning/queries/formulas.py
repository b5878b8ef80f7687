"""Kennzahlen that are reckoned of others: their formula and of what."""

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import BooleanField, Value

from planning.enums import Formula
from planning.models import Indicator
from planning.queries.official_figures import Facts

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


def derivations() -> dict[int, Derivation]:
    """Every Kennzahl that is reckoned, by its number (one query)."""
    rows = linked(Indicator.parts.through, is_base=False).union(linked(Indicator.base.through, is_base=True), all=True)
    found: dict[int, Derivation] = {}
    for pk, formula, base_year, part, title, is_base, *facts in sorted(rows, key=lambda row: (row[0], row[4])):
        one = found.get(pk) or Derivation(pk, Facts(*facts), Formula(formula), base_year)
        term = (part, title)
        found[pk] = replace(one, base=(*one.base, term)) if is_base else replace(one, parts=(*one.parts, term))
    return {pk: one for pk, one in found.items() if one.parts and (one.base or not one.formula.needs_base)}


def linked(through: Any, *, is_base: bool) -> Any:
    """One side of all formulas."""
    own = [f"from_indicator__{name}" for name in Facts._fields]
    rows = through.objects.exclude(from_indicator__formula="").order_by()
    rows = rows.annotate(is_base=Value(is_base, output_field=BooleanField()))
    first = ("from_indicator_id", "from_indicator__formula", "from_indicator__base_year", "to_indicator_id")
    return rows.values_list(*first, "to_indicator__title", "is_base", *own)
