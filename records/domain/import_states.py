"""What the worker that stores a large table writes down: queued, begun, refused, stored. Working memory, no records.

The caller holds the lock of the table's file (records.background), so that nobody else writes it at the same time.
"""

from collections.abc import Iterable
from typing import Any

from records.enums import ImportState
from records.models import Batch, TableImport

UNFINISHED = (ImportState.QUEUED, ImportState.RUNNING)


def queue(*, waiting: TableImport, is_dead: bool) -> bool:
    """Note that the table was left to the background; ``is_dead``: also one that should be running. False: it was."""
    takes = [ImportState.SEEN, *([ImportState.RUNNING] if is_dead else [])]
    return bool(TableImport.objects.filter(pk=waiting.pk, state__in=takes).update(state=ImportState.QUEUED))


def read(*, waiting: TableImport, **told: Any) -> None:
    """The file was read: from now on its rows and sheets wait, unless a newer table took its place."""
    values = {"state": ImportState.CHECKING, "upload": None} | told
    TableImport.objects.filter(pk=waiting.pk, state=ImportState.READING).update(**values)


def seen(*, waiting: TableImport, rows: list[dict[str, Any]]) -> None:
    """The table was checked and can be confirmed: from now on these rows wait, unless a newer table took its place."""
    TableImport.objects.filter(pk=waiting.pk, state=ImportState.CHECKING).update(state=ImportState.SEEN, rows=rows)


def begin(*, pk: int) -> TableImport | None:
    """Mark the table as running, also one whose worker died; None where there is nothing to do any more."""
    if not TableImport.objects.filter(pk=pk, state__in=UNFINISHED).update(state=ImportState.RUNNING):
        return None
    return TableImport.objects.select_related("user", "municipality").get(pk=pk)


def refuse(*, waiting: TableImport, problems: list[str]) -> ImportState:
    """Nothing was stored; note why."""
    TableImport.objects.filter(pk=waiting.pk).update(state=ImportState.REFUSED, problems=problems)
    return ImportState.REFUSED


def finish(*, waiting: TableImport, batch: Batch | int | None) -> ImportState:
    """Note what was stored; call it in the same transaction."""
    TableImport.objects.filter(pk=waiting.pk).update(state=ImportState.DONE, batch=batch, rows=[])
    return ImportState.DONE


def running() -> Iterable[TableImport]:
    """Tables that should be worked on."""
    return TableImport.objects.filter(state=ImportState.RUNNING)
