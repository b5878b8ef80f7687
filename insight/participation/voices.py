"""Who was heard, arranged for the page: groups by years, occasions, and what came of them. What nobody counted is said
to be without number, never zero."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from accounts.models import Municipality
from insight.participation.queries import UNDATED, Found, Heard, Voices
from participation.enums import StakeholderGroup
from participation.models import Event, Finding, Session, Survey
from participation.models.events import SMALLEST_GROUP
from planning.models import Need
from printing.drawings.bars import Chart, Value, draw_bars
from records.parts import Link
from records.registry import kind_of
from records.templatetags.german import NO_VALUE, number
from records.text import sort_key

MODELS = {"event": Event, "session": Session, "survey": Survey}
UNCOUNTED, UNDATED_WORDS, WITHOUT = "ohne Zahl", "ohne Datum", "ohne Zuordnung"
TOO_FEW = f"unter {SMALLEST_GROUP}"


@dataclass(frozen=True)
class GroupRow:
    """A stakeholder group: a text for each year, and all years together."""

    label: str
    years: tuple[tuple[str, str], ...]
    total: str
    occasions: int


@dataclass(frozen=True)
class Occasion:
    """A line of the tables of events, sessions and surveys; ``facts`` are pairs of column and text."""

    title: str
    url: str
    is_example: bool
    facts: tuple[tuple[str, str], ...]
    findings: Link | None
    needs: tuple[Link, ...]


@dataclass(frozen=True)
class OccasionTable:
    """Occasions of one kind."""

    uid: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[Occasion, ...]
    empty: str


@dataclass(frozen=True)
class Share:
    """How much was said about something, and how many needs rest on it."""

    label: str
    findings: int
    needs: int
    events: int = 0


@dataclass(frozen=True)
class ShareTable:
    """Findings by region, Lebensphase or Handlungsfeld."""

    head: str
    rows: tuple[Share, ...]
    with_events: bool = False


@dataclass(frozen=True)
class ParticipationPage:
    """Everything the page shows."""

    lead: str
    numbers: tuple[str, ...]
    notes: tuple[str, ...]
    years: tuple[str, ...]
    groups: tuple[GroupRow, ...]
    chart: Chart | None
    unheard: tuple[str, ...]
    tables: tuple[OccasionTable, ...]
    shares: tuple[ShareTable, ...]
    is_empty: bool


def participation_page(voices: Voices, municipality: Municipality) -> ParticipationPage:
    """Arrange what was heard; ``voices`` are those of the wanted years."""
    found = [finding for heard in voices.all for finding in heard.findings]
    heard_groups = {group for event in voices.events for group in event.groups}
    years = sorted({event.year for event in voices.events if event.groups}, key=lambda year: (year == UNDATED, year))
    groups = tuple(group_row(group, voices.events, years) for group in StakeholderGroup if group in heard_groups)
    return ParticipationPage(
        lead=lead_of(voices, found),
        numbers=numbers_of(voices),
        notes=tuple(dict.fromkeys(event.participants_note for event in voices.events if event.participants_note)),
        years=tuple(year_words(year) for year in years),
        groups=groups,
        chart=chart_of(voices.events),
        unheard=tuple(
            str(group.label)
            for group in StakeholderGroup
            if group not in heard_groups and group != StakeholderGroup.OTHER
        ),
        tables=(
            event_table(voices.events, municipality),
            session_table(voices.sessions, municipality),
            survey_table(voices.surveys, municipality),
        ),
        shares=shares_of(voices, found),
        is_empty=not voices.all,
    )


def year_words(year: int) -> str:
    """The head of a column."""
    return str(year) if year != UNDATED else UNDATED_WORDS


def counted(words: str, several: str, count: int) -> str:
    """„1 Bedarf“, „3 Bedarfe“."""
    return f"{number(count)} {words if count == 1 else several}"


def lead_of(voices: Voices, found: list[Found]) -> str:
    """How much was heard and what came of it, in two sentences."""
    needs = {need for finding in found for need in finding.needs}
    heard = [
        counted("Veranstaltung", "Veranstaltungen", len(voices.events)),
        *([counted("Befragung", "Befragungen", len(voices.surveys))] if voices.surveys else []),
    ]
    came = [counted("Erkenntnis", "Erkenntnisse", len(found)), counted("Bedarf", "Bedarfe", len(needs))]
    return (
        f"{' und '.join(heard)}. Daraus: {came[0]}; {came[1]} {'stützt' if len(needs) == 1 else 'stützen'} sich darauf."
    )


def numbers_of(voices: Voices) -> tuple[str, ...]:
    """How many came, as far as it was counted; vague numbers are not added up."""
    exact = [event.participants for event in voices.events if event.participants is not None]
    vague = [event for event in voices.events if event.participants is None and event.participants_note]
    nothing = len(voices.events) - len(exact) - len(vague)
    lines = []
    if exact:
        where = counted("Veranstaltung", "Veranstaltungen", len(exact))
        lines.append(f"{counted('Person', 'Personen', sum(exact))} bei {where} gezählt")
    if vague:
        lines.append(f"{counted('Veranstaltung', 'Veranstaltungen', len(vague))} mit ungefährer Angabe")
    if nothing:
        lines.append(f"{counted('Veranstaltung', 'Veranstaltungen', nothing)} {UNCOUNTED}")
    if voices.planned:
        words = counted("geplante Veranstaltung zählt", "geplante Veranstaltungen zählen", voices.planned)
        lines.append(f"{words} noch nicht")
    return tuple(lines)


def sum_words(counts: Iterable[int | None]) -> str:
    """„24“, „24 und 1 × ohne Zahl“, „ohne Zahl“, „–“: what was not counted is not zero."""
    given = list(counts)
    known = [count for count in given if count is not None]
    missing = len(given) - len(known)
    without = UNCOUNTED if missing == 1 and not known else f"{missing} × {UNCOUNTED}"
    if known:
        return number(sum(known)) + (f" und {without}" if missing else "")
    return without if missing else NO_VALUE


def group_row(group: StakeholderGroup, events: list[Heard], years: list[int]) -> GroupRow:
    """The line of a group that took part."""
    present = [event for event in events if group in event.groups]
    cells = tuple(
        (year_words(year), sum_words(event.groups[group] for event in present if event.year == year)) for year in years
    )
    return GroupRow(str(group.label), cells, sum_words(event.groups[group] for event in present), len(present))


def chart_of(events: list[Heard]) -> Chart | None:
    """Bars of the groups that took part; nothing where nobody was counted."""
    values = []
    for group in StakeholderGroup:
        counts = [event.groups[group] for event in events if group in event.groups]
        known = [count for count in counts if count is not None]
        if counts:
            values.append(Value(str(group.label), sum(known) if known else None, sum_words(counts)))
    if not any(value.number for value in values):
        return None
    counted = sum(value.number or 0 for value in values)
    title = f"Teilnehmende nach Gruppen, Zahl der Personen (n = {number(counted)}). "
    title += f"{'. '.join(f'{value.label}: {value.text}' for value in values)}. Dieselben Zahlen stehen in der Tabelle"
    return draw_bars(values, title=title, uid="gruppen")


def occasion(heard: Heard, municipality: Municipality, facts: tuple[tuple[str, str], ...]) -> Occasion:
    """A line with its links to findings and needs."""
    kind, findings = kind_of(MODELS[heard.kind]), None
    url = kind.url("detail", municipality, heard.pk)
    if heard.findings:
        # Only events are a filter of the list of findings; the pages of the others show theirs.
        listing = f"{kind_of(Finding).url('list', municipality)}?event={heard.pk}"
        words = counted("Erkenntnis", "Erkenntnisse", len(heard.findings))
        findings = Link(words, listing if heard.kind == "event" else url)
    need_kind = kind_of(Need)
    needs = tuple(Link(need.title, need_kind.url("detail", municipality, need.pk)) for need in heard.needs)
    return Occasion(heard.title, url, heard.is_example, facts, findings, needs)


def event_table(events: list[Heard], municipality: Municipality) -> OccasionTable:
    """Events with place in time and number of participants."""
    columns = ("Datum", "Art", "Region", "Teilnehmende")
    rows = tuple(
        occasion(
            event,
            municipality,
            tuple(zip(columns, (date_words(event), event.note, event.region or NO_VALUE, people(event)), strict=True)),
        )
        for event in events
    )
    return OccasionTable("veranstaltungen", "Veranstaltungen", columns, rows, "Keine Veranstaltung in diesem Zeitraum.")


def date_words(heard: Heard) -> str:
    """The date as it was meant."""
    return str(heard.when) if heard.when else UNDATED_WORDS


def people(event: Heard) -> str:
    """The number as it is known: exact, in words, from the groups, or none."""
    given = [number(event.participants)] if event.participants is not None else []
    given += [event.participants_note] if event.participants_note else []
    if not given and any(count is not None for count in event.groups.values()):
        given = [f"nach Gruppen: {sum_words(event.groups.values())}"]
    return " · ".join(given) or UNCOUNTED


def session_table(sessions: list[Heard], municipality: Municipality) -> OccasionTable:
    """Sessions in which others were heard."""
    columns = ("Datum", "Gremium", "Gäste", "Anwesend")
    rows = tuple(
        occasion(
            session,
            municipality,
            tuple(
                zip(
                    columns,
                    (
                        date_words(session),
                        session.note,
                        ", ".join(session.guests) or NO_VALUE,
                        UNCOUNTED if session.participants is None else number(session.participants),
                    ),
                    strict=True,
                )
            ),
        )
        for session in sessions
    )
    empty = "Keine Sitzung mit Gästen oder Erkenntnissen in diesem Zeitraum."
    return OccasionTable("sitzungen", "Sitzungen mit Gästen oder Erkenntnissen", columns, rows, empty)


def survey_table(surveys: list[Heard], municipality: Municipality) -> OccasionTable:
    """Surveys with their return rate."""
    columns = ("Beginn", "Zielgruppe", "Versandt", "Rücklauf", "Ausgewertet", "Angabe zum Rücklauf")
    rows = tuple(
        occasion(
            survey,
            municipality,
            tuple(
                zip(
                    columns,
                    (
                        date_words(survey),
                        survey.note,
                        large_enough(survey.sent),
                        return_words(survey),
                        large_enough(survey.evaluated),
                        survey.participants_note or NO_VALUE,
                    ),
                    strict=True,
                )
            ),
        )
        for survey in surveys
    )
    return OccasionTable("befragungen", "Befragungen", columns, rows, "Keine Befragung in diesem Zeitraum.")


def large_enough(count: int | None) -> str:
    """A number of people; small groups are never shown."""
    if count is None:
        return UNCOUNTED
    return TOO_FEW if 0 < count < SMALLEST_GROUP else number(count)


def return_words(survey: Heard) -> str:
    """„1 000 (33,3 %)“; no rate where it would give a small group away."""
    text = large_enough(survey.returned)
    if not survey.sent or survey.returned is None or TOO_FEW in (text, large_enough(survey.sent)):
        return text
    return f"{text} ({number(round(survey.returned / survey.sent * 100, 1))}\u202f%)".replace(",0\u202f%", "\u202f%")


def shares_of(voices: Voices, found: list[Found]) -> tuple[ShareTable, ...]:
    """What was said, by region, Lebensphase and Handlungsfeld."""
    events: dict[str, int] = defaultdict(int)
    for event in voices.events:
        events[event.region or WITHOUT] += 1
    return (
        ShareTable("Planungsregion", shares(found, lambda f: [(f.region, f.region)], events), with_events=True),
        ShareTable("Lebensphase", shares(found, lambda f: f.life_phases)),
        ShareTable("Handlungsfeld", shares(found, lambda f: [(f.action_field, f.action_field)])),
    )


def shares(
    found: list[Found], of: Callable[[Found], Iterable[tuple[str, str]]], events: dict[str, int] | None = None
) -> tuple[Share, ...]:
    """Numbers by label; a finding with several labels counts at each, one without under „ohne Zuordnung“.

    ``of`` names the labels of a finding, each behind the key by which it is ordered.
    """
    by_label: dict[tuple[str, str], list[Found]] = {(label, label): [] for label in events or {}}
    for finding in found:
        for pair in [pair for pair in of(finding) if pair[1]] or [(WITHOUT, WITHOUT)]:
            by_label.setdefault(pair, []).append(finding)
    return tuple(
        Share(label, len(rows), len({need for row in rows for need in row.needs}), (events or {}).get(label, 0))
        for (_, label), rows in sorted(
            by_label.items(), key=lambda item: (item[0][1] == WITHOUT, sort_key(item[0][0]), item[0])
        )
    )
