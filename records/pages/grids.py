"""The ways to the grids: from a record to what stands below it, from a list to its rows."""

from accounts.access import Access
from accounts.models import Municipality
from accounts.policies import Right
from records.filters import FilterBar
from records.kind import RecordKind
from records.parts import Button, Link
from records.registry import grids_below

NAME = "Eingabetabelle"


def grid_link(
    owner: RecordKind, rows: RecordKind, pk: int, municipality: Municipality | None, access: Access
) -> Link | None:
    """The grid of a table of sub-records, for those who may write them."""
    if not rows.grid or not rows.allows(Right.CHANGE, access, municipality):
        return None
    return Link(NAME, owner.rows_url(municipality, pk, rows))


def further_grids(owner: RecordKind, pk: int, municipality: Municipality | None, access: Access) -> tuple[Button, ...]:
    """Grids of rows that stand deeper than one step below a record."""
    return tuple(
        Button(f"{NAME}: {rows.plural}", link.url, "list")
        for rows, path in grids_below(owner)
        if path != rows.parent and (link := grid_link(owner, rows, pk, municipality, access))
    )


def list_grid(bar: FilterBar, municipality: Municipality | None, access: Access) -> tuple[Button, ...]:
    """The grid of a list, as the list is filtered and ordered."""
    kind = bar.kind
    if not kind.grid or kind.parent or not kind.allows(Right.CHANGE, access, municipality):
        return ()
    return (Button(NAME, bar.address(kind.url("grid", municipality)), "list"),)
