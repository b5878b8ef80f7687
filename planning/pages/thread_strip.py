"""The red thread of needs, goals and measures as six stations (docs/product.md §11, Red thread)."""

from functools import lru_cache
from typing import Any, NamedTuple

from django.urls import reverse

from accounts.models import Municipality
from planning.models import Goal, Measure, Need
from planning.queries.money import money_url
from planning.queries.thread_graph import ThreadGraph, read_thread_graph
from records.parts import Link, Station, Thread
from records.registry import find_kind

MODELS = (Need, Goal, Measure)
NAMES = ("Erkenntnisse", "Bedarf", "Ziele", "Maßnahmen", "Geld", "Ergebnis")
FOLLOWS = {"Geld": "folgt aus der Maßnahme", "Ergebnis": "folgt aus den Qualitätskriterien"}


class Counts(NamedTuple):
    """How many records hang on each station of one record's thread, in the order of the stations."""

    evidence: int
    needs: int
    goals: int
    measures: int
    money: int
    results: int


def counts_of(graph: ThreadGraph, record: Any) -> Counts:
    """Follow the thread of a need, goal or measure in both directions."""
    if isinstance(record, Need):
        needs, goals, measures = {record.pk}, graph.goals_of_need[record.pk], graph.answers_need(record.pk)
    elif isinstance(record, Goal):
        needs, goals = graph.needs_for_goal(record.pk), {record.pk}
        measures = graph.answers_goal(record.pk)
    else:
        needs, goals = graph.needs_for_measure(record.pk), graph.goals_of_measure[record.pk]
        measures = {record.pk}
    money, results = measures & graph.with_money, measures & graph.with_result
    return Counts(graph.evidence(needs), len(needs), len(goals), len(measures), len(money), len(results))


def threads_of(records: list[Any], municipality: Municipality | None, linked: bool) -> dict[int, Thread]:
    """Threads of many records of one kind, with one query; ``linked`` as for ``build_thread``."""
    graph = read_thread_graph(municipality)
    if linked:
        return {record.pk: build_thread(record, counts_of(graph, record), municipality, linked) for record in records}
    return {record.pk: short_thread(here_of(record), counts_of(graph, record)) for record in records}


def here_of(record: Any) -> int:
    """The station at which the record itself stands."""
    return MODELS.index(type(record)) + 1


@lru_cache(4096)
def short_thread(here: int, counts: Counts) -> Thread:
    """The stations without ways: the same for all records with these numbers."""
    return build_thread(MODELS[here - 1](), counts, None)


def build_thread(record: Any, counts: Counts, municipality: Municipality | None, linked: bool = False) -> Thread:
    """Six stations; ``linked`` adds the ways by which a gap is mended (detail page)."""
    here = here_of(record)
    stations, missing = [], []
    for index, (name, count) in enumerate(zip(NAMES, counts, strict=True)):
        if index == here:
            stations.append(Station(name, "1", "Sie sind hier", "here"))
        elif count:
            stations.append(Station(name, str(count), "", "linked"))
        else:
            missing.append(name)
            follows = index > 3 and here < 3 and not counts.measures
            note = FOLLOWS[name] if follows else ""
            link = mending_link(record, index, municipality) if linked and not follows else None
            stations.append(Station(name, "–" if follows else "fehlt", note, "gap", link))
    summary = "Roter Faden: fehlt: " + ", ".join(missing) if missing else "Roter Faden: vollständig"
    return Thread(tuple(stations), summary, f"Offen: {missing[0]}" if missing else "")


def mending_link(record: Any, station: int, municipality: Municipality | None) -> Link | None:
    """The nearest place where a gap is closed."""
    kind = find_kind(type(record))
    if kind is None or municipality is None:
        return None
    edit = kind.url("update", municipality, record.pk)
    if isinstance(record, Need):
        ways = {
            0: Link("Beleg zuordnen", kind.assign_url(municipality, record.pk, "findings")),
            2: Link("Ziel zuordnen", kind.assign_url(municipality, record.pk, "goals")),
            3: Link("Maßnahme zuordnen", kind.assign_url(municipality, record.pk, "measures")),
        }
    elif isinstance(record, Goal):
        ways = {
            1: Link("Bedarf zuordnen", edit),
            3: Link("Maßnahme anlegen", reverse("planning:goal-measure", args=[municipality.slug, record.pk])),
        }
    else:
        criteria = f"{kind.url('detail', municipality, record.pk)}#kinder"
        ways = {
            1: Link("Bedarf zuordnen", edit),
            2: Link("Ziel zuordnen", edit),
            4: Link("Posten im Finanzplan anlegen", money_url(record, municipality)),
            5: Link("Ist-Werte eintragen", criteria),
        }
    return ways.get(station)
