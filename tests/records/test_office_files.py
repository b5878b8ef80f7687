"""Files that LibreOffice wrote (office_files), and what German Excel writes, made by hand, with right values."""

import csv
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from planning.models import ActionField, Offer, Provider
from records.reading.sheets import sheets_of
from records.registry import kind_of
from records.vague import VagueDate
from tests.factories import make
from tests.records.tables import errors, read_in, result, zipped

pytestmark = [pytest.mark.usefixtures("quiet"), pytest.mark.once]
FILES = Path(__file__).parent / "office_files"
DAYS = ["22.08.2017", "Aug 17", "August 2017", "2017", "Dienstag, 22. August 2017", "22.08.2017 14:30", "22. Aug"]
ISO = ["2017-08-22", "2017-08", "2017-08", "2017", "2017-08-22", "2017-08-22", "22. Aug"]
TEXTS = [
    ["Müßiggang – „Wort“", "Zeile 1\nZeile 2"],
    ['"Eltern" e. V.', "a;b, c | d"],
    ["=1+1 ist Text", "'Apostroph"],
    ["Tab", "Tab\there"],
    ["Ümläut \u00a0 Ende", "…"],
]
NUMBERS = ["25 %", "12,345 %", "06567", "1234,5", "12,999999", "0,3", "-1234,5", None, "1234567890123"]
SHOWN = ["25%", "12.3%", "06567", "1,234.50 €", "13.00", "0.3", "(1,235)", "TRUE", "1234567890123"]
PRINTED = [
    ["Angebot", "Träger", "Laufzeit", "", "Plätze"],
    ["Angebot", "Träger", "von", "bis", "Plätze"],
    ["Handlungsfeld 1: Bildung"],
    ["Krabbelgruppe", "Volkshochschule", "2016", "Ende 2018", "12"],
    ["Elterncafé\nam Markt", "Volkshochschule", "Mai 2017", "", "20"],
    ["Summe", "", "", "", "32"],
    ["* ohne Ferien"],
]
BROKEN = ["#DIV/0!", "#N/A", "#DIV/0!", "ab", "2019-05-12"]


def sheet_in(name: str, place: int = 0):
    return sheets_of((FILES / name).read_bytes())[place]


def texts(sheet, column: int | None = None) -> list:
    """The texts of the rows below the first, of one column or of all."""
    found = [[cell if isinstance(cell, str) else cell[0] for cell in cells] for _, cells in sheet["rows"][1:]]
    return found if column is None else [cells[column] for cells in found]


@pytest.mark.parametrize("name", ["daten.xlsx", "daten.ods", "daten_1252.csv"])
def test_days_at_the_precision_that_they_show(name):
    found = [cells[1] for _, cells in sheet_in(name)["rows"][1:]]
    as_typed = DAYS if name.endswith("csv") else ISO
    assert texts(sheet_in(name), 1) == [*as_typed, "Ende Juni 2019"]
    if not name.endswith("csv"):
        assert [cell[2] for cell in found[:-1]] == DAYS
        assert "zeigt kein Jahr" in found[-2][1]


@pytest.mark.parametrize("name", ["zahlen.xlsx", "zahlen.ods", "zahlen_utf16.csv"])
def test_numbers_are_known_exactly_and_as_they_show(name):
    sheet = sheet_in(name)
    numbers = texts(sheet, 1)
    if name.endswith("csv"):
        assert numbers == SHOWN
        return
    assert numbers[7] in ("ja", "1")  # a truth that LibreOffice shows as a number
    assert [*numbers[:7], None, *numbers[8:]] == NUMBERS
    shown = {number: cells[1][2] for number, cells in sheet["rows"][1:] if not isinstance(cells[1], str)}
    assert shown == {3: "12,3 %", 6: "13", 8: "-1235"}


@pytest.mark.parametrize("name", ["formeln.xlsx", "formeln.ods"])
def test_results_of_formulas_are_read_and_errors_named(name):
    sheet = sheet_in(name)
    assert texts(sheet, 1) == BROKEN
    named = [not isinstance(cells[1], str) and "Fehlermeldung" in cells[1][1] for _, cells in sheet["rows"][1:]]
    assert named == [True, True, True, False, False]


@pytest.mark.parametrize("name", ["gedruckt.xlsx", "gedruckt.ods", "gedruckt.fods"])
def test_merged_cells_show_downwards_and_are_known_sideways(name):
    sheet = sheet_in(name)
    assert texts(sheet) == PRINTED
    assert [[row, *map(tuple, spans)] for row, *spans in sheet["spans"]] == [[1, (0, 4)], [2, (2, 3)], [4, (0, 4)]]


@pytest.mark.parametrize("name", ["gefiltert.xlsx", "gefiltert.ods"])
def test_what_a_filter_hides_is_known(name):
    sheets = sheets_of((FILES / name).read_bytes())
    assert [(sheet["name"], sheet["hidden"], sheet["asleep"]) for sheet in sheets] == [("Liste", [3, 5], [1])]


@pytest.mark.parametrize("name", ["texte.xlsx", "texte.ods", "texte_1252.csv", "texte_utf8.csv"])
def test_texts_keep_their_signs_and_lines(name):
    assert texts(sheet_in(name)) == TEXTS


@pytest.mark.parametrize("name", ["leer_zuerst.xlsx", "leer_zuerst.ods"])
def test_the_table_is_found_behind_a_sheet_of_notes(cast, name):
    response = read_in(cast, kind_of(Offer), SimpleUploadedFile(name, (FILES / name).read_bytes()))
    opened = response.context["preview"].open
    assert (opened.head_row, [c.label for c in opened.sheets if c.is_chosen]) == (3, ["Angebote"])
    assert [row.title for row in response.context["preview"].checked.rows] == ["Eins", "Zwei"]


def offers(cast):
    """The list that angebote.xlsx and angebote.ods hold, as LibreOffice wrote them anew."""
    field = make(ActionField, None, number=1, title="Bildung (Beispiel)")
    provider = make(Provider, cast.home, title="Verein = Beispiel | Nord")
    for number, title in enumerate(["=1+1", "Zeile 1\nZeile 2", "Müßiggang"], start=1):
        begin = VagueDate(date(2015 + number, 3 * number, 2), "DMQ"[number - 1])
        made = {"title": title.replace("\n", " "), "description": title, "capacity": "1.234", "begin": begin}
        made |= {"provider": provider, "action_fields": [field]}
        make(Offer, cast.home, full=False, uid=f"beispiel-{number}", **made)
    return kind_of(Offer)


@pytest.mark.parametrize("name", ["angebote.xlsx", "angebote.ods"])
def test_a_list_that_libreoffice_wrote_anew_changes_nothing(cast, name):
    kind = offers(cast)
    response = read_in(cast, kind, SimpleUploadedFile(name, (FILES / name).read_bytes()))
    assert (response.status_code, *result(response), errors(response)) == (200, 0, 0, 3, 0, {})
    assert "Keine Änderung" in response.content.decode()


# ---------------------------------------------------------------- as German Excel writes, by hand
def excel(cells: str, strings: str = "", formats: str = "") -> bytes:
    """A workbook in the parts that Excel writes, with cells in its own words."""
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    said = "".join(
        f'<Override PartName="/xl/{part}" ContentType="{types}.{kind}+xml"/>'
        for part, kind in (
            ("workbook.xml", "sheet.main"),
            ("worksheets/sheet1.xml", "worksheet"),
            ("sharedStrings.xml", "sharedStrings"),
            ("styles.xml", "styles"),
        )
    )
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{office}/{kind}" Target="{part}"/>'
        for number, (kind, part) in enumerate(
            [("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")],
            1,
        )
    )
    root = f'<Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/>'
    sheet = f'<sheets><sheet name="Tabelle1" sheetId="1" xmlns:r="{office}" r:id="rId1"/></sheets>'
    styles = f'<numFmts count="1">{formats}</numFmts><fonts><font/></fonts><fills><fill><patternFill/></fill></fills>'
    styles += "<borders><border/></borders>"
    styles += '<cellStyleXfs><xf/></cellStyleXfs><cellXfs><xf/><xf numFmtId="164" applyNumberFormat="1"/>'
    styles += '<xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{said}'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}">{root}</Relationships>',
        "xl/workbook.xml": f"<workbook {main}>{sheet}</workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}">{links}</Relationships>',
        "xl/sharedStrings.xml": f"<sst {main}>{strings}</sst>",
        "xl/styles.xml": f"<styleSheet {main}>{styles}</styleSheet>",
        "xl/worksheets/sheet1.xml": f"<worksheet {main}><sheetData>"
        f'<row r="1"><c r="A1" t="inlineStr"><is><t>Kopf</t></is></c></row>{cells}</sheetData></worksheet>',
    }
    return zipped({name: text.encode() for name, text in parts.items()})


HABITS = {
    "a text in the cell": ('<c r="A2" t="inlineStr"><is><t xml:space="preserve"> Wort </t></is></c>', "Wort"),
    "a text in pieces": ('<c r="A2" t="s"><v>0</v></c>', "Früh und spät"),
    "escapes of line ends": ('<c r="A2" t="s"><v>1</v></c>', "eins\r\nzwei"),
    "a result of text": ('<c r="A2" t="str"><f>A1&amp;"x"</f><v>Kopfx</v></c>', "Kopfx"),
    "a result of numbers": ('<c r="A2"><f>1+1</f><v>2</v></c>', "2"),
    "a formula without result": ('<c r="A2"><f>1+1</f></c>', "=1+1"),
    "an error": ('<c r="A2" t="e"><v>#REF!</v></c>', "#REF!"),
    "a German month": ('<c r="A2" s="1"><v>42969</v></c>', "2017-08"),
    "a day of the system": ('<c r="A2" s="2"><v>42969</v></c>', "2017-08-22"),
    "seventeen digits": ('<c r="A2"><v>0.30000000000000004</v></c>', "0,3"),
}


@pytest.mark.parametrize("name", HABITS)
def test_what_excel_writes_is_read(name):
    cell, text = HABITS[name]
    strings = "<si><r><t>Früh</t></r><r><rPr><b/></rPr><t xml:space='preserve'> und spät</t></r></si>"
    strings += "<si><t>eins_x000D_\nzwei</t></si>"
    formats = '<numFmt numFmtId="164" formatCode="[$-407]mmmm\\ yyyy;@"/>'
    found = sheets_of(excel(f'<row r="2">{cell}</row>', strings, formats))
    assert texts(found[0], 0) == [text]


def test_days_counted_from_1904_are_the_same_days():
    book, buffer = Workbook(), BytesIO()
    book.epoch = CALENDAR_MAC_1904
    book.active.append(["Kopf"])
    book.active["A2"] = date(2017, 8, 22)
    book.save(buffer)
    assert texts(sheets_of(buffer.getvalue())[0], 0) == ["2017-08-22"]


@pytest.mark.parametrize(("coding", "sign"), [("cp1252", ";"), ("utf-8-sig", ";"), ("utf-16", "\t")])
def test_a_list_that_german_excel_saved_as_text_changes_nothing(cast, coding, sign):
    kind = offers(cast)
    rows = list(
        csv.reader(StringIO(cast.client().get(kind.url("csv", cast.home)).content.decode("utf-8-sig")), delimiter=";")
    )
    buffer = StringIO()
    csv.writer(buffer, delimiter=sign, lineterminator="\r\n").writerows(rows)
    file = SimpleUploadedFile("liste.csv", buffer.getvalue().encode(coding))
    response = read_in(cast, kind, file)
    assert (response.status_code, *result(response)) == (200, 0, 0, 3, 0)
