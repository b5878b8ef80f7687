"""Tables with a column per year become a row per year, and what is hidden in a file is named."""

from decimal import Decimal

import pytest
from openpyxl import Workbook

from funding.models import BudgetLine, BudgetYear
from participation.models import Event
from planning.models import CriterionValue, Indicator, IndicatorValue, Offer, PlanningCycle, QualityCriterion
from records.registry import kind_of
from records.tables import years
from tests.factories import make
from tests.records.tables import confirm, csv_file, errors, read_in, result
from tests.records.test_tables_as_they_are import saved

pytestmark = [pytest.mark.usefixtures("quiet"), pytest.mark.once]
AREA = "Kyffhäuserkreis"
FIGURES, OFFERS = kind_of(IndicatorValue), kind_of(Offer)


def chosen(response) -> dict[str, str]:
    """What each column is taken for."""
    columns = response.context["preview"].open.columns
    return {each.head: next(choice.value for choice in each.choices if choice.is_chosen) for each in columns}


def notes(response) -> list[str]:
    return response.context["preview"].open.notes


def test_a_column_per_year_becomes_a_row_per_year(cast):
    for title in ("Einwohner", "Geburten"):
        make(Indicator, None, title=title)
    table = [
        ["Kennzahlen 2018 bis 2020 (Beispiel)"],
        ["Kennzahl", "Gebiet", "2018", "2019*", "Jahr 2020 (vorläufig)"],
        ["Einwohner", AREA, "1200", "1190", ""],
        ["Geburten", AREA, "", "0", "12,5"],
        ["* geschätzt"],
    ]
    response = read_in(cast, FIGURES, csv_file(table))
    assert chosen(response) == {
        "Kennzahl": "indicator",
        "Gebiet": "area",
        "Jahr der Spalte": "year",
        "Wert der Spalte": "value",
    }
    assert notes(response) == [
        "Jahre stehen nebeneinander (2018, 2019*, Jahr 2020 (vorläufig)): "
        "Daraus wird je Jahr eine Zeile, wo etwas steht."
    ]
    assert not errors(response)
    confirm(cast, FIGURES, response)
    found = {(v.indicator.title, v.area, v.year): v.value for v in IndicatorValue.objects.all()}
    assert found == {
        ("Einwohner", AREA, 2018): Decimal(1200),
        ("Einwohner", AREA, 2019): Decimal(1190),
        ("Geburten", AREA, 2019): Decimal(0),
        ("Geburten", AREA, 2020): Decimal("12.5"),
    }
    again = read_in(cast, FIGURES, csv_file(table))
    assert result(again)[:2] == (0, 0)


def test_planned_and_reached_of_each_year_stay_together(cast):
    make(QualityCriterion, cast.home, title="Plätze")
    book = Workbook()
    rows = [
        ["Qualitätskriterium", 2018, None, 2019, None],
        [None, "Soll", "Ist", "Soll", "Ist"],
        ["Plätze", 10, 8, 12, None],
    ]
    for row in rows:
        book.active.append(row)
    for area in ("A1:A2", "B1:C1", "D1:E1"):
        book.active.merge_cells(area)
    response = read_in(cast, kind_of(CriterionValue), saved(book))
    assert chosen(response) == {
        "Qualitätskriterium": "criterion",
        "Jahr der Spalte": "year",
        "Soll": "target",
        "Ist": "actual",
    }
    assert not errors(response)
    confirm(cast, kind_of(CriterionValue), response)
    found = [(v.year, v.target, v.actual) for v in CriterionValue.objects.order_by("year")]
    assert found == [(2018, Decimal(10), Decimal(8)), (2019, Decimal(12), None)]


def test_a_budget_by_years_goes_to_the_plan_of_each_year(cast):
    cycle = make(PlanningCycle, cast.home, first_year=2018, last_year=2019)
    plans = {year: make(BudgetYear, cast.home, year=year, cycle=cycle) for year in (2018, 2019)}
    lines = kind_of(BudgetLine)
    table = [["Posten", "Land 2018", "Land 2019"], ["Miete", "100", "200"], ["Material", "50,50", ""]]
    response = read_in(cast, lines, csv_file(table))
    assert chosen(response) == {"Posten": "title", "Jahr der Spalte": "budget_year", "Land": "land"}
    confirm(cast, lines, response)
    found = {(line.title, line.budget_year_id): line.land for line in BudgetLine.objects.all()}
    assert found == {
        ("Miete", plans[2018].pk): Decimal(100),
        ("Miete", plans[2019].pk): Decimal(200),
        ("Material", plans[2018].pk): Decimal("50.50"),
    }


def test_years_stay_columns_where_the_list_has_no_year_or_tells_it(cast):
    response = read_in(cast, OFFERS, csv_file([["Angebot", "2018", "2019"], ["Elterncafé", "x", "x"]]))
    assert (notes(response), list(chosen(response))) == ([], ["Angebot", "2018", "2019"])
    make(Indicator, None, title="Einwohner")
    table = [["Kennzahl", "Gebiet", "Jahr", "Wert", "Stand 2018", "Stand 2019"], ["Einwohner", AREA, "2018", "5"]]
    assert result(read_in(cast, FIGURES, csv_file(table))) == (1, 0, 0, 0)


def test_hidden_sheets_and_columns_are_named(cast):
    book = Workbook()
    for row in [["Veranstaltung", "Datum", "Ort", "intern"], ["Abend", "03.06.2019", "Artern", "Absprache"]]:
        book.active.append(row)
    for letter in "CD":
        book.active.column_dimensions[letter].hidden = True
    for name, state in (("Rohdaten", "hidden"), ("Kosten", "veryHidden")):
        sheet = book.create_sheet(name)
        sheet.append(["Veranstaltung", "geheim"])
        sheet.append(["Anderes", "x"])
        sheet.sheet_state = state
    response = read_in(cast, kind_of(Event), saved(book))
    assert notes(response) == [
        "Ausgeblendete Blätter der Datei werden nicht gelesen: Rohdaten, Kosten.",
        "In der Datei ausgeblendet, wird aber eingelesen: Ort.",
        "In der Datei ausgeblendet und nicht eingelesen: intern.",
    ]
    page = response.content.decode()
    assert all(note in page for note in notes(response))
    assert "geheim" not in page


def test_too_many_years_are_refused_before_all_of_their_rows_are_made(cast, monkeypatch):
    """5 000 rows of 57 years cost 300 MB before they were counted."""
    made, by_year = [], years.rows_by_year
    monkeypatch.setattr(years, "MAX_ROWS", 2)
    monkeypatch.setattr(years, "rows_by_year", lambda *args: (made.append(row) or row for row in by_year(*args)))
    answer = read_in(cast, FIGURES, csv_file([["Kennzahl", "2018", "2019"], *[["Geburten", "1", "2"]] * 5]))
    assert (answer.status_code, years.TOO_MANY in answer.content.decode(), len(made)) == (422, True, 3)
