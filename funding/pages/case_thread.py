"""The red thread of an application: the goals and needs it names, what they rest on, and the measure it becomes."""

from accounts.models import Municipality
from funding.enums import ApplicationState
from funding.models import FundingApplication
from planning.models import Goal, Measure, Need
from planning.pages.thread_strip import NAMES
from planning.queries.thread_graph import read_thread_graph
from records.parts import Link, Station, Thread
from records.registry import kind_of

HERE = 4  # the money
ENDED = (ApplicationState.REFUSED, ApplicationState.WITHDRAWN, ApplicationState.LAPSED)


DECIDED = (ApplicationState.DECIDED, ApplicationState.CLOSED)


def what_follows(state: str, index: int) -> str:
    """When a measure and a result come, as far as they still can."""
    if state in ENDED:
        return ""
    if state not in DECIDED:
        return "folgt mit der Bewilligung"
    return "noch nicht zugeordnet" if index == HERE - 1 else "noch kein Ergebnis"


def case_thread(application: FundingApplication, municipality: Municipality, edit_url: str) -> Thread:
    """Six stations; where one is missing, the way to mend it (``edit_url`` empty: none is offered)."""
    graph = read_thread_graph(municipality)
    goals = {goal.pk: goal for goal in application.goals.all()}
    named = {need.pk: need for need in application.needs.all()}
    needs = set(named).union(*(graph.needs_for_goal(pk) for pk in goals))
    measure = application.measure
    result = bool(measure and measure.pk in graph.with_result)
    numbers = (graph.evidence(needs), len(needs), len(goals), int(measure is not None), 1, int(result))
    notes = {
        1: ", ".join(str(need) for need in named.values()),
        2: ", ".join(str(goal) for goal in goals.values()),
        3: str(measure or ""),
        5: "" if result else offered_words(application.criteria.count()),
    }
    stations, missing = [], []
    for index, (name, number) in enumerate(zip(NAMES, numbers, strict=True)):
        note = notes.get(index, "")
        if index == HERE:
            stations.append(Station(name, "1", "dieser Antrag", "here"))
        elif number:
            stations.append(Station(name, str(number), note, "linked", way(index, measure, municipality)))
        elif index in (3, 5):  # they follow the decision
            stations.append(Station(name, "–", note or what_follows(application.state, index), "gap"))
        else:
            missing.append(name)
            link = Link("zuordnen", edit_url) if edit_url and index in (1, 2) else None
            stations.append(Station(name, "fehlt", note, "gap", link))
    summary = "Roter Faden: fehlt: " + ", ".join(missing) if missing else "Roter Faden: vollständig"
    return Thread(tuple(stations), summary, f"Offen: {missing[0]}" if missing else "")


def offered_words(number: int) -> str:
    """„2 Kriterien angeboten“."""
    return f"{number} {'Kriterium' if number == 1 else 'Kriterien'} angeboten" if number else ""


def way(index: int, measure: Measure | None, municipality: Municipality) -> Link | None:
    """Where the station's records stand."""
    if index == 3 and measure is not None:
        return Link("Maßnahme", kind_of(Measure).url("detail", municipality, measure.pk))
    model = {1: Need, 2: Goal}.get(index)
    return Link(NAMES[index], kind_of(model).url("list", municipality)) if model else None
