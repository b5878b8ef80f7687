"""A file between upload and its end: kept beside the jobs, checked and stored at once or in the background."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django_tasks import task

from accounts.access import Access
from accounts.background import start_worker
from accounts.enums import Action
from accounts.models import Municipality, User
from accounts.whole_files import written_whole
from exchange.statistics.layout import SeriesKey, TwoPlaces
from exchange.statistics.opening import StatRefused
from exchange.statistics.review import Choice, Review
from exchange.statistics.storing import new_import, review_file, store_file
from exchange.statistics.units import factor_of
from planning.domain.official import choose_import, forget_unstored, note_import
from planning.enums import StatImportState
from planning.models import StatImport
from planning.queries.official import imports_in
from records.background import ProgressFile

logger = logging.getLogger(__name__)
AT_ONCE = 1024 * 1024  # bytes that are read within a request, about a second; more goes to the background
NO_RIGHT = "Ihnen fehlt inzwischen das Recht, Statistik einzulesen. Fragen Sie die Administration nach Ihrer Rolle."
BROKEN = "Ein Fehler im Portal hat das Einlesen beendet. Sagen Sie der Administration Bescheid; er steht im Protokoll."
LOST = "Die Datei ist nicht mehr da. Laden Sie sie noch einmal hoch."
UNDER_WAY = (StatImportState.CHECKING, StatImportState.QUEUED, StatImportState.RUNNING)


@task
def statistics_job(pk: int) -> str:
    """Check or store a file; safe to run again and twice at once."""
    return work_on(pk)


def path_of(pk: int) -> Path:
    """Where the file of this number waits."""
    folder: Path = settings.VAR_DIR / "jobs"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"statistics-{pk}.csv"


def progress_of(pk: int) -> ProgressFile:
    """By which worker and page know how far it is."""
    return ProgressFile(f"statistics-{pk}")


def take_in(file: File[bytes], *, user: User, municipality: Municipality | None) -> StatImport:
    """Keep an uploaded file for its preview; those that the person only looked at give way."""
    for gone in forget_unstored(user):
        path_of(gone).unlink(missing_ok=True)
    with transaction.atomic():
        waiting = new_import(
            cast(Any, file), name=file.name or "", user=user, municipality=municipality, state=StatImportState.CHECKING
        )
        with written_whole(path_of(waiting.pk)) as kept:
            for chunk in file.chunks():
                kept.write(chunk)
    go_on(waiting)
    return waiting


def resume_statistics() -> int:
    """Queue files again whose worker was killed; for the start of the worker. Returns how many."""
    left = [pk for pk in imports_in(StatImportState.CHECKING, StatImportState.RUNNING) if not is_worked_on(pk)]
    for pk in left:
        statistics_job.enqueue(pk)
    if left:
        transaction.on_commit(start_worker, robust=True)
    return len(left)


def is_worked_on(pk: int) -> bool:
    """Whether a living process has the file."""
    return progress_of(pk).is_worked_on()


def go_on(waiting: StatImport) -> None:
    """Do the next thing: at once with a small file, else in the background."""
    path = path_of(waiting.pk)
    if not path.exists() or path.stat().st_size <= AT_ONCE:
        work_on(waiting.pk)
        return
    statistics_job.enqueue(waiting.pk)
    transaction.on_commit(start_worker, robust=True)


def decide(waiting: StatImport, choice: dict[str, Any], state: StatImportState) -> None:
    """Look again with another choice, or take over."""
    if choose_import(waiting, choice, state):
        go_on(waiting)


def work_on(pk: int) -> str:
    """Check or store, as the state of the file says; returns the new state, empty where there was nothing to do."""
    with progress_of(pk).claimed() as tell:
        waiting = StatImport.objects.select_related("user", "municipality").filter(pk=pk, state__in=UNDER_WAY).first()
        if tell is None or waiting is None:
            return ""
        try:
            outcome = done_with(waiting, tell)
        except TwoPlaces as error:
            outcome = StatImportState.SEEN
            note_import(waiting, outcome, problem=str(error), counts={"places": list(error.codes)})
            return outcome
        except StatRefused as error:
            return refused(waiting, str(error))
        except FileNotFoundError:
            return refused(waiting, LOST)
        except ValidationError as error:
            return refused(waiting, " ".join(error.messages))
        except Exception:
            logger.exception("Statistics %s", pk)
            return refused(waiting, BROKEN)
        if outcome == StatImportState.DONE:
            path_of(pk).unlink(missing_ok=True)
        return outcome


def done_with(waiting: StatImport, tell: Callable[[int], None]) -> StatImportState:
    """One step. Raises StatRefused, ValidationError."""
    if not may_read_in(waiting.user, waiting.municipality):
        raise StatRefused(NO_RIGHT)
    with path_of(waiting.pk).open("rb") as file:
        if waiting.state == StatImportState.CHECKING:
            review = review_file(file, choice_of(waiting))
            note_import(waiting, StatImportState.SEEN, counts=seen_of(review), problem="")
            return StatImportState.SEEN
        note_import(waiting, StatImportState.RUNNING)
        store_file(file, waiting=waiting, choice=choice_of(waiting), actor=waiting.user, tell=tell)
    return StatImportState.DONE


def refused(waiting: StatImport, problem: str) -> StatImportState:
    """Nothing was stored; note why, and let the file go."""
    note_import(waiting, StatImportState.REFUSED, problem=problem[:600])
    path_of(waiting.pk).unlink(missing_ok=True)
    return StatImportState.REFUSED


def may_read_in(user: Any, municipality: Municipality | None) -> bool:
    """The ministry for the whole programme, planner and Leitung for their municipality."""
    action = Action.WRITE if municipality else Action.CATALOGUE
    return user is not None and Access(user).allows(action, municipality)


def choice_of(waiting: StatImport) -> Choice:
    """What the person said, read back; new Kennzahlen are the ministry's."""
    said = waiting.choice
    return Choice(
        region=said.get("region", ""),
        makes=waiting.municipality is None and said.get("makes", True),
        takes_unpublished=said.get("unpublished", False),
        own=waiting.municipality.ags if waiting.municipality else "",
        left_out=frozenset(SeriesKey(*key) for key in said.get("left_out", [])),
        joined={SeriesKey(*key): number for key, number in said.get("joined", [])},
    )


def seen_of(review: Review) -> dict[str, Any]:
    """What the preview shows."""
    unknown = []
    for key, rows in review.unknown.items():
        factor, unit = factor_of(key.unit)
        title, proposed = review.scan.wordings[key], review.proposed[key]
        unknown.append(
            {"key": list(key), "rows": rows, "title": title, "factor": factor, "unit": unit, "indicator": proposed}
        )
    return review.as_json() | {"unknown": unknown}
