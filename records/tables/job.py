"""A large table is stored in the background: as a whole or not at all, with its progress to be seen.

The job looks at the rows once more. Where the person's right or a record has changed since the preview, nothing is
stored and the sentences say why.
"""

import logging
from collections.abc import Callable

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django_tasks import task

from accounts.access import Access
from accounts.background import start_worker
from accounts.policies import Right
from records.background import ProgressFile
from records.domain import import_states
from records.domain.batches import record_batch
from records.domain.rows import write_entries
from records.domain.table_import import summary_of
from records.enums import ImportState
from records.errors import DuplicateSubmission, TableRefused
from records.models import TableImport
from records.registry import find_kind
from records.tables.answering import check_said
from records.tables.assigning import Said
from records.tables.checking import RawRow
from records.tables.preview import Checked
from records.text import row_named

logger = logging.getLogger(__name__)
EVERY = 20  # rows between two notes of the progress
NO_RIGHT = (
    "Ihnen fehlt inzwischen das Recht, solche Einträge zu ändern. Fragen Sie die Administration nach Ihrer Rolle."
)
BROKEN = "Ein Fehler im Portal hat das Einlesen beendet. Sagen Sie der Administration Bescheid; er steht im Protokoll."


@task
def import_job(pk: int) -> str:
    """Store a table; safe to run again and twice at once."""
    return run_import(pk)


def progress_of(waiting: TableImport) -> ProgressFile:
    """The file by which the worker and the page know how far it is."""
    return ProgressFile(f"import-{waiting.pk}")


def checked_of(waiting: TableImport) -> ProgressFile:
    """The file by which the queue tells how many rows of a preview it has looked at."""
    return ProgressFile(f"check-{waiting.pk}")


@transaction.atomic
def queue_import(waiting: TableImport) -> bool:
    """Leave a confirmed table, or one whose worker died, to the background; False where that was done already."""
    if not import_states.queue(waiting=waiting, is_dead=not progress_of(waiting).is_worked_on()):
        return False
    import_job.enqueue(waiting.pk)
    transaction.on_commit(start_worker, robust=True)  # what cannot be started now waits
    return True


def resume_imports() -> int:
    """Queue tables again whose worker was killed; for the start of the worker. Returns how many."""
    return sum(queue_import(waiting) for waiting in import_states.running())


def run_import(pk: int) -> str:
    """Store the table until it has ended, and return its state; empty where there is nothing to do."""
    with ProgressFile(f"import-{pk}").claimed() as tell:
        waiting = import_states.begin(pk=pk) if tell else None
        if tell is None or waiting is None:
            return ""
        try:
            return store(waiting, tell)
        except TableRefused as error:
            problems = [
                f"Zeile {row_named(row)}: {text}" for row, texts in sorted(error.problems.items()) for text in texts
            ]
        except PermissionDenied:
            problems = [NO_RIGHT]
        except DuplicateSubmission as error:
            return import_states.finish(waiting=waiting, batch=error.pk)
        except Exception:
            logger.exception("Table %s", pk)
            problems = [BROKEN]
        return import_states.refuse(waiting=waiting, problems=problems)


def store(waiting: TableImport, tell: Callable[[int], None]) -> ImportState:
    """Write every row in one transaction. Raises TableRefused, PermissionDenied, DuplicateSubmission."""
    kind, access = find_kind(apps.get_model(waiting.kind)), Access(waiting.user)
    if kind is None or not kind.allows(Right.CREATE, access, waiting.municipality):
        raise PermissionDenied
    said, rows = Said.read(waiting.said), [RawRow(**row) for row in waiting.rows]
    with transaction.atomic():
        batch = record_batch(
            municipality=waiting.municipality, actor=waiting.user, summary="", form_key=f"einlesen-{waiting.pk}"
        )
        with batch as recorder:
            checked = check_said(kind, waiting.municipality, access, rows, said, recorder)
            if checked.errors:
                raise TableRefused(problems_of(checked))
            recorder.summary = summary_of(checked.entries, len(recorder.entries))
            write_entries(recorder, checked.entries, lambda done: tell(done) if done % EVERY == 0 else None)
        return import_states.finish(waiting=waiting, batch=recorder.batch)


def problems_of(checked: Checked) -> dict[int, list[str]]:
    """The sentences of a checked table by row number."""
    return {
        row.number: [*row.errors, *(f"{cell.label}: {cell.error}" for cell in row.cells if cell.error)]
        for row in checked.rows
        if row.errors or any(cell.error for cell in row.cells)
    }
