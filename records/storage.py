"""How uploaded files come onto the disk: whole or not at all, and still there after a power loss."""

import contextlib
import os
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage
from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler


class UploadStorage(FileSystemStorage):
    """The folder of uploads. Raises OSError where a file cannot be written; nothing of it stays then."""

    def _save(self, name: str, content: Any) -> str:
        path = Path(self.path(name))
        try:
            stored: str = super()._save(name, content)  # type: ignore[misc]
            for place in (path, path.parent):
                sync(place)
        except OSError:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
            raise
        return stored


def sync(path: Path) -> None:
    """Let a file, or the names in a folder, survive a power loss."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class UploadHandler(TemporaryFileUploadHandler):
    """Takes in a large file; where it cannot, the rest of the form is read all the same, so that it can be kept.

    The error waits at the request as ``upload_fault`` (records.middleware.UploadFaultMiddleware).
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Open the temporary file."""
        try:
            super().new_file(*args, **kwargs)
        except OSError as error:
            self._skip(error)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a piece into it."""
        try:
            super().receive_data_chunk(raw_data, start)
            self.file.flush()
        except OSError as error:
            self._skip(error)

    def _skip(self, error: OSError) -> None:
        self.request.upload_fault = error  # type: ignore[union-attr]
        with contextlib.suppress(OSError):
            self.upload_interrupted()
        raise SkipFile from error
