"""What the timeline shows: one entry per dated record, and the list by year as its text equivalent."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from planning.enums import Phase
from records.text import sort_key
from records.vague import VagueDate, span_text

HURDLES = 0  # lane above the phases
WITHOUT_PHASE = 9  # lane below the phases, drawn only where something stands in it
SHAPES = ("session", "participation", "resolution", "milestone", "period")
LANE_LABELS = {HURDLES: "Hürde"} | {phase.number: str(phase.label) for phase in Phase}
INTENDED = "vorgesehen"
IF_ANY = "if any"  # in the metadata of a field: written into plan.json only where it holds something
UNKNOWN_SPAN = timedelta(days=91)  # how far an unknown begin or end fades out


@dataclass(frozen=True)
class TimelineEntry:
    """A dated record. ``lane`` is the phase's number 1–8, 0 for hurdles, 9 without phase.

    ``shape`` is one of SHAPES: the first four are points in time unless they have an end, ``period`` without an end
    goes on. ``contradiction`` says what another source claims; ``date_text`` is the date as it was meant. What is
    ``routine`` stays out of the first view of the page. Entries with the same ``chain`` lead to one another, as
    consultations lead to a resolution.
    """

    title: str
    begin: VagueDate | None
    end: VagueDate | None = None
    lane: int = WITHOUT_PHASE
    shape: str = "milestone"
    expected: bool = False
    contradiction: str = ""
    source: str = ""
    kind_label: str = ""
    url: str = ""
    date_text: str = ""
    uid: str = ""
    is_example: bool = False
    routine: bool = False
    chain: str = field(default="", metadata={IF_ANY: True})

    @cached_property
    def is_point(self) -> bool:
        """True for an event; a record with two different dates is a period."""
        return self.shape != "period" and (self.end is None or self.begin is None or self.begin == self.end)

    @cached_property
    def moment(self) -> VagueDate:
        """The date by which the entry is sorted and listed. An entry without any date raises ValueError."""
        moment = self.begin or self.end
        if moment is None:
            raise ValueError(f"Ohne Datum: {self.title}")
        return moment

    @property
    def record_uid(self) -> str:
        """The identifier of the record, from „kind-identifier-field“."""
        return self.uid.partition("-")[2].rpartition("-")[0]

    @property
    def year(self) -> int:
        """The year under which the entry is listed."""
        return self.moment.year

    @cached_property
    def last_day(self) -> date:
        """The last day that the entry's dates can mean; an open period does not reach beyond its begin."""
        return max(date_.last for date_ in (self.begin, self.end) if date_)

    @property
    def last_year(self) -> int:
        """The year of the last day."""
        return self.last_day.year

    def reaches(self, today: date) -> date:
        """The last day that the entry touches; an open period goes on until today."""
        return self.last_day if self.is_point or self.end else max(self.last_day, today)

    @cached_property
    def when(self) -> str:
        """The date as text, as it was meant."""
        if self.date_text:
            return self.date_text
        return str(self.moment) if self.is_point else span_text(self.begin, self.end)

    @property
    def phase_label(self) -> str:
        """The lane in words, for the list and the table."""
        return lane_label(self.lane)

    @cached_property
    def intention(self) -> str:
        """„vorgesehen“ for what was only planned, which stays true when its day has passed; empty for what happened."""
        return INTENDED if self.expected and not any(word in self.title for word in (INTENDED, "erwartet")) else ""

    @cached_property
    def label(self) -> str:
        """The words beside the mark."""
        return f"{self.title} ({self.intention})" if self.intention else self.title

    @property
    def name(self) -> str:
        """The whole entry in one sentence: tooltip and name of the link."""
        hurdle = "Hürde: " if self.lane == HURDLES else ""
        expected = f", {INTENDED}" if self.expected else ""
        other = f". Eine andere Quelle: {self.contradiction}" if self.contradiction else ""
        return f"{hurdle}{self.title} ({self.when}{expected}){other}"

    @cached_property
    def sort_key(self) -> tuple[date, date, str]:
        """By first possible day; of the same day the vaguer one first, as it began first."""
        moment = self.moment
        return moment.first, date.max - (moment.last - date.min), sort_key(self.title)


@dataclass(frozen=True)
class YearGroup:
    """The entries listed under one year."""

    year: int
    entries: tuple[TimelineEntry, ...]


def quoted(text: str) -> str:
    """The text in quotation marks, with single ones inside: „Audit ‚Familiengerechter Landkreis‘“."""
    return "„" + text.replace("„", "‚").replace("“", "‘") + "“"


def lane_label(lane: int) -> str:
    """„Hürde“, the phase's name or „ohne Phase“."""
    return LANE_LABELS.get(lane, "ohne Phase")


def dated(entries: Iterable[TimelineEntry]) -> list[TimelineEntry]:
    """Entries that have a date, in order."""
    return sorted((entry for entry in entries if entry.begin or entry.end), key=lambda entry: entry.sort_key)


def by_year(entries: Iterable[TimelineEntry]) -> tuple[YearGroup, ...]:
    """The list by year: the same content as the drawing, for everybody who cannot or will not see it."""
    groups: dict[int, list[TimelineEntry]] = {}
    for entry in dated(entries):
        groups.setdefault(entry.year, []).append(entry)
    return tuple(YearGroup(year, tuple(found)) for year, found in groups.items())


def years_of(entries: Iterable[TimelineEntry]) -> dict[int, int]:
    """How many entries begin in each year from the first to the last, years without entries included."""
    found = dated(entries)
    if not found:
        return {}
    counts = Counter(entry.year for entry in found)
    return {year: counts[year] for year in range(found[0].year, max(entry.last_year for entry in found) + 1)}
