"""The register of data gaps: Kennzahlen that are missing or old at a level, by what the catalogue says of them."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from participation.models import DataGap
from planning.models import Commune, Indicator, IndicatorValue
from records.registry import kind_of
from tests.factories import make
from tests.insight.published import publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]
YEAR = timezone.localdate().year


@pytest.fixture
def asked(cast):
    """A Kennzahl by Gemeinde that appears every year."""
    found = make(Indicator, None, full=False, title="Bevölkerung", unit="Personen", level="commune", every_years=1)
    for ags, name in (("16065003", "Artern"), ("16065067", "Sondershausen")):
        make(Commune, cast.home, full=False, ags=ags, name=name)
    return found


def rows(cast, who="planner"):
    """What the list says of Kennzahlen: level and words of each row."""
    page = cast.client(who).get(kind_of(DataGap).url("list", cast.home)).content.decode()
    table = page.partition('id="kennzahlen"')[2]
    found = re.findall(r"<tr>.*?</tr>", table, re.S)
    plain = [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)).strip() for row in found]
    return plain[1:], page


def test_what_is_missing_and_old_is_told_by_level(cast, asked):
    publish(asked, {("16065", YEAR - 3): 71_000, ("16065003", YEAR - 1): 5_000, ("16066", YEAR): 1})
    found, _ = rows(cast)
    assert [row.split(" erscheint jährlich ")[1].partition(" Fest")[0] for row in found] == [
        f"Kreis veraltet letzter Wert {YEAR - 3}",
        "Gemeinde fehlt in 1 von 2 Gemeinden (Sondershausen): kein Wert",
    ]
    publish(asked, {("16065", YEAR - 2): 70_000, ("16065067", YEAR - 5): "-"})
    assert [row.split(" jährlich ")[1].partition(" Fest")[0] for row in rows(cast)[0]] == [
        f"Gemeinde veraltet in 1 von 2 Gemeinden (Sondershausen): letzter Wert {YEAR - 5}"
    ], "published in the year after, and „–“ is a statement"


def test_typed_values_count_and_the_age_that_is_allowed_decides(cast, asked):
    Indicator.objects.update(most_age=6, level="district")
    assert "Kreis fehlt kein Wert" in rows(cast)[0][0]
    make(
        IndicatorValue,
        cast.home,
        full=False,
        indicator=asked,
        area=cast.home.name,
        level="district",
        year=YEAR - 6,
        value=5,
    )
    assert rows(cast)[0] == []
    Indicator.objects.update(most_age=5)
    assert f"höchstens 5 Jahre alt Kreis veraltet letzter Wert {YEAR - 6}" in rows(cast)[0][0]
    Indicator.objects.update(most_age=None, every_years=None)
    assert 'id="kennzahlen"' not in rows(cast)[1], "nothing is said of what nobody asks"


def test_a_gap_is_noted_from_there_and_stands_beside_it(cast, asked):
    Indicator.objects.update(level="district")
    _, page = rows(cast)
    url = re.search(r'href="([^"]*/datenluecken/neu/\?[^"]*)"', page).group(1).replace("&amp;", "&")
    form = cast.client("planner").get(url).content.decode()
    assert 'value="Bevölkerung"' in form
    assert re.search(r'value="district" selected|value="district"[^>]*checked', form)
    gap = make(DataGap, cast.home, full=False, title="Zahl der Köpfe", indicator=asked, level="district")
    found, page = rows(cast)
    assert "Zahl der Köpfe noch offen" in found[0]
    assert reverse("participation:datagap-detail", args=[cast.home.slug, gap.pk]) in page


def test_who_only_reads_notes_nothing(cast, asked):
    found, page = rows(cast, "adviser")
    assert found
    assert "/datenluecken/neu/" not in page
