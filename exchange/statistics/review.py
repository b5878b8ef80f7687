"""What a file would change: every observation judged against areas, series and values, before anything is stored."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import IO, Any, NamedTuple

from exchange.statistics.layout import Observation, Period, SeriesKey, read_observations
from exchange.statistics.opening import StatRefused
from planning.models import Area, OfficialSeries
from planning.models.statistics import shown_period
from planning.queries.official import Stored, areas_by_code, known_series, packed, stored_values

SAMPLES = 5  # rows shown of each sort
JUMP = Decimal("0.2")
LIST_OF = date(2022, 5, 15)  # the day of the list of Gemeinden
NEW, CHANGED, UNCHANGED = "neu", "geändert", "unverändert"
DISSOLVED = "Gebiet war an diesem Tag aufgelöst"
NOT_YET = "Gebiet gab es an diesem Tag noch nicht"
MAYBE_GONE = "Gemeinde ohne jede Angabe, vielleicht aufgelöst"
FOREIGN = "anderes Land"
NOT_OWN = "Gebiet einer anderen Kommune"
STATE_FIXED = "Berichtigungen für Land und Bund nimmt das Ministerium vor"
UNKNOWN_AREA = "unbekanntes Gebiet"
UNPUBLISHED = "vermutlich noch nicht veröffentlicht"
TWICE = "doppelt in der Datei"
NO_SERIES = "Kennzahl fehlt im Katalog"
TAKEN = (NEW, CHANGED, UNCHANGED)


class Judged(NamedTuple):
    """What becomes of an observation: one of TAKEN, or why it is not taken."""

    verdict: str
    seen: Observation
    stored: Stored | None
    jump: str = ""


@dataclass(frozen=True)
class Choice:
    """What the person said: the variable of the place, series to be made, and whether „-“ alone is a statement.

    ``own`` is the key of the Kreis whose planner reads in; empty for the whole programme.
    """

    region: str = ""
    makes: bool = False
    takes_unpublished: bool = False
    own: str = ""
    left_out: frozenset[SeriesKey] = frozenset()


@dataclass
class Scan:
    """The first reading: which combinations, and for which of them „-“ is all that there is."""

    rows: int = 0
    numbers: int = 0
    signs: Counter[str] = field(default_factory=Counter)
    areas: set[str] = field(default_factory=set)
    combinations: dict[SeriesKey, int] = field(default_factory=dict)
    wordings: dict[SeriesKey, str] = field(default_factory=dict)
    said: set[tuple[str, str, Period]] = field(default_factory=set)
    areas_said: set[str] = field(default_factory=set)
    layout: str = ""
    regions: tuple[str, ...] = ()


@dataclass
class Review:
    """What the page and the command say."""

    scan: Scan
    counts: Counter[str] = field(default_factory=Counter)
    samples: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    jumps: int = 0
    unknown: dict[SeriesKey, int] = field(default_factory=dict)

    def note(self, judged: Judged) -> None:
        """Count a row, and show the first of each sort."""
        self.counts[judged.verdict] += 1
        if judged.jump:
            self.jumps += 1
        sort = "Sprung" if judged.jump else judged.verdict
        if len(self.samples[sort]) < SAMPLES:
            self.samples[sort].append(in_words(judged, self.scan.wordings))

    def as_json(self) -> dict[str, Any]:
        """What is kept of it."""
        signs = dict(self.scan.signs)
        facts = {"rows": self.scan.rows, "numbers": self.scan.numbers, "signs": signs, "areas": len(self.scan.areas)}
        return facts | {"counts": dict(self.counts), "samples": dict(self.samples), "jumps": self.jumps}


def in_words(judged: Judged, wordings: dict[SeriesKey, str]) -> str:
    """„Kyffhäuserkreis, 31.12.2024, Bevölkerungsstand: 71 738 (bisher 71 500)“."""
    seen = judged.seen
    text = f"{seen.label}, {shown_period(*seen.period)}, {wordings.get(seen.series, seen.series.measure)}: "
    text += said(seen.printed.value, seen.printed.sign, seen.printed.quality)
    if judged.verdict == CHANGED and judged.stored:
        text += f" (bisher {said(judged.stored.value, judged.stored.sign, judged.stored.quality)})"
    return f"{text} · {judged.jump}" if judged.jump else text


def said(value: Decimal | None, sign: str, quality: str = "") -> str:
    """A number in German, or the sign."""
    text = sign or "leer"
    if value is not None:
        text = f"{value.normalize():,f}".replace(",", " ").replace(".", ",")
    return f"({text})" if "(" in quality else text


def scan_file(file: IO[bytes], areas: dict[str, Area], region: str = "") -> Scan:
    """Read once through. Raises StatRefused."""
    table, rows = read_observations(file, region)
    scan = Scan(layout=table.layout, wordings=table.wordings)
    for seen in rows:
        scan.rows += 1
        scan.areas.add(seen.area)
        scan.combinations[seen.series] = scan.combinations.get(seen.series, 0) + 1
        if seen.printed.sign:
            scan.signs[seen.printed.sign] += 1
        elif seen.printed.value is not None:
            scan.numbers += 1
        if seen.printed.sign != "-":
            scan.areas_said.add(seen.area)
            if is_living(areas.get(seen.area), seen.period):
                scan.said.add((seen.series.measure, seen.series.unit, seen.period))
    scan.regions = tuple(sorted(table.regions_seen))
    return scan


def is_living(area: Area | None, period: Period, *, with_part: bool = False) -> bool:
    """True where the area existed on the last day of the period; ``with_part``: or on its first.

    Tables of a year are made for the areas of its end, but may name numbers of one that was dissolved within it.
    """
    if area is None:
        return False
    days = {last_day(period)} | ({period.begin} if with_part else set())
    first, last = area.valid_from or date.min, area.valid_until or date.max
    return any(first <= day <= last for day in days)


def last_day(period: Period) -> date:
    """The last day of a period."""
    number, sort = int(period.length[1:-1]), period.length[-1]
    if sort == "D":
        return period.begin
    months = period.begin.month - 1 + number * (12 if sort == "Y" else 1)
    return date(period.begin.year + months // 12, months % 12 + 1, 1) - timedelta(1)


class Judge:
    """Judges every observation of a file against what is stored."""

    def __init__(self, file: IO[bytes], choice: Choice) -> None:
        self.file, self.choice = file, choice
        self.areas = areas_by_code()
        self.scan = scan_file(file, self.areas, choice.region)
        known = known_series()
        self.series: dict[SeriesKey, OfficialSeries] = {
            key: known[key] for key in self.scan.combinations if key in known
        }
        self.stored = stored_values([row.pk for row in self.series.values()])
        self.numbers = {key: number for number, key in enumerate(self.scan.combinations)}
        self.met: dict[int, int] = {}

    @property
    def unknown(self) -> dict[SeriesKey, int]:
        """Combinations without a Kennzahl, with their rows."""
        return {key: rows for key, rows in self.scan.combinations.items() if key not in self.series}

    def wanted(self, key: SeriesKey) -> bool:
        """Whether this combination will have a Kennzahl."""
        return key in self.series or (self.choice.makes and key not in self.choice.left_out)

    def judged(self) -> Iterator[Judged]:
        """Every observation. Raises StatRefused where two rows of the file contradict each other."""
        _, rows = read_observations(self.file, self.choice.region)
        for seen in rows:
            reason = self.why_not(seen)
            yield Judged(reason, seen, None) if reason else self.compared(seen)

    def why_not(self, seen: Observation) -> str:
        """Why an observation is not taken, or nothing."""
        area, printed = self.areas.get(seen.area), seen.printed
        if area is None:
            return UNKNOWN_AREA if seen.area.startswith("16") else FOREIGN
        if not is_living(area, seen.period, with_part=printed.sign != "-"):
            return NOT_YET if area.valid_from and area.valid_from > last_day(seen.period) else DISSOLVED
        if area.level == "commune" and seen.area not in self.scan.areas_said and seen.period.begin > LIST_OF:
            return MAYBE_GONE
        if printed.problem:
            return printed.problem
        is_said = (seen.series.measure, seen.series.unit, seen.period) in self.scan.said
        if not is_said and not self.choice.takes_unpublished:
            return UNPUBLISHED
        if not self.wanted(seen.series):
            return NO_SERIES
        return NOT_OWN if self.is_foreign(area) else ""

    def is_foreign(self, area: Area) -> bool:
        """Whether the area is another municipality's."""
        return bool(self.choice.own) and len(area.code) > 2 and not area.code.startswith(self.choice.own)

    def compared(self, seen: Observation) -> Judged:
        """New, changed or unchanged."""
        area, (value, sign, quality, _) = self.areas[seen.area], seen.printed
        series = self.series.get(seen.series)
        met, content = packed(self.numbers[seen.series], area.pk, *seen.period), hash((value, sign))
        if met in self.met:
            if self.met[met] != content:
                raise StatRefused(f"Zeile {seen.line} nennt für dasselbe etwas Verschiedenes als eine Zeile davor.")
            return Judged(TWICE, seen, None)
        self.met[met] = content
        place = packed(series.pk if series else 0, area.pk, *seen.period)
        stored = self.stored.get(place)
        if stored is None:
            return Judged(NEW, seen, None, self.jump_from_before(seen, value))
        if (stored.value, stored.sign, stored.quality) == (value, sign, quality):
            return Judged(UNCHANGED, seen, stored)
        if self.choice.own and not area.code.startswith(self.choice.own):
            return Judged(STATE_FIXED, seen, stored)
        return Judged(CHANGED, seen, stored, jump(stored.value, value, "als bisher"))

    def jump_from_before(self, seen: Observation, value: Decimal | None) -> str:
        """How far a new value lies from that of the year before."""
        begin, length = seen.period
        series = self.series.get(seen.series)
        if series is None or (begin.month, begin.day) == (2, 29):
            return ""
        before = self.stored.get(
            packed(series.pk, self.areas[seen.area].pk, begin.replace(year=begin.year - 1), length)
        )
        return jump(before.value, value, "als im Vorjahr") if before else ""

    def review(self) -> Review:
        """All counts, and the first rows of each sort."""
        found = Review(self.scan, unknown=self.unknown)
        for judged in self.judged():
            found.note(judged)
        return found


def jump(old: Decimal | None, new: Decimal | None, words: str) -> str:
    """„38,4 % mehr als bisher“ where it is more than a fifth; nothing else."""
    if not old or new is None:
        return ""
    share = (new - old) / abs(old)
    if abs(share) <= JUMP:
        return ""
    percent = f"{abs(share) * 100:.1f}".replace(".", ",")
    return f"{percent} % {'mehr' if share > 0 else 'weniger'} {words}"
