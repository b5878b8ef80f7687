"""The Finanzpläne 2018 and 2019 of the model municipalities: who pays what is invented and marked as example.

What a measure or post costs in the year is the statement of the dossier; it is parted to the cent among the sources.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from accounts.models import Municipality, User
from exchange.dated import at_ten, written_on
from funding.domain.budget.new_year import from_measures
from funding.enums import BudgetAction
from funding.models import BudgetExplanation, BudgetLine, BudgetYear, CostKind, OwnExpense
from planning.models import ActionField, PlanningCycle
from records.domain.saving import create_record
from records.life.moving import take_step
from records.vague import VagueDate

CENTS = Decimal("0.01")


@dataclass(frozen=True)
class Parts:
    """How a cost is parted: kind of cost, and ten-thousandths per source; the Kommune pays what is left."""

    kind: str
    shares: dict[str, int]


MEASURES = (
    Parts("WL", {"land": 6013, "own": 1009, "third": 173}),
    Parts("WL", {"land": 6687, "own": 873, "fees": 419}),
    Parts("HO", {"land": 6949}),
    Parts("SK", {"land": 5237, "own": 1333}),
)
POSTS = {"16065": ("41236.40", "17672.75"), "16077": ("39127.55", "16768.95")}  # a planner in a year: Land, Kommune
POST_COSTS = ("Sachkosten der Planerstelle", 1, "1750.00", "750.00")
WITHOUT_LAND = ("Jugend- und Familienberatung (ohne Landesmittel)", 4, "38412.19")
YEARS = {2018: (date(2017, 11, 6), date(2017, 12, 11)), 2019: (date(2018, 11, 5), date(2018, 12, 10))}
SPENT_YEAR, BOOKED = 2018, date(2019, 1, 28)
DIFFERENT = (
    "Kleinräumiges Sozialmonitoring",
    "5642.59",
    "2477.41",
    "Beispiel: Die Daten einer Planungsregion kamen erst im Jahr darauf.",
)
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
        lines = [line for proposed in from_measures(cycle, year) if has_costs(line := proposed.line)]
        lines += [post_costs(place, year), without_land(place, year)]
        for number, line in enumerate(lines, start=1):
            line.budget_year, line.position, line.is_example = plan, number, True
            part(line)
            create_record(line, actor=planner)
        step(plan, BudgetAction.AGREE, planner, agreed, "Beispiel: mit der Kämmerei")
    with written_on(resolved):
        step(plan, BudgetAction.RESOLVE, lead, resolved, "Beispiel: Haushaltssatzung")
    if year == SPENT_YEAR:
        with written_on(BOOKED):
            book(lines, planner)
    return len(lines)


def book(lines: list[BudgetLine], planner: User) -> None:
    """What the Kommune paid itself in the year, by source; one line came differently, and a sentence says why."""
    for line in lines:
        if line.measure is not None and line.title != DIFFERENT[0]:
            continue
        spent = {source: amount for source, amount in line.amounts.items() if amount}
        if line.title == DIFFERENT[0]:
            spent = {"land": Decimal(DIFFERENT[1]), "municipal": Decimal(DIFFERENT[2])}
            told = BudgetExplanation(municipality=line.municipality, line=line, text=DIFFERENT[3], is_example=True)
            create_record(told, actor=planner)
        for source, amount in spent.items():
            paid = OwnExpense(municipality=line.municipality, line=line, amount=amount, source=source)
            paid.paid_on, paid.is_example = VagueDate.from_iso(str(SPENT_YEAR)), True
            create_record(paid, actor=planner)


def has_costs(line: BudgetLine) -> bool:
    """Whether the dossier says what it costs, or it is a planner post, whose cost is invented."""
    return line.open is not None or line.planner_post_id is not None


def part(line: BudgetLine) -> None:
    """Set the amounts of the sources; together they are what the line costs. A measure has the same kind every year."""
    if line.planner_post_id:
        land, municipal = POSTS[line.municipality.ags]
        line.open, line.land, line.municipal = None, Decimal(land), Decimal(municipal)
        line.cost_kind, line.action_field = CostKind.objects.get(code="PK"), field_of(1, line.budget_year.year)
    if line.open is None:
        return
    parts = MEASURES[(line.measure.number or 0) % len(MEASURES) if line.measure else 0]
    cost, line.open = line.open, None
    shares = {source: (cost * share).scaleb(-4).quantize(CENTS, "ROUND_DOWN") for source, share in parts.shares.items()}
    for source, amount in shares.items():
        setattr(line, source, amount)
    line.municipal = cost - sum(shares.values())
    line.cost_kind = CostKind.objects.get(code=parts.kind)


def field_of(number: int, year: int) -> ActionField:
    """The Handlungsfeld of that number in the year."""
    day = date(year, 1, 1)
    return next(entry for entry in ActionField.objects.filter(number=number) if entry.holds((day, day)))


def post_costs(place: Municipality, year: int) -> BudgetLine:
    """A line of neither measure nor post."""
    title, field, land, municipal = POST_COSTS
    kind = CostKind.objects.get(code="SK")
    amounts = {"land": Decimal(land), "municipal": Decimal(municipal)}
    return BudgetLine(municipality=place, title=title, action_field=field_of(field, year), cost_kind=kind, **amounts)


def without_land(place: Municipality, year: int) -> BudgetLine:
    """Other spending of the Kommune counts as its own share."""
    title, field, amount = WITHOUT_LAND
    return BudgetLine(
        municipality=place,
        title=title,
        action_field=field_of(field, year),
        cost_kind=CostKind.objects.get(code="WL"),
        municipal=Decimal(amount),
    )


def step(plan: BudgetYear, action: str, actor: User, day: date, note: str) -> None:
    """One step on its day."""
    plan.refresh_from_db()
    take_step(record=plan, action=action, actor=actor, version=plan.version, note=note, at=at_ten(day))
