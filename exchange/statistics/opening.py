"""What an uploaded file is, told by its bytes; and its lines, one after the other, within limits.

Raises StatRefused with a sentence that says what the file is and what to do.
"""

import zipfile
from collections.abc import Iterator
from typing import IO

from records.reading.errors import DAMAGED_PACKAGE

LONGEST = 64 * 1024  # bytes of a line; real ones have some hundred
MOST_BYTES = 200 * 1024 * 1024  # of a table, unpacked
MOST_RATIO = 100  # of a packed table
FFCSV = "Laden Sie die Tabelle bei den Statistischen Ämtern als „CSV (flach)“ (ffcsv) herunter."
NEW_HEAD, OLD_HEAD = "statistics_code;", "Statistik_Code;"
UTF16 = (b"\xff\xfe", b"\xfe\xff")
BOM = b"\xef\xbb\xbf"


class StatRefused(Exception):
    """The file is not read at all; the text is a German sentence."""


def open_table(file: IO[bytes]) -> IO[bytes]:
    """The table itself: the file, or the only CSV in a ZIP."""
    file.seek(0)
    head = file.read(512)
    file.seek(0)
    if head.startswith(b"PK"):
        return unpacked(file)
    if sentence := what_else(head):
        raise StatRefused(f"{sentence} {FFCSV}")
    return file


def what_else(head: bytes) -> str:
    """A sentence where the first bytes are of another sort of file."""
    start = head.removeprefix(BOM).lstrip()
    if not start:
        return "Die Datei ist leer. Wählen Sie eine andere."
    if head.startswith(UTF16):
        return "Die Datei ist in UTF-16 gespeichert, etwa als „Unicode-Text“ aus Excel."
    if b"\x00" in head:
        return "Das ist keine Tabelle in Textform."
    if start.startswith((b"* Der Benutzer", b"* The user", b"K;", b"D;")):
        return "Das ist das Würfelformat (Zeilen „K;“ und „D;“)."
    if start[:1] in b"{[":
        return "Das ist keine Tabelle, sondern eine Antwort für Programme (JSON), meist eine Fehlermeldung."
    if start.startswith((b"<", b"%PDF")):
        return "Das ist eine Webseite oder ein Dokument, keine Tabelle."
    return "Das ist eine alte Excel-Datei (XLS)." if start.startswith(b"\xd0\xcf\x11\xe0") else ""


def unpacked(file: IO[bytes]) -> IO[bytes]:
    """The only CSV of a ZIP, read within limits."""
    try:
        archive = zipfile.ZipFile(file)
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    except (*DAMAGED_PACKAGE, ValueError) as error:
        raise StatRefused(f"Die gepackte Datei ist beschädigt. {FFCSV}") from error
    if any(entry.filename == "[Content_Types].xml" for entry in entries):
        raise StatRefused(f"Das ist eine Excel-Datei (XLSX). {FFCSV}")
    tables = [entry for entry in entries if entry.filename.lower().endswith(".csv")]
    if len(tables) != 1 or len(entries) != 1:
        raise StatRefused("In der ZIP-Datei muss genau eine CSV-Datei liegen. Laden Sie die Tabellen einzeln hoch.")
    table = tables[0]
    if table.flag_bits & 1:
        raise StatRefused("Die ZIP-Datei ist mit einem Kennwort geschützt. Packen Sie sie aus.")
    if table.file_size > MOST_BYTES or table.file_size > MOST_RATIO * max(table.compress_size, 1):
        raise StatRefused("Die ZIP-Datei ist entpackt zu groß. Laden Sie die CSV-Datei selbst hoch, bis 200 MB.")
    try:
        opened = archive.open(table)
        head = opened.read(512)
        opened.seek(0)
    except DAMAGED_PACKAGE as error:
        raise StatRefused(f"Die gepackte Datei ist beschädigt. {FFCSV}") from error
    if sentence := what_else(head):
        raise StatRefused(f"{sentence} {FFCSV}")
    return opened


def lines_of(table: IO[bytes]) -> Iterator[str]:
    """The lines as text: UTF-8; with the old heads also Windows-1252."""
    total, old = 0, False
    number = 0
    while raw := read_line(table, number + 1):
        number, total = number + 1, total + len(raw)
        if total > MOST_BYTES:
            raise StatRefused("Die Tabelle hat mehr als 200 MB. Schränken Sie sie auf weniger Jahre oder Gebiete ein.")
        if b"\x00" in raw:
            raise StatRefused(f"Zeile {number} ist beschädigt. Laden Sie die Datei noch einmal herunter.")
        if number == 1:
            raw = raw.removeprefix(BOM)
            old = raw.startswith(OLD_HEAD.encode())
        yield decoded(raw, number, old=old)


def read_line(table: IO[bytes], number: int) -> bytes:
    """A line of limited length; empty at the end."""
    try:
        raw = table.readline(LONGEST)
    except DAMAGED_PACKAGE as error:
        raise StatRefused(f"Die gepackte Datei ist beschädigt. {FFCSV}") from error
    if len(raw) == LONGEST and not raw.endswith(b"\n"):
        raise StatRefused(f"Zeile {number} ist länger als 64 KB; so lang ist keine Zeile der Statistik. {FFCSV}")
    return raw


def decoded(raw: bytes, number: int, *, old: bool) -> str:
    """A line as text."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        if not old:
            sentence = f"Zeile {number} ist nicht in UTF-8 gespeichert; Umlaute wären verfälscht. {FFCSV}"
            raise StatRefused(sentence) from None
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError:
        sentence = f"Zeile {number} ist weder in UTF-8 noch in Windows-1252 gespeichert. {FFCSV}"
        raise StatRefused(sentence) from None
