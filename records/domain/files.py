"""Files of records: stored with their row or not at all, and known by size and checksum."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import models

from records.models import Record, StoredFile

P = ParamSpec("P")
R = TypeVar("R")


def file_columns(model: type[models.Model]) -> list[str]:
    """The columns of a model that name files; in a history they are plain text."""
    return [field.name for field in model._meta.fields if isinstance(field, models.FileField)]


def new_files(obj: models.Model) -> list[Any]:
    """Files of the record that are chosen and not stored yet."""
    files = [getattr(obj, name) for name in file_columns(type(obj))]
    return [file for file in files if file and not file._committed]


def digest_of(file: Any) -> str:
    """SHA-256 of a file that is open or can be opened, read in pieces; afterwards it stands at its begin."""
    digest = hashlib.sha256()
    for piece in file.chunks():
        digest.update(piece)
    file.seek(0)
    return digest.hexdigest()


def with_files(write: Callable[P, R]) -> Callable[P, R]:
    """For functions that store the record given first, in a transaction: without a row no file stays.

    Files are read for their checksums before the transaction begins.
    """

    @wraps(write)
    def inner(*args: P.args, **kwargs: P.kwargs) -> R:
        obj: Any = args[0]
        files = new_files(obj)
        if not files:
            return write(*args, **kwargs)
        obj.pending_files = [(file, file.size, digest_of(file.file)) for file in files]
        try:
            return write(*args, **kwargs)
        except BaseException:
            for file in files:
                if file._committed:
                    file.storage.delete(file.name)
            raise
        finally:
            del obj.pending_files

    return inner


def note_files(obj: Record) -> None:
    """Note what was stored with the record, in the transaction that stores it."""
    for file, size, sha256 in getattr(obj, "pending_files", ()):
        StoredFile.objects.create(name=file.name, size=size, sha256=sha256)
