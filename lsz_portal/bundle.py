"""One style sheet of those that every page needs: a finder of static files that joins them, so that a page asks once.

The parts stay files of their own to work in; nothing of them is kept in the repository twice.
"""

import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

NAME = "css/portal.css"
PARTS = (
    "css/fonts.css",
    "vendor/kern/kern.min.css",  # names no other file
    "css/tokens.css",
    "css/ground.css",
    "css/frame.css",
    "css/find.css",
    "css/panels.css",
    "css/lists.css",
    "css/thread.css",
    "css/forms.css",
    "css/flip.css",
    "css/grid.css",
    "css/drawings.css",
    "css/figures.css",
    "css/plan.css",
    "css/prose.css",
    "css/print.css",
    "css/forced.css",
)
CHARSET = '@charset "UTF-8";'


class BundleFinder(BaseFinder):
    """Finds NAME; the joined file lies in the folder of the portal's data and is as old as its newest part."""

    def __init__(self, app_names: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sources = Path(settings.STATICFILES_DIRS[0])
        self.storage = FileSystemStorage(location=Path(settings.VAR_DIR) / "joined")

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """The joined file by its name."""
        if path != NAME:
            return [] if find_all else None
        joined = str(self.joined())
        return [joined] if find_all else joined

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        """The one file, for collectstatic and for serving from the sources."""
        self.joined()
        yield NAME, self.storage

    def joined(self) -> Path:
        """Write the file where it is missing or a part of it is newer."""
        target = Path(self.storage.path(NAME))
        newest = max(*((self.sources / part).stat().st_mtime_ns for part in PARTS), Path(__file__).stat().st_mtime_ns)
        if not target.exists() or target.stat().st_mtime_ns != newest:
            texts = ((self.sources / part).read_text("utf-8").removeprefix(CHARSET) for part in PARTS)
            target.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=target.parent)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write("\n".join(texts))
            Path(name).chmod(0o644)
            os.utime(name, ns=(newest, newest))
            Path(name).replace(target)
        return target
