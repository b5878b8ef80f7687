"""What becomes of each combination of a table: a new Kennzahl, part of an existing one, or nothing; asked and read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from exchange.statistics.belonging import NEW_ONE
from exchange.statistics.units import fitting_factor
from planning.models import Indicator, StatImport
from planning.queries.official import read_in_indicators
from records.templatetags.german import number

MOST_ROWS = 40  # combinations that are chosen one by one
MAKE, LEAVE = "neu", "nicht"
FIELD = "kennzahl-"


@dataclass(frozen=True)
class Choosable:
    """Something that a combination may become."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Combination:
    """A combination of the table that has no Kennzahl yet, with what it may become."""

    name: str
    title: str
    about: str
    rows: int
    first: tuple[Choosable, ...]
    same_table: tuple[Choosable, ...]
    others: tuple[Choosable, ...]


def chosen_in(data: Mapping[str, str], waiting: StatImport) -> dict[str, Any]:
    """What the person said of each combination, as it is kept; what was not offered is not chosen."""
    joined, left_out = [], []
    unknown = waiting.counts.get("unknown", [])
    if len(unknown) > MOST_ROWS:
        return {"joined": [], "left_out": [] if "alle" in data else [row["key"] for row in unknown]}
    known = read_in_indicators()
    for place, row in enumerate(unknown):
        said = data.get(f"{FIELD}{place}", LEAVE)
        fitting = {str(one.pk): one.pk for one in known if fits(row, one)} if said.isdecimal() else {}
        if said == MAKE:
            joined.append([row["key"], NEW_ONE])
        elif said in fitting:
            joined.append([row["key"], fitting[said]])
        else:
            left_out.append(row["key"])
    return {"joined": joined, "left_out": left_out}


def is_unseen(choice: Mapping[str, Any], waiting: StatImport) -> bool:
    """Whether something was joined to a Kennzahl that the preview did not show so: jumps are seen before they stand."""
    shown = {tuple(row["key"]): row.get("indicator", NEW_ONE) for row in waiting.counts.get("unknown", [])}
    return any(pk not in (NEW_ONE, shown.get(tuple(key))) for key, pk in choice["joined"])


def fits(row: Mapping[str, Any], indicator: Indicator) -> bool:
    """Whether numbers of a combination can be in the unit of a Kennzahl."""
    return fitting_factor(row["key"][2], indicator.unit) is not None


def combinations(waiting: StatImport) -> list[Combination]:
    """The combinations of a file, each with what it may become and what is chosen or proposed."""
    unknown = waiting.counts.get("unknown", [])
    known = read_in_indicators() if 0 < len(unknown) <= MOST_ROWS else []
    left_out = [tuple(key) for key in waiting.choice.get("left_out", [])]
    return [
        combination(place, row, known, is_on=tuple(row["key"]) not in left_out) for place, row in enumerate(unknown)
    ]


def combination(place: int, row: Mapping[str, Any], known: list[Indicator], *, is_on: bool) -> Combination:
    """One of them."""
    statistic, _, printed, _ = row["key"]
    chosen = row.get("indicator", NEW_ONE) if is_on else None
    shown = in_unit(row["factor"], row["unit"])
    first = (
        Choosable(MAKE, f"neu ({shown})", chosen == NEW_ONE),
        Choosable(LEAVE, "nicht einlesen", chosen is None),
    )
    near: dict[bool, list[Choosable]] = {True: [], False: []}
    for one in known:
        factor = fitting_factor(printed, one.unit)
        if factor is not None:
            words, is_near = in_unit(factor, one.unit), one.table_code.split("-")[0] == statistic
            near[is_near].append(Choosable(str(one.pk), f"{one.title} ({words})", one.pk == chosen))
            shown = words if one.pk == chosen else shown
    about = f"gedruckt in „{printed}“"
    if chosen is not None and shown != printed:
        about += f", gezeigt: {shown}"
    return Combination(
        f"{FIELD}{place}", row["title"], about, row["rows"], first, tuple(near[True]), tuple(near[False])
    )


def in_unit(factor: int, unit: str) -> str:
    """„Personen“, or „× 1 000 Personen“ where a printed number is multiplied."""
    return f"× {number(factor)} {unit}" if factor != 1 else unit
