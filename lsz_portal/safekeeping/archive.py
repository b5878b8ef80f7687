"""One archive: a tar file with the database, the uploads and a manifest, and behind it the checksum of every byte."""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

MANIFEST, UPLOADS, DATABASE = "manifest.json", "uploads", "database"
MARK = b"LSZ-SHA256 "
TRAILER = len(MARK) + 64 + 1
PIECE = 1 << 20


class Damaged(Exception):
    """The archive is not what was written; the text says in German what is wrong."""


class Hashing(io.RawIOBase):
    """A stream that knows the checksum and the size of everything that went through it."""

    def __init__(self, inner: BinaryIO) -> None:
        self.inner, self.digest, self.size = inner, hashlib.sha256(), 0

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        return self._seen(self.inner.read(size))

    def write(self, data: Any) -> int:
        return self.inner.write(self._seen(bytes(data)))

    def _seen(self, data: bytes) -> bytes:
        self.digest.update(data)
        self.size += len(data)
        return data

    def said(self) -> dict[str, Any]:
        """What the manifest keeps of a file."""
        return {"size": self.size, "sha256": self.digest.hexdigest()}


class Writer:
    """Adds files one after the other; ``files`` tells size and checksum of each."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self.tar, self.files = tar, dict[str, dict[str, Any]]()

    def add(self, name: str, path: Path) -> None:
        """A file of the disk. Raises OSError."""
        with path.open("rb") as source:
            info = tarfile.TarInfo(name)
            info.size, info.mode = os.fstat(source.fileno()).st_size, 0o600
            passing = Hashing(source)
            self.tar.addfile(info, passing)
            self.files[name] = passing.said()

    def close(self, manifest: dict[str, Any]) -> None:
        """Write the manifest last: only now everything is known."""
        text = json.dumps(manifest | {"files": self.files}, ensure_ascii=False, indent=1).encode()
        info = tarfile.TarInfo(MANIFEST)
        info.size, info.mode = len(text), 0o600
        self.tar.addfile(info, io.BytesIO(text))


@contextmanager
def written(target: Path) -> Iterator[Writer]:
    """The archive, for the owner's eyes only: there as a whole when the block ends well, else not at all."""
    part = target.with_name(f"{target.name}.part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            through = Hashing(file)
            with tarfile.open(fileobj=through, mode="w|") as tar:
                yield Writer(tar)
            file.write(MARK + through.digest.hexdigest().encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def check(path: Path) -> None:
    """Read every byte once. Raises Damaged, OSError."""
    left = path.stat().st_size - TRAILER
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while left > 0 and (piece := file.read(min(PIECE, left))):
            digest.update(piece)
            left -= len(piece)
        end = file.read()
    if end != MARK + digest.hexdigest().encode() + b"\n":
        raise Damaged(f"{path} ist beschädigt oder keine Sicherung: Die Prüfsumme stimmt nicht.")


def manifest_of(path: Path) -> dict[str, Any]:
    """What the archive says of itself. Raises Damaged."""
    try:
        with tarfile.open(path) as tar:
            text = tar.extractfile(MANIFEST)
            manifest: dict[str, Any] = json.loads(text.read()) if text else {}
        if manifest["format"] != 1:
            raise Damaged(f"{path} hat ein Format, das diese Fassung des Portals nicht kennt.")
    except (tarfile.TarError, KeyError, ValueError) as error:
        raise Damaged(f"{path} ist keine Sicherung des Portals.") from error
    return manifest


def unpack(path: Path, folder: Path) -> dict[str, Any]:
    """Write database and uploads below the folder, each checked against the manifest, which is returned.

    Raises Damaged, OSError.
    """
    manifest = manifest_of(path)
    found: dict[str, Any] = {}
    with tarfile.open(path) as tar:
        for member in tar:
            if member.name == MANIFEST:
                continue
            inside = PurePosixPath(member.name)
            source = tar.extractfile(member)
            if source is None or inside.is_absolute() or ".." in inside.parts:
                raise Damaged(f"{path} enthält, was keine Sicherung enthält: {member.name}")
            target = folder / inside
            target.parent.mkdir(parents=True, exist_ok=True)
            passing = Hashing(source)  # type: ignore[arg-type]
            with target.open("wb") as file:
                while piece := passing.read(PIECE):
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            found[member.name] = passing.said()
    if found != manifest["files"]:
        wrong = [name for name in {*found, *manifest["files"]} if found.get(name) != manifest["files"].get(name)]
        raise Damaged(f"{path}: Diese Dateien sind nicht die gesicherten: {', '.join(sorted(wrong))}")
    return manifest
