"""What a file would change: every observation judged against areas, series and values, before anything is stored."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import IO, Any, NamedTuple

from exchange.statistics.belonging import Belonging, Owner
from exchange.statistics.layout import Observation, SeriesKey, TimeSpan, read_observations
from exchange.statistics.opening import FFCSV, StatRefused
from planning.models import Area, OfficialSeries
from planning.models.statistics import shown_period
from planning.queries.official import Stored, areas_by_code, at_series, packed, stored_values

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
NOT_CHOSEN = "nicht zum Einlesen ausgewählt"
OTHER_SERIES = "Die Kennzahl hat für dieses Gebiet und diese Zeit schon einen Wert aus einer anderen Reihe"
TAKEN = (NEW, CHANGED, UNCHANGED)


class Judged(NamedTuple):
    """What becomes of an observation: one of TAKEN, or why it is not taken."""

    verdict: str
    seen: Observation
    stored: Stored | None
    jump: str = ""
    factor: int = 1


@dataclass(frozen=True)
class Choice:
    """What the person said: the variable of the place, series to be made, and whether „-“ alone is a statement.

    ``joined``: to which Kennzahl a combination shall belong, by number, or to a new one (belonging.NEW_ONE).
    ``own`` is the key of the Kreis whose planner reads in; empty for the whole programme.
    """

    region: str = ""
    makes: bool = False
    takes_unpublished: bool = False
    own: str = ""
    left_out: frozenset[SeriesKey] = frozenset()
    joined: Mapping[SeriesKey, int] = field(default_factory=dict)


@dataclass
class Scan:
    """The first reading: which combinations, and for which of them „-“ is all that there is."""

    rows: int = 0
    numbers: int = 0
    signs: Counter[str] = field(default_factory=Counter)
    areas: set[str] = field(default_factory=set)
    combinations: dict[SeriesKey, int] = field(default_factory=dict)
    wordings: dict[SeriesKey, str] = field(default_factory=dict)
    said: set[tuple[str, str, TimeSpan]] = field(default_factory=set)
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
    proposed: dict[SeriesKey, int] = field(default_factory=dict)  # the Kennzahl of a combination that has none yet

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
    if judged.factor != 1 and seen.printed.value is not None:
        text += f" × {judged.factor:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")
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


def is_living(area: Area | None, period: TimeSpan, *, with_part: bool = False) -> bool:
    """True where the area existed on the last day of the period; ``with_part``: or on its first.

    Tables of a year are made for the areas of its end, but may name numbers of one that was dissolved within it.
    """
    if area is None:
        return False
    days = {last_day(period)} | ({period.begin} if with_part else set())
    first, last = area.valid_from or date.min, area.valid_until or date.max
    return any(first <= day <= last for day in days)


def last_day(period: TimeSpan) -> date:
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
        self.belonging = Belonging(self.scan.combinations, choice.joined)
        self.series: dict[SeriesKey, OfficialSeries] = dict(self.belonging.known)
        self.shared = self.belonging.shared([key for key in self.scan.combinations if self.wanted(key)])
        near = {row.pk for row in self.series.values()} | {*self.belonging.neighbours(self.shared)}
        self.stored = stored_values(near)
        self.owners = self.belonging.owners(self.shared, self.stored)
        self.numbers = {key: number for number, key in enumerate(self.scan.combinations)}
        self.met: dict[int, int] = {}

    @property
    def unknown(self) -> dict[SeriesKey, int]:
        """Combinations that a person says the Kennzahl of, with their rows."""
        decided = self.series if self.choice.makes else {**self.series, **self.belonging.empty}
        return {key: rows for key, rows in self.scan.combinations.items() if key not in decided}

    @property
    def proposed(self) -> dict[SeriesKey, int]:
        """To which Kennzahl each of them would belong; nothing for a new one."""
        return {key: self.belonging.number(key) for key in self.unknown}

    def wanted(self, key: SeriesKey) -> bool:
        """Whether this combination will have a Kennzahl."""
        may = self.choice.makes or key in self.belonging.empty
        return key in self.belonging.known or (may and key not in self.choice.left_out)

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
            return NOT_CHOSEN if self.choice.makes else NO_SERIES
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
                raise StatRefused(
                    f"Zeile {seen.line} nennt für dasselbe etwas Verschiedenes als eine Zeile davor. {FFCSV}"
                )
            return Judged(TWICE, seen, None)
        self.met[met] = content
        place = packed(series.pk if series else 0, area.pk, *seen.period)
        factor = self.belonging.factors[seen.series]
        if self.is_said_by_another(seen, place, factor):
            return Judged(OTHER_SERIES, seen, None, factor=factor)
        stored = self.stored.get(place)
        if stored is None:
            return Judged(NEW, seen, None, self.jump_from_before(seen, value), factor)
        if (stored.value, stored.sign, stored.quality) == (value, sign, quality):
            return Judged(UNCHANGED, seen, stored, factor=factor)
        if self.choice.own and not area.code.startswith(self.choice.own):
            return Judged(STATE_FIXED, seen, stored, factor=factor)
        return Judged(CHANGED, seen, stored, jump(stored.value, value, "als bisher"), factor)

    def is_said_by_another(self, seen: Observation, place: int, factor: int) -> bool:
        """Whether a Kennzahl of several series has its value here from another one; else it is this one's."""
        indicator = self.shared.get(seen.series)
        if indicator is None:
            return False
        value = seen.printed.value
        mine = Owner(seen.series, None if value is None else value * factor)
        return self.owners.setdefault(at_series(place, indicator), mine).series != seen.series

    def jump_from_before(self, seen: Observation, value: Decimal | None) -> str:
        """How far a new value lies from that of the year before, in the unit of the Kennzahl."""
        begin, length = seen.period
        if (begin.month, begin.day) == (2, 29):
            return ""
        series, indicator = self.series.get(seen.series), self.shared.get(seen.series)
        number = series.pk if series else 0
        place = packed(number, self.areas[seen.area].pk, begin.replace(year=begin.year - 1), length)
        if indicator is not None and (owner := self.owners.get(at_series(place, indicator))):
            factor = self.belonging.factors[seen.series]
            return jump(owner.value, None if value is None else value * factor, "als im Vorjahr")
        before = self.stored.get(place) if series else None
        return jump(before.value, value, "als im Vorjahr") if before else ""

    def review(self) -> Review:
        """All counts, and the first rows of each sort."""
        found = Review(self.scan, unknown=self.unknown, proposed=self.proposed)
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
