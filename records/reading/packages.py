"""Office files are packages (ZIP) of XML: what they may hold, and how much of it. Their directory is not believed.

Every part is unpacked once, piece by piece, and counted: its size must be the one that the directory names. XML goes
through expat, which keeps nothing; what it finds is counted and refused at the first that is too much.
"""

import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from xml.parsers import expat

from records.reading.errors import DAMAGED_PACKAGE, Refused

MAX_ENTRIES = 100
MAX_UNPACKED = 50 * 1024 * 1024  # bytes of all parts
MAX_ELEMENTS = 3_000_000  # of all XML parts; a text of 500 pages has some 500 000
MAX_DEPTH = 200  # elements inside each other; the deepest table of a text has about 60
MAX_TOKEN = 1024 * 1024  # bytes of one tag or comment: expat reads an unfinished one anew with every piece
PIECE = 64 * 1024
LOCAL = struct.Struct("<4s2H H 4s 3L 2H")  # signature, version, flags, method, time, CRC, sizes, lengths
CENTRAL_SIGNATURE, LOCAL_SIGNATURE = b"PK\x01\x02", b"PK\x03\x04"
ENCRYPTED_BIT, SIZES_FOLLOW = 0x1, 0x8
UNSIZED = 0xFFFFFFFF  # the sizes stand in an extra field

DAMAGED = "Die Datei ist beschädigt. Speichern Sie sie neu und laden Sie sie noch einmal hoch."
OTHER_KIND = "Der Inhalt passt nicht zur Endung der Datei. Prüfen Sie die Datei."
TOO_MUCH = "Die Datei enthält zu viel. Teilen Sie sie auf."
LYING = (
    "Das Inhaltsverzeichnis der Datei stimmt nicht mit ihrem Inhalt überein. Öffnen Sie die Datei, speichern Sie sie "
    "neu und laden Sie sie noch einmal hoch."
)
ENCRYPTED = "Die Datei ist mit einem Kennwort geschützt. Heben Sie den Schutz auf und laden Sie sie noch einmal hoch."
MACROS = "Die Datei enthält Makros. Speichern Sie sie ohne Makros (als DOCX, XLSX oder ODT), oder als PDF."
OBJECTS = (
    "In die Datei ist das Objekt eines anderen Programms eingebettet. Entfernen Sie es, oder speichern Sie sie als PDF."
)
LINKS = (
    "Die Datei holt beim Öffnen etwas aus einer anderen Datei oder aus dem Netz. Lösen Sie diese Verknüpfungen, oder "
    "speichern Sie die Datei als PDF."
)
ENTITIES = (
    "Die Datei ist ungewöhnlich aufgebaut und wird deshalb nicht gelesen. Öffnen Sie sie, und speichern Sie sie neu."
)
TOO_DEEP = "Die Datei ist zu tief verschachtelt. Kopieren Sie den Inhalt in eine neue Datei und laden Sie diese hoch."

MACRO_PARTS = re.compile(r"(^|/)(vbaproject|vbadata|macrosheets?/|dialogsheets/|basic/|scripts/)", re.IGNORECASE)
OBJECT_PARTS = re.compile(r"(^|/)(activex/|embeddings/[^/]*\.(bin|ole|exe)$)", re.IGNORECASE)
LINK_PARTS = re.compile(r"(^|/)xl/(externallinks/|connections\.xml$)", re.IGNORECASE)
ELSEWHERE = re.compile(r"\s*(?!file:/+[a-z]:)([a-z][a-z0-9+.-]+:|//|\\\\)", re.IGNORECASE)  # no path, no local drive
DRAWN_IN = frozenset(
    {"image", "object", "object-ole", "plugin", "floating-frame", "section-source", "background-image", "fill-image"}
)  # elements of ODF that show what stands elsewhere


@dataclass
class Found:
    """What the XML of a package holds: numbers of elements by part and local name.

    ``noted`` is what a reader of more (Watch) keeps of a part.
    """

    counts: dict[str, Counter[str]] = field(default_factory=dict)
    elements: int = 0
    noted: dict[str, Any] = field(default_factory=dict)


class Watch:
    """Reads one XML part and refuses what it must not hold. A reader of more derives from it."""

    def __init__(self, part: str, found: Found) -> None:
        self.part, self.found = part, found
        self.counts = found.counts.setdefault(part, Counter())
        self.depth = self.fed = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.EntityDeclHandler = self._entity

    def feed(self, piece: bytes, is_last: bool) -> None:
        """Read on. Raises Refused, ExpatError."""
        self.parser.Parse(piece, is_last)
        self.fed += len(piece)
        if self.fed - self.parser.CurrentByteIndex > MAX_TOKEN:
            raise Refused(TOO_MUCH)

    def on_start(self, name: str, attributes: dict[str, str]) -> None:
        """What else is to be looked at; ``name`` without its namespace."""

    def _start(self, full: str, attributes: dict[str, str]) -> None:
        self.found.elements += 1
        self.depth += 1
        if self.found.elements > MAX_ELEMENTS:
            raise Refused(TOO_MUCH)
        if self.depth > MAX_DEPTH:
            raise Refused(TOO_DEEP)
        name = full.rpartition(" ")[2]
        self.counts[name] += 1
        if attributes:
            look_at(name, attributes)
        self.on_start(name, attributes)

    def _end(self, full: str) -> None:
        self.depth -= 1

    def _entity(self, *declared: object) -> None:
        raise Refused(ENTITIES)


def look_at(name: str, attributes: dict[str, str]) -> None:
    """Refuse an element that leads outside, starts a program or belongs to what is encrypted."""
    if name == "Relationship" and attributes.get("TargetMode") == "External":
        kind, target = attributes.get("Type", ""), attributes.get("Target", "")
        is_own_template = kind.endswith("/attachedTemplate") and not ELSEWHERE.match(target)
        if not (kind.endswith("/hyperlink") or is_own_template):
            raise Refused(LINKS)
    elif name in ("Override", "Default") and "macroenabled" in attributes.get("ContentType", "").lower():
        raise Refused(MACROS)
    elif name in DRAWN_IN:
        address = next((value for key, value in attributes.items() if key.endswith(" href")), "")
        if ELSEWHERE.match(address):
            raise Refused(LINKS)
        if name == "object-ole":
            raise Refused(OBJECTS)
    elif name == "event-listener":
        raise Refused(MACROS)


def check_package(content: bytes, expected: str, watch: type[Watch] = Watch) -> Found:
    """Look through a whole package that must hold the part ``expected``; raises Refused."""
    if content.count(CENTRAL_SIGNATURE) > 20 * MAX_ENTRIES:  # packages in packages have directories too
        raise Refused(TOO_MUCH)
    entries, end = directory(content)
    names = [entry.filename for entry in entries]
    if expected not in names:
        raise Refused(OTHER_KIND)
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise Refused(TOO_MUCH)
    if len(set(names)) < len(names):
        raise Refused(LYING)
    for name in names:
        refuse_part(name)
    found = Found()
    for entry, limit in zip(entries, [*(e.header_offset for e in entries[1:]), end], strict=True):
        pieces = unpacked(content, entry, limit)
        if entry.filename.lower().endswith((".xml", ".rels")):
            read_xml(pieces, watch(entry.filename, found), must_be_whole=entry.filename == expected)
        for _ in pieces:
            pass
    if found.counts.get("META-INF/manifest.xml", Counter())["encryption-data"]:
        raise Refused(ENCRYPTED)
    return found


def refuse_part(name: str) -> None:
    """Refuse a package for the name of one of its parts."""
    for wanted, sentence in ((MACRO_PARTS, MACROS), (OBJECT_PARTS, OBJECTS), (LINK_PARTS, LINKS)):
        if wanted.search(name):
            raise Refused(sentence)


def directory(content: bytes) -> tuple[list[zipfile.ZipInfo], int]:
    """The entries in the order in which they stand in the file, and where the directory begins."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            entries = sorted(package.infolist(), key=lambda entry: entry.header_offset)
            return entries, package.start_dir
    except (*DAMAGED_PACKAGE, ValueError) as error:
        raise Refused(DAMAGED) from error


def unpacked(content: bytes, entry: zipfile.ZipInfo, limit: int) -> Iterator[bytes]:
    """The bytes of an entry, piece by piece; raises Refused where its two headers and its content do not agree.

    ``limit`` is where the next entry begins: no two may share bytes.
    """
    begin, size = entry.header_offset, entry.compress_size
    head = content[begin : begin + LOCAL.size]
    if len(head) < LOCAL.size or not head.startswith(LOCAL_SIGNATURE):
        raise Refused(LYING)
    _, _, flags, method, _, _, packed, whole, name_length, extra_length = LOCAL.unpack(head)
    if (flags | entry.flag_bits) & ENCRYPTED_BIT:
        raise Refused(ENCRYPTED)
    start = begin + LOCAL.size + name_length + extra_length
    agrees = flags & SIZES_FOLLOW or packed == UNSIZED or (packed, whole) == (size, entry.file_size)
    if not agrees or method != entry.compress_type or start + size > limit:
        raise Refused(LYING)
    if method not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Refused(DAMAGED)
    data, done = memoryview(content)[start : start + size], 0
    for piece in inflated(data) if method == zipfile.ZIP_DEFLATED else slices(data):
        done += len(piece)
        if done > entry.file_size:
            raise Refused(LYING)
        yield piece
    if done != entry.file_size:
        raise Refused(LYING)


def slices(data: memoryview) -> Iterator[bytes]:
    """Stored bytes in pieces."""
    for place in range(0, len(data), PIECE):
        yield bytes(data[place : place + PIECE])


def inflated(data: memoryview) -> Iterator[bytes]:
    """Packed bytes, never more than a piece at a time in memory; raises Refused where they are damaged."""
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for rest in slices(data):
            while rest and not unpacker.eof:
                yield unpacker.decompress(rest, PIECE)
                rest = unpacker.unconsumed_tail
        if not unpacker.eof:
            yield unpacker.flush()
    except zlib.error as error:
        raise Refused(DAMAGED) from error


def read_xml(pieces: Iterator[bytes], watch: Watch, *, must_be_whole: bool) -> None:
    """Read a part; where it is no XML only the part that makes the file what it is is refused."""
    try:
        for piece in pieces:
            watch.feed(piece, False)
        watch.feed(b"", True)
    except expat.ExpatError as error:
        if must_be_whole:
            raise Refused(DAMAGED) from error
