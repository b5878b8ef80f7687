"""To which Kennzahl each combination of a table belongs: as is known, as the person said, or a new one.

A combination whose series has no values (its file was taken back) is asked about again, with its Kennzahl proposed.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import NamedTuple

from exchange.statistics.layout import SeriesKey
from exchange.statistics.opening import StatRefused
from exchange.statistics.units import factor_of, fitting_factor
from planning.models import Indicator
from planning.queries.official import Stored, at_series, filled_series, indicators_by_pk, known_series, series_at

NEW_ONE = 0  # instead of the number of a Kennzahl
NO_FIT = "„{}“ ({}) nimmt keine Zahlen in „{}“ auf. Wählen Sie eine andere Kennzahl."


class Owner(NamedTuple):
    """Which combination says what a Kennzahl is at a place, in the unit of the Kennzahl."""

    series: SeriesKey
    value: Decimal | None


class Belonging:
    """The Kennzahl of each combination. Raises StatRefused where what was chosen does not fit."""

    def __init__(self, combinations: Collection[SeriesKey], chosen: Mapping[SeriesKey, int]) -> None:
        everything = {SeriesKey(*key): row for key, row in known_series().items()}
        mine = {key: everything[key] for key in combinations if key in everything}
        numbers = filled_series()
        self.filled = {key: row for key, row in everything.items() if row.pk in numbers}
        self.known = {key: row for key, row in mine.items() if key in self.filled}
        self.empty = {key: row for key, row in mine.items() if key not in self.filled}
        self.chosen = chosen
        self.found = indicators_by_pk({pk for pk in chosen.values() if pk})
        self.factors = {key: self.factor(key) for key in combinations}

    def factor(self, key: SeriesKey) -> int:
        """What makes a printed number one in the unit of the Kennzahl to which it belongs."""
        pk = self.chosen.get(key)
        if key in self.known or (pk is None and key in self.empty):
            return (self.known.get(key) or self.empty[key]).factor
        if not pk:
            return factor_of(key.unit)[0]
        indicator = self.found.get(pk)
        if indicator is None:
            raise StatRefused("Eine gewählte Kennzahl gibt es nicht mehr. Laden Sie die Datei noch einmal hoch.")
        factor = fitting_factor(key.unit, indicator.unit)
        if factor is None:
            raise StatRefused(NO_FIT.format(indicator.title, indicator.unit, key.unit))
        return factor

    def target(self, key: SeriesKey) -> Indicator | None:
        """The Kennzahl that a combination without values is to belong to; None for a new one."""
        pk = self.chosen.get(key)
        if pk is None:
            return self.empty[key].indicator if key in self.empty else None
        return self.found[pk] if pk else None

    def number(self, key: SeriesKey) -> int:
        """The number of the Kennzahl, nothing for a new one."""
        if key in self.known:
            return self.known[key].indicator_id
        target = self.target(key)
        return target.pk if target else NEW_ONE

    def shared(self, combinations: Collection[SeriesKey]) -> dict[SeriesKey, int]:
        """The Kennzahl of each combination that has others beside it."""
        keys = {*combinations, *self.filled}
        of = {key: self.filled[key].indicator_id if key in self.filled else self.number(key) for key in keys}
        counted = Counter(of.values())
        return {key: of[key] for key in combinations if of[key] and counted[of[key]] > 1}

    def neighbours(self, shared: Mapping[SeriesKey, int]) -> dict[int, SeriesKey]:
        """The series with values of these Kennzahlen, by number."""
        wanted = set(shared.values())
        return {row.pk: key for key, row in self.filled.items() if row.indicator_id in wanted}

    def owners(self, shared: Mapping[SeriesKey, int], stored: Mapping[int, Stored]) -> dict[int, Owner]:
        """Who says what these Kennzahlen are, by place."""
        series = self.neighbours(shared)
        found = {}
        for place, value in stored.items():
            key = series.get(series_at(place))
            if key is not None:
                row = self.filled[key]
                scaled = None if value.value is None else value.value * row.factor
                found[at_series(place, row.indicator_id)] = Owner(key, scaled)
        return found
