"""The invented records of one municipality over some years: what a planner would have entered, in plausible numbers.

A year brings about 170 records and 50 dated marks. Documents are left out, as they need files.
"""

from dataclasses import dataclass, field
from datetime import date

from accounts.models import Municipality
from exchange.seed.participation import add_bodies, add_participation
from exchange.seed.planning import add_planning
from exchange.seed.rows import Rows
from exchange.seed.words import PLACES, PROVIDERS, REGIONS, TARGET_GROUPS, pick, text
from planning.enums import (
    DataSourceKind,
    EntryLevelNumber,
    Maturity,
    Phase,
    PriorProgrammeKind,
    Progress,
    ProviderKind,
    SpatialLevel,
    StrategyKind,
    SuccessIndicator,
)
from planning.models import (
    ActionField,
    Agreement,
    Certificate,
    Commune,
    DataSource,
    EntryLevel,
    Indicator,
    LifePhase,
    LinkedStrategy,
    PhaseState,
    PlannerPost,
    PlanningCycle,
    PlanningRegion,
    PriorProgramme,
    Provider,
    StartingCondition,
    TargetGroup,
)
from plans.models import Plan
from records.vague import DAY, MONTH, VagueDate

FIRST_YEAR = 2016
CYCLE_YEARS = 3


@dataclass(frozen=True)
class Catalogue:
    """The rows of the programme to which the others point; read once."""

    action_fields: list[ActionField] = field(default_factory=lambda: list(ActionField.objects.order_by("number")))
    life_phases: list[LifePhase] = field(default_factory=lambda: list(LifePhase.objects.order_by("number")))
    indicators: list[Indicator] = field(default_factory=lambda: list(Indicator.objects.order_by("uid")))


def rows_of_municipality(municipality: Municipality, years: int, catalogue: Catalogue) -> Rows:
    """All rows, unsaved."""
    rows = Rows(municipality)
    add_places(rows)
    add_start(rows)
    add_bodies(rows)
    cycle = None
    for number in range(years):
        year = FIRST_YEAR + number
        if number % CYCLE_YEARS == 0:
            cycle = add_cycle(rows, year, cycle)
        assert cycle is not None
        rows.add(Plan, cycle=cycle, year=year, as_of=date(year, 12, 31))
        add_participation(rows, year)
        add_planning(rows, year, cycle, catalogue.action_fields, catalogue.life_phases, catalogue.indicators)
    return rows


def day(year: int, number: int) -> VagueDate:
    """A day of the year, every fifth time only its month."""
    month, date_ = number % 12 + 1, number * 7 % 28 + 1
    return VagueDate(date(year, month, date_), MONTH if number % 5 == 0 else DAY)


def add_places(rows: Rows) -> None:
    """Gemeinden, regions, target groups, providers, data sources."""
    communes = [
        rows.add(Commune, name=name, kind="Gemeinde", population=900 + 310 * number, population_year=2017)
        for number, name in enumerate(PLACES)
    ]
    for number, name in enumerate(REGIONS):
        rows.add(
            PlanningRegion,
            title=f"Planungsregion {name}",
            description=text(number, 1),
            links={"communes": communes[number::4]},
        )
    for title in TARGET_GROUPS:
        rows.add(TargetGroup, title=title)
    for number, name in enumerate(PROVIDERS):
        rows.add(
            Provider,
            title=f"{name} {pick(PLACES, number)}",
            kind=pick(ProviderKind.values, number),
            place=pick(PLACES, number),
            contact="Leitung der Einrichtung",
        )
    for number, kind in enumerate(DataSourceKind):
        rows.add(
            DataSource,
            title=f"{kind.label} zur Lage der Familien",
            publisher="Landkreis",
            kind=kind,
            level=SpatialLevel.DISTRICT,
            as_of=VagueDate.from_iso("2015"),
            gaps=text(number, 1),
        )


def add_start(rows: Rows) -> None:
    """The Ausgangslage."""
    rows.add(EntryLevel, level=EntryLevelNumber.TWO, begin=day(FIRST_YEAR, 3))
    for number, indicator in enumerate(SuccessIndicator):
        rows.add(
            StartingCondition,
            indicator=indicator,
            assessed_on=day(FIRST_YEAR, number + 1),
            maturity=pick(Maturity.values, number),
            answers=text(number),
        )
    for number, kind in enumerate(PriorProgrammeKind):
        programme = rows.add(
            PriorProgramme,
            title=f"Programm {kind.label}",
            kind=kind,
            begin=VagueDate.from_iso("2013"),
            end=VagueDate.from_iso("2015"),
            result=text(number),
            reusable_structures=text(number + 1, 1),
        )
        if kind == PriorProgrammeKind.AUDIT:
            rows.add(Certificate, programme=programme, title="Familiengerechter Landkreis", awarded_on=day(2015, 6))
    rows.add(
        PlannerPost,
        title="Sozialplanung LSZ",
        full_time_equivalent=1,
        begin=day(FIRST_YEAR, 9),
        yearly_cost=62000,
        located_at="Sozialamt",
    )
    rows.add(Agreement, title="Kooperationsvertrag", parties="Ministerium, Landratsamt", signed_on=day(FIRST_YEAR, 8))
    for number, strategy in enumerate(list(StrategyKind)[:3]):
        rows.add(LinkedStrategy, title=f"Strategie {strategy.label}", kind=strategy, shared_goals=text(number))


def add_cycle(rows: Rows, year: int, before: PlanningCycle | None) -> PlanningCycle:
    """A cycle with its phases, half of them done."""
    last = year + CYCLE_YEARS - 1
    cycle = rows.add(
        PlanningCycle,
        wave=year,
        title=f"Planungszyklus {year}–{last}",
        first_year=year,
        last_year=last,
        predecessor=before,
    )
    for number, phase in enumerate(Phase):
        state = (Progress.DONE, Progress.DONE, Progress.RUNNING, Progress.NOT_STARTED)[number // 2]
        begin = None if state == Progress.NOT_STARTED else day(year + number // 3, number)
        end = day(year + number // 3 + 1, number) if state == Progress.DONE else None
        rows.add(PhaseState, cycle=cycle, phase=phase, state=state, begin=begin, end=end)
    return cycle
