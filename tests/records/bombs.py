"""Files that are small and would be a large task, and such as hide something; each with the sentence of its answer."""

import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO

from openpyxl import Workbook

from records.reading import cells, packages, workbooks
from tests.records.tables import zipped

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRINGS_TYPE = (
    b'<Override PartName="/xl/sharedStrings.xml" '
    b'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
)


def workbook(rows: bytes = b"", after: bytes = b"", **parts: bytes) -> bytes:
    """A true workbook whose sheet holds these rows; ``parts`` replace or add others („xl_styles“ for xl/styles.xml)."""
    book, buffer = Workbook(), BytesIO()
    book.save(buffer)
    with zipfile.ZipFile(buffer) as package:
        entries = {name: package.read(name) for name in package.namelist()}
    types = entries["[Content_Types].xml"].replace(b"</Types>", STRINGS_TYPE + b"</Types>")
    sheet = b'<worksheet xmlns="%s"><sheetData>%s</sheetData>%s</worksheet>' % (MAIN.encode(), rows, after)
    named = {f"{name.replace('_', '/')}.xml": content for name, content in parts.items()}
    strings = {"xl/sharedStrings.xml": b"<sst/>", "[Content_Types].xml": types}
    return zipped(entries | strings | {"xl/worksheets/sheet1.xml": sheet} | named)


def relations(kind: str, target: str) -> bytes:
    """A part with one relation to something outside."""
    text = f'<Relationship Id="r9" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="External"/>'
    return f'<Relationships xmlns="{PACKAGE}/relationships">{text}</Relationships>'.encode()


def changed(content: bytes, place: int, form: str, value: int, *, signature: bytes, which: int = 0) -> bytes:
    """The package with another number in the header that stands at the ``which``-th signature."""
    begin = [i for i in range(len(content)) if content.startswith(signature, i)][which] + place
    return content[:begin] + struct.pack(form, value) + content[begin + struct.calcsize(form) :]


def lying_small() -> bytes:
    """Its directory and its head name 10 bytes, and the checksum of these; a megabyte comes out."""
    part = b"<a>" + b" " * 1_000_000 + b"</a>"
    content = zipped({"xl/workbook.xml": part})
    for signature, places in ((packages.LOCAL_SIGNATURE, (14, 22)), (packages.CENTRAL_SIGNATURE, (16, 24))):
        content = changed(content, places[0], "<L", zlib.crc32(part[:10]), signature=signature)
        content = changed(content, places[1], "<L", 10, signature=signature)
    return content


def overlapping() -> bytes:
    """The second entry points into the first."""
    content = zipped({"xl/workbook.xml": b"<a/>" * 1, "b.xml": b"<a/>"})
    return changed(content, 42, "<L", 0, signature=packages.CENTRAL_SIGNATURE, which=1)


def encrypted() -> bytes:
    content = changed(zipped({"xl/workbook.xml": b"<a/>"}), 6, "<H", 1, signature=packages.LOCAL_SIGNATURE)
    return changed(content, 8, "<H", 1, signature=packages.CENTRAL_SIGNATURE)


def strings(count: int, each: bytes = b"") -> bytes:
    return b'<sst xmlns="%s">%s</sst>' % (MAIN.encode(), b"<si><t>%s</t></si>" % each * count)


LAUGHS = (
    b'<!DOCTYPE w [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, (b"&a%d;" % (n - 1) if n else b"&a;") * 10) for n in range(9))
    + b"]><w>&a8;</w>"
)
TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types"><Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'
)
AMOUNTS = {name: sentence for name, (_, sentence) in workbooks.AMOUNTS.items()}
STYLED = b'<row r="%d" s="1"><c r="A%d" s="1"/></row>'

Case = tuple[Callable[[], bytes], str]
TABLES: dict[str, Case] = {
    "empty rows with styles": (lambda: workbook(b'<row s="1"/>' * 1_000_000), AMOUNTS["row"]),
    "empty cells with styles": (lambda: workbook(b"<row>" + b'<c s="1"/>' * 1_000_000 + b"</row>"), AMOUNTS["c"]),
    "shared strings": (lambda: workbook(xl_sharedStrings=strings(1_000_000)), AMOUNTS["si"]),
    "runs of one text": (
        lambda: workbook(b'<row><c t="inlineStr"><is>' + b"<r><t>x</t></r>" * 1_000_000 + b"</is></c></row>"),
        AMOUNTS["r"],
    ),
    "phonetics of one text": (
        lambda: workbook(xl_sharedStrings=strings(1, b"</t>" + b"<rPh><t>x</t></rPh>" * 1_000_000 + b"<t>")),
        AMOUNTS["rPh"],
    ),
    "a comment": (lambda: workbook(b"<!--" + b"x" * 30_000_000 + b"-->"), packages.TOO_MUCH),
    "an attribute": (lambda: workbook(b'<row a="' + b"x" * 30_000_000 + b'"/>'), packages.TOO_MUCH),
    "an instruction": (lambda: workbook(b"<?x " + b"y" * 30_000_000 + b"?>"), packages.TOO_MUCH),
    "merged cells": (lambda: workbook(after=b'<mergeCell ref="A1:B2"/>' * 1_000_000), AMOUNTS["mergeCell"]),
    "styles": (lambda: workbook(xl_styles=b"<s>" + b"<xf/>" * 1_000_000 + b"</s>"), AMOUNTS["xf"]),
    "names": (lambda: workbook(xl_workbook=b"<w>" + b"<definedName/>" * 1_000_000 + b"</w>"), AMOUNTS["definedName"]),
    "formulas": (lambda: workbook(b"<row><c><f>1+1</f></c></row>" * 30_000), AMOUNTS["f"]),
    "a cell far right": (lambda: workbook(b'<row r="1"><c r="XFD1"><v>1</v></c></row>'), cells.TOO_WIDE.format(1)),
    "a cell far down": (
        lambda: workbook(b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>'),
        cells.TOO_LOW.format(1048576),
    ),
    "one string a million times": (
        lambda: workbook(
            b"".join(b"<row>" + b'<c t="s"><v>0</v></c>' * 50 + b"</row>" for _ in range(5000)),
            xl_sharedStrings=strings(1, b"x" * 30_000),
        ),
        cells.TOO_MUCH_TEXT,
    ),
    "depth": (lambda: workbook(b"<row>" * 100_000 + b"</row>" * 100_000), packages.TOO_DEEP),
    "laughs": (lambda: workbook(xl_sharedStrings=LAUGHS), packages.ENTITIES),
    "many parts": (
        lambda: zipped({"xl/workbook.xml": b"<a/>"} | {f"{n}": b"" for n in range(30_000)}),
        packages.TOO_MUCH,
    ),
    "zeros": (lambda: workbook(xl_media_1=b" " * packages.MAX_UNPACKED), packages.TOO_MUCH),
    "long line": (lambda: b"Bedarf\r\n" + b";" * 4_000_000 + b"x", cells.TOO_WIDE.format(2)),
    "long cell": (lambda: b"Bedarf\r\n" + b"x" * 4_000_000, cells.TOO_LONG.format(2, "A")),
    "lying about sizes": (lying_small, packages.LYING),
    "overlapping": (overlapping, packages.LYING),
    "encrypted": (encrypted, packages.ENCRYPTED),
    "macros": (lambda: workbook(xl_vbaProject=b"<a/>"), packages.MACROS),
    "macros by type": (
        lambda: zipped({"[Content_Types].xml": TYPES.encode(), "xl/workbook.xml": b"<a/>"}),
        packages.MACROS,
    ),
    "other workbooks": (lambda: workbook(xl_externalLinks_externalLink1=b"<a/>"), packages.LINKS),
    "object": (lambda: zipped({"xl/workbook.xml": b"<a/>", "xl/embeddings/oleObject1.bin": b"x"}), packages.OBJECTS),
}
WORD = {"word/document.xml": b"<a/>"}
ODT = "content.xml"
ODF = b'xmlns:d="urn:d" xmlns:x="http://www.w3.org/1999/xlink"'
UPLOADS: dict[str, tuple[str, bytes, str]] = {
    "macros of Word": ("plan.docx", zipped(WORD | {"word/vbaProject.bin": b"x"}), packages.MACROS),
    "macros of ODF": ("plan.odt", zipped({ODT: b"<a/>", "Basic/Standard/Module1.xml": b"<a/>"}), packages.MACROS),
    "script of ODF": ("plan.odt", zipped({ODT: b'<a xmlns:s="u"><s:event-listener x="1"/></a>'}), packages.MACROS),
    "encrypted ODF": (
        "plan.odt",
        zipped({ODT: b"x", "META-INF/manifest.xml": b'<m xmlns:m="u"><m:encryption-data/></m>'}),
        packages.DAMAGED,
    ),
    "picture elsewhere": (
        "plan.odt",
        zipped({ODT: b'<a %s><d:image x:href="http://x.example/1.png"/></a>' % ODF}),
        packages.LINKS,
    ),
    "object elsewhere": (
        "plan.docx",
        zipped(WORD | {"word/_rels/document.xml.rels": relations("oleObject", "http://x.example/1.doc")}),
        packages.LINKS,
    ),
    "template elsewhere": (
        "plan.docx",
        zipped(WORD | {"word/_rels/settings.xml.rels": relations("attachedTemplate", "https://x.example/a.dotm")}),
        packages.LINKS,
    ),
    "depth": ("plan.docx", zipped({"word/document.xml": b"<a>" * 300_000}), packages.TOO_DEEP),
    "laughs": ("plan.odt", zipped({ODT: LAUGHS}), packages.ENTITIES),
    "elements": ("plan.docx", zipped({"word/document.xml": b"<a>" + b"<b/>" * 4_000_000}), packages.TOO_MUCH),
    "huge picture": (
        "bild.png",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">LL", 30_000, 30_000),
        "Das Bild hat 30 000 × 30 000 Bildpunkte.",
    ),
    "huge photo": (
        "bild.jpg",
        b"\xff\xd8\xff\xc0\x00\x11\x08" + struct.pack(">HH", 30_000, 30_000) + b"\x03" * 9,
        "Das Bild hat 30 000 × 30 000 Bildpunkte.",
    ),
}
