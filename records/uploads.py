"""Uploaded files: allowed by content, stored under random names outside the web root (docs/product.md §10)."""

import secrets
from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File

from records.reading.errors import Refused
from records.reading.service import check_content

MAX_BYTES = 20 * 1024 * 1024

MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
}
HEADS = {".pdf": b"%PDF-", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff", ".png": b"\x89PNG\r\n\x1a\n"}
ALLOWED = "PDF, DOCX, ODT, XLSX, JPG und PNG"


def suffix_of(name: str) -> str:
    """The lower-case ending of a file name."""
    return PurePosixPath(name.replace("\\", "/")).suffix.lower()


def upload_path(instance: Any, filename: str) -> str:
    """A random path that keeps nothing of the sender's file name but its ending."""
    name = secrets.token_hex(16)
    return f"documents/{name[:2]}/{name}{suffix_of(filename)}"


def check_upload(file: "File[bytes]") -> None:
    """Refuse what is too large, of another kind than its ending, or holds what no file may (records.reading).

    Raises ValidationError.
    """
    suffix = suffix_of(file.name or "")
    if suffix not in MEDIA_TYPES:
        raise ValidationError(f"Diese Art von Datei wird nicht angenommen. Möglich sind {ALLOWED}.")
    if file.size > MAX_BYTES:
        raise ValidationError("Die Datei ist zu groß. Möglich sind bis zu 20 MB.")
    file.seek(0)
    head = file.read(16)
    file.seek(0)
    if suffix in HEADS and not head.startswith(HEADS[suffix]):
        raise ValidationError(
            "Der Inhalt passt nicht zur Endung der Datei. Öffnen Sie die Datei und speichern Sie sie neu."
        )
    if suffix != ".pdf":  # a PDF is kept and handed out, never opened
        try:
            check_content(suffix, file.read())
        except Refused as error:
            raise ValidationError(str(error)) from error
        finally:
            file.seek(0)
