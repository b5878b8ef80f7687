"""What every entry of a plan may carry."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What every entry may carry: ``example`` marks an invented one, ``contradiction`` names a differing source.

    ``uid`` is the record's own identifier; ``origin`` that of the first record of which it is a copy (Fortschreibung),
    empty where it is none. By these two plans find the same entry again (plans.compare).
    """

    uid: str = ""
    origin: str = ""
    example: bool = False
    source: str = ""
    contradiction: str = ""


@dataclass(frozen=True)
class ForeignBody:
    """Records that cannot be drawn again: of a chapter that the portal no longer has, or that plan.json lacks."""


@dataclass(frozen=True, kw_only=True)
class Fact(Entry):
    """A labelled value."""

    label: str
    value: str


@dataclass(frozen=True, kw_only=True)
class ListedRow(Entry):
    """A row of a table of records; ``cells`` stand below the heads of the table."""

    title: str
    cells: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ListedTable:
    """Records of a kind that a plan lists as they are. ``what`` is the kind in the singular."""

    title: str
    what: str
    heads: tuple[str, ...]
    rows: tuple[ListedRow, ...]
