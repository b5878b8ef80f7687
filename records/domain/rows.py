"""Rows as a set: many records written as one batch, all of them or none, with one way back.

A table file, a grid in a page and an import in the background end here, with rows that the kind's form has judged.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from accounts.models import Municipality, User
from records.domain.batches import Recorder, record_batch
from records.errors import RecordInUse, RecordLocked, StaleRecord, TableRefused
from records.models import Batch, MunicipalRecord

Problems = dict[int, list[str]]


def nothing_to_tell(written: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True)
class Entry:
    """One record to write; ``version`` is None for a new one, ``number`` its row.

    ``is_gone``: it is to be deleted. ``below`` is a relation and its target where that is written by an entry before
    this one and has no key yet.
    """

    number: int
    record: MunicipalRecord
    version: int | None
    links: dict[str, list[models.Model]] = field(default_factory=dict)
    is_gone: bool = False
    below: tuple[str, MunicipalRecord] | None = None

    def write(self, batch: Recorder) -> None:
        """Store it. Raises ValidationError, StaleRecord, RecordInUse, RecordLocked, PermissionDenied."""
        if self.below is not None:
            setattr(self.record, *self.below)
        if self.version is None:
            batch.create(self.record, links=self.links)
        elif self.is_gone:
            batch.delete(self.record, version=self.version)
        else:
            batch.update(self.record, version=self.version, links=self.links)


def write_entries(batch: Recorder, entries: Iterable[Entry], tell: Callable[[int], Any] = nothing_to_tell) -> None:
    """Write all of them in their order; ``tell`` hears how many are written.

    Raises TableRefused with sentences by row number where any of them cannot be written, and PermissionDenied.
    """
    problems: Problems = {}
    for written, entry in enumerate(entries, 1):
        try:
            entry.write(batch)
        except ValidationError as error:
            problems.setdefault(entry.number, []).extend(error.messages)
        except (StaleRecord, RecordInUse, RecordLocked) as error:
            problems.setdefault(entry.number, []).append(str(error))
        tell(written)
    if problems:
        raise TableRefused(problems)


def save_rows(
    *, municipality: Municipality, actor: User, entries: Sequence[Entry], summary: str, form_key: str
) -> Batch:
    """Store the rows of a grid as one batch. Raises TableRefused, DuplicateSubmission, PermissionDenied."""
    with record_batch(municipality=municipality, actor=actor, summary=summary, form_key=form_key) as batch:
        write_entries(batch, entries)
    assert batch.batch is not None
    return batch.batch


def counted(entries: Iterable[Entry]) -> str:
    """„12 Änderungen, 3 neue Einträge und 1 gelöscht“."""
    listed = list(entries)
    gone = sum(entry.is_gone for entry in listed)
    new = sum(entry.version is None for entry in listed)
    return in_words(len(listed) - new - gone, new, gone)


def in_words(changes: int, additions: int, gone: int = 0) -> str:
    """„12 Änderungen und 3 neue Einträge“."""
    parts = [f"{changes} {'Änderung' if changes == 1 else 'Änderungen'}"] if changes else []
    parts += [f"{additions} {'neuer Eintrag' if additions == 1 else 'neue Einträge'}"] if additions else []
    parts += [f"{gone} gelöscht"] if gone else []
    return " und ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
