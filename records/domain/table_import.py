"""A table that was read in: kept until its preview was seen, then stored in one go."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction

from accounts.models import Municipality, User
from records.domain.batches import record_batch
from records.domain.rows import Entry, counted, write_entries
from records.enums import ImportState
from records.models import Batch, MunicipalRecord, TableImport


@transaction.atomic
def keep_table(
    *,
    municipality: Municipality,
    actor: User,
    model: type[MunicipalRecord],
    rows: list[dict[str, Any]],
    state: ImportState = ImportState.SEEN,
    problems: list[str] | None = None,
) -> TableImport:
    """Keep the rows until they are checked and confirmed; an older table of the same person and kind goes, unless it is
    stored right now.
    """
    own = {"municipality": municipality, "user": actor, "kind": model._meta.label_lower}
    TableImport.objects.filter(**own).exclude(state__in=(ImportState.QUEUED, ImportState.RUNNING)).delete()
    return TableImport.objects.create(**own, rows=rows, state=state, problems=problems or [])


def save_table(
    *, waiting: TableImport, actor: User, check: Callable[[list[dict[str, Any]]], Sequence[Entry]], form_key: str
) -> Batch:
    """Store all rows of a table, or none of them, and forget the table.

    ``check`` looks at the rows again inside the transaction and returns what is to be written; it raises where the
    rows are not right any more. Raises TableRefused with sentences by row number, DuplicateSubmission,
    PermissionDenied.
    """
    with record_batch(municipality=waiting.municipality, actor=actor, summary="", form_key=form_key) as batch:
        entries = check(waiting.rows)
        write_entries(batch, entries)
        batch.summary = f"Tabelle eingelesen: {counted(entries)}"
        waiting.delete()
    assert batch.batch is not None
    return batch.batch
