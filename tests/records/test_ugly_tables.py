"""Tables in which somebody has ticked, repeated, coloured and struck through: nothing false comes of them."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from participation.models import Event
from planning.models import ActionField, Indicator, IndicatorValue, Measure, Offer, Provider, TargetGroup
from records.registry import kind_of
from tests.factories import make
from tests.records.tables import confirm, csv_file, errors, read_in, result, xlsx
from tests.records.test_tables_as_they_are import saved
from tests.records.test_tables_of_others import answers
from tests.records.test_years_side_by_side import chosen, notes

pytestmark = [pytest.mark.usefixtures("quiet"), pytest.mark.once]
OFFERS = kind_of(Offer)
AS_ODS = Path(__file__).parent / "office_files" / "farben.ods"  # coloured(), written by LibreOffice


def merged(table: list[list[object]], *areas: str) -> Workbook:
    book = Workbook()
    for row in table:
        book.active.append(row)
    for area in areas:
        book.active.merge_cells(area)
    return book


def linked(name: str) -> dict[str, list[str]]:
    return {offer.title: sorted(map(str, getattr(offer, name).all())) for offer in Offer.objects.all()}


def asides(response) -> list[tuple[str, list[int]]]:
    return [(left.kind, left.numbers) for left in response.context["preview"].open.asides]


@pytest.fixture
def known(cast):
    make(Provider, cast.home, title="Volkshochschule")
    for number, title in ((1, "Bildung"), (2, "Beratung")):
        make(ActionField, None, number=number, title=title)
    for title in ("Eltern", "Kinder"):
        make(TargetGroup, cast.home, title=title)


def test_ticks_below_names_become_one_column_of_these_names(cast, known):
    table = [
        ["Angebot", "Zielgruppe", None, None, "Handlungsfeld", None],
        [None, "Eltern", "Kinder", "Senioren", 1, 2],
        ["Krabbelgruppe", "x", "X", None, "x", None],
        ["Elterncafé", "✓", None, None, "x", "(x)"],
    ]
    first = read_in(cast, OFFERS, saved(merged(table, "A1:A2", "B1:D1", "E1:F1")))
    assert chosen(first)["Zielgruppen (angekreuzt)"] == "target_groups"
    assert notes(first) == [
        "Angekreuzt ist unter: Zielgruppe Eltern, Zielgruppe Kinder, Handlungsfeld 1, Handlungsfeld 2. "
        "Gelesen wird der Name, unter dem ein Kreuz steht."
    ]
    assert list(errors(first).values()) == [
        "„Handlungsfeld 2 (x?)“ gibt es hier nicht. Ähnlich heißen: „2 Beratung“, „1 Bildung“."
    ]
    second = cast.client().post(OFFERS.url("import", cast.home), answers(first, {"Handlungsfeld 2 (x?)": "-"}))
    confirm(cast, OFFERS, second)
    assert linked("target_groups") == {"Krabbelgruppe": ["Eltern", "Kinder"], "Elterncafé": ["Eltern"]}


def test_ticks_below_names_that_are_known_or_of_which_the_person_says_what_they_are(cast, known):
    table = [["Angebot", "Senioren", "Vereine", "Kinder", "HF 2"], ["Treff", "x", "x", "x", "x"], ["Fest", "", "x"]]
    first = read_in(cast, OFFERS, csv_file(table))
    assert chosen(first) == {
        "Angebot": "title",
        "Zielgruppen (angekreuzt)": "target_groups",
        "Handlungsfelder (angekreuzt)": "action_fields",
        "Angekreuzt: Senioren, Vereine": "",
    }
    assert "Angekreuzt: Senioren, Vereine" in first.context["preview"].unknown
    assert result(first) == (2, 0, 0, 0)
    columns = {column.head: column.number for column in first.context["preview"].open.columns}
    said = {f"spalte-{columns['Zielgruppen (angekreuzt)']}": "", f"spalte-{max(columns.values())}": "target_groups"}
    second = cast.client().post(OFFERS.url("import", cast.home), answers(first, **said))
    third = cast.client().post(OFFERS.url("import", cast.home), answers(second))
    assert result(third) == (2, 0, 0, 0)
    confirm(cast, OFFERS, third)
    assert linked("target_groups") == {"Treff": ["Senioren", "Vereine"], "Fest": ["Vereine"]}


def test_a_tick_below_a_word_for_yes_and_no_stays_yes(cast, known):
    response = read_in(cast, OFFERS, csv_file([["Angebot", "Beispiel?", "Senioren"], ["Treff", "x", "x"]]))
    assert chosen(response) == {"Angebot": "title", "Beispiel?": "is_example", "Senioren": ""}


def test_what_is_the_same_as_above_is_read_and_what_says_nothing_is_never_created(cast, known):
    table = [
        ["Angebot", "Träger", "Zielgruppe", "Beginn"],
        ["Kurs P", "Volkshochschule", "• Eltern\n• Kinder", "2018"],
        ["Zwischensumme", "", "", "1"],
        ["Kurs Q", '"', "dito", "s. o."],
        ["Kurs R", "wie oben", "k. A.", "2019"],
        ["Kurs S", "", "?", "2019"],
    ]
    first = read_in(cast, OFFERS, xlsx(table))
    assert notes(first) == ['„dito“, „"“ und Ähnliches heißt: dasselbe wie darüber. So gelesen in Zeile 4, 5.']
    questions = first.context["preview"].open.questions
    assert [(each.question.text, [c.label for c in each.choices if c.is_chosen]) for each in questions] == [
        ("k. A.", []),
        ("?", []),
    ]
    empty = cast.client().post(OFFERS.url("import", cast.home), answers(first, {"k. A.": "-", "?": "-"}))
    confirm(cast, OFFERS, empty)
    assert [(o.title, str(o.provider), str(o.begin)) for o in Offer.objects.order_by("title")] == [
        ("Kurs P", "Volkshochschule", "2018"),
        ("Kurs Q", "Volkshochschule", "2018"),
        ("Kurs R", "Volkshochschule", "2019"),
        ("Kurs S", "None", "2019"),
    ]
    assert linked("target_groups")["Kurs Q"] == ["Eltern", "Kinder"]


def test_two_rows_of_heads_without_merged_cells_lose_no_head(cast):
    table = [
        ["Maßnahmen 2024"],
        ["Maßnahme", "Laufzeit", "", "Kosten", ""],
        ["", "von", "bis", "Land", "Kreis"],
        ["Familienpaten", "03/2024", "12/2024", "1.200 €", "300"],
    ]
    response = read_in(cast, kind_of(Measure), csv_file(table))
    assert chosen(response) == {
        "Maßnahme": "title",
        "Laufzeit von": "begin",
        "Laufzeit bis": "end",
        "Kosten Land": "",
        "Kosten Kreis": "",
    }


def test_headings_by_letter_and_the_key_below_are_no_records(cast, known):
    table = [
        ["Nr", "Angebot", "Träger", "Plätze"],
        ["A", "Bildung", "", ""],
        ["1", "Kurs A", "Volkshochschule", "12"],
        ["2", "Kurs B", "Volkshochschule", "8"],
        ["", "Summe A", "", "20"],
        ["B", "Beratung", "", ""],
        ["3", "Beratung C", "Volkshochschule", "5"],
        ["Legende:", "", "", ""],
        ["grün", "läuft", "", ""],
        ["K", "Kooperation mit anderen Trägern", "", ""],
    ]
    response = read_in(cast, OFFERS, csv_file(table))
    assert asides(response) == [
        ("Zwischenüberschrift", [2]),
        ("Summe", [5]),
        ("Zwischenüberschrift", [6]),
        ("Anmerkung", [8]),
        ("Anmerkung", [9]),
        ("Anmerkung", [10]),
    ]
    confirm(cast, OFFERS, response)
    assert linked("action_fields") == {"Kurs A": ["1 Bildung"], "Kurs B": ["1 Bildung"], "Beratung C": ["2 Beratung"]}


@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_colours_and_comments_are_named_and_struck_rows_left_out(cast, known, form):
    response = read_in(
        cast, OFFERS, saved(coloured()) if form == "xlsx" else SimpleUploadedFile("liste.ods", AS_ODS.read_bytes())
    )
    assert notes(response) == [
        "Farben werden nicht gelesen (Zeile 3). Was sie bedeuten, gehört in eine eigene Spalte.",
        "Einzelnes ist durchgestrichen und wird eingelesen: Zeile 4.",
        "Kommentare an Zellen werden nicht gelesen.",
    ]
    assert asides(response) == [("durchgestrichen", [5])]
    assert result(response) == (3, 0, 0, 0)
    assert "Farben werden nicht gelesen" in response.content.decode()


ROWS = [["Krabbelgruppe", "2018"], ["Elterncafé", "2019"], ["Vätertreff", "2017"], ["Kochkurs", "2016"]]


def coloured() -> Workbook:
    book = merged([["Angebot", "Beginn"], *ROWS])
    sheet = book.active
    sheet["A3"].fill = PatternFill("solid", start_color="FF92D050")
    sheet["B4"].font = Font(strike=True)
    sheet["A5"].font = sheet["B5"].font = Font(strike=True)
    sheet["B2"].comment = Comment("läuft aus", "Amt")
    return book


def test_every_row_in_stripes_says_nothing(cast):
    book = merged([["Angebot", "Beginn"], *ROWS])
    for row in (3, 5):
        book.active.cell(row, 1).fill = PatternFill("solid", start_color="FFEEEEEE")
    response = read_in(cast, OFFERS, saved(book))
    assert response.context["preview"].open is None
    assert result(response) == (4, 0, 0, 0)


def test_a_profile_with_its_names_one_below_the_other_becomes_a_record(cast, known):
    table = [
        ["Steckbrief", ""],
        ["Name des Angebots:", "Krabbelgruppe"],
        ["Träger:", "Volkshochschule"],
        ["Beginn:", "2018"],
        ["Zielgruppe:", "Eltern"],
    ]
    response = read_in(cast, OFFERS, xlsx(table))
    assert notes(response) == [
        "Die Namen der Felder stehen untereinander: Daraus wird je Spalte ein Eintrag. Zeile 2 ist hier Spalte B."
    ]
    second = cast.client().post(OFFERS.url("import", cast.home), answers(response))
    confirm(cast, OFFERS, second)
    offer = Offer.objects.get()
    assert (offer.title, str(offer.provider), str(offer.begin)) == ("Krabbelgruppe", "Volkshochschule", "2018")


def test_one_year_of_a_row_can_be_left_out_and_is_wrong_by_itself(cast):
    make(Indicator, None, title="Einwohner")
    table = [["Kennzahl", "Gebiet", "2018", "2019", "2020"], ["Einwohner", "Kyffhäuserkreis", "1200", "viele", "1190"]]
    kind = kind_of(IndicatorValue)
    first = read_in(cast, kind, csv_file(table))
    assert [row.state for row in first.context["preview"].checked.rows] == ["fehlerhaft", "neu", "neu"]
    page = first.content.decode()
    assert 'aria-label="Zeile 2 (2019) auslassen"' in page
    wrong = first.context["preview"].checked.rows[0].number
    second = cast.client().post(kind.url("import", cast.home), answers(first, weglassen=[wrong]))
    assert "Von Ihnen ausgelassen: Zeile 2 (2019)." in second.content.decode()
    confirm(cast, kind, second)
    assert sorted(IndicatorValue.objects.values_list("year", flat=True)) == [2018, 2020]


def test_what_when_and_where_are_names_of_columns(cast):
    response = read_in(
        cast, kind_of(Event), csv_file([["Was", "Wann", "Wo"], ["Werkstatt", "Mitte März 24", "Artern"]])
    )
    assert chosen(response) == {"Was": "title", "Wann": "begin", "Wo": "place"}


def test_a_word_with_which_one_choice_begins_is_proposed(cast):
    first = read_in(cast, kind_of(Provider), csv_file([["Träger", "Art"], ["DRK", "Verein"], ["AWO", "e. V."]]))
    questions = first.context["preview"].open.questions
    proposed = {each.question.text: [c.label for c in each.choices if c.is_chosen] for each in questions}
    assert proposed == {"Verein": ["Verein oder Initiative"], "e. V.": []}
    assert not Provider.objects.exists()


def test_equal_tables_side_by_side_are_read_one_below_the_other(cast, known):
    table = [
        ["Angebote 2019"],
        ["Träger", "Angebot", None, "Träger", "Angebot"],
        ["Volkshochschule", "Kurs 1", None, "Volkshochschule", "Kurs 4"],
        [None, "Kurs 2", None, None, "Kurs 5"],
        [None, "Kurs 3"],
        [None, None, None, "Volkshochschule", "Kurs 6"],
    ]
    response = read_in(cast, OFFERS, saved(merged(table, "A3:A5", "D3:D4")))
    assert notes(response) == [
        "Gleiche Tabellen stehen nebeneinander: Die rechte folgt hier der linken, ihre Zeile 2 ist Zeile 1002."
    ]
    assert [(row.number, row.title) for row in response.context["preview"].checked.rows] == [
        (3, "Kurs 1"),
        (4, "Kurs 2"),
        (5, "Kurs 3"),
        (1003, "Kurs 4"),
        (1004, "Kurs 5"),
        (1006, "Kurs 6"),
    ]
    confirm(cast, OFFERS, response)
    assert Offer.objects.filter(provider__title="Volkshochschule").count() == 6
