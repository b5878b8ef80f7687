"""What „Gestaltung“ shows: invented content for every fragment of the interface, in the shapes that real pages use."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.messages import ERROR, INFO, SUCCESS, WARNING
from django.contrib.messages.storage.base import Message

from insight.timeline.entries import TimelineEntry
from insight.timeline.screen import draw_screen, screen_svg
from lsz_portal.site.design_form import WHOLE
from overview.queries.due import DueItem, leaf_of
from participation.views.board import Group
from participation.views.board import Row as Line
from planning.enums import Phase
from printing.drawings.ring import LABEL_LINES, Ring, RingPhase, draw_ring, mini_references
from printing.drawings.thueringen import PATTERNS
from records.pages.conflict import word_differences
from records.parts import (
    BulkBar,
    BulkField,
    Cell,
    Change,
    Column,
    Conflict,
    ConflictField,
    Connected,
    Connection,
    FilterField,
    HistoryEntry,
    Link,
    ListPage,
    Option,
    Row,
    Station,
    Thread,
)
from records.vague import VagueDate

HERE = "#"
COLOURS = (
    ("canvas", "Grund"),
    ("panel", "Fläche"),
    ("sunken", "vertieft: Eingaben, Tabellenkopf"),
    ("ink", "Schrift"),
    ("muted", "Nebensächliches"),
    ("line", "Linie, nur Zier"),
    ("line-strong", "Linie, die etwas abgrenzt"),
    ("accent", "Handlung und Fortschritt"),
    ("accent-soft", "gewählt, läuft"),
    ("accent-mid", "Zwischenton"),
    ("warn", "Lücke, Hürde"),
    ("warn-soft", "Grund dazu"),
    ("danger", "Fehler"),
    ("danger-soft", "Grund dazu"),
    ("ok", "hinzugekommen"),
    ("ok-soft", "Grund dazu"),
    ("focus", "Fokus"),
)
STATES = (
    ("done", "abgeschlossen"),
    ("run", "läuft"),
    ("rest", "ruht"),
    ("none", "nicht begonnen"),
    ("dropped", "entfällt"),
    ("high", "Priorität hoch"),
    ("medium", "Priorität mittel"),
    ("low", "Priorität niedrig"),
    ("ok", "in Ordnung"),
    ("gap", "Lücke"),
    ("stop", "verhindert die Freigabe"),
)
MESSAGES = (
    (SUCCESS, "Bedarf gespeichert."),
    (INFO, "Die Liste zeigt den Planungszyklus 2017–2019."),
    (WARNING, "Für dieses Jahr gibt es noch keinen Beschluss."),
    (ERROR, "Nicht gelöscht: 2 Maßnahmen beziehen sich auf dieses Ziel."),
)
PATTERN_WORDS = dict(
    zip(PATTERNS, ("leer", "Punkte", "dichte Punkte", "schräg", "Kreuz", "Zeilen", "voll", "Sterne"), strict=True)
)
FIELDS = ((1, "Steuerung, Vernetzung"), (2, "Vereinbarkeit, Mobilität"))
RING_STATES = ("done", "done", "run", "run", "rest", "none", "none", "none")
RING_WORDS = {"done": "abgeschlossen", "run": "läuft", "rest": "ruht", "none": "nicht begonnen"}


def stations() -> tuple[Station, ...]:
    """A red thread with the record itself, links and gaps."""
    way = Link("Maßnahmen zuordnen", HERE)
    return (
        Station("Erkenntnisse", "11", "Konferenz West", "linked", Link("Erkenntnisse ansehen", HERE)),
        Station("Bedarf", "1", "dieser Eintrag", "here"),
        Station("Ziele", "2", "", "linked", Link("Ziele ansehen", HERE)),
        Station("Maßnahmen", "fehlt", "", "gap", way),
        Station("Geld", "–", "", "gap"),
        Station("Ergebnis", "–", "", "gap"),
    )


def thread() -> Thread:
    """The same in the shape that pages take."""
    return Thread(stations(), "fehlt: Maßnahme, Geld, Ergebnis", "3 Lücken")


def rows() -> tuple[Row, ...]:
    """Rows of a list with every style of cell."""
    return tuple(
        Row(
            title,
            HERE,
            (
                Cell("Handlungsfeld", field, links=(Link(field, HERE),)),
                Cell("Priorität", word, "state", code),
                Cell("Belege", number, "number"),
                Cell("Beginn", when, "date"),
                Cell("Stand", state, "tag"),
            ),
            is_example=True,
            thread=thread(),
        )
        for title, field, word, code, number, when, state in (
            ("Beratung ohne eigenes Auto erreichen", "Vereinbarkeit", "hoch", "high", "11", "August 2017", "bestätigt"),
            ("Überblick über Angebote an einem Ort", "Beratung", "mittel", "medium", "9", "1. Quartal 2018", "erkannt"),
            ("Freizeit am Nachmittag", "Wohnumfeld", "niedrig", "low", "3", "17.05.2018", "gedeckt"),
        )
    )


def list_page() -> ListPage:
    """A list with filters, sorting and pages."""
    sizes = (Option("30", "30", True), Option("100", "100", False))
    return ListPage(
        title="Bedarfe",
        intro="",
        search="",
        filters=(FilterField("feld", "Handlungsfeld", (Option("", "Alle Handlungsfelder", True),)),),
        active_filters=(Link("Priorität: hoch", HERE),),
        clear_url=HERE,
        columns=(
            Column("Bedarf", HERE, "ascending"),
            Column("Handlungsfeld"),
            Column("Priorität", HERE, "none"),
            Column("Belege", HERE, "none", numeric=True),
            Column("Beginn"),
            Column("Stand"),
        ),
        rows=rows(),
        total=94,
        first=31,
        last=60,
        pages=tuple(Link(str(number), HERE) for number in (1, 2, 3, 4)),
        current_page=2,
        previous_url=HERE,
        next_url=HERE,
        sizes=sizes,
        size_links=(Link("30", HERE), Link("100", HERE)),
        exports=(Link("CSV", HERE), Link("XLSX", HERE)),
        create=None,
        empty_fact="Noch keine Bedarfe.",
        empty_way="Legen Sie einen an.",
        has_thread=True,
    )


def bulk() -> BulkBar:
    """The bar above a list whose rows can be marked."""
    choices = tuple(Option(code, word, False) for code, word in (("1", "hoch"), ("2", "mittel"), ("3", "gering")))
    field = BulkField(
        "wert_priority", "Priorität", choices, (Option("priority", "Priorität setzen", False),), False, False
    )
    return BulkBar(HERE, (field,), "", "", count=2)


def lines() -> Group:
    """Flip-chart lines of one Handlungsfeld: plain, marked, with a mistake."""

    def line(number: int, text: str, weight: str, **more: Any) -> Line:
        values: dict[str, Any] = {
            "url": HERE,
            "seen": "",
            "points": 0,
            "need_count": 0,
            "marked": False,
            "error": "",
            "note": "",
        } | more
        return Line(pk=number, number=number, text=text, action_field="2", weight=weight, **values)

    return Group(
        "2",
        "Vereinbarkeit, Mobilität",
        2,
        (
            line(4, "Bus fährt nach 16 Uhr nicht mehr", "14", marked=True),
            line(9, "Rufbus nur mit Anmeldung am Vortag, zu kompliziert", "acht", error=WHOLE),
            line(22, "Kita schließt um 16.30 Uhr, Schicht endet um 18 Uhr", "9", need_count=1),
        ),
    )


def history() -> tuple[HistoryEntry, ...]:
    """Two saved versions."""
    changes = (Change("Titel", "Treffpunkt in Bad Frankenhausen", "Treffpunkt für alle Generationen"),)
    return (
        HistoryEntry("12.10.2018, 9.14 Uhr", "Sozialplanung", "geändert", "nach der Konferenz", 2, changes),
        HistoryEntry("08.10.2018, 15.02 Uhr", "Sozialplanung", "angelegt", "", 1, ()),
    )


def conflict() -> Conflict:
    """Two versions side by side."""
    values = (("title", "Titel", "Meine Fassung", "Andere Fassung"), ("priority", "Priorität", "hoch", "mittel"))
    fields = tuple(
        ConflictField(name, label, mine, theirs, *word_differences(theirs, mine))
        for name, label, mine, theirs in values
    )
    return Conflict("die Leitung", "heute, 9.14 Uhr", fields)


def connections() -> tuple[Connection, ...]:
    """One relation with records, one without."""
    found = (Connected("Bus fährt nach 16 Uhr nicht mehr", HERE, "Erkenntnis, 14 Punkte"),)
    return (
        Connection("Erkenntnisse", found, 1, Link("zuordnen", HERE)),
        Connection("Kennzahlenwerte", (), 0, Link("zuordnen", HERE)),
    )


def due(today: date) -> Iterable[DueItem]:
    """An exact date, a vague one, and one that has passed."""
    for when, distance, late in (
        ("2018-11-15", "in 12 Tagen", False),
        ("2018-Q4", "im 4. Quartal", False),
        ("2018-10-01", "seit 33 Tagen überfällig", True),
    ):
        date_ = VagueDate.from_iso(when)
        yield DueItem("Verwendungsnachweis", HERE, "Frist", "", date_, leaf_of(date_), distance, late)


def ring() -> Ring:
    """All four states of a phase."""
    phases = [
        RingPhase(
            phase.number,
            str(phase.label),
            LABEL_LINES[phase.number],
            state,
            RING_WORDS[state],
            HERE,
            steps_done=2,
            steps_running=int(state == "run"),
            steps_open=2,
        )
        for phase, state in zip(Phase, RING_STATES, strict=True)
    ]
    return draw_ring(phases, period="2017–2019", level="Stufe 3")


def timeline(today: date) -> str:
    """Every mark of the timeline."""

    def entry(title: str, begin: str, end: str = "", **more: Any) -> TimelineEntry:
        last = VagueDate.from_iso(end) if end else None
        return TimelineEntry(title, VagueDate.from_iso(begin), last, url=HERE, **more)

    entries = [
        entry("Wechsel der Leitung", "2017-Q2", "2017-Q3", lane=0, shape="period"),
        entry("Auftaktsitzung", "2016-08-17", lane=1, shape="session"),
        entry("Vertrag", "2017-01-01", lane=1, shape="period"),
        entry("Konferenz West", "2017-H2", lane=3, shape="participation"),
        entry("Beschluss des Kreistags", "2018-12-12", lane=6, shape="resolution", expected=True),
        entry("Plan liegt vor", "2018-Q4", lane=5, contradiction="Januar 2019"),
        entry("Erhebung", "2017-08", "2018-03", lane=2, shape="period"),
    ]
    return screen_svg(draw_screen(entries, place="zur Ansicht", today=today, lanes=(0, 1, 2, 3, 5, 6)))


def samples(today: date) -> dict[str, Any]:
    """Everything the page needs."""
    return {
        "colours": COLOURS,
        "states": STATES,
        "samples": [Message(level, text) for level, text in MESSAGES],
        "thread": thread(),
        "page": list_page(),
        "history": history(),
        "conflict": conflict(),
        "bulk": bulk(),
        "groups": [lines()],
        "sort_bulk": {"handlungsfeld": "2", "lebensphase": ""},
        "action_fields": FIELDS,
        "connections": connections(),
        "due": {"due": tuple(due(today)), "due_total": 3},
        "ring": ring(),
        "mini": mini_references(RING_STATES),
        "timeline": timeline(today),
        "patterns": PATTERN_WORDS.items(),
    }
