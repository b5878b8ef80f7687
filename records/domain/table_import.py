"""A table that was read in: kept until its preview was seen, then stored in one go."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction

from accounts.models import Municipality, User
from records.domain.batches import record_batch
from records.errors import RecordLocked, StaleRecord, TableRefused
from records.models import Batch, MunicipalRecord, TableImport


@dataclass(frozen=True)
class Entry:
    """One record to write; ``version`` is None for a new one, ``number`` its row in the table."""

    number: int
    record: MunicipalRecord
    version: int | None
    links: dict[str, list[models.Model]]


@transaction.atomic
def keep_table(
    *, municipality: Municipality, actor: User, model: type[MunicipalRecord], rows: list[dict[str, Any]]
) -> TableImport:
    """Keep the rows until they are confirmed; an older table of the same person and kind goes."""
    own = {"municipality": municipality, "user": actor, "kind": model._meta.label_lower}
    TableImport.objects.filter(**own).delete()
    return TableImport.objects.create(**own, rows=rows)


def save_table(
    *, waiting: TableImport, actor: User, check: Callable[[list[dict[str, Any]]], Sequence[Entry]], form_key: str
) -> Batch:
    """Store all rows of a table, or none of them, and forget the table.

    ``check`` looks at the rows again inside the transaction and returns what is to be written; it raises where the
    rows are not right any more. Raises TableRefused with sentences by row number, DuplicateSubmission,
    PermissionDenied.
    """
    problems: dict[int, list[str]] = {}
    with record_batch(municipality=waiting.municipality, actor=actor, summary="", form_key=form_key) as batch:
        entries = check(waiting.rows)
        for entry in entries:
            try:
                if entry.version is None:
                    batch.create(entry.record, links=entry.links)
                else:
                    batch.update(entry.record, version=entry.version, links=entry.links)
            except ValidationError as error:
                problems[entry.number] = error.messages
            except (RecordLocked, StaleRecord) as error:
                problems[entry.number] = [str(error)]
        if problems:
            raise TableRefused(problems)
        batch.summary = summary(waiting, entries)
        waiting.delete()
    assert batch.batch is not None
    return batch.batch


def summary(waiting: TableImport, entries: Sequence[Entry]) -> str:
    """„Tabelle eingelesen: 12 Änderungen und 3 neue Einträge“."""
    new = sum(entry.version is None for entry in entries)
    return f"Tabelle eingelesen: {counted(len(entries) - new, new)}"


def counted(changes: int, additions: int) -> str:
    """„12 Änderungen und 3 neue Einträge“."""
    parts = [f"{changes} {'Änderung' if changes == 1 else 'Änderungen'}"] if changes else []
    parts += [f"{additions} {'neuer Eintrag' if additions == 1 else 'neue Einträge'}"] if additions else []
    return " und ".join(parts)
