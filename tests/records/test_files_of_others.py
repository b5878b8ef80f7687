"""Files as other programs write them, with their right values.

All bytes are made here by hand or with openpyxl, in the forms that Excel, LibreOffice, databases and the Mac write.
"""

from datetime import datetime
from io import BytesIO

import pytest
from openpyxl import Workbook

from accounts.date_words import read_day, read_period, read_vague
from records.reading.errors import Refused
from records.reading.sheets import sheets_of
from tests.records.tables import zipped

pytestmark = pytest.mark.once
HEAD, ROW = ["Name", "Ort"], ["Café Süd", "Köln"]
PLAIN = "Name;Ort\r\nCafé Süd;Köln\r\n"
OFFICE = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
ODF = f'{OFFICE} xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
ODF += ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'


def rows(content: bytes) -> list[list[object]]:
    """The cells of the first sheet."""
    return [cells for _, cells in sheets_of(content)[0]["rows"]]


TEXTS = {
    "CSV of German Excel": PLAIN.encode("cp1252"),
    "CSV UTF-8 of Excel": PLAIN.encode("utf-8-sig"),
    "CSV of LibreOffice": PLAIN.replace(";", ",").encode(),
    "Unicode text of Excel": PLAIN.replace(";", "\t").encode("utf-16"),
    "wide text without mark": PLAIN.encode("utf-16-le"),
    "a line that says its separator": f"sep=;\r\n{PLAIN}".encode(),
    "lines of the Mac": PLAIN.replace("\r\n", "\r").encode(),
    "cells in quotes": b'"Name";"Ort"\n"Caf\xc3\xa9 S\xc3\xbcd";"K\xc3\xb6ln"\n',
    "bars": PLAIN.replace(";", "|").encode(),
}


@pytest.mark.parametrize("name", TEXTS)
def test_text_files_are_read_in_the_forms_of_other_programs(name):
    assert rows(TEXTS[name]) == [HEAD, ROW]


def book(*cells: tuple[object, str], merged: str = "") -> bytes:
    """A workbook with these values and formats in one column."""
    made, buffer = Workbook(), BytesIO()
    made.active.append(["Kopf"])
    for number, (value, form) in enumerate(cells, start=2):
        cell = made.active.cell(number, 1, value)
        cell.number_format = form
    if merged:
        made.active.merge_cells(merged)
        made.active["B1"], made.active["B2"], made.active["B3"] = "Art", "a", "b"
    made.save(buffer)
    return buffer.getvalue()


DAY = datetime(2017, 8, 22)
SHOWN = [
    (DAY, "DD.MM.YYYY", "2017-08-22", "22.08.2017"),
    (DAY, "mm-dd-yy", "2017-08-22", "22.08.2017"),
    (DAY, "mmm yy", "2017-08", "Aug 17"),
    (DAY, "[$-407]mmmm\\ yyyy", "2017-08", "August 2017"),
    (DAY, "yyyy", "2017", "2017"),
    (6567, "00000", "06567", ""),
    (0.25, "0%", "25 %", ""),
    (0.07, "0.0%", "7 %", ""),
    ("eins_x000D_\nzwei", "General", "eins\r\nzwei", ""),
    ("_x005F_x0041_", "General", "_x0041_", ""),
    (True, "General", "ja", ""),
]


@pytest.mark.parametrize(("value", "form", "text", "shown"), SHOWN)
def test_what_a_cell_of_a_workbook_shows_counts(value, form, text, shown):
    found = rows(book((value, form)))[1][0]
    assert (found if isinstance(found, str) else found[0]) == text
    assert ("" if isinstance(found, str) else found[2]) == shown


def test_a_code_of_which_a_sheet_made_a_day_is_asked_about():
    text, problem, shown, unfit = rows(book((datetime(2026, 2, 1), "d-mmm")))[1][0]
    assert (text, shown) == ("01. Feb", "01. Feb")
    assert "zeigt kein Jahr" in problem
    assert "„1–2“" in unfit


def test_cells_merged_downwards_show_the_same():
    assert rows(book(("oben", "General"), merged="A2:A3")) == [["Kopf", "Art"], ["oben", "a"], ["oben", "b"]]


def sheet_of_libreoffice(cells: str) -> bytes:
    table = f'<table:table table:name="A"><table:table-row>{cells}</table:table-row></table:table>'
    head = '<table:table table:name="leer"/>'
    body = f"<office:body><office:spreadsheet>{head}{table.replace('</table:table>', '')}"
    filler = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row></table:table>'
    second = f"<table:table-row>{cells}</table:table-row>"
    inner = f"{body}{second}{filler}</office:spreadsheet></office:body>"
    return zipped({"content.xml": f"<office:document-content {ODF}>{inner}</office:document-content>".encode()})


CELL = '<table:table-cell office:value-type="{}" {}><text:p>{}</text:p></table:table-cell>'
ODS = [
    (CELL.format("date", 'office:date-value="2017-08-22"', "Aug 17"), "2017-08"),
    (CELL.format("date", 'office:date-value="2017-08-22"', "22.08.17"), "2017-08-22"),
    (CELL.format("percentage", 'office:value="0.25"', "25 %"), "25 %"),
    (CELL.format("float", 'office:value="6567"', "06567"), "06567"),
    (CELL.format("string", "", "eins</text:p><text:p>zwei"), "eins\nzwei"),
    (CELL.format("boolean", 'office:boolean-value="true"', "WAHR"), "ja"),
]


@pytest.mark.parametrize(("cell", "text"), ODS)
def test_what_a_cell_of_libreoffice_shows_counts(cell, text):
    found = rows(sheet_of_libreoffice(cell))[0][0]
    assert (found if isinstance(found, str) else found[0]) == text


COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
REFUSED = {
    "code page 850": (PLAIN.replace("é", "e").encode("cp850"), "Die Umlaute"),
    "the Mac": (PLAIN.encode("mac_roman"), "Die Umlaute"),
    "coded twice": (PLAIN.encode().decode("cp1252").encode(), "Die Umlaute"),
    "old Excel": (COMPOUND + "Workbook".encode("utf-16-le"), "alten Format XLS"),
    "old Word": (COMPOUND + "WordDocument".encode("utf-16-le"), "alten Format DOC"),
    "a password": (COMPOUND + "EncryptedPackage".encode("utf-16-le"), "mit einem Kennwort geschützt"),
    "a PDF": (b"%PDF-1.7", "PDF-Datei"),
    "a web page": (b"<html><table><tr><td>1</td></tr></table></html>", "Webseite"),
    "a text of Word": (zipped({"word/document.xml": b"<a/>"}), "Text von Word"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_named_for_what_it_is(name):
    content, words = REFUSED[name]
    with pytest.raises(Refused, match=words):
        sheets_of(content)


WORDS = {
    "Aug 17": "2017-08",
    "22.08.17": "2017-08-22",
    "22. August 2017": "2017-08-22",
    "22.08.2017 00:00": "2017-08-22",
    "12.05.2019, 10:00 - 12:00 Uhr": "2019-05-12",
    "12 . 05 . 2019": "2019-05-12",
    "20190512": "2019-05-12",
    "12052019": "2019-05-12",
    "2. Hj. 2017": "2017-H2",
    "2019 HJ2": "2019-H2",
    "zweite Hälfte 2019": "2019-H2",
    "3. Quartal 2019": "2019-Q3",
    "2019/III": "2019-Q3",
    "Mitte 2019": "2019",
    "Haushaltsjahr 2019": "2019",
    "im Laufe des Jahres 2019": "2019",
    "Ende d. J. 2019": "2019-H2",
    "Herbst 2018": "2018-H2",
    "Frühjahr/Sommer 2019": "2019",
    "Ende Juni 2019": "2019-06",
    "erste Woche Mai 2019": "2019-05",
    "KW 12/2019": "2019-03",
    "KW 10-12/2019": "2019-03",
    "12. KW 19": "2019-03",
    "ab 1.1.2019": "2019-01-01",
    "IV/2018": "2018-Q4",
    "Mai/Juni 2019": "2019-Q2",
    "1. und 2. Quartal 2019": "2019-H1",
    "01.-03.05.2019": "2019-05",
}


@pytest.mark.parametrize("text", WORDS)
def test_dates_in_words_never_say_more_than_was_written(text):
    assert read_vague(text).iso == WORDS[text]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ab 1.1.", "fehlt das Jahr"),
        ("12.05.", "fehlt das Jahr"),
        ("laufend", "kein Datum"),
        ("–", "kein Datum"),
        ("ca. 2016", "nicht sicher"),
        ("vsl. Mai 2019", "nicht sicher"),
        ("Ende 2018 / Anfang 2019", "zwei Jahre"),
        ("2016–2018", "mehrere Jahre"),
        ("43101,0", "01.01.2018"),
        ("Ende Juni", "fehlt das Jahr"),
        ("2017/18", "zwei Jahre"),
        ("Winter 2018/19", "zwei Jahre"),
        ("03/04/2017", "verschieden lesen"),
        ("43101", "01.01.2018"),
    ],
)
def test_dates_that_are_not_one_are_asked_about(text, words):
    with pytest.raises(ValueError, match=words):
        read_vague(text)


def test_a_begin_is_no_end_and_a_day_needs_a_day():
    for text, side in (("bis 2018", "begin"), ("seit 2018", "end"), ("12.–14.05.2019", "begin")):
        with pytest.raises(ValueError, match=r"nennt (ein|Beginn und)"):
            read_vague(text, side=side)
    with pytest.raises(ValueError, match="den Tag"):
        read_day("August 2017")


def test_begin_and_end_of_one_text_share_what_stands_once():
    for text, begin, end in (
        ("12. bis 14. Mai 2019", "2019-05-12", "2019-05-14"),
        ("29.12.2018-02.01.2019", "2018-12-29", "2019-01-02"),
        ("März 2018 bis Ende 2019", "2018-03", "2019-H2"),
        ("2016-17", "2016", "2017"),
    ):
        assert [date.iso for date in read_period(text) or ()] == [begin, end]
    assert [read_period(text) for text in ("Mai 2019", "Mai/Juni 2019", "a - b", "")] == [None] * 4
