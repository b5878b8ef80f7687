"""Which grid it is: of which rows, below which owner, with which columns."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.http import QueryDict

from accounts.access import Access
from accounts.models import Municipality
from records.filters import FilterBar, apply_order
from records.grid import LOOKUP, Grid, Series
from records.grids.cells import TICKED, GridValues, Signs
from records.kind import RecordKind
from records.pages.listing import filtered_rows
from records.queries.batches import PARAMETER
from records.registry import find_kind

MOST_ROWS = 200  # shown and taken at once


@dataclass(frozen=True)
class Asked:
    """What the address names: the kind of the rows, and the record below which they stand (None: the list)."""

    kind: RecordKind
    municipality: Municipality
    access: Access
    query: QueryDict
    owner_kind: RecordKind | None = None
    owner: Any = None
    path: str = ""


@dataclass
class GridPlace:
    """A grid with what its cells mean. ``given`` are values that every new row has without a cell of its own."""

    asked: Asked
    grid: Grid = field(init=False)
    kind: RecordKind = field(init=False)
    values: GridValues = field(init=False)
    columns: tuple[str, ...] = field(init=False)
    given: dict[str, str] = field(init=False, default_factory=dict)
    first: dict[str, str] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        asked, self.kind = self.asked, self.asked.kind
        assert self.kind.grid is not None
        self.grid, self.values = self.kind.grid, GridValues(self.kind, asked.municipality, asked.access)
        self.columns = self.grid.columns_below(asked.path)
        if LOOKUP in asked.path:
            name, _, rest = asked.path.partition(LOOKUP)
            target: Any = self.kind.model._meta.get_field(name).related_model
            kind = find_kind(target)
            assert kind is not None
            pks = kind.rows(asked.access, asked.municipality).filter(**{rest: asked.owner}).values_list("pk", flat=True)
            self.values.narrow(name, set(pks))
        elif asked.owner is not None:
            self.given[asked.path] = str(asked.owner.pk)
        if getattr(asked.owner, "is_example", False) and "is_example" in self.values.fields:
            self.given["is_example"] = TICKED
        self._begin()

    def _begin(self) -> None:
        """What a new row begins with: the form's proposals and the filters of the list."""
        initial = self.kind.initial(self.asked.municipality) if self.kind.initial else {}
        blank = self.kind.model(**initial)
        proposed = {name: self.values.cell(name, blank) for name in self.columns}
        if self.asked.owner is None:
            chosen = self._filtered()[0].chosen
            takes = {name: value for name, value in chosen.items() if self._is_taken(name)}
            proposed |= {name: value for name, value in takes.items() if name in self.columns}
            self.given |= {name: value for name, value in takes.items() if name not in self.columns}
        self.first = {name: text for name, text in proposed.items() if text and name != self.grid.counted}

    def _is_taken(self, name: str) -> bool:
        model_field = self.values.fields.get(name)
        return model_field is not None and self.values.control(name) == "choice" and not model_field.many_to_many

    @property
    def municipality(self) -> Municipality:
        """Whose rows these are."""
        return self.asked.municipality

    @property
    def series(self) -> Series | None:
        """The values beside each row."""
        return self.grid.series

    @property
    def total(self) -> str:
        """The field of the owner that may take the sum of what is counted in the last column."""
        return self.grid.total if self.asked.owner is not None else ""

    @property
    def has_own_records(self) -> bool:
        """False where a row is only what the records of its series have in common."""
        return self.series is None or self.series.model is not None

    @property
    def series_kind(self) -> RecordKind:
        """The kind of the values beside each row."""
        assert self.series is not None
        kind = find_kind(self.series.model) if self.series.model else self.kind
        assert kind is not None
        return kind

    @property
    def row_field(self) -> str:
        """The relation of a value to the record of its row."""
        return next(name for name in self.series_kind.key if self.series and name != self.series.across)

    def series_values(self) -> tuple[GridValues, Signs]:
        """What the cells of the series mean."""
        assert self.series is not None
        values = (
            GridValues(self.series_kind, self.municipality, self.asked.access) if self.series.model else self.values
        )
        return values, Signs(values, self.series.fields[0], self.series.signs)

    def stored(self) -> models.QuerySet[Any]:
        """The rows as the person came from them: below the owner, or the list as it is filtered."""
        if self.asked.owner is None:
            return self._filtered()[1]
        rows = self.kind.rows(self.asked.access, self.municipality).filter(**{self.asked.path: self.asked.owner})
        return apply_order(self.kind, rows, "")

    def _filtered(self) -> tuple[FilterBar, models.QuerySet[Any]]:
        asked = self.asked
        return filtered_rows(self.kind, asked.municipality, asked.query, asked.access)

    @property
    def narrowed_to(self) -> str:
        """Which rows of the list these are, for the title: „, Priorität: hoch, Auswahl: 2 Einträge“."""
        if self.asked.owner is not None:
            return ""
        return "".join(f", {chip.label}" for chip in self._filtered()[0].active(""))

    def series_rows(self, rows: Any) -> models.QuerySet[Any]:
        """The values beside these rows."""
        found = self.series_kind.rows(self.asked.access, self.municipality)
        return found.filter(**{f"{self.row_field}__in": rows})

    def is_blank(self, cells: Mapping[str, str]) -> bool:
        """Whether nothing was typed into a new row; what it began with does not count."""
        counted = (self.grid.counted, self.grid.each)
        return all(text in ("", self.first.get(name)) for name, text in cells.items() if name not in counted)

    def back_url(self) -> str:
        """Where the person came from."""
        asked = self.asked
        if asked.owner_kind is not None:
            return asked.owner_kind.url("detail", self.municipality, asked.owner.pk)
        query = asked.query.copy()
        query.pop(PARAMETER, None)
        return self.kind.url("list", self.municipality) + (f"?{query.urlencode()}" if query else "")
