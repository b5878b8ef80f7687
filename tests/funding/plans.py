"""The Finanzplan of money that was worked out by hand: lines, limits, what they come to."""

from decimal import Decimal
from typing import Any

from funding.models import BudgetLine, BudgetYear, CostKind
from planning.models import ActionField, FundingRule, PlanningCycle
from records.domain.saving import create_record

FIELDS = {number: f"Handlungsfeld {number}" for number in (1, 3, 4, 5, 6)}
KINDS = ("Personal", "Sach", "Honorar", "Weiterleitung")
# Posten, Handlungsfeld, Kostenart, Land, Kommune, Träger, Dritte
WORKED = (
    ("Planerstelle", 1, "Personal", "41.236,40", "17.672,75", "", ""),
    ("Planerstelle Sachkosten", 1, "Sach", "1.750,00", "750,00", "", ""),
    ("Eltern-Kind-Kurse", 3, "Weiterleitung", "28.963,27", "9.654,42", "4.290,86", ""),
    ("EEFLB", 4, "Weiterleitung", "104.573,00", "52.286,50", "17.428,83", ""),
    ("Frauen- und Familienzentrum", 4, "Weiterleitung", "56.000,00", "18.666,67", "7.466,66", "1.500,00"),
    ("Dorfkümmerer", 5, "Honorar", "4.200,00", "1.800,00", "", ""),
    ("Mikroprojekte", 6, "Weiterleitung", "15.000,00", "", "1.666,67", ""),
    ("Jugendberatung (ohne Land)", 4, "Weiterleitung", "", "38.412,19", "", ""),
)
HEADS = ("Posten", "Handlungsfeld", "Kostenart", "Land", "Kommune", "Eigenmittel", "Dritte")


def add(model: Any, **values: Any) -> Any:
    """A stored record."""
    return create_record(model(**values), actor=None)


def catalogue() -> None:
    """Handlungsfelder and Kostenarten."""
    for number, title in FIELDS.items():
        add(ActionField, number=number, title=title)
    for place, title in enumerate(KINDS, 1):
        add(CostKind, code=title[:2].upper(), title=title, position=place)


def year_of(municipality: Any, year: int = 2018, **rule: Any) -> BudgetYear:
    """An empty Finanzplan in a cycle of its own, with the limits of its year."""
    if rule:
        add(FundingRule, year=year, applies_to=municipality, **rule)
    cycle = PlanningCycle.objects.filter(municipality=municipality, first_year__lte=year, last_year__gte=year).first()
    cycle = cycle or add(PlanningCycle, municipality=municipality, title="Zyklus", first_year=year, last_year=year + 2)
    return add(BudgetYear, municipality=municipality, cycle=cycle, year=year)


def as_pasted(rows: Any = WORKED, heads: tuple[str, ...] = HEADS) -> str:
    """The table as it comes out of Excel: tabs between cells, and a line end at the end."""
    named = [
        [FIELDS[cell] and f"{cell} {FIELDS[cell]}" if place == 1 else cell for place, cell in enumerate(row)]
        for row in rows
    ]
    return "\n".join("\t".join(map(str, row)) for row in (heads, *named)) + "\n"


def line(year: BudgetYear, title: str, **values: Any) -> BudgetLine:
    """A line; amounts as Decimals or texts of Decimals."""
    amounts = {
        name: Decimal(value) if isinstance(value, str) and name in BudgetLine.units else value
        for name, value in values.items()
    }
    return add(BudgetLine, municipality=year.municipality, budget_year=year, title=title, **amounts)
