"""Values of a Kennzahl by area and year. A placeholder of official statistics is a gap with a meaning, never a zero."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from planning.enums import Placeholder, SpatialLevel
from records.templatetags.german import number
from records.text import sort_key

LEVELS = {level: position for position, level in enumerate(("district", "region", "commune", "state"))}
OWN_KEY = "e"  # before the number of a Kennzahl of one's own in addresses
NO_VALUE = "kein Wert"
PRINTED = {"-": "–", "...": "…"}  # as tables print them


@dataclass(frozen=True)
class Value:
    """What was entered for a year: a number, or the sign that the statistics print instead."""

    pk: int
    year: int
    value: Decimal | None
    sign: str = ""
    source: str = ""
    contradiction: str = ""
    is_example: bool = False
    note: str = ""  # of a published value: corrected, provisional
    is_published: bool = False  # or reckoned: no record of the municipality
    is_uncertain: bool = False  # printed in brackets
    when: str = ""  # the day or period for which it is published

    @property
    def printed_sign(self) -> str:
        """The sign as tables print it."""
        return PRINTED.get(self.sign, self.sign)

    @property
    def printed(self) -> str:
        """The sign, or that there is no value where one could not be reckoned."""
        return self.printed_sign or NO_VALUE


@dataclass(frozen=True)
class Series:
    """The values of an area, by year and in the order in which they were entered."""

    level: str
    area: str
    values: tuple[Value, ...]
    place: str = ""  # the record that the area is, where it is one: its name may change
    counted_otherwise: tuple[tuple[int, str], ...] = ()  # years since when is counted otherwise, with words

    @property
    def key(self) -> str:
        """The area in the address."""
        return f"{self.level}:{self.area}"

    @property
    def is_context(self) -> bool:
        """True for Thüringen: what the municipality is seen against."""
        return self.level == SpatialLevel.STATE

    @cached_property
    def by_year(self) -> dict[int, Value]:
        """The value that counts: of two for the same year the one entered last."""
        return {value.year: value for value in self.values}

    @cached_property
    def numbers(self) -> dict[int, Decimal]:
        """The years that have a number."""
        return {year: entry.value for year, entry in self.by_year.items() if entry.value is not None}

    @cached_property
    def comparable_from(self) -> int:
        """The first year since when everything was counted alike; no change is reckoned across it."""
        return max((year for year, _ in self.counted_otherwise if year in self.years_between), default=0)

    @property
    def years_between(self) -> range:
        """All years from behind the first to the last number."""
        return range(min(self.numbers) + 1, max(self.numbers) + 1) if self.numbers else range(0)

    @cached_property
    def breaks(self) -> dict[int, str]:
        """Years from which on the values come from another source, with its name."""
        found, before = {}, ""
        for year, entry in self.by_year.items():
            if before and entry.source and entry.source != before:
                found[year] = entry.source
            before = entry.source or before
        return found


@dataclass(frozen=True)
class Figure:
    """A Kennzahl with its series, own areas first; ``pk`` is below zero where it is the municipality's own."""

    pk: int
    title: str
    unit: str
    definition: str
    source: str
    table_code: str
    series: tuple[Series, ...]
    formula: str = ""  # in words, where it is reckoned of others

    @property
    def is_own(self) -> bool:
        """True where only this municipality counts it."""
        return self.pk < 0

    @property
    def key(self) -> str:
        """The Kennzahl in the address."""
        return f"{OWN_KEY}{-self.pk}" if self.is_own else str(self.pk)

    @property
    def values(self) -> list[Value]:
        """All values of all areas."""
        return [value for series in self.series for value in series.values]

    @property
    def years(self) -> list[int]:
        """Every year in which something is known, a sign included."""
        return sorted({value.year for value in self.values})

    @property
    def is_example(self) -> bool:
        """True where every value is invented."""
        return all(value.is_example for value in self.values)


def in_order(series: Iterable[Series]) -> tuple[Series, ...]:
    """Own areas from large to small, by name; Thüringen last."""
    return tuple(sorted(series, key=lambda found: (LEVELS.get(found.level, 9), sort_key(found.area))))


def decimal_places(values: Iterable[Decimal]) -> int:
    """How many decimals are needed to show all of them as they were entered."""
    exponents = (value.normalize().as_tuple().exponent for value in values)
    return max((-exponent for exponent in exponents if isinstance(exponent, int) and exponent < 0), default=0)


def shown_value(value: Decimal, places: int) -> str:
    """German, with so many decimals: „47,5“, „76 200“."""
    return number(value.quantize(Decimal(1).scaleb(-places)))


def meaning(sign: str) -> str:
    """„nichts vorhanden“."""
    return NO_VALUE if not sign else str(Placeholder(sign).label).rpartition(" (")[0]
