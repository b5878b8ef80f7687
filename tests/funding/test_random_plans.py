"""Random Finanzpläne: every total is the sum of its parts, in the rules, in both databases, and in every file."""

import io
import random
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from funding.enums import Source
from funding.models import BudgetLine, CostKind
from funding.pages.budget import Budget, sums_of
from plans.models import Plan
from records.registry import kind_of
from tests.funding.plans import KINDS, add, catalogue, line, year_of
from tests.records.tables import read_in, result
from tests.sheets import evaluated, exact

pytestmark = pytest.mark.usefixtures("quiet")
MOST = 999_999_999_999  # cents: 9.999.999.999,99 euro


def random_cents(source: random.Random) -> dict[str, int | None]:
    """A line: of each source nothing said, or an amount of whatever size."""
    return {
        name: None if source.random() < 0.3 else source.randrange(10 ** source.randrange(1, 13)) % (MOST + 1)
        for name in Source.values
    }


def euro(cents: int | None) -> Decimal | None:
    return None if cents is None else Decimal(cents).scaleb(-2)


def check_sums(seed: int) -> None:
    source = random.Random(seed)
    lines = [random_cents(source) for _ in range(source.randrange(61))]
    sums = sums_of({name: euro(cents) for name, cents in each.items()} for each in lines)
    assert sums.total == euro(sum(cents or 0 for each in lines for cents in each.values()))
    assert sums.state == euro(sum(each["land"] or 0 for each in lines))


def test_totals_are_the_sums_of_their_parts():
    for seed in range(300):
        check_sums(seed)


@pytest.mark.long
def test_totals_of_ten_thousand_plans_are_the_sums_of_their_parts():
    for seed in range(300, 10_000):
        check_sums(seed)


@pytest.mark.django_db
def test_a_stored_plan_adds_up_and_comes_back_out_of_every_file(cast):
    """In the database, on the page, as list in XLSX and CSV read in again, and as paper with live formulas."""
    catalogue()
    year, source = year_of(cast.home), random.Random(2018)
    kinds = {kind.title: kind for kind in CostKind.objects.all()}
    cents = [random_cents(source) for _ in range(25)]
    for place, each in enumerate(cents):
        amounts = {name: euro(value) for name, value in each.items()}
        line(year, f"Posten {place}", cost_kind=kinds[KINDS[place % 4]], position=place, **amounts)
    budget, whole = Budget.of(year), sum(value or 0 for each in cents for value in each.values())
    assert budget.sums.total == euro(whole)
    for groups in (budget.by_field, budget.by_kind, budget.by_provider):
        assert sum(group.sums.total for group in groups) == euro(whole)
    kind = kind_of(BudgetLine)
    for form in ("xlsx", "csv"):
        content = cast.client().get(kind.url(form, cast.home)).content
        response = read_in(cast, kind, SimpleUploadedFile(f"posten.{form}", content))
        assert (response.status_code, *result(response)) == (200, 0, 0, 25, 0)
    plan = add(Plan, municipality=cast.home, cycle=year.cycle, year=2018)
    paper = cast.client().get(reverse("reporting:plan-finance-xlsx", args=[cast.home.slug, plan.pk])).content
    check_workbook(paper, cents, whole)


def check_workbook(content: bytes, cents: list[dict[str, int | None]], whole: int) -> None:
    """The formulas, reckoned anew: each row, each column, and the check that both say the same."""
    sheet = load_workbook(io.BytesIO(content)).active
    rows = {row[0].value: row for row in sheet.iter_rows(min_row=5) if row[0].value}
    first, total = 4, 4 + len(Source)
    for place, each in enumerate(cents):
        row = rows[f"Posten {place}"]
        assert [exact(cell.value) for cell in row[first:total]] == [euro(value) for value in each.values()]
        assert evaluated(sheet, row[total].value) == euro(sum(value or 0 for value in each.values()))
    for place, name in enumerate(Source.values):
        assert evaluated(sheet, rows["Summe"][first + place].value) == euro(sum(each[name] or 0 for each in cents))
    assert evaluated(sheet, rows["Summe"][total].value) == euro(whole)
    check = next(row for label, row in rows.items() if label.startswith("Probe"))
    assert evaluated(sheet, check[total].value) == 0
