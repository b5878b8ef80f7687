"""What stands in a file is understood as people type it; what is not gets a sentence at its cell or at the file."""

import io
from datetime import datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from planning.models import Measure, Need, PlannerPost, PlanningRegion, TargetGroup
from records.enums import ImportState
from records.models import TableImport
from records.registry import kind_of
from tests.factories import make
from tests.html import read_form
from tests.records.tables import column, confirm, csv_file, errors, exported, read_in, table_of_needs, xlsx, zipped

pytestmark = [pytest.mark.usefixtures("quiet"), pytest.mark.once]


BROKEN = {
    "Priorität": ("dringend", "Möglich sind: hoch, mittel, gering."),
    "Beispiel": ("vielleicht", "Schreiben Sie ja oder nein."),
    "Priorität gesetzt am": ("31.02.2018", "Geben Sie ein Datum an, zum Beispiel 17.08.2016"),
    "Planungsregionen": ("Mite", "„Mite“ gibt es hier nicht. Ähnlich heißen: „Mitte“."),
    "Zielgruppen": ("Doppelt", "„Doppelt“ gibt es 2-mal."),
    "Planungszyklus": ("", "Füllen Sie dieses Feld aus."),
    "Bedarf": ("x" * 161, "Kürzen Sie den Text auf höchstens 160 Zeichen; es sind 161."),
    "Beschreibung": ("=1+1", "Hier steht eine Formel."),
}


@pytest.mark.slow
@pytest.mark.parametrize("head", BROKEN)
@pytest.mark.parametrize("make_file", [xlsx, csv_file])
def test_a_broken_cell_is_named_with_row_and_column(cast, head, make_file):
    make(PlanningRegion, cast.home, title="Mitte")
    table = table_of_needs(cast, "Kita am Abend")
    for _ in range(2):
        make(TargetGroup, cast.home, title="Doppelt")
    typed, sentence = BROKEN[head]
    table[1][column(table, head)] = typed
    response = read_in(cast, kind_of(Need), make_file(table))
    assert response.status_code == 422
    assert errors(response).keys() == {(2, head)}
    assert errors(response)[2, head].startswith(sentence)
    content = response.content.decode()
    assert typed[:50] in content
    assert "vorgang" not in read_form(response.content).values
    assert not TableImport.objects.filter(state=ImportState.SEEN).exists()
    assert Need.objects.get().version == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("August 2017", "2017-08"),
        ("aug. 2017", "2017-08"),
        ("März 2018", "2018-03"),
        ("Mrz 2018", "2018-03"),
        ("08/2017", "2017-08"),
        ("2018-Q1", "2018-Q1"),
        ("1. Quartal 2018", "2018-Q1"),
        ("Q3 2018", "2018-Q3"),
        ("2. Halbjahr 2018", "2018-H2"),
        ("17.08.2016", "2016-08-17"),
        ("2016-08-17", "2016-08-17"),
        (2018, "2018"),
    ],
)
def test_dates_are_understood_as_people_type_them(cast, typed, iso):
    table = table_of_needs(cast, "Kita am Abend")
    table[1][column(table, "Priorität gesetzt am")] = typed
    confirm(cast, kind_of(Need), read_in(cast, kind_of(Need), xlsx(table)))
    assert Need.objects.get().priority_set_on.iso == iso


def test_dates_of_excel_are_days_or_months_by_their_format(cast):
    table = table_of_needs(cast, "Erster", "Zweiter")
    book, place = Workbook(), column(table, "Priorität gesetzt am")
    for row in table:
        book.active.append(row)
    for number, shown in ((2, "DD.MM.YYYY"), (3, "mmm yy")):
        cell = book.active.cell(number, place + 1, datetime(2017, 8, 22))
        cell.number_format = shown
    buffer = io.BytesIO()
    book.save(buffer)
    confirm(cast, kind_of(Need), read_in(cast, kind_of(Need), SimpleUploadedFile("x.xlsx", buffer.getvalue())))
    assert sorted(n.priority_set_on.iso for n in Need.objects.all()) == ["2017-08", "2017-08-22"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "stored"),
    [("1,25", "1.25"), (1.25, "1.25"), (0.1 + 0.2, "0.30"), ("0,1", "0.10"), ("", None)],
)
def test_numbers_are_understood_in_german(cast, typed, stored):
    make(PlannerPost, cast.home, full_time_equivalent=Decimal("2"))
    table = exported(cast, kind_of(PlannerPost))
    table[1][column(table, "Umfang (VzÄ)")] = typed
    confirm(cast, kind_of(PlannerPost), read_in(cast, kind_of(PlannerPost), xlsx(table)))
    assert PlannerPost.objects.get().full_time_equivalent == (Decimal(stored) if stored else None)


def test_links_with_a_bar_in_their_name_are_found(cast):
    both = [make(PlanningRegion, cast.home, title=title) for title in ("Nord | West", "Ost")]
    table = table_of_needs(cast, "Kita am Abend")
    table[1][column(table, "Planungsregionen")] = "Ost | Nord | West"
    confirm(cast, kind_of(Need), read_in(cast, kind_of(Need), xlsx(table)))
    assert set(Need.objects.get().regions.all()) == set(both)


def test_rules_that_span_fields_are_those_of_the_form(cast):
    make(Measure, cast.home, not_done_reason="")
    table = exported(cast, kind_of(Measure))
    table[1][column(table, "Stand")] = "nicht umgesetzt"
    response = read_in(cast, kind_of(Measure), xlsx(table))
    reason = "Nennen Sie den Grund, warum die Maßnahme nicht umgesetzt wird."
    assert errors(response) == {(2, "Grund, falls nicht umgesetzt"): reason}


def test_apostrophes_of_our_own_export_come_off(cast):
    group = make(TargetGroup, cast.home, title="=Familien")
    table = exported(cast, kind_of(TargetGroup), "csv")
    assert table[1][2] == "'=Familien"
    table[1][2] = "'=Großfamilien"
    confirm(cast, kind_of(TargetGroup), read_in(cast, kind_of(TargetGroup), csv_file(table)))
    group.refresh_from_db()
    assert group.title == "=Großfamilien"


@pytest.mark.parametrize(("coding", "between"), [("cp1252", ";"), ("utf-16", "\t")])
def test_text_files_of_excel_are_read_in_its_other_codings(cast, coding, between):
    group = make(TargetGroup, cast.home, title="Alt")
    text = f"Kennung;Fassung;Zielgruppe\r\n{group.uid};1;Große Familien\r\n".replace(";", between)
    file = SimpleUploadedFile("liste.csv", text.encode(coding))
    confirm(cast, kind_of(TargetGroup), read_in(cast, kind_of(TargetGroup), file))
    group.refresh_from_db()
    assert group.title == "Große Familien"


WORKBOOK = {"xl/workbook.xml": b"<workbook/>"}
UNREADABLE = {
    "empty": (b"", "Die Datei ist leer."),
    "text": (b"nur ein Satz", "Die Datei enthält keine Einträge."),
    "other heads": (b"A;B\r\n1;2\r\n", "In der ersten Zeile steht keine Spalte dieser Liste."),
    "same head twice": (b"Bedarf;Bedarf\r\n1;2\r\n", "Die Spalte „Bedarf“ gibt es mehrmals."),
    "only heads": (b"Kennung;Bedarf\r\n", "Die Datei enthält keine Einträge."),
    "binary": (b"\x00\x01\x02", "Das ist keine Tabelle."),
    "old excel": (b"\xd0\xcf\x11\xe0\xa1\xb1", "Das ist eine Datei im alten Format XLS oder mit einem Kennwort."),
    "broken zip": (b"PK\x03\x04nichts", "Die Datei ist beschädigt."),
    "no workbook": (zipped({"a.txt": b"x"}), "Das ist ein Archiv (ZIP)."),
    "empty workbook": (zipped(WORKBOOK), "Die Datei lässt sich nicht lesen."),
    "too many parts": (zipped(WORKBOOK | {f"{n}.xml": b"" for n in range(100)}), "Die Datei enthält zu viel."),
    "bomb": (lambda: zipped(WORKBOOK | {"xl/sheet.xml": b" " * (51 * 1024 * 1024)}), "Die Datei enthält zu viel."),
    "too large": (b"Bedarf\r\n" + b"x" * (5 * 1024 * 1024), "Die Datei ist zu groß."),
    "too many rows": (b"Bedarf\r\n" + b"x\r\n" * 5001, "Die Datei hat zu viele Zeilen."),
    "endless cell": (b"Bedarf\r\n" + b"x" * 200_000, "In Zeile 2, Spalte A stehen mehr als 32 767 Zeichen."),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_is_no_table_gets_a_sentence_at_the_field(cast, name):
    content, sentence = UNREADABLE[name]
    content = content() if callable(content) else content
    response = read_in(cast, kind_of(Need), SimpleUploadedFile("liste.xlsx", content))
    assert response.status_code == 422
    assert response.context["form"].errors["file"][0].startswith(sentence)
    assert "id_file_error" in read_form(response.content).ids
