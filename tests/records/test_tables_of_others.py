"""A planner's day begins with somebody else's table: own columns, own order, a title, names that do not exist yet."""

import json
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from planning.models import ActionField, Commune, Measure, Need, Offer, PlanningRegion, Provider, TargetGroup
from records.models import ColumnChoice, TableImport
from records.registry import kind_of
from tests.factories import make
from tests.records.tables import confirm, csv_file, errors, read_in, result, xlsx

pytestmark = [pytest.mark.usefixtures("quiet"), pytest.mark.once]
OFFERS = kind_of(Offer)

TITLE = ["Übersicht Familienangebote im Landkreis (Stand: März 2019)"]
HEADS = [
    "lfd. Nr.",
    "Einrichtung / Träger",
    "Name des Angebots",
    "HF",
    "Für wen?",
    "Standortgemeinde",
    "Laufzeit",
    "Inhalte",
]
WHO = ["Eltern, Großeltern", "Eltern\nKinder", "Eltern + Kinder", "Jugendliche"]
WHEN = ["seit 2016", "2018/19", "01.09.2017–31.12.2018", "März 2018 bis Ende 2019"]


def twelve() -> list[list[object]]:
    rows: list[list[object]] = [
        [
            n,
            "AWO Beispiel e. V." if n % 3 else "Volkshochschule",
            f"Angebot {n}",
            "1" if n % 2 else "1, 2",
            WHO[n % 4],
            "Musterstadt" if n > 6 else "Artern",
            WHEN[n % 4],
            f"Inhalt {n}",
        ]
        for n in range(1, 13)
    ]
    return [TITLE, [], HEADS, *rows, ["Summe", None, 12]]


@pytest.fixture
def known(cast):
    """What the municipality has already; neither the AWO nor three of the groups nor Musterstadt are there."""
    make(Provider, cast.home, title="Volkshochschule")
    make(TargetGroup, cast.home, title="Eltern")
    make(Commune, cast.home, name="Artern")
    for number in (1, 2):
        make(ActionField, None, number=number, title=f"Feld {number}")


def answers(response, said=None, **more):
    """What a browser sends of the form with columns and questions: as it is proposed, or as is said by text."""
    opened = response.context["preview"].open
    sent = {"zuordnen": opened.number, "kopf": opened.head_row}
    for number, asked in enumerate(opened.questions):
        chosen = [choice.value for choice in asked.choices if choice.is_chosen]
        sent |= {f"frage-{number}": asked.key, f"antwort-{number}": chosen[0] if chosen else ""}
        sent |= {f"antwort-{number}": (said or {}).get(asked.question.text, sent[f"antwort-{number}"])}
    for column in opened.columns:
        sent[f"spalte-{column.number}"] = next(choice.value for choice in column.choices if choice.is_chosen)
    return sent | more


def asked(response) -> dict[tuple[str, str], int]:
    """Questions by field and text, with the number of rows."""
    questions = response.context["preview"].open.questions
    return {(each.question.field, each.question.text): len(each.question.rows) for each in questions}


def test_twelve_offers_with_own_columns_are_read_in_within_three_pages(cast, known):
    first = read_in(cast, OFFERS, xlsx(twelve()))
    columns = {
        column.head: next(c.value for c in column.choices if c.is_chosen)
        for column in first.context["preview"].open.columns
    }
    assert columns == {
        "lfd. Nr.": "",
        "Einrichtung / Träger": "provider",
        "Name des Angebots": "title",
        "HF": "action_fields",
        "Für wen?": "target_groups",
        "Standortgemeinde": "commune",
        "Laufzeit": "begin–end",
        "Inhalte": "description",
    }
    assert asked(first) == {
        ("provider", "AWO Beispiel e. V."): 8,
        ("target_groups", "Großeltern"): 3,
        ("target_groups", "Kinder"): 6,
        ("target_groups", "Jugendliche"): 3,
        ("commune", "Musterstadt"): 6,
    }
    assert not Offer.objects.exists()
    said = {
        "AWO Beispiel e. V.": "+association|AWO Beispiel e. V.",
        "Großeltern": "+|Großeltern",
    }  # the rest is proposed
    second = cast.client().post(OFFERS.url("import", cast.home), answers(first, said))
    assert not errors(second)
    assert result(second) == (12, 0, 0, 0)
    assert (Offer.objects.count(), Provider.objects.count()) == (0, 1), "a preview stores nothing"
    confirm(cast, OFFERS, second)
    assert Offer.objects.count() == 12
    assert Provider.objects.filter(title="AWO Beispiel e. V.").count() == 1
    one = Offer.objects.get(title="Angebot 3")
    assert (str(one.begin), str(one.end), one.commune.name, one.provider.title) == (
        "März 2018",
        "2. Halbjahr 2019",
        "Artern",
        "Volkshochschule",
    )
    assert {group.title for group in Offer.objects.get(title="Angebot 2").target_groups.all()} == {"Eltern", "Kinder"}
    assert [field.number for field in Offer.objects.get(title="Angebot 2").action_fields.all()] == [1, 2]
    assert (str(Offer.objects.get(title="Angebot 5").begin), str(Offer.objects.get(title="Angebot 5").end)) == (
        "2018",
        "2019",
    )
    assert Offer.objects.get(title="Angebot 4").end is None


def test_what_was_said_about_columns_is_kept_for_the_next_table_with_the_same_heads(cast, known):
    table = [["Was", "Von wem", "Notiz"], ["Erstes", "Volkshochschule", "Text"]]
    first = read_in(cast, OFFERS, xlsx(table))
    sent = answers(first, **{"spalte-0": "title", "spalte-1": "provider", "spalte-2": "description"})
    confirm(cast, OFFERS, cast.client().post(OFFERS.url("import", cast.home), sent))
    assert Offer.objects.get().description == "Text"
    again = read_in(cast, OFFERS, csv_file([table[0], ["Zweites", "Volkshochschule", "Mehr"]]))
    assert result(again) == (1, 0, 0, 0)
    confirm(cast, OFFERS, again)
    assert set(Offer.objects.values_list("description", flat=True)) == {"Text", "Mehr"}
    assert ColumnChoice.objects.count() == 1


def test_the_person_chooses_another_sheet_and_row_of_heads(cast):
    table = [["Irgendwas", "dazu"], ["Bedarfe", "2018"], ["Thema", "Text dazu"], ["Kita am Abend", "Langer Text"]]
    first = read_in(cast, kind_of(Need), xlsx(table))
    assert first.status_code == 422
    assert "Ordnen Sie die Spalten unten zu" in first.content.decode()
    second = cast.client().post(kind_of(Need).url("import", cast.home), answers(first, kopf="3"))
    heads = [column.head for column in second.context["preview"].open.columns]
    assert heads == ["Thema", "Text dazu"]


def test_a_missing_column_that_is_needed_is_one_question_for_all_rows(cast, known):
    measures = kind_of(Measure)
    make(Need, cast.home)  # with it comes a cycle, which a new measure begins with
    field = ActionField.objects.get(number=2)
    table = [["Name der Maßnahme", "Was geschieht"], *([f"Maßnahme {n}", "Text"] for n in range(40))]
    first = read_in(cast, measures, xlsx(table))
    assert asked(first) == {("action_field", ""): 40}
    sent = answers(first, **{"antwort-0": f"={field.pk}", "spalte-1": "description"})
    second = cast.client().post(measures.url("import", cast.home), sent)
    assert result(second) == (40, 0, 0, 0)
    confirm(cast, measures, second)
    assert set(Measure.objects.values_list("action_field", "description")) == {(field.pk, "Text")}


def test_rows_that_are_wrong_can_be_left_out_and_a_written_answer_counts_for_all(cast, known):
    table = [
        ["Angebot", "Beginn", "Anmerkungen"],
        ["Eins", "Ende Juni", "x"],
        ["Zwei", "Ende Juni", "x"],
        ["", "2018", "x"],
    ]
    first = read_in(cast, OFFERS, xlsx(table))
    assert asked(first) == {("title", ""): 1, ("begin", "Ende Juni"): 2}
    sent = answers(first, **{"text-1": "Juni 2019", "weglassen": ["4"]})
    second = cast.client().post(OFFERS.url("import", cast.home), sent)
    assert result(second) == (2, 0, 0, 0)
    confirm(cast, OFFERS, second)
    assert {offer.begin.iso for offer in Offer.objects.all()} == {"2019-06"}


def test_nothing_is_created_without_right_and_answers_that_were_not_offered_say_nothing(cast, known):
    other = make(Provider, cast.away, title="Fremd")
    table = [["Angebot", "Anbieter"], ["Eins", "AWO"]]
    first = read_in(cast, OFFERS, xlsx(table))
    sent = answers(first, **{"antwort-0": f"={other.pk}"})
    second = cast.client().post(OFFERS.url("import", cast.home), sent)
    assert result(second)[3] == 1
    forged = {**sent, "frage-0": json.dumps(["municipality", "x"]), "antwort-0": "+Neu"}
    assert cast.client().post(OFFERS.url("import", cast.home), forged).status_code == 422
    strange = cast.client("foreign_planner").post(OFFERS.url("import", cast.home), sent)
    assert strange.status_code in (403, 404)
    assert not TableImport.objects.filter(state="seen").exists()


def test_regions_by_their_words_in_a_column_without_telling_head(cast, known):
    for title in ("Nord", "Süd", "Mitte und Ost"):
        make(PlanningRegion, cast.home, title=title)
    table = [["Angebot", "Wo"], ["Eins", "Nord und Süd"], ["Zwei", "Mitte und Ost / Nord"], ["Drei", "Süd"]]
    response = read_in(cast, OFFERS, xlsx(table))
    confirm(cast, OFFERS, response)
    found = {offer.title: {region.title for region in offer.regions.all()} for offer in Offer.objects.all()}
    assert found == {"Eins": {"Nord", "Süd"}, "Zwei": {"Mitte und Ost", "Nord"}, "Drei": {"Süd"}}


def test_a_file_of_a_mac_is_refused_and_named(cast):
    file = SimpleUploadedFile("liste.csv", "Angebot;Träger\r\nGespräch;Köln\r\n".encode("mac_roman"))
    response = read_in(cast, OFFERS, file)
    assert "Die Umlaute der Datei lassen sich nicht lesen" in response.context["form"].errors["file"][0]


def test_the_template_offers_what_columns_take(cast, known):
    content = cast.client().get(OFFERS.url("xlsx", cast.home)).content
    book = load_workbook(BytesIO(content))
    lists = {str(each.sqref): each.formula1 for each in book.active.data_validations.dataValidation}
    heads = [cell.value for cell in book.active[1]]
    place = [cell.value for cell in book["Werte"][1]].index("Träger") + 1
    column, listed = get_column_letter(heads.index("Träger") + 1), get_column_letter(place)
    assert lists[f"{column}2:{column}5001"] == f"=Werte!${listed}$2:${listed}$2"
    assert book["Werte"].cell(2, place).value == "Volkshochschule"
