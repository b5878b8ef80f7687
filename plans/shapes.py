"""The result of a comparison: rows in the order of the plan's chapters, with marked words. Fit for plan.json."""

from collections import Counter
from dataclasses import dataclass, replace

from plans.enums import ChangeGroup, ChangeKind

SAME, GONE, CAME = "same", "del", "ins"


@dataclass(frozen=True)
class Run:
    """Words in a row: ``kind`` is same, del (only in the old plan) or ins (only in the new one)."""

    kind: str
    text: str


@dataclass(frozen=True, kw_only=True)
class FieldChange:
    """A field in both plans. ``difference`` is that of two amounts: „+ 15.000,00 €“. An empty side says nothing."""

    label: str
    old: tuple[Run, ...]
    new: tuple[Run, ...]
    difference: str = ""


@dataclass(frozen=True, kw_only=True)
class Row:
    """An entry that differs. ``what`` is its kind in words, ``chapter`` the number of its chapter.

    ``title`` names the entry on the sides where it exists, changed or not; ``fields`` hold the other differences.
    """

    kind: ChangeKind
    group: ChangeGroup
    chapter: int
    what: str
    title: FieldChange
    fields: tuple[FieldChange, ...] = ()
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """All differences of two plans. ``old_sha256`` is the hash of the old plan's data where they are frozen."""

    old_label: str
    new_label: str
    old_as_of: str = ""
    new_as_of: str = ""
    old_sha256: str = ""
    example: bool = False
    rows: tuple[Row, ...]

    @property
    def counts(self) -> dict[ChangeGroup, int]:
        """Number of rows per group; groups without rows are left out."""
        found = Counter(row.group for row in self.rows)
        return {group: found[group] for group in ChangeGroup if found[group]}

    def only(self, group: ChangeGroup | None) -> "Comparison":
        """The rows of one group."""
        return replace(self, rows=tuple(row for row in self.rows if group in (None, row.group)))
