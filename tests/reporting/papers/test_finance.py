"""The Finanzplan as PDF and as workbook with real numbers, our own sums, and no formula of anybody else."""

import io
from decimal import Decimal

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from planning.models import Measure, PlannerPost
from printing import render
from printing.errors import RenderUnavailable
from records.tables.writing import XLSX_TYPE
from tests.plans import records
from tests.reporting.papers.conftest import HOSTILE, assert_attached, assert_valid, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]


def url(plan, form):
    return reverse(f"reporting:plan-finance-{form}", args=[plan.municipality.slug, plan.pk])


def sheet_of(content):
    return load_workbook(io.BytesIO(content)).active


def rows_of(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]


def evaluated(sheet, formula):
    """What the sum is: numbers of the range, without other sums."""
    first, last = formula.removeprefix("=SUBTOTAL(9,").removesuffix(")").split(":")
    cells = [row[0].value for row in sheet[first:last]]
    return sum((Decimal(str(value)) for value in cells if isinstance(value, int | float)), Decimal(0))


@pytest.fixture
def filled(plan):
    records.fill(plan, 2)
    return plan


def test_the_pdf_names_every_amount_and_sum(cast, filled):
    answer = cast.client().get(url(filled, "pdf"))
    assert_attached(answer, f"{cast.home.ags}-{cast.home.slug}-finanzplan-2018.pdf", "application/pdf")
    assert_valid(answer.content)
    text = text_of(answer.content)
    for words in (
        f"{cast.home.name} 2018",
        "Stelle 1 50.000,25",
        "M 1 Maßnahme 1",
        "M 2 Maßnahme 2 1.000,10",
        "2 Mobilität 2 2.000,20",
        "Planerstellen 2 100.000,50",
        "Zwischensumme 2.000,20",
        "Insgesamt 4 102.000,70",
    ):
        assert words in text, words


def test_the_workbook_holds_numbers_and_our_sums(cast, filled):
    answer = cast.client().get(url(filled, "xlsx"))
    assert_attached(answer, f"{cast.home.ags}-{cast.home.slug}-finanzplan-2018.xlsx", XLSX_TYPE)
    sheet = sheet_of(answer.content)
    assert sheet["A1"].value == f"Finanzplan 2018 – {cast.home.full_name}"
    rows = rows_of(sheet)
    assert [row[0] for row in rows] == [
        "Planerstellen",
        "Stelle 1",
        "Stelle 2",
        "Zwischensumme",
        "2 Mobilität",
        "M 1 Maßnahme 1",
        "M 2 Maßnahme 2",
        "Zwischensumme",
        "Insgesamt",
    ]
    assert [row[1] for row in rows] == [
        None,
        50000.25,
        50000.25,
        "=SUBTOTAL(9,B6:B7)",
        None,
        1000.1,
        1000.1,
        "=SUBTOTAL(9,B10:B11)",
        "=SUBTOTAL(9,B5:B12)",
    ]
    assert {cell.number_format for cell in sheet["B"][5:] if cell.value is not None} == {'#,##0.00\\ "€"'}
    assert [sheet[f"B{row}"].data_type for row in (6, 7, 8, 13)] == ["n", "n", "f", "f"]
    assert evaluated(sheet, rows[3][1]) == Decimal("100000.50")
    assert evaluated(sheet, rows[8][1]) == Decimal("102000.70")


@pytest.mark.parametrize("beginning", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")', "{=1}"])
def test_texts_never_become_formulas(cast, plan, beginning):
    field = records.ActionField.objects.first()
    own = {"municipality": cast.home}
    records.add(PlannerPost, **own, title=beginning, begin=records.day("2018"))
    records.add(Measure, **own, cycle=plan.cycle, title=beginning, action_field=field, yearly_cost=1)
    type(cast.home).objects.filter(pk=cast.home.pk).update(name="=1+1", kind="district")
    plan.cycle.title = "=2+2"
    type(plan.cycle).objects.filter(pk=plan.cycle.pk).update(title="=2+2")
    sheet = sheet_of(cast.client().get(url(plan, "xlsx")).content)
    formulas = [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert formulas
    assert all(value.startswith("=SUBTOTAL(9,B") for value in formulas)
    texts = [cell.value for row in sheet.iter_rows(max_col=1) for cell in row if cell.value]
    assert any(text.strip() == beginning.strip() for text in texts)


@pytest.mark.slow
def test_hostile_texts_stay_texts_in_the_pdf(cast, plan):
    field = records.ActionField.objects.first()
    records.add(Measure, municipality=cast.home, cycle=plan.cycle, title=HOSTILE[:160], action_field=field)
    answer = cast.client().get(url(plan, "pdf"))
    assert_valid(answer.content)
    assert "<script>alert(1)</script>" in text_of(answer.content)


def test_no_amount_is_not_zero(cast, plan):
    records.add(PlannerPost, municipality=cast.home, title="Stelle ohne Betrag", begin=records.day("2018"))
    text = text_of(cast.client().get(url(plan, "pdf")).content)
    assert "Planerstellen 1 –" in text
    assert "Summe der genannten Beträge 1 –" in text
    assert "ohne Angabe (1 Zeile)" in text
    assert "0,00" not in text
    rows = rows_of(sheet_of(cast.client().get(url(plan, "xlsx")).content))
    assert rows == [["Planerstellen", None, None], ["Stelle ohne Betrag", None, "ohne Angabe"]]


def test_only_what_the_year_or_a_later_one_has_is_counted(cast, plan):
    """Not what was dropped or was over before; what begins later says so."""
    own = {"municipality": cast.home, "cycle": plan.cycle, "action_field": records.ActionField.objects.first()}
    lives = {
        "Verworfen": {"state": "dropped", "not_done_reason": "Kein Träger.", "yearly_cost": 1},
        "Vorbei": {"state": "finished", "begin": records.day("2016"), "end": records.day("2017-12"), "yearly_cost": 20},
        "Endet im Jahr": {"end": records.day("2018-01"), "yearly_cost": 300},
        "Beginnt danach": {"begin": records.day("2019-Q2"), "yearly_cost": 4000},
    }
    for title, values in lives.items():
        records.add(Measure, **own, title=title, **values)
    text = text_of(cast.client().get(url(plan, "pdf")).content)
    assert ("Verworfen" in text, "Vorbei" in text) == (False, False)
    for words in ("Beginnt danach ab 2. Quartal 2019 4.000,00", "Insgesamt 4.300,00", "Betrag für ein volles Jahr"):
        assert words in text, words
    rows = rows_of(sheet_of(cast.client().get(url(plan, "xlsx")).content))
    assert [row[1:] for row in rows if row[0] == "M 4 Beginnt danach"] == [[4000, "ab 2. Quartal 2019"]]


def test_an_empty_plan_has_both_documents(cast, plan):
    answer = cast.client().get(url(plan, "pdf"))
    assert_valid(answer.content)
    assert "In diesem Finanzplan ohne Angaben." in text_of(answer.content)
    assert rows_of(sheet_of(cast.client().get(url(plan, "xlsx")).content)) == []


def test_who_reads_it_and_where_it_is_found(cast, plan):
    page = cast.client("adviser").get(reverse("plans:plan-detail", args=[cast.home.slug, plan.pk])).content.decode()
    client = cast.client()
    foreign = records.make_plan(cast.away)
    for form in ("pdf", "xlsx"):
        assert f'href="{url(plan, form)}"' in page
        assert client.get(url(foreign, form)).status_code == 404
        for pk in (foreign.pk, 10**30):
            address = reverse(f"reporting:plan-finance-{form}", args=[cast.home.slug, pk])
            assert client.get(address).status_code == 404


def test_without_the_library_the_page_says_why(cast, plan, monkeypatch):
    def fail(*_, **__):
        raise RenderUnavailable(render.NO_LIBRARY)

    monkeypatch.setattr("printing.papers.making.render_pdf", fail)
    answer = cast.client().get(url(plan, "pdf"), follow=True)
    assert answer.redirect_chain == [(reverse("plans:plan-detail", args=[cast.home.slug, plan.pk]), 302)]
    assert "libpangoft2-1.0-0" in answer.content.decode()
    assert cast.client().get(url(plan, "xlsx")).status_code == 200
