"""A table that was read in: kept until its preview was seen, then stored in one go."""

import hashlib
from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction

from accounts.models import Municipality, User
from records.domain.batches import Recorder, record_batch
from records.domain.rows import Entry, counted, write_entries
from records.enums import ImportState
from records.models import Batch, ColumnChoice, MunicipalRecord, TableImport


@transaction.atomic
def keep_table(
    *,
    municipality: Municipality,
    actor: User,
    model: type[MunicipalRecord],
    rows: list[dict[str, Any]],
    state: ImportState = ImportState.SEEN,
    problems: list[str] | None = None,
    source: list[dict[str, Any]] | None = None,
    said: dict[str, Any] | None = None,
    **more: Any,
) -> TableImport:
    """Keep the rows until they are checked and confirmed, and ``more`` of the table; an older one of the same person
    and kind goes, unless it is stored right now.
    """
    own = {"municipality": municipality, "user": actor, "kind": model._meta.label_lower}
    TableImport.objects.filter(**own).exclude(state__in=(ImportState.QUEUED, ImportState.RUNNING)).delete()
    told = {"problems": problems or [], "source": source or [], "said": said or {}}
    return TableImport.objects.create(**own, rows=rows, state=state, **told, **more)


def heads_of(heads: Sequence[str]) -> str:
    """By which tables with the same heads are known again."""
    return hashlib.sha256("\n".join(heads).encode()).hexdigest()


def keep_columns(*, actor: User, model: type[MunicipalRecord], heads: Sequence[str], columns: dict[str, str]) -> None:
    """Keep what the person has said about these heads, for the next table that has them."""
    ColumnChoice.objects.update_or_create(
        user=actor, kind=model._meta.label_lower, heads=heads_of(heads), defaults={"columns": columns}
    )


def kept_columns(actor: User, model: type[MunicipalRecord], heads: Sequence[str]) -> dict[str, str] | None:
    """What the person has said about these heads before, else None."""
    own = {"user": actor, "kind": model._meta.label_lower, "heads": heads_of(heads)}
    return ColumnChoice.objects.filter(**own).values_list("columns", flat=True).first()


def save_table(
    *,
    waiting: TableImport,
    actor: User,
    check: Callable[[list[dict[str, Any]], Recorder], Sequence[Entry]],
    form_key: str,
) -> Batch:
    """Store all rows of a table, or none of them, and forget the table.

    ``check`` looks at the rows again inside the transaction and returns what is to be written; it creates with the
    recorder what they refer to, and raises where they are not right any more. Raises TableRefused with sentences by row
    number, DuplicateSubmission, PermissionDenied.
    """
    with record_batch(municipality=waiting.municipality, actor=actor, summary="", form_key=form_key) as batch:
        entries = check(waiting.rows, batch)
        batch.summary = summary_of(entries, len(batch.entries))
        write_entries(batch, entries)
        waiting.delete()
    assert batch.batch is not None
    return batch.batch


def summary_of(entries: Sequence[Entry], created: int) -> str:
    """What was done: „Tabelle eingelesen: 12 neue Einträge; 3 dafür angelegt“."""
    return f"Tabelle eingelesen: {counted(entries)}" + (f"; {created} dafür angelegt" if created else "")
