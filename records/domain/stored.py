"""Do rows and files belong together: every file that is named is there as it was stored, and no other."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models

from records.domain.files import digest_of, file_columns
from records.models import StoredFile

DAY = 24 * 3600


@dataclass
class Found:
    """``problems`` are German sentences, ``remains`` files that no row names, by their age old enough to go."""

    files: int = 0
    noted: int = 0
    problems: list[str] = field(default_factory=list)
    remains: list[Path] = field(default_factory=list)


def file_tables() -> Iterator[tuple[type[models.Model], str]]:
    """Every model and column that names uploaded files, the histories among them."""
    for model in apps.get_models():
        for column in file_columns(model):
            yield model, column
            history = getattr(model, "history", None)
            if history is not None:
                yield history.model, column


def named_files() -> set[str]:
    """The names of all files that a row names, or named once."""
    found: set[str] = set()
    for model, column in file_tables():
        found.update(model._default_manager.exclude(**{column: ""}).values_list(column, flat=True).distinct())
    return found


def check_uploads() -> Found:
    """Read every file. One that was stored before checksums were noted is noted now."""
    found, notes = Found(), {note.name: note for note in StoredFile.objects.all()}
    named = named_files()
    for name in sorted(named):
        found.files += 1
        try:
            with default_storage.open(name) as file:
                size, sha256 = file.size, digest_of(file)
        except OSError as error:
            found.problems.append(f"{name}: {'fehlt' if isinstance(error, FileNotFoundError) else error.strerror}")
            continue
        note = notes.get(name)
        if note is None:
            StoredFile.objects.create(name=name, size=size, sha256=sha256)
            found.noted += 1
        elif (note.size, note.sha256) != (size, sha256):
            found.problems.append(f"{name}: ist nicht mehr, was hochgeladen wurde ({size} statt {note.size} Bytes)")
    found.remains = [path for path in _old_files() if path.is_file() and _name_of(path) not in named]
    return found


def _old_files() -> Iterator[Path]:
    """What lies below the folders of uploads for longer than a day; younger files may be on their way."""
    for folder in (Path(default_storage.location), Path(settings.FILE_UPLOAD_TEMP_DIR)):  # type: ignore[attr-defined]
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.stat().st_mtime < time.time() - DAY:
                yield path


def _name_of(path: Path) -> str:
    base = Path(default_storage.location)  # type: ignore[attr-defined]
    return path.relative_to(base).as_posix() if path.is_relative_to(base) else ""
