"""What the Landesbericht holds, as frozen values in the order in which they are printed."""

from dataclasses import dataclass
from decimal import Decimal

from accounts.enums import StateRegion
from plans import bodies
from records.vague import VagueDate


@dataclass(frozen=True, kw_only=True)
class NumberLine:
    """Offers, needs and measures of a Handlungsfeld or Lebensphase; None where too few municipalities have any."""

    title: str
    offers: int | None
    needs: int | None
    measures: int | None


@dataclass(frozen=True, kw_only=True)
class MoneyLine(bodies.Entry):
    """What the Finanzpläne of the year plan for a Handlungsfeld, in euro: by source and altogether.

    The sources are None where they would tell of too few municipalities (planning.few).
    """

    title: str
    land: Decimal | None
    municipal: Decimal | None
    others: Decimal | None
    total: Decimal


@dataclass(frozen=True, kw_only=True)
class PhaseLine:
    """The state of a phase in a municipality."""

    number: int
    title: str
    state: str
    begin: VagueDate | None
    end: VagueDate | None


@dataclass(frozen=True, kw_only=True)
class PlaceLine(bodies.Entry):
    """A municipality in the tables and on its own page.

    ``extent`` are the VzÄ of the ``posts`` that were filled at the end of the year; the lists are cut so that the page
    stays one page, ``more`` says by how much (resolutions, events, hurdles).
    """

    ags: str
    name: str
    full_name: str
    region: str
    until: str
    cycle: str
    words: str
    phases: tuple[PhaseLine, ...]
    level: int | None
    post: str
    extent: Decimal | None
    posts: int
    plan: str
    plan_words: str
    is_active: bool
    facts: tuple[bodies.Fact, ...]
    numbers: tuple[NumberLine, ...]
    resolutions: tuple[str, ...]
    events: tuple[str, ...]
    hurdles: tuple[str, ...]
    more: tuple[int, int, int]

    @property
    def is_silent(self) -> bool:
        """True where nothing at all is recorded for the year: such a municipality has no page of its own."""
        numbers = any(line.offers or line.needs or line.measures for line in self.numbers)
        said = self.cycle or self.level or self.events or self.resolutions or self.hurdles or self.is_active
        return not (numbers or said or self.post != "ohne Angabe" or self.plan_words)


@dataclass(frozen=True, kw_only=True)
class PhaseCount:
    """In how many municipalities a phase stands where."""

    title: str
    counts: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class EventLine:
    """Events of one kind: how many, with how many counted people, and how many were not counted."""

    kind: str
    events: int
    people: int | None
    uncounted: int


@dataclass(frozen=True, kw_only=True)
class HurdleCount:
    """Hurdles of one kind: how many, in how many municipalities."""

    category: str
    hurdles: int
    places: int


@dataclass(frozen=True, kw_only=True)
class SharedHurdle(bodies.Entry):
    """A hurdle that a municipality shares with the others."""

    place: str
    title: str
    category: str
    phase: str
    begin: VagueDate | None
    end: VagueDate | None
    helped: str


@dataclass(frozen=True, kw_only=True)
class Duration:
    """How long a step of the catalogue took those who finished it, in weeks."""

    phase: str
    title: str
    number: int
    middle: int
    shortest: int
    longest: int


@dataclass(frozen=True, kw_only=True)
class StateReport:
    """The Landesbericht.

    ``few_…`` says how many kinds, groups or Handlungsfelder are left out, because fewer than FEWEST_PLACES
    municipalities stand behind them (planning.few). ``money_total`` is None where it would tell of so few as well.
    """

    year: int
    facts: tuple[bodies.Fact, ...]
    places: tuple[PlaceLine, ...]
    phase_counts: tuple[PhaseCount, ...]
    by_field: tuple[NumberLine, ...]
    by_phase: tuple[NumberLine, ...]
    totals: NumberLine
    measure_states: tuple[tuple[str, int], ...]
    events: tuple[EventLine, ...]
    groups: tuple[bodies.Group, ...]
    hurdle_counts: tuple[HurdleCount, ...]
    shared: tuple[SharedHurdle, ...]
    durations: tuple[Duration, ...]
    few_hurdles: int = 0
    few_durations: int = 0
    few_states: int = 0
    few_events: int = 0
    few_groups: int = 0
    few_money: int = 0
    money: tuple[MoneyLine, ...] = ()
    money_total: MoneyLine | None = None
    money_places: int = 0

    @property
    def has_few_numbers(self) -> bool:
        """Whether a cell of the tables of numbers is not told."""
        lines = (*self.by_field, *self.by_phase, self.totals)
        return any(None in (line.offers, line.needs, line.measures) for line in lines)

    @property
    def has_few_payers(self) -> bool:
        """Whether a line of money does not tell who pays."""
        return any(line.land is None for line in (*self.money, self.money_total) if line)

    @property
    def regions(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The names by region."""
        return tuple(
            (str(region.label), tuple(place.name for place in self.places if place.region == region.label))
            for region in StateRegion
        )
