"""The Finanzplan over all years of a cycle, as PDF and as a workbook whose formulas are reckoned anew."""

import io
from decimal import Decimal

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from funding.models import CostKind
from planning.models import ActionField
from tests.funding.plans import FIELDS, catalogue, line, year_of
from tests.reporting.papers.conftest import assert_valid, text_of
from tests.sheets import evaluated, exact

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]

# By year and line: Land and Kommune in euro; what is not named is not said.
PLANNED = {
    2018: {"Kurse": ("28963.27", "9654.42"), "Treff": ("0.01", None)},
    2020: {"Kurse": ("30000.00", "10000.00"), "=1+1": (None, "12.34")},
}


@pytest.fixture
def years(cast):
    catalogue()
    fields = {"Kurse": 3, "Treff": 4, "=1+1": 4}
    found = {}
    for year, lines in PLANNED.items():
        found[year] = year_of(cast.home, year)
        for title, (land, municipal) in lines.items():
            field = ActionField.objects.get(number=fields[title])
            kind = CostKind.objects.get(title="Sach")
            line(found[year], title, land=land, municipal=municipal, action_field=field, cost_kind=kind)
    return found


def address(cast, year, form, slug=None):
    return reverse(f"reporting:cycle-finance-{form}", args=[slug or cast.home.slug, year.pk])


def test_the_workbook_reckons_from_the_sheets_of_its_years(cast, years):
    answer = cast.client("ministry").get(address(cast, years[2018], "xlsx"))
    assert "finanzplan-2018-2020" in answer["Content-Disposition"]
    book = load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["Alle Jahre", "2018", "2020"]
    sheet = book.active
    rows: dict[str, list] = {}
    for label, *amounts in sheet.iter_rows(min_row=5, max_col=4):
        if label.value:
            shown = [evaluated(sheet, str(cell.value)) for cell in amounts if str(cell.value).startswith("=")]
            rows.setdefault(label.value, []).append(shown)
    sums = [Decimal("38617.70"), Decimal("40012.34"), Decimal("78630.04")]
    assert rows["Land"] == [[Decimal("28963.28"), Decimal("30000.00"), Decimal("58963.28")]]
    assert rows[FIELDS[4] if FIELDS[4] in rows else f"4 {FIELDS[4]}"][0][2] == Decimal("12.35")
    assert rows["Summe"] == [sums, sums]
    (check,) = (found for label, found in rows.items() if label.startswith("Probe"))
    assert check == [[0, 0, 0]]
    assert "2019: noch kein Finanzplan" in rows
    told = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert not [words for words in told if "nicht festgelegt" in words], "a limit that is not set is no statement"
    titles = [row[0].value for row in book["2020"].iter_rows(min_row=5)]
    assert book["2020"].cell(5 + titles.index("=1+1"), 1).data_type == "s"  # a text stays a text
    assert exact(book["2018"]["E5"].value) is not None


def test_the_pdf_shows_the_years_side_by_side(cast, years):
    content = cast.client().get(address(cast, years[2020], "pdf")).content
    assert_valid(content)
    text = " ".join(text_of(content).split())
    for words in ("28.963,28 30.000,00 58.963,28", "38.617,70 40.012,34 78.630,04", "Noch kein Finanzplan: 2019."):
        assert words in text


def test_it_is_found_beside_the_finanzplan_and_stays_in_its_municipality(cast, years):
    page = cast.client().get(reverse("funding:budget", args=[cast.home.slug])).content.decode()
    for form in ("pdf", "xlsx"):
        assert address(cast, years[2020], form) in page
        assert cast.client("foreign_planner").get(address(cast, years[2020], form, cast.away.slug)).status_code == 404
