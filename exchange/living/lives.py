"""The lives of the plans of the current cycle: every step through the domain, with days around today."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import repeat

from exchange.dated import at_ten, written_on
from exchange.living.founding import add_topic
from exchange.living.meeting import add_resolution, meet
from exchange.living.place import Place, shifted
from exchange.living.progress import begin_measures, change_costs, reach_milestones, report_values
from exchange.living.reporting import report_on
from participation.enums import Outcome
from plans.domain.freezing import Freezing, Frozen
from plans.domain.plans import change_plan, create_plan, save_chapter_text
from plans.domain.remarks import write_remark
from plans.domain.reviewing import assign_review
from plans.enums import ChapterCode, PlanAction, PlanState
from plans.models import Plan
from plans.queries.versions import all_versions
from records.life.moving import take_step

A, S = PlanAction, PlanState
TO_REVIEW = timedelta(days=28)
PAUSES = 4  # turns that others take while two long plans are drawn
DONE = object()
WAY = (A.PROPOSE, A.RELEASE, A.SUBMIT, A.BEGIN_REVIEW, A.APPROVE, A.PUBLISH)
# How many steps of the way a plan has taken, and what comes after them.
STANDS: dict[str, tuple[int, PlanAction | None]] = {
    "none": (0, None),
    S.DRAFT: (0, None),
    S.PROPOSED: (1, None),
    S.RELEASED: (2, None),
    S.SUBMITTED: (3, None),
    S.IN_REVIEW: (4, None),
    S.RETURNED: (4, A.RETURN),
    S.APPROVED: (5, None),
    S.PUBLISHED: (6, None),
    "amended": (6, A.AMEND),
}
# Month and day in the year before the plan's, and how many days before today it is at the latest.
DAYS = {
    A.PROPOSE: (10, 5, 26),
    A.RELEASE: (10, 14, 22),
    A.SUBMIT: (11, 4, 15),
    A.BEGIN_REVIEW: (11, 20, 10),
    A.RETURN: (12, 1, 4),
    A.APPROVE: (12, 10, 6),
    A.PUBLISH: (12, 18, 3),
    A.AMEND: (12, 20, 2),
}
# Where the plan that is at work stands, by the number of the municipality, and the one of the year before.
AT_WORK = (
    S.SUBMITTED,
    S.DRAFT,
    S.IN_REVIEW,
    S.APPROVED,
    S.PROPOSED,
    S.SUBMITTED,
    S.RETURNED,
    S.RELEASED,
    S.IN_REVIEW,
    "none",
)
IN_FORCE = (S.PUBLISHED, S.PUBLISHED, S.APPROVED, S.PUBLISHED, "amended", S.PUBLISHED, S.PUBLISHED, S.APPROVED)
LATE = 5  # of ten municipalities this one submits after the deadline
REASON = "Die offenen Punkte sind bekannt; sie werden mit der Fortschreibung bearbeitet. (Beispieltext der Vorführung)"
NOTES = {
    A.AMEND: "Beispiel: Eine Maßnahme beginnt ein halbes Jahr später, der Finanzplan wird angepasst.",
    A.RETURN: "Beispiel: Zwei Kapitel sind zu ergänzen, alles andere ist schlüssig.",
    A.APPROVE: "Beispiel: Änderungen an den Maßnahmen sind vor Beginn anzuzeigen.",
    A.SUBMIT: "Beispiel: Den Plan reichen wir mit dem Beschluss fristgerecht ein.",
}
REMARKS = (
    (ChapterCode.FINANCE, "Bitte erläutern Sie, warum die Kosten gegenüber dem Vorjahr steigen."),
    (ChapterCode.CONTROLLING, "Bitte nennen Sie, bis wann die noch fehlenden Ist-Werte vorliegen."),
)
TEXTS = {
    ChapterCode.MANDATE: "Dieser Plan schreibt die integrierte Planung für {year} fort. Er führt zusammen, was "
    "Fachämter, Träger und Familien im vergangenen Jahr erarbeitet haben, und nennt die Maßnahmen, für die eine "
    "Förderung beantragt wird.",
    ChapterCode.CONTROLLING: "Die Träger melden ihre Ergebnisse bis Ende Januar. Der Beirat bewertet sie im Frühjahr; "
    "was daraus folgt, geht in die Fortschreibung ein.",
}


def standing(place: Place, year: int) -> str:
    """Where the plan of a year is to stand."""
    if year == place.calendar.focus:
        return place.at_work or AT_WORK[place.number % len(AT_WORK)]
    if year == place.calendar.focus - 1:
        return place.in_force or IN_FORCE[place.number % len(IN_FORCE)]
    return S.PUBLISHED


def live(places: list[Place], freezing: Freezing) -> Iterator[None]:
    """Let the plans of the cycle live, year by year; while the edition of a place is drawn, others go on.

    Pauses behind each place, for what else is written meanwhile.
    """
    drawn: dict[int, tuple[Plan, Callable[[], Frozen]]] = {}
    for year in sorted({year for place in places for year in place.calendar.years()}):
        for place in (place for place in places if year in place.calendar.years()):
            if place.number in drawn:
                arrive(place, *drawn.pop(place.number))
            with written_on(day_of(place, year, A.PROPOSE)):
                progress(place, year)
                resolve(place, year)
                plan = write_plan(place, year) if standing(place, year) != "none" else None
            if plan and (frozen := set_out(place, plan, freezing)):
                drawn[place.number] = plan, frozen
            yield
    for place in (place for place in places if place.number in drawn):
        arrive(place, *drawn[place.number])
        yield


def in_turn(*stories: Iterator[None]) -> None:
    """Let stories go on by turns: while the editions of one are drawn, the others are written."""
    waiting = deque(stories)
    while waiting:
        story = waiting.popleft()
        if next(story, DONE) is not DONE:
            waiting.append(story)


def day_of(place: Place, year: int, action: PlanAction) -> date:
    """When a step is taken."""
    month, day, before = DAYS[action]
    is_late = action == A.SUBMIT and place.number % 10 == LATE
    wanted = shifted(place, year - 1, month, day + (14 if is_late else 0))
    wanted += timedelta(days=place.delays.get(year, 0))
    return place.calendar.past(wanted, before - 6 if is_late else before)


def progress(place: Place, year: int) -> None:
    """What has happened until the plan of the year is written."""
    calendar = place.calendar
    if place.is_model and year > calendar.first:
        meet(place, date(year - 1, 3, 1))
        place.store(date(year - 1, 3, 1))
        report_on(place, year - 2)
    if year == calendar.first + 1:
        begin_measures(place)
        add_topic(place, place.new_topic, begin=year)
        place.store(day_of(place, year, A.PROPOSE))
    if year == calendar.focus:
        report_values(place, calendar.first)
        change_costs(place)
        reach_milestones(place, date(year - 1, 1, 1))
    day = day_of(place, year, A.PROPOSE)
    meet(place, day)


def resolve(place: Place, year: int) -> None:
    """The resolution that the release needs, in some places one for the whole cycle; for a draft it is expected."""
    calendar = place.calendar
    for_all = place.number % 4 == 1
    years = range(year, calendar.focus + 1 if for_all else year + 1)
    if year == calendar.focus and not for_all and standing(place, year) in ("none", S.DRAFT):
        add_resolution(place, years, calendar.ahead(15 + place.number % 9), Outcome.EXPECTED)
    elif year == calendar.first or not for_all:
        add_resolution(place, years, calendar.past(shifted(place, year - 1, 9, 20), 30))
    place.store(day_of(place, year, A.PROPOSE))


def write_plan(place: Place, year: int) -> Plan:
    """The plan with its own words."""
    as_of = day_of(place, year, A.PROPOSE)
    planner = place.people.planner
    plan = create_plan(municipality=place.municipality, cycle=place.cycle, year=year, as_of=as_of, actor=planner)
    for code, text in TEXTS.items():
        save_chapter_text(
            plan=plan,
            code=code,
            text=text.format(year=year),
            left_out=False,
            left_out_reason="",
            version=0,
            actor=planner,
        )
    return plan


def walk(places: Iterable[Place], plans: dict[int, Plan], freezing: Freezing) -> Iterator[None]:
    """Take the steps of the plans of a year; pauses while they are drawn side by side."""
    going = [(place, plans[place.number], set_out(place, plans[place.number], freezing)) for place in places]
    yield from repeat(None, PAUSES)
    for place, plan, frozen in going:
        if frozen:
            arrive(place, plan, frozen)


def set_out(place: Place, plan: Plan, freezing: Freezing) -> Callable[[], Frozen] | None:
    """Propose the plan where it comes so far; returns what waits for the edition of one that will be released."""
    count, _ = STANDS[standing(place, plan.year)]
    if not count:
        return None
    day = day_of(place, plan.year, A.PROPOSE)
    if plan.as_of is None:
        with written_on(day):
            change_plan(plan=plan, as_of=day, version=plan.version, actor=place.people.planner)
    take(place, plan, A.PROPOSE)
    return freezing(plan, at_ten(day_of(place, plan.year, A.RELEASE))) if count > 1 else None


def arrive(place: Place, plan: Plan, frozen: Callable[[], Frozen]) -> None:
    """Release the plan as it was drawn, and take the steps behind that."""
    take(place, plan, A.RELEASE, frozen())
    count, last = STANDS[standing(place, plan.year)]
    for action in (*WAY[2:count], *([last] if last else [])):
        take(place, plan, action)


def take(place: Place, plan: Plan, action: PlanAction, prepared: object = None) -> None:
    """One step by whom it belongs to; where the ministry reviews the plan at work, it writes its remarks first."""
    people = place.people
    actor = {
        A.RELEASE: people.lead,
        A.PUBLISH: people.lead,
        A.BEGIN_REVIEW: people.ministry,
        A.RETURN: people.ministry,
        A.APPROVE: people.ministry,
    }.get(action, people.planner)
    day = day_of(place, plan.year, action)
    with written_on(day):
        if action == A.RETURN:
            remark(place, plan)
        take_step(
            record=plan,
            action=action,
            actor=actor,
            version=plan.version,
            note=REASON if action == A.RELEASE else NOTES.get(action, ""),
            at=at_ten(day),
            prepared=prepared,
        )
        if action == A.BEGIN_REVIEW:
            assign(place, plan, day + TO_REVIEW)


def assign(place: Place, plan: Plan, due: date) -> None:
    """Who reviews the edition, and until when."""
    version = all_versions().get(plan=plan, edition=plan.edition)
    ministry = place.people.ministry
    assign_review(version=version, responsible=ministry, due=due, seen=0, actor=ministry)


def remark(place: Place, plan: Plan) -> None:
    """What the ministry wants to know before it approves."""
    version = all_versions().get(plan=plan, edition=plan.edition)
    for chapter, text in REMARKS:
        write_remark(version=version, chapter=chapter, text=text, actor=place.people.ministry)
