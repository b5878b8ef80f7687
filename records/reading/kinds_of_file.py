"""What a file is, by its bytes: what cannot be read as a table is named for what it is, with what to do."""

import zipfile
from io import BytesIO

from records.reading.errors import DAMAGED_PACKAGE, Refused
from records.reading.packages import DAMAGED, ENCRYPTED

WORKBOOK, OPENDOCUMENT, TEXT = "xlsx", "ods", "text"
OLD = b"\xd0\xcf\x11\xe0"  # a compound file: Office until 2003, and what Office has encrypted
NO_TABLE = "Das ist keine Tabelle. Wählen Sie eine Datei im Format XLSX, ODS oder CSV."
COPY = "Kopieren Sie die Tabelle in eine leere Excel-Tabelle und laden Sie diese hoch."
XLS = (
    "Das ist eine Datei im alten Format XLS (Excel bis 2003). Öffnen Sie sie und speichern Sie sie als XLSX "
    "(„Speichern unter“, „Excel-Arbeitsmappe“)."
)
XLSB = "Das ist eine binäre Arbeitsmappe (XLSB). Öffnen Sie sie und speichern Sie sie als XLSX."
DOC = f"Das ist ein Text im alten Format DOC (Word bis 2003). {COPY}"
PPT = "Das ist eine Präsentation im alten Format PPT. Wählen Sie eine Datei im Format XLSX, ODS oder CSV."
OLDEST = "Das ist eine Datei im alten Format XLS oder mit einem Kennwort. Speichern Sie sie als XLSX ohne Kennwort."
WORD, SLIDES = f"Das ist ein Text von Word. {COPY}", "Das ist eine Präsentation. Wählen Sie eine Tabelle."
OTHER_DOCUMENT = (
    "Das ist ein Dokument von LibreOffice, aber keine Tabelle. Speichern Sie die Tabelle als ODS oder XLSX."
)
NUMBERS = "Das ist eine Datei von Apple Numbers. Geben Sie die Tabelle dort als Excel oder CSV aus („Exportieren“)."
ARCHIVE = "Das ist ein Archiv (ZIP). Entpacken Sie es und laden Sie die Tabelle darin hoch."
WEB_PAGE = (
    "Das ist eine Webseite (HTML), auch wenn sie auf XLS endet. Öffnen Sie sie in Excel und speichern Sie sie als XLSX."
)
XML_2003 = (
    "Das ist eine XML-Datei (etwa „XML-Kalkulationstabelle 2003“). Öffnen Sie sie und speichern Sie sie als XLSX."
)

BEGINNINGS = {  # of what is no package
    b"%PDF": f"Das ist eine PDF-Datei; eine Tabelle lässt sich daraus nicht lesen. {COPY}",
    b"{\\rtf": f"Das ist ein formatierter Text (RTF). {COPY}",
    b"\x89PNG": "Das ist ein Bild. Wählen Sie eine Datei im Format XLSX, ODS oder CSV.",
    b"\xff\xd8\xff": "Das ist ein Bild. Wählen Sie eine Datei im Format XLSX, ODS oder CSV.",
    b"\x1f\x8b": ARCHIVE,
    b"7z\xbc\xaf": ARCHIVE,
    b"Rar!": ARCHIVE,
    b"\x09\x08\x10": XLS,
    b"\x09\x00\x04": XLS,
    b"ID;P": "Das ist eine SYLK-Datei. Öffnen Sie sie in Excel und speichern Sie sie als XLSX.",
}
IN_COMPOUND = {  # names of streams, as they stand in the directory of the file
    "EncryptedPackage": ENCRYPTED,
    "WordDocument": DOC,
    "PowerPoint Document": PPT,
    "Workbook": XLS,
    "Book": XLS,
}
IN_PACKAGE = {"word/document.xml": WORD, "ppt/presentation.xml": SLIDES, "xl/workbook.bin": XLSB}


def kind_of_content(content: bytes) -> str:
    """WORKBOOK, OPENDOCUMENT or TEXT. Raises Refused with the name of what it is instead."""
    if content.startswith(b"PK"):
        return kind_of_package(content)
    if content.startswith(OLD):
        found = (told for name, told in IN_COMPOUND.items() if name.encode("utf-16-le") in content)
        raise Refused(next(found, OLDEST))
    for beginning, sentence in BEGINNINGS.items():
        if content.startswith(beginning):
            raise Refused(sentence)
    start = content[:2000].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<meta", b"<head")):
        raise Refused(WEB_PAGE)
    if start.startswith((b"<?xml", b"<office:document")) and b"opendocument.spreadsheet" in content[:20_000]:
        return OPENDOCUMENT
    if start.startswith((b"<?xml", b"<workbook")):
        raise Refused(WEB_PAGE if b"<html" in start else XML_2003)
    return TEXT


def kind_of_package(content: bytes) -> str:
    """What kind of table a package is; its content is counted later (records.reading.packages)."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            names = {entry.filename for entry in package.infolist()}
    except (*DAMAGED_PACKAGE, ValueError) as error:
        raise Refused(DAMAGED) from error
    for name, sentence in IN_PACKAGE.items():
        if name in names:
            raise Refused(sentence)
    if "xl/workbook.xml" in names:
        return WORKBOOK
    if "content.xml" in names:
        return OPENDOCUMENT
    if any(name.endswith(".iwa") for name in names):
        raise Refused(NUMBERS)
    return WORKBOOK if "[Content_Types].xml" in names else refuse_archive()


def refuse_archive() -> str:
    """The sentence for a package that is no document."""
    raise Refused(ARCHIVE)
