"""Invented steps, offers, figures, needs, goals and measures of one year."""

from datetime import date
from decimal import Decimal

from exchange.seed.rows import Rows
from exchange.seed.words import MEASURES, NEEDS, OFFERS, STEPS, pick, some, text
from participation.models import Finding
from planning.enums import (
    CriterionKind,
    GoalLevel,
    MeasureState,
    NeedState,
    Phase,
    Priority,
    Rating,
    SpatialLevel,
    StepState,
    SwotKind,
)
from planning.models import (
    ActionField,
    CriterionValue,
    DataSource,
    FamilyConcept,
    Goal,
    Indicator,
    IndicatorValue,
    LifePhase,
    Measure,
    Milestone,
    MissionStatement,
    Need,
    Offer,
    PlanningCycle,
    PlanningRegion,
    PlanningStep,
    Provider,
    QualityCriterion,
    SwotEntry,
    TargetGroup,
)
from records.vague import HALF, QUARTER, VagueDate

OFFERS_PER_YEAR, NEEDS_PER_YEAR, MEASURES_PER_YEAR = 8, 6, 6


def quarter(year: int, number: int) -> VagueDate:
    """A quarter of the year."""
    return VagueDate(date(year, number % 4 * 3 + 1, 1), QUARTER)


def add_planning(
    rows: Rows,
    year: int,
    cycle: PlanningCycle,
    action_fields: list[ActionField],
    life_phases: list[LifePhase],
    indicators: list[Indicator],
) -> None:
    """What the planner adds in one year, from steps to measures."""
    add_steps(rows, year, cycle)
    add_offers(rows, year, action_fields, life_phases)
    add_figures(rows, year, indicators)
    add_needs(rows, year, cycle, action_fields, life_phases)
    add_goals(rows, year, cycle, action_fields)
    add_measures(rows, year, cycle, action_fields, life_phases)


def add_steps(rows: Rows, year: int, cycle: PlanningCycle) -> None:
    """Twelve steps, and in the first year of a cycle its foundations."""
    for number, title in enumerate(STEPS):
        begin = VagueDate(date(year, number + 1, 1 + number * 2))
        rows.add(
            PlanningStep,
            cycle=cycle,
            phase=pick(Phase.values, number * 8 // 12),
            position=10 * number + 10,
            title=f"{title} {year}",
            guidance=text(number, 2),
            responsible="Sozialplanung",
            state=StepState.DONE,
            begin=begin,
            end=VagueDate(date(year, number + 1, 28)),
            is_milestone=number % 4 == 3,
            result=text(year, 1),
        )
    if year == cycle.first_year:
        adopted = VagueDate(date(year, 5, 4))
        rows.add(FamilyConcept, cycle=cycle, title=f"Familienbegriff {year}", text=text(year), adopted_on=adopted)
        rows.add(MissionStatement, cycle=cycle, title=f"Leitbild {year}", text=text(year + 1), adopted_on=adopted)


def add_offers(rows: Rows, year: int, action_fields: list[ActionField], life_phases: list[LifePhase]) -> None:
    """Offers with provider, fields and regions."""
    for number in range(OFFERS_PER_YEAR):
        place = year * OFFERS_PER_YEAR + number
        rows.add(
            Offer,
            title=f"{pick(OFFERS, place)} {pick(rows.of(PlanningRegion), place).title[16:]} {year}",
            description=text(place),
            provider=pick(rows.of(Provider), place),
            capacity="20 Plätze",
            use="gut besucht",
            begin=VagueDate.from_iso(str(year)),
            effectiveness=pick(Rating.values, place),
            weight=number,
            links={
                "action_fields": some(action_fields, place, 2),
                "life_phases": some(life_phases, place, 1),
                "regions": some(rows.of(PlanningRegion), place, 2),
                "target_groups": some(rows.of(TargetGroup), place, 2),
            },
        )


def add_figures(rows: Rows, year: int, indicators: list[Indicator]) -> None:
    """A value per indicator for the district."""
    for number, indicator in enumerate(indicators[:15]):
        rows.add(
            IndicatorValue,
            indicator=indicator,
            area=rows.municipality.name,
            level=SpatialLevel.DISTRICT,
            year=year,
            value=Decimal(1000 + 37 * number + year),
            data_source=rows.of(DataSource)[0],
        )


def add_needs(
    rows: Rows, year: int, cycle: PlanningCycle, action_fields: list[ActionField], life_phases: list[LifePhase]
) -> None:
    """Needs with evidence; findings of the year support them."""
    findings = [row for row in rows.of(Finding) if str(year) in row.text]
    for number in range(NEEDS_PER_YEAR):
        place = year * NEEDS_PER_YEAR + number
        region = pick(rows.of(PlanningRegion), place)
        need = rows.add(
            Need,
            cycle=cycle,
            title=f"{pick(NEEDS, place)} {region.title[16:]} {year}",
            description=text(place),
            priority=pick(Priority.values, place),
            state=pick(NeedState.values, place),
            links={
                "action_fields": some(action_fields, place, 1),
                "life_phases": some(life_phases, place, 1),
                "regions": [region],
                "target_groups": some(rows.of(TargetGroup), place, 1),
                "figures": rows.of(IndicatorValue)[-3:],
                "offers": rows.of(Offer)[-number - 1 :][:2],
            },
        )
        rows.links += [(finding, "needs", [need]) for finding in findings[number::NEEDS_PER_YEAR]]
    for number, kind in enumerate(SwotKind):
        field = pick(action_fields, year + number)
        rows.add(SwotEntry, cycle=cycle, action_field=field, kind=kind, text=f"{text(number + year, 1)} ({year})")


def add_goals(rows: Rows, year: int, cycle: PlanningCycle, action_fields: list[ActionField]) -> None:
    """A Leitziel with an action goal and three goals for measures."""
    needs = rows.of(Need)[-NEEDS_PER_YEAR:]
    above = None
    for wave, level in enumerate(GoalLevel):
        for number in range(3 if level == GoalLevel.MEASURE else 1):
            goal = rows.add(
                Goal,
                wave=wave,
                cycle=cycle,
                level=level,
                parent=above,
                position=10 * number + year - 2000,
                title=f"{level.label} {number + 1}: {pick(NEEDS, year + number)} {year}",
                description=text(number),
                action_field=pick(action_fields, year + number),
                priority=pick(Priority.values, number),
                target_date=VagueDate(date(year + 1, 7, 1), HALF),
                measurable=text(number, 1),
                links={"needs": needs[number::3]},
            )
        above = goal


def add_measures(
    rows: Rows, year: int, cycle: PlanningCycle, action_fields: list[ActionField], life_phases: list[LifePhase]
) -> None:
    """Measures with milestones, a criterion and its values."""
    goals = [goal for goal in rows.of(Goal) if goal.level == GoalLevel.MEASURE][-3:]
    needs = rows.of(Need)[-NEEDS_PER_YEAR:]
    for number in range(MEASURES_PER_YEAR):
        place = year * MEASURES_PER_YEAR + number
        measure = rows.add(
            Measure,
            cycle=cycle,
            title=f"{pick(MEASURES, place)} {year}",
            description=text(place),
            action_field=pick(action_fields, place),
            provider=pick(rows.of(Provider), place),
            responsible="Leitung der Einrichtung",
            begin=quarter(year, number),
            end=quarter(year + 1, number),
            state=pick((MeasureState.RUNNING, MeasureState.APPROVED, MeasureState.FINISHED), place),
            yearly_cost=Decimal(4000 + 1500 * number),
            links={
                "goals": [pick(goals, number)],
                "needs": [pick(needs, number)],
                "life_phases": some(life_phases, place, 1),
                "regions": some(rows.of(PlanningRegion), place, 1),
                "target_groups": some(rows.of(TargetGroup), place, 1),
            },
        )
        for step in range(2):
            rows.add(
                Milestone,
                measure=measure,
                title=f"Meilenstein {step + 1}",
                planned_on=quarter(year, number + step),
                reached_on=quarter(year, number + step) if step == 0 else None,
                state=StepState.DONE if step == 0 else StepState.OPEN,
            )
        criterion = rows.add(
            QualityCriterion,
            measure=measure,
            title="Teilnehmende im Jahr",
            kind=CriterionKind.OUTPUT,
            unit="Personen",
            baseline=Decimal(10),
        )
        for later in range(2):
            target = Decimal(20 + 10 * later)
            rows.add(CriterionValue, criterion=criterion, year=year + later, target=target, actual=target - 3)
