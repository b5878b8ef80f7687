"""Official statistics: counts of real files, twice without change; what is refused ends with a sentence."""

import io
import zipfile
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from planning.models import Indicator, OfficialCorrection, OfficialSeries, OfficialValue, StatImport
from tests.exchange.statistics_files import HEAD, REAL, ffcsv, row
from tests.packages import damaged, zipped

pytestmark = pytest.mark.django_db
is_there = pytest.mark.skipif(not REAL.is_dir(), reason="real files are not part of the project")
# Rows, numbers and signs of the README; new, and what is not taken.
REAL_FILES = {
    "11111-02-01-4_th_de_flat.csv": (23, 22, {"-": 1}, {"neu": 22, "aufgelöst": 1}),
    "12411-01-01-4_th_de_flat.csv": (69, 66, {"-": 3}, {"neu": 66, "aufgelöst": 3}),
    "21311-01-01-4-B_th_part_de_flat.csv": (60, 14, {"-": 46}, {"neu": 59, "aufgelöst": 1}),
    "23111-0001_de_flat.csv": (272, 272, {}, {"neu": 272}),
    "41312-01-01-4_th_de_flat.csv": (253, 218, {"-": 13, ".": 22}, {"neu": 242, "aufgelöst": 11}),
    "52411-02-01-4_th_de_flat.csv": (115, 107, {"-": 8}, {"neu": 110, "aufgelöst": 5}),
    "73111-01-01-4_th_de_flat.csv": (69, 66, {"-": 3}, {"neu": 66, "aufgelöst": 3}),
    "12211-0001_de_flat.csv": (225, 210, {"x": 9, "/": 6}, {"neu": 225}),
    "12211-Z-11_th_de_flat.csv": (92, 88, {"/": 4}, {"neu": 92}),
    "zensus_1000A-2022_part_de_flat.csv": (80, 59, {"-": 21}, {"neu": 80}),
    "zensus_3000G-1008_de_flat.csv": (20, 20, {}, {"neu": 20}),
}
AGAIN = {
    "12411-01-01-4_th_OLD_LAYOUT_reencoded.csv": (66, 3),
    "12411-01-01-4_th_EN_flat.csv": (66, 3),
    "23111-0001_EN_flat.csv": (272, 0),
}


def command(path, **options):
    out = io.StringIO()
    call_command("import_ffcsv", str(path), stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def read_in(tmp_path):
    def read(content, **options):
        path = tmp_path / "tabelle.csv"
        path.write_bytes(content)
        return command(path, **options)

    return read


def counted(text):
    """The counts as the command prints them."""
    words = {"neu": 0, "geändert": 0, "unverändert": 0, "aufgelöst": 0}
    for line in text.splitlines()[1:]:
        number, _, rest = line.partition(" ")
        reason = rest.removeprefix("nicht übernommen: ")
        name = "aufgelöst" if reason == "Gebiet war an diesem Tag aufgelöst" else reason
        if number.isdigit() and "Kennzahl" not in rest:
            words[name] = int(number)
    return words


@is_there
def test_real_files_have_their_counts_and_change_nothing_the_second_time():
    for name, (rows, numbers, signs, counts) in REAL_FILES.items():
        said = command(REAL / name)
        head = said.splitlines()[0]
        assert head.startswith(f"{rows} Zeilen: {numbers} Zahlen"), (name, said)
        assert all(f"{count} „{sign}“" in head for sign, count in signs.items()), (name, said)
        assert {word: n for word, n in counted(said).items() if n} == counts, (name, said)
        again = counted(command(REAL / name))
        assert (again["neu"], again["geändert"], again["unverändert"]) == (0, 0, counts["neu"]), name
    for name, (unchanged, dissolved) in AGAIN.items():
        said = counted(command(REAL / name))
        expected = {"neu": 0, "geändert": 0, "unverändert": unchanged, "aufgelöst": dissolved}
        assert said == expected, (name, said)
    assert not OfficialCorrection.objects.exists()
    units = OfficialSeries.objects.filter(measure="GEB001", filter="GEBEN1=ENERG-GAS").values_list("unit", flat=True)
    assert sorted(units) == ["%", "Anzahl"]
    found = OfficialValue.objects.filter(series__measure="BTT004", value__gt=100)
    assert not found.exists(), "77.4 read as 774"
    with pytest.raises(CommandError, match="Würfelformat"):
        command(REAL / "restatis_cube_12711KJ001.csv")


def test_a_dry_run_counts_alike_and_stores_nothing(read_in):
    file = ffcsv(row("71738"), row("35000", sex="GESM"), row("-", area="16056"))
    dry = read_in(file, dry_run=True)
    assert counted(dry) == {"neu": 2, "geändert": 0, "unverändert": 0, "aufgelöst": 1}
    assert not OfficialValue.objects.exists()
    assert not Indicator.objects.exists()
    assert counted(read_in(file)) == counted(dry)
    assert OfficialValue.objects.count() == 2


def test_a_correction_keeps_the_former_value(read_in):
    read_in(ffcsv(row("71738")))
    assert "1 geändert" in read_in(ffcsv(row("71800")))
    value = OfficialValue.objects.get()
    former = OfficialCorrection.objects.get()
    assert (value.value, former.value) == (71800, 71738)
    assert former.former_import.pk < value.stat_import.pk


def test_areas_periods_units_and_signs_of_both_kinds_of_file(read_in):
    ars = row("13000", area="160775052043", variable="GEMEIN", time="2022-05-15")
    said = counted(
        read_in(
            ffcsv(
                ars,
                row("2120000", area="16", variable="DLAND"),
                row("83", area="DG", variable="DINSG", unit="Mill. EUR", time="2024"),
                row("(12,5)", time="2023-10P6M"),
                row("."),
                row("4", area="09162"),
                row("5", area="16999"),
                row("40000", area="16063105", variable="GEMEIN", time="2020-12-31"),
                row("-1,2345", measure="SALDO"),
            )
        )
    )
    assert said["neu"] == 6
    assert (said["anderes Land"], said["unbekanntes Gebiet"]) == (1, 1)
    assert said["Gebiet gab es an diesem Tag noch nicht"] == 1
    assert OfficialValue.objects.get(area__code="16077043").value == 13000
    assert str(OfficialValue.objects.get(length="P6M")).endswith("WS 2023/24")
    assert OfficialValue.objects.get(length="P6M").quality == "()"
    assert OfficialValue.objects.get(sign=".").value is None
    assert OfficialValue.objects.get(series__measure="SALDO").value == Decimal("-1.2345")
    million = OfficialSeries.objects.get(unit="Mill. EUR")
    assert (million.factor, million.indicator.unit) == (1_000_000, "EUR")


def test_a_measure_of_nothing_but_dashes_is_not_published_yet(read_in):
    file = ffcsv(row("-"), row("-", area="16066"), row("7", measure="ANDERES"))
    assert counted(read_in(file, dry_run=True))["vermutlich noch nicht veröffentlicht"] == 2
    assert counted(read_in(file, unpublished=True, dry_run=True))["neu"] == 3


def test_two_variables_of_a_place_are_asked_about(read_in):
    twice = row("5").replace("GES;Geschlecht;;Insgesamt", "DLAND;Herkunft;09;Bayern")
    with pytest.raises(CommandError, match="Wählen Sie"):
        read_in(ffcsv(twice))
    assert counted(read_in(ffcsv(twice), region="KREISE"))["neu"] == 1


GOOD = ffcsv(row("5"))
HOSTILE = {
    "latin-1 under the new heads": (
        ffcsv(row("5")).decode().replace("Kyffhäuser", "Kyffhäuserä").encode("latin-1", "ignore"),
        "UTF-8",
    ),
    "utf-16": (ffcsv(row("5")).decode().encode("utf-16"), "UTF-16"),
    "an endless line": (ffcsv() + b"5" * 200_000, "länger als"),
    "a missing column": (ffcsv(row("5"), head=HEAD.replace("value_unit;", "")), "value_unit"),
    "a formula": (ffcsv(row("=1+1")), "Formel"),
    "a bomb": (zipped(("a.csv", GOOD + b"0" * 3_000_000)), "zu groß"),
    "a damaged package": (damaged(ffcsv()), "beschädigt"),
    "a damaged package, packed otherwise": (damaged(ffcsv(), zipfile.ZIP_LZMA), "beschädigt"),
    "two tables": (zipped(("a.csv", GOOD), ("b.csv", GOOD)), "genau eine"),
    "a workbook": (zipped(("[Content_Types].xml", "x"), ("b.xml", "y")), "XLSX"),
    "two decimal marks in a file": (ffcsv(row("5,1", unit="%"), row("5.1", unit="%", sex="GESM")), "Dezimalstellen"),
    "two marks in a number": (ffcsv(row("1.234,5")), "weder Zahl"),
    "thousands or decimals": (ffcsv(row("49.203")), "Tausend"),
    "a number beyond all": (ffcsv(row("1" + "0" * 30)), "größer"),
    "a zero byte": (ffcsv(row("5"), row("5\x00")), "Zeile 3 ist beschädigt"),
    "an error of the interface": (b'{"Ident":{"Service":"data"},"Status":{"Code":104}}', "JSON"),
    "a web page": (b"<!DOCTYPE html><html></html>", "Webseite"),
    "nothing": (b"", "leer"),
    "only heads": (ffcsv(), "keine Zeilen"),
    "a unit that says nothing": (ffcsv(row("5", unit="jew. ME")), "Einheit"),
    "a wrong day": (ffcsv(row("5", time="2024-13-31")), "Datum"),
    "rows that contradict each other": (ffcsv(row("5"), row("6")), "Verschiedenes"),
    "a row cut off": (GOOD[:-40], "Spalten"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_such_table_ends_with_a_sentence_and_nothing_stored(read_in, name):
    content, words = HOSTILE[name]
    with pytest.raises(CommandError, match=words):
        read_in(content)
    assert not StatImport.objects.exists()
    assert not OfficialValue.objects.exists()


def test_a_packed_table_is_read(read_in):
    assert counted(read_in(zipped(("tabelle.csv", GOOD))))["neu"] == 1
