"""The description of a grid: which cells of which records stand on one page as a table that one types into.

It belongs to the kind of its rows (``RecordKind.grid``). Rows below a parent stand on a page of that parent, others on
a page of their list.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

LOOKUP = "__"


@dataclass(frozen=True)
class Series:
    """Values of a row, one column for each value of ``across`` (a year): a record of its own each time.

    ``model`` is a kind whose natural key is the row and ``across``; None: the grid's own kind, whose rows are then what
    its records have in common. ``fields`` are typed in each column. ``signs`` names the field of choices whose signs
    may stand in place of the first field's number; ``taken_over`` are fields that a new value has from its neighbours.
    """

    fields: tuple[str, ...]
    across: str = "year"
    model: Any = None
    signs: str = ""
    taken_over: tuple[str, ...] = ()


@dataclass(frozen=True)
class Beside:
    """What a room shows above the table: a template, its context, a script that keeps it true while somebody types."""

    template: str
    script: str
    style: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Grid:
    """``columns`` are fields of the kind, typed in each row.

    ``counted`` is a number that goes on counting in empty rows. ``each`` names a field of choices of which every one
    has its row; a tick says whether it is there. ``total`` is a field of the owner that may take the sum of what was
    counted. ``also_below`` are relations to further owners („question__survey“):
    on their page the first step of the relation is one more column. ``sums`` are amounts that are added up, for each
    row and each column; ``beside`` makes of the owner and the cells of all rows what stands above the table.
    """

    columns: tuple[str, ...]
    counted: str = ""
    each: str = ""
    total: str = ""
    series: Series | None = None
    also_below: tuple[str, ...] = ()
    sums: tuple[str, ...] = ()
    beside: Callable[[Any, Sequence[Mapping[str, str]]], Beside] | None = None

    def columns_below(self, path: str) -> tuple[str, ...]:
        """The columns on the page of the owner that this relation leads to."""
        first, _, rest = path.partition(LOOKUP)
        return (first, *self.columns) if rest else self.columns
