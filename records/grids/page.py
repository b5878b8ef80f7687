"""A grid as its template receives it: plain frozen data, no model instances, no queries while rendering."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import cached_property

from records.amounts import Amount, read_euro, written
from records.display import head_of, label_of
from records.grid import Beside
from records.grids.cells import GridValues
from records.grids.place import GridPlace
from records.grids.rows import Block, GridRow, Rows, empty_row, most_rows
from records.parts import Option
from records.templatetags.german import number

GONE = "(steht nicht mehr zur Wahl)"
NO_SUM = "–"


@dataclass(frozen=True)
class GridHead:
    """A column: its label, how its cells are typed, and over which year it stands (empty: none)."""

    label: str
    control: str
    group: str = ""
    note: str = ""
    ends_sums: bool = False  # the sum of the row stands behind it


@dataclass(frozen=True)
class GridCell:
    """A cell. ``label`` names row and column, ``head`` the column alone; ``said`` is what a screen reader says.

    In a wide table, where sums are made, that is the column: rows have a head of their own, and 2 000 long names weigh.
    """

    name: str
    label: str
    head: str
    said: str
    control: str
    value: str
    shown: str = ""
    options: tuple[Option, ...] = ()
    error: str = ""
    theirs: str = ""
    ends_sums: bool = False


@dataclass(frozen=True)
class Hidden:
    """A value that travels with the row."""

    name: str
    value: str


@dataclass(frozen=True)
class TypedRow:
    """A row of the page. ``tick`` is the name of its box, empty where there is none."""

    number: int
    name: str
    is_stored: bool
    anchor: str
    cells: tuple[GridCell, ...]
    hidden: tuple[Hidden, ...]
    tick: str
    is_ticked: bool
    problems: tuple[str, ...]
    total: str = ""


@dataclass(frozen=True)
class YearHead:
    """The head of a series' column: fixed, or an input of this name."""

    number: int
    text: str
    is_fixed: bool
    error: str
    span: int


@dataclass(frozen=True)
class Problem:
    """A sentence of the summary with the cell it leads to."""

    text: str
    target: str = ""


class GridPage:
    """The table, made once of the rows as they are now."""

    def __init__(self, place: GridPlace, found: Rows) -> None:
        self.place, self.found = place, found
        self.series = place.series
        self.series_values = place.series_values()[0] if place.series else place.values

    @cached_property
    def heads(self) -> tuple[GridHead, ...]:
        """The columns of the rows' own cells."""
        return tuple(self._head(self.place.values, name) for name in self.place.columns if not self._is_each(name))

    @cached_property
    def years(self) -> tuple[YearHead, ...]:
        """The columns of the series."""
        span = len(self.series.fields) if self.series else 0
        return tuple(
            YearHead(number, each.text, each.is_fixed, each.error, span)
            for number, each in enumerate(self.found.across)
        )

    @cached_property
    def value_heads(self) -> tuple[GridHead, ...]:
        """What stands under each year, year after year; nothing where it is one cell."""
        if self.series is None or len(self.series.fields) == 1:
            return ()
        return tuple(self._head(self.series_values, name) for _ in self.years for name in self.series.fields)

    @cached_property
    def rows(self) -> tuple[TypedRow, ...]:
        """The rows with their cells."""
        return tuple(self._row(row) for row in self.found.rows)

    @cached_property
    def blank(self) -> TypedRow:
        """The pattern of a new row, from which the page makes more without asking the server."""
        return self._row(empty_row(self.place, -1, len(self.found.across)))

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong, in the order of the table."""
        found = [
            Problem(f"Jahr in Spalte {head.number + 1}: {head.error}", f"j{head.number}")
            for head in self.years
            if head.error
        ]
        for row in self.rows:
            found += [Problem(f"{row.name}: {sentence}", f"zeile-{row.number}") for sentence in row.problems]
            found += [Problem(f"{cell.label}: {cell.error}", cell.name) for cell in row.cells if cell.error]
        return tuple(found)

    @property
    def width(self) -> int:
        """How many columns the table has, for a sentence that stands across all of them."""
        values = len(self.series.fields) * len(self.years) if self.series else 0
        return 1 + len(self.heads) + values + bool(self.place.grid.sums) + bool(self.tick_head)

    @cached_property
    def sums(self) -> tuple[tuple[str, str, bool], ...]:
        """Under each column its name and sum, empty where it is not added up; the sum of sums behind the last."""
        added = self.place.grid.sums
        if not added:
            return ()
        rows = [row.own.cells for row in self.found.rows if not row.ticked]
        found: list[tuple[str, str, bool]] = []
        for name in self.place.columns:
            found.append((name, added_up(row[name] for row in rows) if name in added else "", False))
            if self._ends_sums(name):
                found.append(("", added_up(row[each] for row in rows for each in added), True))
        return tuple(found)

    @cached_property
    def beside(self) -> Beside | None:
        """What stands above the table."""
        make = self.place.grid.beside
        if make is None or self.place.asked.owner is None:
            return None
        return make(self.place.asked.owner, [row.own.cells for row in self.found.rows if not row.ticked])

    @property
    def most(self) -> int:
        """How many rows the table may grow to."""
        return most_rows(self.place, len(self.found.across))

    @property
    def total(self) -> int:
        """The sum of what is counted."""
        return self.found.total_of(self.place.columns[-1]) if self.place.total else 0

    @property
    def total_label(self) -> str:
        """„Teilnehmende insgesamt“, and what it is so far."""
        owner, name = self.place.asked.owner, self.place.total
        before = getattr(owner, name)
        label = label_of(type(owner), name)
        return f"„{label}“" + (f" (bisher {number(before)})" if before is not None else "")

    @property
    def each_label(self) -> str:
        """What the rows are, where every choice has one: „Gruppe“."""
        return self.place.values.heads[self.place.grid.each] if self.place.grid.each else ""

    @property
    def has_dates(self) -> bool:
        """Whether a date can be typed."""
        return any(head.control == "date" for head in self.heads)

    @property
    def across_label(self) -> str:
        """„Jahr“."""
        return self.series_values.heads[self.series.across] if self.series else ""

    @property
    def tick_head(self) -> str:
        """What the box of a row says."""
        return "vertreten" if self.place.grid.each else "löschen" if self.place.has_own_records else ""

    def _ends_sums(self, name: str) -> bool:
        return self.place.grid.sums[-1:] == (name,)

    def _is_each(self, name: str) -> bool:
        return name == self.place.grid.each

    def _head(self, values: GridValues, name: str) -> GridHead:
        note = str(values.fields[name].help_text)
        return GridHead(self._label(values, name), values.control(name), note=note, ends_sums=self._ends_sums(name))

    def _label(self, values: GridValues, name: str) -> str:
        """The head of a column, with the unit that the record above says."""
        relation, _, column = values.model.units.get(name, "").removeprefix("=").partition(".")
        owner = self.place.asked.owner if relation == self.place.asked.path else None
        return head_of(values.model, name, getattr(owner, column, "") if owner and column else "")

    def _row(self, row: GridRow) -> TypedRow:
        prefix, name = f"z{row.number}", row.label or f"Neue Zeile {row.number + 1}"
        fixed = row.is_stored and not self.place.has_own_records
        hidden = [Hidden(f"{prefix}-stand", row.own.state)] if row.own.uid else []
        hidden += [Hidden(f"{prefix}-name", row.label)] if row.label and not self.place.grid.each else []
        cells = []
        for column in self.place.columns:
            if self._is_each(column):
                continue
            cells.append(self._cell(self.place.values, row.own, prefix, column, name, fixed=fixed))
        if fixed:
            hidden.append(Hidden(f"{prefix}-fest", "1"))
            hidden += [Hidden(f"{prefix}-{column}", text) for column, text in row.own.cells.items()]
        for place, block in row.values.items():
            year = self.found.across[place].text
            hidden += [Hidden(f"{prefix}-j{place}-stand", block.state)] if block.uid else []
            fields = self.series.fields if self.series else ()
            cells += [
                self._cell(self.series_values, block, f"{prefix}-j{place}", column, name, group=year)
                for column in fields
            ]
        has_box = bool(self.place.grid.each or row.own.uid)
        return TypedRow(
            row.number + 1,
            name,
            row.is_stored,
            f"zeile-{row.number}",
            tuple(cells),
            tuple(hidden),
            f"{prefix}-haken" if has_box else "",
            row.ticked,
            tuple(row.problems),
            added_up(row.own.cells[each] for each in self.place.grid.sums) if self.place.grid.sums else "",
        )

    def _cell(
        self,
        values: GridValues,
        block: Block,
        prefix: str,
        column: str,
        row: str,
        *,
        group: str = "",
        fixed: bool = False,
    ) -> GridCell:
        head = f"{group} {self._label(values, column)}".strip() if not group or len(self.value_heads) else group
        control, value = values.control(column), block.cells[column]
        if group and self.series and self.series.signs:
            control = "sign"
        shown = (values.choices(column) or {}).get(value, value)
        options = values.options(column) if control == "choice" and not fixed else ()
        if options and value and value not in {option.value for option in options}:
            options = (*options, Option(value, GONE, False))  # stays as it is until somebody chooses another
        return GridCell(
            name=f"{prefix}-{column}",
            label=f"{row}, {head}",
            head=head,
            said=head if self.place.grid.sums and column != self.place.columns[0] else f"{row}, {head}",
            control="fixed" if fixed else control,
            value=value,
            shown=shown,
            options=options,
            error=block.errors.get(column, ""),
            theirs=block.theirs.get(column, ""),
            ends_sums=self._ends_sums(column),
        )


def added_up(texts: Iterable[str]) -> str:
    """The sum of what has one reading; a dash where nothing is said."""
    found = [read.value for text in texts if isinstance(read := read_euro(text), Amount) and read.value is not None]
    return written(sum(found, Decimal("0.00"))) if found else NO_SUM
