"""The model municipalities after 2019: the draft of 2019 is approved, two Fortschreibungen lead to the current cycle.

The facts of the report stay as they are. What was still open in them is closed, for a planning that goes on has no task
of 2019 left; everything that comes after is invented and marked as example.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from accounts.models import Municipality, User
from exchange.dated import written_on
from exchange.dossier import demo_life
from exchange.living.calendar import Calendar, month_of, on
from exchange.living.lives import day_of, walk, write_plan
from exchange.living.meeting import add_resolution, add_session, put_off, sittings
from exchange.living.place import UID, Catalogue, People, Place, shifted
from exchange.living.progress import add_milestones, change_costs, close_planning, extend_values
from exchange.living.reporting import report_on
from exchange.seed.rows import Rows
from exchange.seed.topics import TOPICS, Topic
from participation.domain.cycle import continue_cycle
from participation.enums import BodyState, Outcome, TaskState
from participation.models import Body, Finding, Resolution, Session, Task
from planning.enums import EntryLevelNumber, MeasureState, Progress, StepState
from planning.models import (
    Agreement,
    Certificate,
    CriterionValue,
    EntryLevel,
    Goal,
    Measure,
    Milestone,
    Need,
    PhaseState,
    PlanningCycle,
    PlanningRegion,
    PlanningStep,
    Provider,
    QualityCriterion,
    TargetGroup,
)
from plans.domain.freezing import Freezing
from plans.domain.plans import save_chapter_text
from plans.enums import ChapterCode, PlanAction, PlanState
from plans.models import Plan
from records.models import MunicipalRecord
from records.vague import VagueDate

MODEL_YEAR = 2019  # the last of the model phase
DELAY = 215  # days by which the plan of that year, begun in March, is later than others
KEPT = (
    Body,
    CriterionValue,
    Finding,
    Goal,
    Measure,
    Milestone,
    Need,
    PhaseState,
    PlanningRegion,
    Provider,
    QualityCriterion,
    Resolution,
    Session,
    TargetGroup,
)
JOINED = {CriterionValue: ("criterion__measure",), QualityCriterion: ("measure",)}
YEAR = re.compile(r"\b20\d\d\b")
CLOSED_STEPS = (StepState.DONE, StepState.DROPPED)
UNCHANGED = {
    ChapterCode.INVENTORY: "Der Bestand steht im Plan {year} und wird für den nächsten Planungszyklus neu aufgenommen. "
    "(Beispieltext der Vorführung)",
    ChapterCode.GOALS: "Leitbild und Ziele gelten weiter, wie sie im Plan {year} stehen. (Beispieltext der Vorführung)",
}


@dataclass(frozen=True)
class Later:
    """What becomes of a model municipality. ``board`` and ``group`` are uids of its bodies."""

    person: str
    number: int
    board: str
    group: str
    at_work: str
    in_force: str
    new_topic: Topic
    voices: dict[str, tuple[str, ...]]


LATER = {
    "16065": Later(
        "kyf",
        20,
        "beirat",
        "interne-steuerungsgruppe",
        PlanState.PROPOSED,
        PlanState.PUBLISHED,
        TOPICS[11],
        {
            "Erreichbarkeit von Angeboten am Nachmittag ohne eigenes Auto": (
                "Der Rufbus hilft, fährt aber in den Ferien zu selten",
                "Für die Rückfahrt nach 18 Uhr gibt es noch keine Lösung",
            ),
            "Orte, an denen sich Generationen begegnen": (
                "Der Treffpunkt in der alten Schule wird gut angenommen",
                "Ein gemeinsamer Mittagstisch würde auch Alleinlebende erreichen",
            ),
            "Kürzere Wartezeiten in der Erziehungsberatung": (
                "Seit den offenen Sprechstunden geht es schneller, im Herbst reicht das nicht",
            ),
            "Betreuung in Randzeiten und Ferien für Beschäftigte im Schichtdienst": (
                "Die Ferienbetreuung im Verbund entlastet uns, die Plätze sind früh vergeben",
            ),
        },
    ),
    "16077": Later(
        "abg",
        22,
        "planungsbeirat",
        "interne-arbeitsgruppe",
        PlanState.RETURNED,
        PlanState.APPROVED,
        TOPICS[7],
        {
            "Treffpunkte für Familien in Stadtteilen und Dörfern": (
                "Mit einer Ansprechperson wird der Raum im Dorf wieder genutzt",
                "Im Winter bleibt der Treffpunkt kalt und geschlossen",
            ),
            "Betreuungszeiten, die zu langen Arbeitswegen passen": ("Wer pendelt, ist vor 17 Uhr nicht zurück",),
            "Orientierung für Eltern im Umgang mit digitalen Medien": (
                "Die Medienabende kamen gut an, Großeltern fragen nach eigenen Terminen",
            ),
            "Entlastung für Alleinerziehende im Alltag und in Krisen": (
                "Die Familienlotsin ist schnell erreichbar, am Wochenende fehlt jemand",
            ),
        },
    ),
}


def models(calendar: Calendar, catalogue: Catalogue, ministry: User) -> list[Place]:
    """The model municipalities as the model phase has left them."""
    return [open_again(ags, later, calendar, catalogue, ministry) for ags, later in LATER.items()]


def carry_on(places: list[Place], calendar: Calendar, freezing: Freezing) -> Iterator[None]:
    """Lead them to the beginning of the current cycle; pauses while their editions are drawn."""
    with written_on(date(MODEL_YEAR, 4, 10)):
        plans = {place.number: extend_2019(place) for place in places}
    yield from walk(places, plans, freezing)
    with written_on(date(MODEL_YEAR, 9, 20)):
        for place in places:
            close_2019(place)
    if calendar.first > MODEL_YEAR + 1:
        with written_on(date(MODEL_YEAR, 9, 25)):
            plans = {place.number: bridge(place) for place in places}
        yield from walk(places, plans, freezing)
    for year in range(MODEL_YEAR + 1, calendar.first - 1):
        yield from walk(places, {place.number: pass_year(place, year) for place in places}, freezing)
        for place in places:
            report_on(place, year)
    with written_on(date(calendar.first - 1, 8, 30)):
        for place in places:
            if calendar.first > MODEL_YEAR + 1:
                close_bridge(place)
            begin_current(place)


def open_again(ags: str, later: Later, calendar: Calendar, catalogue: Catalogue, ministry: User) -> Place:
    """The municipality as the model phase has left it."""
    municipality = Municipality.objects.get(ags=ags)
    bodies = {body.uid: body for body in Body.objects.filter(municipality=municipality)}
    people = demo_life.People(later.person)
    rows = Rows(municipality, prefix=UID)
    rows.adopt(bodies.values())
    return Place(
        municipality,
        later.number,
        calendar,
        People(people.planner, people.lead, ministry),
        rows,
        PlanningCycle.objects.get(municipality=municipality),
        bodies["kreistag"],
        bodies[later.board],
        bodies[later.group],
        catalogue,
        later.new_topic,
        later.voices,
        at_work=later.at_work,
        in_force=later.in_force,
        delays={MODEL_YEAR: DELAY},
        is_model=True,
        since=date(calendar.first - 1, 1, 1),
    )


def extend_2019(place: Place) -> Plan:
    """What the draft of 2019 needs to be released in the summer of that year."""
    day = date(MODEL_YEAR, 4, 10)
    add_resolution(place, range(MODEL_YEAR, MODEL_YEAR + 1), day)
    place.rows.add(
        Agreement,
        title="Fortführung des Kooperationsvertrags zum Landesprogramm",
        parties=f"Ministerium und {place.municipality.full_name}",
        signed_on=on(date(MODEL_YEAR, 1, 15)),
        begin=on(date(MODEL_YEAR, 1, 1)),
    )
    place.store(day)
    rows = Plan.objects.select_related("municipality", "cycle__predecessor")
    plan = rows.get(municipality=place.municipality, year=MODEL_YEAR)
    sentence = "Die Fortschreibung hat der Kreistag im April 2019 beschlossen. (Beispieltext der Vorführung)"
    demo_life.add_sentence(plan, ChapterCode.RESOLUTIONS, sentence, place.people.planner)
    return plan


def renew_certificates(place: Place) -> None:
    """Certificates that would have to be renewed by now have been, and will be again."""
    for old in Certificate.objects.filter(municipality=place.municipality, recertification__isnull=False):
        begin = date(place.calendar.first, 6, 1)
        place.rows.add(
            Certificate,
            programme=old.programme,
            title=old.title,
            issuer=old.issuer,
            awarded_on=month_of(begin),
            valid_until=month_of(date(begin.year + 3, 5, 1)),
            recertification=month_of(place.calendar.ahead(150)),
        )


def close_2019(place: Place) -> None:
    """Nothing of the model phase is left to do."""
    own = {"municipality": place.municipality}
    why = "Ende der Modellphase (Beispiel)"
    for task in Task.objects.filter(state=TaskState.OPEN, **own):
        place.change(task, state=TaskState.DONE, result="Beispiel: im Laufe des Jahres 2019 erledigt.")
    for step in PlanningStep.objects.exclude(state__in=CLOSED_STEPS).filter(**own):
        place.change(step, state=StepState.DONE, reason=why)
    for milestone in Milestone.objects.exclude(state__in=CLOSED_STEPS).filter(**own):
        place.change(milestone, state=StepState.DONE, reached_on=milestone.planned_on, reason=why)
    for resolution in Resolution.objects.filter(outcome=Outcome.EXPECTED, **own):
        place.change(resolution, outcome=Outcome.ADOPTED, reason="So beschlossen wie erwartet (Beispiel)")
    for body in Body.objects.filter(state=BodyState.FORMING, **own):
        place.change(body, state=BodyState.CONSTITUTED, reason=why)
    for phase in PhaseState.objects.filter(**own).exclude(state=Progress.DONE):
        place.change(phase, state=Progress.DONE, reason=why)


def bridge(place: Place) -> Plan:
    """The years between the model phase and the current cycle, with the plan of their beginning."""
    first, last = MODEL_YEAR + 1, place.calendar.first - 1
    follow(place, first, last)
    for number, measure in enumerate(place.measures()):
        if measure.state in (MeasureState.PLANNED, MeasureState.RESOLVED, MeasureState.APPROVED) and number % 3:
            place.change(measure, state=MeasureState.RUNNING, reason="Umsetzung des Plans 2019")
    extend_values(place, range(first, last + 1))
    if place.municipality.ags == "16077":
        place.rows.add(EntryLevel, level=EntryLevelNumber.THREE, begin=on(date(first, 1, 1)))
    day, years = date(MODEL_YEAR, 9, 25), range(first, last + 1)
    if place.municipality.ags == "16065":
        put_off(place, years, date(MODEL_YEAR, 8, 21), day)
    else:
        add_resolution(place, years, day)
    place.store(day)
    return write_plan(place, first)


def pass_year(place: Place, year: int) -> Plan:
    """A year of the bridge: what the board did in it, and in its autumn the plan of the next."""
    with written_on(date(year, 9, 24)):
        for month, name in ((3, "spring"), (9, "autumn")):
            title = f"{1 if name == 'spring' else 2}. Sitzung {year}"
            add_session(place, place.board, title, shifted(place, year, month, 9), sittings()[name])
        place.store(date(year, 9, 24))
        change_costs(place)
    with written_on(day_of(place, year + 1, PlanAction.PROPOSE)):
        plan = write_plan(place, year + 1)
        for chapter, reason in UNCHANGED.items():
            leave_out(place, plan, chapter, reason.format(year=MODEL_YEAR + 1))
    return plan


def leave_out(place: Place, plan: Plan, chapter: ChapterCode, reason: str) -> None:
    """The chapter is one sentence, as in a Fortschreibung that repeats nothing."""
    actor = place.people.planner
    save_chapter_text(plan=plan, code=chapter, text="", left_out=True, left_out_reason=reason, version=0, actor=actor)


def close_bridge(place: Place) -> None:
    """The years are over."""
    first, last = MODEL_YEAR + 1, place.calendar.first - 1
    for phase in PhaseState.objects.filter(cycle=place.cycle):
        begin, end = month_of(date(first, 1, 1)), month_of(date(last, 12, 1))
        place.change(phase, state=Progress.DONE, begin=begin, end=end)


def follow(place: Place, first: int, last: int) -> None:
    """The next cycle with what is open, marked as example; everything that is stored is taken in."""
    title, planner, years = f"Planungszyklus {first}–{last}", place.people.planner, last - place.cycle.last_year
    new = continue_cycle(cycle=place.cycle, title=title, first_year=first, last_year=last, actor=planner)
    place.cycle = place.change(new, is_example=True, note="Erfundene Fortschreibung der Vorführung.")
    place.rows = Rows(place.municipality, prefix=UID, count=place.rows.count)
    for model in KEPT:
        place.rows.adopt(rows_of(model, place))
    postpone(place, years)


def postpone(place: Place, years: int) -> None:
    """What was to be reached or to end in the cycle before is planned for as much later as the new one ends."""
    for measure in place.measures():
        if measure.end:
            place.change(measure, end=later_by(measure.end, years))
    for goal in place.rows.of(Goal):
        if goal.cycle == place.cycle and not goal.title.startswith("Ab "):  # „Ab Sommer 2019 fährt …“ stays true
            words = YEAR.sub(lambda m: str(int(m[0]) + years), goal.title)
            place.change(goal, title=words, target_date=goal.target_date and later_by(goal.target_date, years))


def later_by(day: VagueDate, years: int) -> VagueDate:
    """The same day of a later year."""
    return VagueDate(day.first.replace(year=day.year + years, day=min(day.first.day, 28)), day.precision)


def rows_of(model: type[MunicipalRecord], place: Place) -> list[MunicipalRecord]:
    """All rows of a kind with what they name."""
    found = model._default_manager.filter(municipality=place.municipality).order_by("pk")
    return list(found.select_related("municipality", *JOINED.get(model, ())))


def begin_current(place: Place) -> None:
    """The current cycle with what its first plan is made of."""
    calendar = place.calendar
    follow(place, calendar.first, calendar.focus)
    extend_values(place, calendar.years())
    add_milestones(place)
    renew_certificates(place)
    close_planning(place, calendar.first - 1)
    place.store(date(calendar.first - 1, 8, 30))
