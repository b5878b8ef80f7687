"""What the tables of the Landesbericht show, in sentences: numbers and names in their order, no judgement.

Money and shares are exact; a share is rounded to one place for reading only.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from planning.enums import FEWEST_PLACES, Progress
from printing.templatetags.papers import liste, zahl
from records.templatetags.german import euro
from reporting.reports.state import plan_order
from reporting.reports.state_content import MoneyLine, NumberLine, StateReport
from reporting.reports.state_place import FILLED, NO_PLAN, UNKNOWN, VACANT

TENTH = Decimal("0.1")
RUNS = {
    Progress.RUNNING: "Es laufen",
    Progress.RESTING: "Es ruhen",
    Progress.DONE: "Abgeschlossen sind",
}


def counted(number: int, one: str, many: str) -> str:
    """„1 Kommune“, „3 Kommunen“."""
    return f"{zahl(number)} {one if number == 1 else many}"


def places(number: int) -> str:
    """„in 1 Kommune“."""
    return f"in {counted(number, 'Kommune', 'Kommunen')}"


def sentences(*parts: str) -> str:
    """One paragraph of those that say something."""
    return " ".join(part for part in parts if part)


def of_places(report: StateReport) -> str:
    """Municipalities, their cycles and plans."""
    if not report.places:
        return ""
    plans = Counter(place.plan for place in report.places)
    begun = len(report.places) - plans[NO_PLAN]
    with_cycle = sum(bool(place.cycle) for place in report.places)
    told = [f"{label} {zahl(plans[label])}" for label in plan_order(plans) if label != NO_PLAN]
    return sentences(
        f"Der Bericht zählt {counted(len(report.places), 'Kommune', 'Kommunen')}.",
        f"Einen Planungszyklus {'hat' if with_cycle == 1 else 'haben'} {zahl(with_cycle)} davon."
        if with_cycle
        else "Keine davon hat einen Planungszyklus im Portal.",
        f"Einen Plan {report.year} gibt es im Portal von {zahl(begun)}: {liste(told)}."
        if begun
        else f"Einen Plan {report.year} gibt es im Portal von keiner.",
    )


def of_phases(report: StateReport) -> str:
    """Which phases run, rest and are done, in the order of the cycle."""
    order = list(Progress)
    return sentences(*(phases_in(report, progress, order.index(progress)) for progress in RUNS))


def phases_in(report: StateReport, progress: Progress, column: int) -> str:
    """„Es laufen die Phasen 1 Auftragserteilung (in 3 Kommunen) und …“; empty where there are none."""
    rows = [(row.title.partition(" ")[2], row.counts[column]) for row in report.phase_counts]
    told = [f"{title} ({places(number)})" for title, number in rows if number]
    return f"{RUNS[progress]}: {liste(told)}." if told else ""


def of_posts(report: StateReport) -> str:
    """How many municipalities have filled posts, with the sum of their extent."""
    found = Counter(place.post for place in report.places)
    extent = sum((place.extent for place in report.places if place.extent is not None), Decimal(0))
    told = [f"{places(found[state])} {state}" for state in (FILLED, VACANT) if found[state]]
    if not told:
        return "Zu Planerstellen hat keine Kommune etwas angegeben." if report.places else ""
    silent = f" {counted(found[UNKNOWN], 'Kommune hat', 'Kommunen haben')} nichts angegeben." if found[UNKNOWN] else ""
    sums = f" Zusammen sind es {zahl(extent)} VzÄ, soweit der Umfang angegeben ist." if extent else ""
    return f"Die Planerstelle ist {liste(told)}.{silent}{sums}"


def numbers_of(line: NumberLine) -> str:
    """„3 Angebote, 1 Bedarf und 2 Maßnahmen“."""
    offers, needs = counted(line.offers, "Angebot", "Angebote"), counted(line.needs, "Bedarf", "Bedarfe")
    return f"{offers}, {needs} und {counted(line.measures, 'Maßnahme', 'Maßnahmen')}"


def of_life_phases(lines: Sequence[NumberLine]) -> str:
    """What is there for each Lebensphase, in the order of the catalogue."""
    told = [f"zu {line.title} {numbers_of(line)}" for line in lines if line.offers or line.needs or line.measures]
    return f"Eingetragen sind {'; '.join(told)}." if told else ""


def of_groups(report: StateReport) -> str:
    """Who was counted, in the order of the groups."""
    return (
        f"Gezählt wurden: {liste(f'{row.name} {zahl(row.count)}' for row in report.groups)}." if report.groups else ""
    )


def of_fields(report: StateReport) -> str:
    """All municipalities together, and the Handlungsfelder in which something is missing."""
    told = f"Eingetragen sind {numbers_of(report.totals)}."
    return sentences(told, of_numbers(report.by_field, "in")) if report.by_field else ""


def of_numbers(lines: Sequence[NumberLine], what: str) -> str:
    """Where offers, needs or measures are missing, in the order of the catalogue."""
    without = [line.title for line in lines if line.needs and not line.measures]
    silent = [line.title for line in lines if not (line.offers or line.needs or line.measures)]
    return sentences(
        f"Bedarfe, aber noch keine Maßnahme stehen {what} {liste(without)}." if without else "",
        f"Nichts eingetragen ist zu {liste(silent)}." if silent else "",
    )


def of_money(report: StateReport) -> str:
    """What is planned altogether and who pays for it."""
    line: MoneyLine | None = report.money_total
    if line is None:
        return ""
    parts = [
        f"{name} {euro(amount)} ({share(amount, line.total)} %)"
        for name, amount in (("das Land", line.land), ("die Kommunen", line.municipal), ("Übrige", line.others))
        if amount
    ]
    who = counted(report.money_places, "Kommune plant", "Kommunen planen")
    return f"{who} für {report.year} zusammen {euro(line.total)}: {liste(parts)}." if line.total else ""


def share(part: Decimal, whole: Decimal) -> str:
    """A share in percent, with one place."""
    return zahl((part * 100 / whole).quantize(TENTH, ROUND_HALF_UP))


def of_measures(report: StateReport) -> str:
    """Where the measures stand, in the order of a measure's life."""
    total = sum(number for _, number in report.measure_states)
    told = [f"{label} {zahl(number)}" for label, number in report.measure_states]
    return f"Stand von {counted(total, 'Maßnahme', 'Maßnahmen')}: {liste(told)}." if total else ""


def of_events(report: StateReport) -> str:
    """Events and the people who were counted."""
    events = sum(line.events for line in report.events)
    people = [line.people for line in report.events if line.people is not None]
    missing = sum(line.uncounted for line in report.events)
    if not events:
        return ""
    told = [f"{line.kind} {zahl(line.events)}" for line in report.events]
    return sentences(
        f"Eingetragen {'ist' if events == 1 else 'sind'} {counted(events, 'Veranstaltung', 'Veranstaltungen')}: "
        f"{liste(told)}.",
        f"Gezählt wurden zusammen {zahl(sum(people))} Personen." if people else "",
        f"Bei {counted(missing, 'Veranstaltung', 'Veranstaltungen')} fehlt die Zahl." if missing else "",
    )


def of_hurdles(report: StateReport) -> str:
    """Hurdles by kind, where enough municipalities named one."""
    told = [f"{row.category} ({places(row.places)})" for row in report.hurdle_counts]
    return sentences(f"Genannt wurden: {liste(told)}." if told else "", few(report.few_hurdles, "Art", "Arten"))


def of_durations(report: StateReport) -> str:
    """How many steps are told, and how many are not."""
    number = len(report.durations)
    told = f"Für {counted(number, 'Schritt', 'Schritte')} liegen Dauern aus mindestens drei Kommunen vor."
    return sentences(told if number else "", few(report.few_durations, "Schritt", "Schritte"))


def few(number: int, one: str, many: str) -> str:
    """What is not told because too few municipalities stand behind it."""
    if not number:
        return ""
    verb = "steht" if number == 1 else "stehen"
    return (
        f"{counted(number, one, many)} {verb} hier nicht, weil weniger als {FEWEST_PLACES} Kommunen dazu etwas "
        "eingetragen haben."
    )


def all_words(report: StateReport) -> dict[str, str]:
    """Every paragraph by the table that it stands above."""
    return dict(_words(report))


def _words(report: StateReport) -> Iterator[tuple[str, str]]:
    yield "places", of_places(report)
    yield "phases", of_phases(report)
    yield "posts", of_posts(report)
    yield "fields", of_fields(report)
    yield "life_phases", sentences(of_life_phases(report.by_phase), of_numbers(report.by_phase, "bei"))
    yield "money", of_money(report)
    yield "measures", of_measures(report)
    yield "events", of_events(report)
    yield "groups", of_groups(report)
    yield "hurdles", of_hurdles(report)
    yield "durations", of_durations(report)
