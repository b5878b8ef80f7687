"""The grid of a great Finanzplan stays light: few queries, little to send."""

import gzip
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from funding.models import BudgetLine, CostKind
from tests.funding.plans import catalogue, year_of
from tests.records.grids import below

pytestmark = pytest.mark.usefixtures("quiet")
ROWS, MOST_QUERIES, MOST_BYTES = 200, 12, 30 * 1024


@pytest.mark.once
def test_two_hundred_rows_cost_few_queries_and_thirty_kilobytes(cast):
    catalogue()
    year = year_of(cast.home, maximum_grant=Decimal("681000.00"), maximum_share=Decimal(70))
    kinds = list(CostKind.objects.all())
    lines = [
        BudgetLine(
            municipality=cast.home,
            budget_year=year,
            title=f"Posten {number} der Kommune",
            position=number,
            cost_kind=kinds[number % len(kinds)],
            land=Decimal(number * 137 + 3).scaleb(-2),
            municipal=Decimal(number * 41),
        )
        for number in range(ROWS)
    ]
    for line in lines:
        line.index_text()
    BudgetLine.objects.bulk_create(lines)
    client, url = cast.client(), below(cast, year, "posten")
    client.get(url)  # statements are prepared once
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    assert response.content.count(b"-land") >= ROWS
    assert len(captured) <= MOST_QUERIES
    assert len(gzip.compress(response.content, 6)) <= MOST_BYTES
