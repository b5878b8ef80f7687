"""Both layouts of ffcsv as one stream of observations: which series, which area, which period, what stands there."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import IO, NamedTuple

from exchange.statistics.numbers import Marks, Printed
from exchange.statistics.opening import FFCSV, NEW_HEAD, OLD_HEAD, StatRefused, lines_of, open_table

REGIONS = frozenset(
    ["DG", "DINSG", "DLAND", "REGBEZ", "KREISE", "GEMEIN", "FKREISE", "GEODL1", "GEOBL1", "GEOLK4", "GEOGM4"]
)
LARGE = frozenset(["DG", "DINSG", "DLAND", "GEODL1", "GEOBL1"])
DISTRICTS = frozenset(["KREISE", "FKREISE", "GEOLK4"])
TOTALS = frozenset(["", "INSGESAMT"])
PARTS = {"QUARTG": 3, "MONAT": 1}  # variables that are a part of the year: months of each
# English and differing names of a unit; everything else stays as printed.
UNITS = {
    "number": "Anzahl",
    "percent": "Prozent",
    "days": "Tage",
    "years": "Jahre",
    "hours": "Stunden",
    "persons": "Personen",
    "EUR 1000": "Tsd. EUR",
    "EUR mn": "Mill. EUR",
    "EUR million": "Mill. EUR",
}
NO_UNIT = frozenset(["jew. ME", "respective unit of measurement", "resp. unit"])
PERIOD = re.compile(r"(\d{4})-(\d{2})P(\d{1,2})([MY])")
MOST_VARIABLES = 9


class SeriesKey(NamedTuple):
    """What makes a series of the statistics; see planning.models.OfficialSeries."""

    statistic: str
    measure: str
    unit: str
    filter: str


class TimeSpan(NamedTuple):
    """First day and ISO duration."""

    begin: date
    length: str


class Observation(NamedTuple):
    """A cell of a table; ``label`` names the area as the file does."""

    line: int
    series: SeriesKey
    area: str
    label: str
    period: TimeSpan
    printed: Printed


@dataclass
class Table:
    """What is known of a file after its head; the rest follows while its rows are read."""

    layout: str
    columns: dict[str, int]
    measures: list[tuple[int, str, str, str]]  # old layout: column, code, label, unit
    region: str = ""
    wordings: dict[SeriesKey, str] = field(default_factory=dict)
    regions_seen: set[str] = field(default_factory=set)
    marks: Marks = field(default_factory=Marks)


def read_observations(file: IO[bytes], region: str = "") -> tuple[Table, Iterator[Observation]]:
    """The head, and the observations as a stream; ``region`` names the variable that says the place where two could.

    Raises StatRefused, at once or while the stream is read.
    """
    lines = lines_of(open_table(file))
    head = next(lines, "").rstrip("\r\n")
    table = read_head(head)
    table.region = region
    return table, observations(table, lines)


def read_head(head: str) -> Table:
    """The layout by its heads."""
    names = head.split(";")
    columns = {name: position for position, name in enumerate(names)}
    if len(columns) != len(names):
        raise StatRefused(f"Zwei Spalten heißen gleich. {FFCSV}")
    if head.startswith(NEW_HEAD):
        return Table("neu", checked(columns, new_columns(), "statistics_code"), [])
    if head.startswith(OLD_HEAD):
        measures = [(n, *parts) for name, n in columns.items() if len(parts := name.split("__")) == 3]
        if not measures:
            raise StatRefused(f"Es gibt keine Spalte mit Werten. {FFCSV}")
        renamed = {name.replace("_Merkmal_Code", "_variable_code"): n for name, n in columns.items()}
        renamed = {name.replace("_Merkmal_Label", "_variable_label"): n for name, n in renamed.items()}
        renamed = {name.replace("_Auspraegung_Code", "_variable_attribute_code"): n for name, n in renamed.items()}
        renamed = {name.replace("_Auspraegung_Label", "_variable_attribute_label"): n for name, n in renamed.items()}
        renamed |= {"statistics_code": 0, "time": columns.get("Zeit", -1), "time_code": columns.get("Zeit_Code", -1)}
        wanted = ("time", "time_code", "1_variable_code", "1_variable_attribute_code")
        if any(renamed.get(name, -1) < 0 for name in wanted):
            raise StatRefused(f"Es fehlen Spalten für Zeit oder Merkmale. {FFCSV}")
        return Table("alt", renamed, [(n, code, label, unit) for n, code, label, unit in measures])  # type: ignore[misc]
    raise StatRefused(f"Die erste Zeile hat nicht die Spalten einer Tabelle der Statistik. {FFCSV}")


def new_columns() -> tuple[str, ...]:
    """Columns without which a row says nothing."""
    one = ("1_variable_code", "1_variable_attribute_code", "1_variable_attribute_label")
    return ("time_code", "time", *one, "value", "value_unit", "value_variable_code", "value_variable_label")


def checked(columns: dict[str, int], wanted: Iterable[str], first: str) -> dict[str, int]:
    """The columns, if none is missing."""
    missing = [name for name in (first, *wanted) if name not in columns]
    if missing:
        raise StatRefused(f"Es fehlt die Spalte „{missing[0]}“. {FFCSV}")
    return columns


def observations(table: Table, lines: Iterator[str]) -> Iterator[Observation]:
    """One for every value of every row."""
    width = max(table.columns.values()) + 1
    blocks = [n for n in range(1, MOST_VARIABLES + 1) if f"{n}_variable_code" in table.columns]
    rows = csv.reader(lines, delimiter=";", strict=True)
    number = 1
    try:
        for row in rows:
            number = rows.line_num + 1
            if not any(row):
                continue
            if len(row) != width:
                raise StatRefused(f"Zeile {number} hat {len(row)} statt {width} Spalten. {FFCSV}")
            yield from of_row(table, row, blocks, number)
    except csv.Error as error:
        raise StatRefused(f"Zeile {number + 1} lässt sich nicht lesen. {FFCSV}") from error
    if number == 1:
        raise StatRefused(f"Die Tabelle hat keine Zeilen mit Werten. {FFCSV}")
    table.marks.finish()


def of_row(table: Table, row: list[str], blocks: list[int], number: int) -> Iterator[Observation]:
    """The observations of a row: one, or one for each measure of the old layout."""
    if any(cell[:1] == "=" for cell in row):
        raise StatRefused(f"Zeile {number} enthält eine Formel. {FFCSV}")
    columns = table.columns
    variables = {}
    labels: dict[str, tuple[str, str]] = {}
    for block in blocks:
        if code := row[columns[f"{block}_variable_code"]]:
            variables[code] = row[columns[f"{block}_variable_attribute_code"]]
            labels[code] = (
                row[columns[f"{block}_variable_label"]],
                row[columns[f"{block}_variable_attribute_label"]],
            )
    place = place_of(table, variables, number)
    period = period_of(row[columns["time"]], variables, number)
    area, name = area_code(place, variables.pop(place)), labels[place][1]
    said = ";".join(f"{code}={'' if value in TOTALS else value}" for code, value in sorted(variables.items()))
    for text, measure, wording, unit, quality in measures_of(table, row):
        key = SeriesKey(row[columns["statistics_code"]], measure, canonical_unit(unit, number), said)
        if key not in table.wordings:
            table.wordings[key] = worded(wording, [labels[code] for code in sorted(variables)])
        printed = table.marks.read(text, quality, number, counts=key.unit == "Anzahl")
        yield Observation(number, key, area, name, period, printed)


def measures_of(table: Table, row: list[str]) -> Iterator[tuple[str, str, str, str, str]]:
    """Value, code, label, unit and quality."""
    if table.layout == "alt":
        for position, code, label, unit in table.measures:
            yield row[position], code, label.replace("_", " "), unit.replace("_", " "), ""
        return
    at = table.columns
    quality = row[at["value_q"]] if "value_q" in at else ""
    names = ("value", "value_variable_code", "value_variable_label", "value_unit")
    text, code, label, unit = (row[at[name]] for name in names)
    yield text, code, label, unit, quality


def place_of(table: Table, variables: dict[str, str], number: int) -> str:
    """The variable that says the area; where two could, the one that was chosen."""
    found = [code for code in variables if code in REGIONS]
    table.regions_seen.update(found)
    if not found:
        raise StatRefused(f"Zeile {number} nennt kein Gebiet. {FFCSV}")
    if len(found) == 1:
        return found[0]
    if table.region in found:
        return table.region
    raise TwoPlaces(tuple(found))


class TwoPlaces(StatRefused):
    """Two variables could say the area; the person has to choose."""

    def __init__(self, codes: tuple[str, ...]) -> None:
        self.codes = codes
        names = " und ".join(codes)
        super().__init__(f"Zwei Merkmale nennen ein Gebiet: {names}. Wählen Sie, welches das Gebiet des Wertes ist.")


def area_code(variable: str, code: str) -> str:
    """The key of the area: „16“ of „16000“, eight digits of the twelve of a Regionalschlüssel."""
    if variable in LARGE:
        return code[:2]
    if len(code) == 12 and code.isdigit():
        code = code[:5] + code[9:12]
    return code[:5] if variable in DISTRICTS else code


def period_of(text: str, variables: dict[str, str], number: int) -> TimeSpan:
    """The period of a row; quarter and month may stand in a variable, which then belongs to no series."""
    year = int(text) if len(text) == 4 and text.isdigit() else None
    if year is not None:
        for variable, months in PARTS.items():
            part = variables.pop(variable, "")
            if part[-2:].lstrip("T").isdigit():
                first = (int(part[-2:].lstrip("T")) - 1) * months + 1
                return TimeSpan(valid_day(year, first, 1, text, number), f"P{months}M")
        return TimeSpan(valid_day(year, 1, 1, text, number), "P1Y")
    if found := PERIOD.fullmatch(text):
        start = valid_day(int(found[1]), int(found[2]), 1, text, number)
        return TimeSpan(start, f"P{int(found[3])}{found[4]}")
    parts = text.split("-") if "-" in text else text.split(".")[::-1]
    numbers = [int(part) for part in parts if part.isdigit() and len(part) <= 4]
    if len(numbers) == len(parts) == 3:
        return TimeSpan(valid_day(numbers[0], numbers[1], numbers[2], text, number), "P0D")
    if len(numbers) == len(parts) == 2 and "-" in text:
        return TimeSpan(valid_day(numbers[0], numbers[1], 1, text, number), "P1M")
    raise StatRefused(f"Zeile {number}: „{text[:40]}“ ist keine Zeitangabe, die das Portal kennt. {FFCSV}")


def valid_day(year: int, month: int, day: int, text: str, number: int) -> date:
    """A day between 1950 and 2100."""
    try:
        found = date(year, month, day)
    except ValueError:
        found = date.min
    if not 1950 <= found.year <= 2100:
        raise StatRefused(f"Zeile {number}: „{text[:40]}“ ist kein Datum zwischen 1950 und 2100. {FFCSV}")
    return found


def canonical_unit(unit: str, number: int) -> str:
    """The unit as printed, in German."""
    if unit in NO_UNIT or not unit:
        raise StatRefused(f"Zeile {number}: Die Einheit „{unit}“ sagt nicht, was gezählt wird. {FFCSV}")
    return UNITS.get(unit, unit)


def worded(measure: str, labels: Iterable[tuple[str, str]]) -> str:
    """„Bevölkerungsstand (Geschlecht: männlich)“."""
    said = ", ".join(f"{variable}: {value}" for variable, value in labels if variable or value)
    return (f"{measure} ({said})" if said else measure)[:600]
