"""Tables as offices keep them: heads in two rows, headings between, sums, footnotes, hidden rows, thousands."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from funding.models import StateGrant
from participation.models import Event
from planning.models import ActionField, Offer, PlannerPost, PlanningRegion, Provider
from records.registry import kind_of
from tests.factories import make
from tests.records.tables import confirm, csv_file, errors, read_in, result, xlsx
from tests.records.test_tables_of_others import answers, asked

pytestmark = [pytest.mark.usefixtures("quiet"), pytest.mark.once]
OFFERS, GRANTS, EVENTS = kind_of(Offer), kind_of(StateGrant), kind_of(Event)


def saved(book: Workbook) -> SimpleUploadedFile:
    buffer = BytesIO()
    book.save(buffer)
    return SimpleUploadedFile("liste.xlsx", buffer.getvalue())


def printed_list() -> Workbook:
    """A list as it is printed: a title, heads in two rows, headings between, a sum, and the heads again on page two."""
    book = Workbook()
    sheet = book.active
    heads = [["Angebot", "Träger", "Laufzeit", None, "Plätze"], [None, None, "von", "bis", None]]
    rows = [
        ["Familienangebote 2019 (Beispiel)"],
        *heads,
        [1, 2, 3, 4, 5],
        ["Handlungsfeld 1: Bildung"],
        ["Krabbelgruppe", "Volkshochschule", "2016", "Ende 2018", 12],
        ["Elterncafé*", "Volkshochschule", "Mai 2017", None, 20],
        ["Zwischensumme", None, None, None, 32],
        *heads,
        ["HF 2"],
        ["Familienpaten", "Volkshochschule", "1. Hj. 2018", "2019", 8],
        ["Alter Kurs", "Volkshochschule", "2010", "2011", 5],
        ["Insgesamt:", None, None, None, 45],
        [],
        ["* ohne Ferien"],
        ["Quelle: eigene Erhebung"],
        ["Seite 1 von 2"],
    ]
    for row in rows:
        sheet.append(row)
    for area in ("A1:E1", "A2:A3", "B2:B3", "C2:D2", "E2:E3", "A5:E5", "A9:A10", "B9:B10", "C9:D9", "E9:E10"):
        sheet.merge_cells(area)
    sheet.row_dimensions[13].hidden = True
    return book


@pytest.fixture
def known(cast):
    make(Provider, cast.home, title="Volkshochschule")
    for number, title in ((1, "Bildung"), (2, "Beratung")):
        make(ActionField, None, number=number, title=title)


def test_a_printed_list_is_read_with_its_two_rows_of_heads_and_without_what_is_no_record(cast, known):
    first = read_in(cast, OFFERS, saved(printed_list()))
    opened = first.context["preview"].open
    columns = {c.head: next(choice.value for choice in c.choices if choice.is_chosen) for c in opened.columns}
    assert columns == {
        "Angebot": "title",
        "Träger": "provider",
        "Laufzeit von": "begin",
        "Laufzeit bis": "end",
        "Plätze": "capacity",
        "Zwischenüberschriften": "action_fields",
    }
    assert [(left.kind, left.numbers) for left in opened.asides] == [
        ("Nummern der Spalten", [4]),
        ("Zwischenüberschrift", [5]),
        ("Summe", [8]),
        ("Kopfzeile, wiederholt", [9]),
        ("Kopfzeile, wiederholt", [10]),
        ("Zwischenüberschrift", [11]),
        ("Summe", [14]),
        ("Anmerkung", [16]),
        ("Anmerkung", [17]),
        ("Seitenzahl", [18]),
        ("ausgeblendet", [13]),
    ]
    assert not errors(first)
    assert result(first) == (3, 0, 0, 0)
    taken = cast.client().post(OFFERS.url("import", cast.home), answers(first, einlesen=["13"]))
    assert result(taken) == (4, 0, 0, 0)
    confirm(cast, OFFERS, taken)
    found = {
        o.title: ([f.number for f in o.action_fields.all()], str(o.begin), str(o.end)) for o in Offer.objects.all()
    }
    assert found == {
        "Krabbelgruppe": ([1], "2016", "2. Halbjahr 2018"),
        "Elterncafé*": ([1], "Mai 2017", "None"),
        "Familienpaten": ([2], "1. Halbjahr 2018", "2019"),
        "Alter Kurs": ([2], "2010", "2011"),
    }


def test_what_a_column_counts_in_and_how_it_rounds_is_one_question(cast):
    book = Workbook()
    rows = [["Jahr", "Beantragt (T€)"], *([2017 + n, 12.5 + n] for n in range(3)), [2021, "1.250,5 T€"]]
    for row in rows:
        book.active.append(row)
    first = read_in(cast, GRANTS, saved(book))
    sent = answers(first, **{"spalte-1": "applied_amount"})
    second = cast.client().post(GRANTS.url("import", cast.home), sent)
    assert asked(second) == {("applied_amount", "Beantragt (T€)"): 3}
    assert "Stehen die Zahlen dieser Spalte in Tausend?" in second.content.decode()
    third = cast.client().post(GRANTS.url("import", cast.home), answers(second, {"Beantragt (T€)": "*1000"}))
    assert not errors(third)
    confirm(cast, GRANTS, third)
    amounts = {grant.year: str(grant.applied_amount) for grant in StateGrant.objects.all()}
    assert amounts == {2017: "12500.00", 2018: "13500.00", 2019: "14500.00", 2021: "1250500.00"}


def test_a_cell_counts_as_it_shows_where_the_field_holds_no_more_and_is_asked_about_where_it_does(cast):
    book = Workbook()
    book.active.append(["Förderjahr", "Beantragter Betrag (Euro)"])
    for number, (value, form) in enumerate(
        [(12.999999, "0.00"), (0.1 + 0.2, "#,##0.00 €"), (1234.56, "#,##0")], start=2
    ):
        book.active.cell(number, 1, 2015 + number)
        book.active.cell(number, 2, value).number_format = form
    first = read_in(cast, GRANTS, saved(book))
    about = "Nachkommastellen von Beantragter Betrag (Euro)"
    assert asked(first) == {("applied_amount", about): 1}
    second = cast.client().post(GRANTS.url("import", cast.home), answers(first, {about: "*gespeichert"}))
    confirm(cast, GRANTS, second)
    assert [str(g.applied_amount) for g in StateGrant.objects.order_by("year")] == ["13.00", "0.30", "1234.56"]


def test_days_and_spans_of_events_become_begin_and_end(cast):
    table = [
        ["Veranstaltung", "Datum", "Ort"],
        ["Werkstatt", "12.–14.05.2019", "Artern"],
        ["Abend", "3.6.2019", "Roßleben"],
    ]
    response = read_in(cast, EVENTS, csv_file(table))
    cells = {
        row.title: {cell.label: cell.new for cell in row.cells} for row in response.context["preview"].checked.rows
    }
    assert {t: (c.get("Beginn"), c.get("Ende", "")) for t, c in cells.items()} == {
        "Werkstatt": ("12.05.2019", "14.05.2019"),
        "Abend": ("03.06.2019", ""),
    }


def test_a_short_list_of_ours_and_a_list_of_one_column_lose_nothing(cast):
    response = read_in(
        cast, kind_of(Provider), xlsx([["Träger", "Art"], ["Hinweis e. V.", "Verein"], ["Summe", "Verein"]])
    )
    titles = {row.title for row in response.context["preview"].checked.rows}
    assert titles == {"Hinweis e. V.", "Summe"}
    one = read_in(
        cast, kind_of(PlanningRegion), xlsx([["Planungsregion"], ["Quelle Unstrut"], ["Seite Ost"], ["Nord"]])
    )
    assert {row.title for row in one.context["preview"].checked.rows} == {"Quelle Unstrut", "Seite Ost", "Nord"}


def test_a_block_from_the_clipboard_keeps_its_quotes_and_lines(cast):
    pasted = 'Angebot\tBeschreibung\n"Eltern" e. V.\t"zwei\nZeilen mit ""Wort"""\n"offen\tletzte\n'
    response = cast.client().post(OFFERS.url("import", cast.home), {"pasted": pasted})
    confirm(cast, OFFERS, response)
    assert dict(Offer.objects.values_list("title", "description")) == {
        '"Eltern" e. V.': 'zwei\nZeilen mit "Wort"',
        '"offen': "letzte",
    }


AMOUNTS = {
    "1'234,50": "1234.50",
    "1 234,50 €": "1234.50",
    "12,–": "12.00",
    "12 Tsd. €": "12000.00",
    "3,5 T€": "3500.00",
    "1,2 Mio. €": "1200000.00",
}


def test_amounts_are_understood_in_the_ways_of_offices(cast):
    rows = [[2018 + place, typed] for place, typed in enumerate(AMOUNTS)]
    response = read_in(cast, GRANTS, csv_file([["Förderjahr", "Beantragter Betrag (Euro)"], *rows]))
    confirm(cast, GRANTS, response)
    assert [str(grant.applied_amount) for grant in StateGrant.objects.order_by("year")] == list(AMOUNTS.values())


def test_short_names_are_proposed_and_never_taken_by_themselves(cast, known):
    for title in ("Jugendamt", "Landkreis Kyffhäuserkreis", "AWO Kreisverband Beispiel"):
        make(Provider, cast.home, title=title)
    rows = [["Eins", "JA"], ["Zwei", "LK Kyff."], ["Drei", "AWO"], ["Vier", "vhs"]]
    first = read_in(cast, OFFERS, xlsx([["Angebot", "Träger"], *rows]))
    assert result(first)[3] == 4
    questions = first.context["preview"].open.questions
    proposed = {q.question.text: next((c.label for c in q.choices if c.is_chosen), "") for q in questions}
    assert proposed == {"JA": "Jugendamt", "LK Kyff.": "Landkreis Kyffhäuserkreis", "AWO": "", "vhs": "Volkshochschule"}
    labels = {q.question.text: [c.label for c in q.choices] for q in questions}
    assert next(each for each in labels["AWO"] if not each.startswith("neu anlegen")) == "AWO Kreisverband Beispiel"


def test_a_number_in_brackets_is_asked_about(cast):
    post = kind_of(PlannerPost)
    response = read_in(cast, post, csv_file([["Stelle", "Umfang (VzÄ)"], ["Planung", "(0,5)"]]))
    assert "„−0,50“ oder „0,50“" in " ".join(errors(response).values())
