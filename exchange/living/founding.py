"""What an invented municipality starts with: regions, providers, bodies, offers, needs, goals and measures."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from accounts.models import Municipality
from exchange.living.calendar import Calendar, month_of, on
from exchange.living.place import UID, Catalogue, People, Place, topic_of
from exchange.living.progress import close_planning
from exchange.seed.rows import Rows
from exchange.seed.topics import GUIDING, SWOT, Topic
from participation.enums import BodyKind, BodyState, MembershipKind
from participation.models import Body, BodyMembership
from planning.enums import (
    EntryLevelNumber,
    GoalLevel,
    Maturity,
    MeasureState,
    NeedState,
    Phase,
    Priority,
    ProviderKind,
    Rating,
    StrategyKind,
    SuccessIndicator,
)
from planning.models import (
    ActionField,
    Agreement,
    CriterionValue,
    EntryLevel,
    FamilyConcept,
    Goal,
    LinkedStrategy,
    Measure,
    Milestone,
    MissionStatement,
    Need,
    Offer,
    Office,
    PhaseState,
    PlannerPost,
    PlanningCycle,
    PlanningRegion,
    Provider,
    QualityCriterion,
    StartingCondition,
    SwotEntry,
    TargetGroup,
)
from records.vague import HALF, QUARTER, YEAR, VagueDate

TOPICS_AT_FIRST = 4
Links = dict[str, Sequence[Any]]
CITY_REGIONS = ("Innenstadt", "Nord", "Süd und Ortsteile")
DISTRICT_REGIONS = ("Nord", "Mitte", "Süd")
CONCEPT = (
    "Familie ist, wo Menschen verschiedener Generationen füreinander Verantwortung übernehmen, unabhängig davon, ob "
    "sie unter einem Dach leben."
)
MISSION = (
    "Familien aller Generationen sollen hier gut leben, lernen, arbeiten und alt werden können. Verwaltung, Träger und "
    "Ehrenamt planen gemeinsam, hören die Menschen vor Ort und legen jährlich Rechenschaft ab."
)
CONDITIONS = {
    SuccessIndicator.EXPERIENCE: "Die Jugendhilfeplanung ist eingeführt; Fachplanungen werden seit kurzem gemeinsam "
    "beraten.",
    SuccessIndicator.PLANNER_POST: "Die Stelle ist in der Sozialverwaltung angesiedelt und mit den Fachämtern "
    "vernetzt.",
    SuccessIndicator.POLITICAL_WILL: "Die Ausschüsse tragen die Planung mit und lassen sich zweimal im Jahr berichten.",
    SuccessIndicator.SUPPORT: "Gewünscht ist Begleitung bei Beteiligung und Auswertung.",
}
SEATS = (
    ("Sozialamt", MembershipKind.CHAIR),
    ("Kreisverband der Wohlfahrtspflege", MembershipKind.APPOINTED),
    ("Familienzentrum", MembershipKind.APPOINTED),
    ("Seniorenbeirat", MembershipKind.APPOINTED),
    ("Gleichstellungsbeauftragte", MembershipKind.ADVISORY),
)
MATURITIES = (Maturity.PRESENT, Maturity.EMERGING, Maturity.ESTABLISHED)
PRIORITIES = (Priority.HIGH, Priority.MEDIUM, Priority.HIGH, Priority.LOW)


def found(municipality: Municipality, number: int, calendar: Calendar, people: People, catalogue: Catalogue) -> Place:
    """A municipality with everything that its first plan of the cycle is made of, as written before that plan."""
    rows = Rows(municipality, prefix=UID)
    cycle = rows.add(
        PlanningCycle,
        title=f"Planungszyklus {calendar.first}–{calendar.last}",
        first_year=calendar.first,
        last_year=calendar.last,
    )
    bodies = add_bodies(rows, number, calendar)
    add_office(rows)
    topics = [topic_of(number, step) for step in range(TOPICS_AT_FIRST + 1)]
    voices = {topic.need: topic.findings for topic in topics}
    place = Place(municipality, number, calendar, people, rows, cycle, *bodies, catalogue, topics[-1], voices)
    add_regions(place)
    add_start(place)
    for phase in Phase:
        rows.add(PhaseState, cycle=cycle, phase=phase)
    for topic in topics[:-1]:
        add_topic(place, topic)
    add_swot(place)
    place.store(date(calendar.first - 1, 5, 4))
    close_planning(place, calendar.first - 1)
    return place


def add_bodies(rows: Rows, number: int, calendar: Calendar) -> tuple[Body, Body, Body]:
    """Council, advisory board and the group inside the administration."""
    is_city = rows.municipality.kind == "city"
    council = rows.add(
        Body,
        title="Stadtrat" if is_city else "Kreistag",
        kind=BodyKind.CITY_COUNCIL if is_city else BodyKind.DISTRICT_COUNCIL,
        state=BodyState.CONSTITUTED,
    )
    begin = VagueDate(date(calendar.first - 2, 9, 1), QUARTER)
    board = rows.add(
        Body,
        title=("Beirat Familie", "Planungsbeirat", "Beirat für Generationen und Familie")[number % 3],
        kind=BodyKind.PLANNING_ADVISORY if number % 3 == 1 else BodyKind.ADVISORY,
        state=BodyState.CONSTITUTED,
        mandate="Berät die Sozialplanung, bewertet Bedarfe und gibt ein Votum zu den Maßnahmen ab.",
        idea_on=month_of(date(calendar.first - 2, 1 + number % 5, 1)),
        first_meeting_on=begin,
        constituted_on=month_of(date(calendar.first - 1, 1 + number % 3, 1)),
    )
    group = rows.add(
        Body,
        title="Interne Steuerungsgruppe",
        kind=BodyKind.INTERNAL_STEERING,
        state=BodyState.WORKING,
        mandate="Stimmt Fachplanungen, Mittel und Termine innerhalb der Verwaltung ab.",
        first_meeting_on=begin,
    )
    for organisation, kind in SEATS:
        rows.add(BodyMembership, body=board, organisation=organisation, kind=kind, begin=begin)
    return council, board, group


def add_office(rows: Rows) -> None:
    """Where papers come from; an invented address."""
    rows.add(
        Office,
        title="Sozialplanung",
        address="Beispielstraße 1, 99999 Beispielstadt",
        contact="Sozialplanung Landesprogramm Familie",
        email=f"sozialplanung@{rows.municipality.slug}.example",
    )


def add_regions(place: Place) -> None:
    """Three regions without Gemeinden: which one belongs where would be a statement about real places."""
    word = "Sozialraum" if place.is_city else "Planungsregion"
    for name in CITY_REGIONS if place.is_city else DISTRICT_REGIONS:
        place.rows.add(PlanningRegion, title=f"{word} {name}")


def add_start(place: Place) -> None:
    """Mandate and Ausgangslage."""
    rows, first, number = place.rows, place.calendar.first, place.number
    year = VagueDate(date(first - 2, 1, 1), YEAR)
    level = EntryLevelNumber.TWO if number % 4 == 2 else EntryLevelNumber.THREE
    rows.add(EntryLevel, level=level, begin=VagueDate(date(first - 2, 1, 1)))
    for indicator, answer in CONDITIONS.items():
        place_of = list(CONDITIONS).index(indicator)
        maturity = MATURITIES[(number + place_of) % 3]
        rows.add(StartingCondition, indicator=indicator, assessed_on=year, maturity=maturity, answers=answer)
    rows.add(
        PlannerPost,
        title="Sozialplanung Landesprogramm Familie",
        full_time_equivalent=Decimal("0.75") if number % 3 == 0 else Decimal(1),
        begin=VagueDate(date(first - 2, 3 + number % 6, 1)),
        end=on(place.calendar.ago(70)) if number % 9 == 7 else None,
        yearly_cost=Decimal(48_500 if number % 3 == 0 else 64_200),
        located_at="Dezernat Soziales" if place.is_city else "Landratsamt, Sozialamt",
    )
    rows.add(
        Agreement,
        title="Kooperationsvertrag zum Landesprogramm",
        parties=f"Ministerium und {place.municipality.full_name}",
        signed_on=VagueDate(date(first - 2, 2, 1 + number % 20)),
        begin=year,
    )
    rows.add(
        LinkedStrategy,
        title="Jugendhilfeplanung",
        kind=StrategyKind.YOUTH,
        shared_goals="Angebote für Kinder, Jugendliche und ihre Familien werden gemeinsam geplant.",
        shared_data="Bestandslisten der Träger, Statistik des Jugendamts.",
    )
    adopted: dict[str, Any] = {"adopted_on": VagueDate(date(first - 1, 4, 1), QUARTER), "adopted_by": str(place.board)}
    rows.add(FamilyConcept, cycle=place.cycle, title="Familienbegriff", text=CONCEPT, **adopted)
    rows.add(MissionStatement, cycle=place.cycle, title="Leitbild", text=MISSION, **adopted)


def add_topic(place: Place, topic: Topic, *, begin: int | None = None) -> Measure:
    """A subject with offer, need, goals, measure and criterion; ``begin`` is the year in which the measure begins."""
    rows, number = place.rows, place.number + topic.field
    first = begin or place.calendar.first
    field, phase = place.catalogue.action_fields[topic.field], place.catalogue.life_phases[topic.phase]
    groups = {row.title: row for row in rows.of(TargetGroup)}
    group = groups.get(topic.group) or rows.add(TargetGroup, title=topic.group)
    providers = {row.title: row for row in rows.of(Provider)}
    provider = providers.get(topic.provider) or rows.add(
        Provider, title=topic.provider, kind=ProviderKind.INDEPENDENT, contact="Leitung der Einrichtung"
    )
    regions = [place.regions()[number % len(place.regions())]]
    links: Links = {"life_phases": [phase], "regions": regions, "target_groups": [group]}
    title, capacity, use = topic.offer
    offer = rows.add(
        Offer,
        title=title,
        provider=provider,
        capacity=capacity,
        use=use,
        begin=VagueDate(date(first - 4 - number % 3, 1, 1), YEAR),
        effectiveness=(Rating.HIGH, Rating.MEDIUM, Rating.UNKNOWN)[number % 3],
        links=links | {"action_fields": [field]},
    )
    need = rows.add(
        Need,
        cycle=place.cycle,
        title=topic.need,
        description=topic.need_text,
        priority=PRIORITIES[number % 4],
        priority_set_by=str(place.board),
        priority_set_on=month_of(date(first - 1, 6, 1)),
        state=NeedState.ADOPTED,
        links=links | {"action_fields": [field], "offers": [offer]},
    )
    goal = add_goals(place, topic, need, field, first)
    return add_measure(place, topic, (need, goal), links, provider, field, first)


def add_goals(place: Place, topic: Topic, need: Need, field: ActionField, first: int) -> Goal:
    """Leitziel, Handlungsziel and Maßnahmenziel of a subject; returns the last."""
    rows, above = place.rows, None
    guiding = {goal.title: goal for goal in rows.of(Goal) if goal.level == GoalLevel.GUIDING}
    texts = {GoalLevel.GUIDING: GUIDING[topic.field], GoalLevel.ACTION: topic.goal, GoalLevel.MEASURE: topic.target}
    for wave, (level, title) in enumerate(texts.items()):
        known = guiding.get(title) if level == GoalLevel.GUIDING else None
        last = level == GoalLevel.MEASURE
        above = known or rows.add(
            Goal,
            wave=wave,
            cycle=place.cycle,
            level=level,
            parent=above,
            position=10 * topic.field,
            title=title,
            action_field=field,
            target_date=VagueDate(date(place.calendar.focus, 7, 1), HALF) if level != GoalLevel.GUIDING else None,
            measurable=f"{topic.criterion.title}: {topic.criterion.targets[-1]} {topic.criterion.unit}" if last else "",
            links={"needs": [need]} if level != GoalLevel.GUIDING else {},
        )
    assert above is not None
    return above


def add_measure(
    place: Place,
    topic: Topic,
    thread: tuple[Need, Goal],
    links: Links,
    provider: Provider,
    field: ActionField,
    first: int,
) -> Measure:
    """The measure with two milestones, its criterion and the targets of the years."""
    rows, (need, goal) = place.rows, thread
    measure = rows.add(
        Measure,
        cycle=place.cycle,
        title=topic.measure,
        description=topic.measure_text,
        action_field=field,
        provider=provider,
        responsible="Leitung der Einrichtung",
        begin=VagueDate(date(first, 1 + 3 * (place.number % 3), 1), QUARTER),
        state=MeasureState.RESOLVED,
        yearly_cost=Decimal(topic.cost + 100 * (place.number * 7 % 11)),
        links=links | {"needs": [need], "goals": [goal]},
    )
    later = place.calendar.ago(40) if place.number % 3 == 0 else place.calendar.ahead(60)
    for title, day in zip(topic.milestones, (date(first, 5, 1), later), strict=True):
        rows.add(Milestone, measure=measure, title=title, planned_on=month_of(day))
    measured = topic.criterion
    criterion = rows.add(
        QualityCriterion,
        measure=measure,
        title=measured.title,
        kind=measured.kind,
        unit=measured.unit,
        baseline=Decimal(measured.baseline),
        method="Jahresmeldung des Trägers",
    )
    for year in range(first, place.calendar.focus + 1):
        target = measured.targets[min(year - first, 2)]
        rows.add(CriterionValue, criterion=criterion, year=year, target=Decimal(target))
    return measure


def add_swot(place: Place) -> None:
    """One statement for each Handlungsfeld."""
    for number, statements in SWOT.items():
        kind = list(statements)[(place.number + number) % len(statements)]
        field = place.catalogue.action_fields[number]
        place.rows.add(SwotEntry, cycle=place.cycle, action_field=field, kind=kind, text=statements[kind])
