"""The greatest grants of all municipalities in a year: typed or pasted, never guessed, never half stored."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.models import Municipality
from planning.models import FundingRule
from planning.queries.funding_rules import rule_of

pytestmark = pytest.mark.usefixtures("quiet")
URL = "/programm/hoechstbetraege/"


def sent(cast, who="ministry", **data):
    return cast.client(who).post(URL, {"jahr": "2024", **data})


def test_a_pasted_table_fills_the_rows_and_is_stored_when_they_are_sent(cast):
    shown = sent(cast, tabelle="Kommune\tHöchstbetrag\nKyffhäuserkreis\t681.000,00\n16077\t939.035,27\n")
    assert shown.status_code == 200
    assert not FundingRule.objects.exists()
    assert "681.000,00" in shown.content.decode()
    rows = {f"m{cast.home.pk}": "681.000,00", f"m{cast.away.pk}": "939.035,27"}
    assert sent(cast, hinweis="Bescheid", **rows).status_code == 302
    assert sent(cast, **rows).status_code == 302  # once more: nothing new
    assert FundingRule.objects.count() == 2
    assert rule_of(cast.away.pk, 2024).maximum_grant == Decimal("939035.27")
    assert sent(cast, **(rows | {f"m{cast.home.pk}": ""})).status_code == 302
    assert rule_of(cast.home.pk, 2024).maximum_grant is None
    assert rule_of(cast.home.pk, 2023).maximum_grant is None


@pytest.mark.parametrize(
    "table", ["Kyffhäuserkreis\t1.234", "Musterstadt\t1,00", "Kyffhäuserkreis\tviel\nAltenburger Land\tviel", "\x00"]
)
def test_what_is_not_understood_is_said_and_nothing_is_stored(cast, table):
    response = sent(cast, tabelle=table)
    assert (response.status_code == 422) == (table != "\x00")
    links = {f'href="#m{place.pk}"' for place in (cast.home, cast.away)}
    assert ("viel" not in table) or {link for link in links if link in response.content.decode()} == links
    assert not FundingRule.objects.exists()


def test_a_municipality_has_a_row_in_the_years_that_it_exists(cast):
    Municipality.objects.filter(pk=cast.away.pk).update(valid_until=date(2021, 6, 30))
    pages = [cast.client("ministry").get(f"{URL}?jahr={year}").content.decode() for year in (2021, 2022)]
    assert [f'name="m{cast.away.pk}"' in page for page in pages] == [True, False]
    assert all(f'name="m{cast.home.pk}"' in page for page in pages)


def test_only_the_ministry_writes_them(cast):
    for who in ("planner", "lead", "adviser", "admin"):
        assert sent(cast, who, **{f"m{cast.home.pk}": "1"}).status_code == 403
    assert not FundingRule.objects.exists()
