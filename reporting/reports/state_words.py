"""What the tables of the Landesbericht show, in sentences: numbers and names in their order, no judgement.

Money and shares are exact; a share is rounded to one place for reading only.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from planning.enums import FEWEST_PLACES, Progress
from planning.few import too_few
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
    if len(report.places) == with_cycle == begun > 2:
        return (
            f"Alle {zahl(begun)} Kommunen haben einen Planungszyklus und einen Plan {report.year}. "
            f"Stand der Pläne: {liste(told)}."
        )
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
    extents = [place.extent for place in report.places if place.extent]
    extent = Decimal(0) if too_few(range(len(extents))) else sum(extents, Decimal(0))
    told = [f"{places(found[state])} {state}" for state in (FILLED, VACANT) if found[state]]
    if not told:
        return "Zu Planerstellen hat keine Kommune etwas angegeben." if report.places else ""
    silent = f" {counted(found[UNKNOWN], 'Kommune hat', 'Kommunen haben')} nichts angegeben." if found[UNKNOWN] else ""
    sums = f" Zusammen sind es {zahl(extent)} VzÄ, soweit der Umfang angegeben ist." if extent else ""
    return f"Die Planerstelle ist {liste(told)}.{silent}{sums}"


def numbers_of(line: NumberLine) -> str:
    """„3 Angebote, 1 Bedarf und 2 Maßnahmen“; what too few municipalities have is not told."""
    kinds = (
        (line.offers, "Angebot", "Angebote"),
        (line.needs, "Bedarf", "Bedarfe"),
        (line.measures, "Maßnahme", "Maßnahmen"),
    )
    *told, last = [counted(number, one, many) for number, one, many in kinds if number is not None] or [""]
    return f"{', '.join(told)} und {last}" if told else last


def of_life_phases(lines: Sequence[NumberLine]) -> str:
    """What is there for each Lebensphase, in the order of the catalogue."""
    told = [f"für {line.title} {numbers_of(line)}" for line in lines if line.offers or line.needs or line.measures]
    return f"Eingetragen sind {'; '.join(told)}." if told else ""


def of_groups(report: StateReport) -> str:
    """Who was counted, in the order of the groups."""
    told = liste(f"{row.name} {zahl(row.count)}" for row in report.groups)
    return sentences(
        f"Gezählt wurden: {told}." if report.groups else "",
        few(report.few_groups, "Gruppe von Beteiligten", "Gruppen von Beteiligten"),
    )


def of_fields(report: StateReport) -> str:
    """All municipalities together, and the Handlungsfelder in which something is missing."""
    numbers = numbers_of(report.totals)
    told = f"Eingetragen sind {numbers}." if numbers else ""
    return sentences(told, of_numbers(report.by_field, "in")) if report.by_field else ""


def of_numbers(lines: Sequence[NumberLine], what: str) -> str:
    """Where offers, needs or measures are missing, in the order of the catalogue."""
    without = [line.title for line in lines if line.needs and line.measures == 0]
    silent = [line.title for line in lines if line.offers == line.needs == line.measures == 0]
    return sentences(
        f"Bedarfe, aber noch keine Maßnahme gibt es {what} {liste(without)}." if without else "",
        f"Nichts eingetragen ist {what} {liste(silent)}." if silent else "",
    )


def of_money(report: StateReport) -> str:
    """What is planned altogether and who pays for it."""
    line: MoneyLine | None = report.money_total
    missing = few(report.few_money, "Handlungsfeld des Finanzplans", "Handlungsfelder des Finanzplans")
    if line is None:
        no_sum = "Eine Summe steht hier nicht, weil sie von weniger als {} Kommunen erzählte."
        return sentences(no_sum.format(FEWEST_PLACES) if report.money_places else "", missing)
    parts = [
        f"{name} {euro(amount)} ({share(amount, line.total)} %)"
        for name, amount in (("das Land", line.land), ("die Kommunen", line.municipal), ("Übrige", line.others))
        if amount and line.total
    ]
    paid = f": {liste(parts)}" if parts else ""
    who = counted(report.money_places, "Kommune plant", "Kommunen planen")
    told = f"{who} für {report.year} zusammen {euro(line.total)}{paid}." if line.total else ""
    return sentences(told, missing)


def share(part: Decimal, whole: Decimal) -> str:
    """A share in percent, with one place."""
    return zahl((part * 100 / whole).quantize(TENTH, ROUND_HALF_UP))


def of_measures(report: StateReport) -> str:
    """Where the measures stand, in the order of a measure's life."""
    total = sum(number for _, number in report.measure_states)
    told = [f"{label} {zahl(number)}" for label, number in report.measure_states]
    words = f"Stand von {counted(total, 'Maßnahme', 'Maßnahmen')}: {liste(told)}." if total else ""
    return sentences(words, few(report.few_states, "Stand von Maßnahmen", "Stände von Maßnahmen"))


def of_events(report: StateReport) -> str:
    """Events and the people who were counted."""
    events = sum(line.events for line in report.events)
    people = [line.people for line in report.events if line.people is not None]
    missing = sum(line.uncounted for line in report.events)
    untold = few(report.few_events, "Art von Veranstaltungen", "Arten von Veranstaltungen")
    if not events:
        return untold
    told = [f"{line.kind} {zahl(line.events)}" for line in report.events]
    where = "In den Arten, die hier stehen, sind eingetragen" if report.few_events else "Eingetragen sind"
    return sentences(
        f"{where}: {liste(told)}.",
        f"Die Tabelle zählt zusammen {zahl(sum(people))} Personen." if people else "",
        f"Bei {counted(missing, 'Veranstaltung', 'Veranstaltungen')} fehlt die Zahl." if missing else "",
        untold,
    )


def of_hurdles(report: StateReport) -> str:
    """Hurdles by kind, where enough municipalities named one."""
    told = [f"{row.category} ({places(row.places)})" for row in report.hurdle_counts]
    return sentences(
        f"Genannt wurden: {liste(told)}." if told else "", few(report.few_hurdles, "Art von Hürden", "Arten von Hürden")
    )


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
        f"{counted(number, one, many)} {verb} hier nicht, weil sonst zu erkennen wäre, was weniger als "
        f"{FEWEST_PLACES} Kommunen eingetragen haben."
    )


def all_words(report: StateReport) -> dict[str, str]:
    """Every paragraph by the table that it stands above."""
    return dict(_words(report))


def _words(report: StateReport) -> Iterator[tuple[str, str]]:
    yield "places", of_places(report)
    yield "phases", of_phases(report)
    yield "posts", of_posts(report)
    yield "fields", of_fields(report)
    yield "life_phases", sentences(of_life_phases(report.by_phase), of_numbers(report.by_phase, "für"))
    yield "money", of_money(report)
    yield "measures", of_measures(report)
    yield "events", of_events(report)
    yield "groups", of_groups(report)
    yield "hurdles", of_hurdles(report)
    yield "durations", of_durations(report)
