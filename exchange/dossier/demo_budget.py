"""The Finanzpläne 2018 and 2019 of the model municipalities: who pays what is invented and marked as example.

What a measure or post costs in the year is the statement of the dossier; it is parted to the cent among the sources.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from accounts.models import Municipality, User
from exchange.dated import at_ten, written_on
from funding.domain.new_year import from_measures
from funding.enums import BudgetAction
from funding.models import BudgetLine, BudgetYear, CostKind
from planning.models import ActionField, PlanningCycle
from records.domain.saving import create_record
from records.life.moving import take_step

CENTS = Decimal("0.01")


@dataclass(frozen=True)
class Parts:
    """How a cost is parted: kind of cost, and ten-thousandths per source; the Kommune pays what is left."""

    kind: str
    shares: dict[str, int]


POST = Parts("PK", {"land": 7000})
MEASURES = (
    Parts("WL", {"land": 6013, "own": 1009, "third": 173}),
    Parts("WL", {"land": 6687, "own": 873, "fees": 419}),
    Parts("HO", {"land": 6949}),
    Parts("SK", {"land": 5237, "own": 1333}),
)
WITHOUT_LAND = ("Jugend- und Familienberatung (ohne Landesmittel)", 4, "38412.19")
YEARS = {2018: (date(2017, 11, 6), date(2017, 12, 11)), 2019: (date(2018, 11, 5), date(2018, 12, 10))}
PEOPLE = {"16065": "kyf", "16077": "abg"}


def load_budgets(ags: str) -> int:
    """Enter both years of a model municipality that has none. Returns how many lines were created."""
    place = Municipality.objects.get(ags=ags)
    if BudgetYear.objects.filter(municipality=place).exists():
        return 0
    planner, lead = (User.objects.get(username=f"{role}-{PEOPLE[ags]}") for role in ("planung", "leitung"))
    with transaction.atomic():
        return sum(enter(place, year, planner, lead) for year in YEARS)


def enter(place: Municipality, year: int, planner: User, lead: User) -> int:
    """The plan of a year, agreed by the planner and resolved by the Leitung."""
    cycle = PlanningCycle.objects.get(municipality=place, first_year__lte=year, last_year__gte=year)
    agreed, resolved = YEARS[year]
    with written_on(agreed):
        plan = create_record(BudgetYear(municipality=place, cycle=cycle, year=year, is_example=True), actor=planner)
        lines = [line for proposed in from_measures(cycle, year) if (line := proposed.line).open]
        lines.append(without_land(place, year))
        for number, line in enumerate(lines, start=1):
            line.budget_year, line.position, line.is_example = plan, number, True
            part(line, number)
            create_record(line, actor=planner)
        step(plan, BudgetAction.AGREE, planner, agreed, "Beispiel: mit der Kämmerei")
    with written_on(resolved):
        step(plan, BudgetAction.RESOLVE, lead, resolved, "Beispiel: Haushaltssatzung")
    return len(lines)


def part(line: BudgetLine, number: int) -> None:
    """Set the amounts of the sources; together they are what the line costs."""
    if line.open is None:
        return
    parts = POST if line.planner_post_id else MEASURES[number % len(MEASURES)]
    cost, line.open = line.open, None
    shares = {source: (cost * share).scaleb(-4).quantize(CENTS, "ROUND_DOWN") for source, share in parts.shares.items()}
    for source, amount in shares.items():
        setattr(line, source, amount)
    line.municipal = cost - sum(shares.values())
    line.cost_kind = CostKind.objects.get(code=parts.kind)


def without_land(place: Municipality, year: int) -> BudgetLine:
    """Other spending of the Kommune counts as its own share."""
    (title, field, amount), day = WITHOUT_LAND, date(year, 1, 1)
    return BudgetLine(
        municipality=place,
        title=title,
        action_field=next(entry for entry in ActionField.objects.filter(number=field) if entry.holds((day, day))),
        cost_kind=CostKind.objects.get(code="WL"),
        municipal=Decimal(amount),
    )


def step(plan: BudgetYear, action: str, actor: User, day: date, note: str) -> None:
    """One step on its day."""
    plan.refresh_from_db()
    take_step(record=plan, action=action, actor=actor, version=plan.version, note=note, at=at_ten(day))
