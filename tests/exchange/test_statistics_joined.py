"""Rows of a table joined to a Kennzahl of the catalogue: units fit, the factor is said, a wrong choice is mended."""

import re

import pytest

from planning.models import Indicator, OfficialSeries, OfficialValue
from planning.queries.official_figures import published_values
from tests.exchange.statistics_files import ffcsv, row
from tests.exchange.test_statistics_page import Reader, last_file, offered, own_folder, plain
from tests.factories import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folder")]
__all__ = ["own_folder"]


@pytest.fixture
def ministry(cast):
    return Reader(cast, "ministry")


@pytest.fixture
def people(cast):
    return make(Indicator, cast.home, title="Bevölkerung", unit="Personen", table_code="12411-01-01-4", formula="")


def spaced(page):
    return plain(page).replace("\u202f", " ").replace("\u00a0", " ")


def join(ministry, page, indicator, title="Bevölkerungsstand"):
    """Choose, look, take over."""
    name, labels = offered(page, title)
    assert str(indicator.pk) in labels
    page = ministry.decide(page, pruefen="1", **{name: str(indicator.pk)})
    return page, ministry.decide(page, uebernehmen="1")


def test_rows_in_thousands_join_a_kennzahl_of_persons_with_the_factor_said(ministry, people, cast):
    rate = make(Indicator, cast.home, title="Quote", unit="Prozent", formula="")
    reckoned = make(Indicator, cast.home, title="Gerechnet", unit="Personen", formula="sum", parts=[people])
    file = ffcsv(row("71,7", unit="1000"))
    page = ministry.upload(file)
    _, labels = offered(page, "Bevölkerungsstand")
    assert labels[str(people.pk)].replace("\u202f", " ").replace("\xa0", " ") == "Bevölkerung (× 1 000 Personen)"
    assert not {str(rate.pk), str(reckoned.pk)} & set(labels)
    looked, stored = join(ministry, page, people)
    assert "71,7 × 1 000" in spaced(looked)
    assert "gedruckt in „1000“, gezeigt: × 1 000 Personen" in spaced(looked)
    assert "Eingelesen" in plain(stored)
    assert Indicator.objects.count() == 3, "none was made"
    found = published_values(cast.home, indicators=[people.pk])
    assert [value.value for value in found] == [71_700]
    page = spaced(ministry.client.get(f"/programm/kennzahlen/{people.pk}/").content.decode())
    assert re.search(r"Statistik 12411 Bevölkerungsstand.* gedruckt in „1000“, gezeigt × 1 000", page)
    again = plain(ministry.upload(file))
    assert "1 unverändert" in again
    assert "Keine Änderung" in again


def test_what_was_not_looked_at_is_not_joined_and_what_was_not_offered_neither(ministry, people, cast):
    rate = make(Indicator, cast.home, title="Quote", unit="Prozent", formula="")
    page = ministry.upload(ffcsv(row("71738")))
    name, _ = offered(page, "Bevölkerungsstand")
    page = ministry.decide(page, uebernehmen="1", **{name: str(people.pk)})
    assert "Gespeichert ist noch nichts" in plain(page)
    assert not OfficialValue.objects.exists()
    page = ministry.decide(page, pruefen="1", **{name: str(rate.pk)})
    assert "1 Zeile: nicht zum Einlesen ausgewählt" in plain(page)
    assert not OfficialSeries.objects.exists()


def test_a_kennzahl_has_one_value_for_an_area_and_a_day(ministry, people, cast):
    first = ffcsv(row("71738"), row("72000", time="2023-12-31"))
    join(ministry, ministry.upload(first), people)
    second = ffcsv(
        row("50", unit="1000", statistic="12211"), row("35,5", unit="1000", statistic="12211", time="2022-12-31")
    )
    looked, _ = join(ministry, ministry.upload(second), people)
    assert "1 neu" in plain(looked)
    assert "1 Zeile: Die Kennzahl hat für dieses Gebiet und diese Zeit schon einen Wert" in plain(looked)
    values = {value.year: value.value for value in published_values(cast.home, indicators=[people.pk])}
    assert values == {2022: 35_500, 2023: 72_000, 2024: 71_738}
    again = plain(ministry.upload(second))
    assert "1 unverändert" in again
    assert "schon einen Wert" in again
    third = spaced(ministry.upload(ffcsv(row("20", unit="1000", statistic="12211", time="2025-12-31"))))
    assert "72,1 % weniger als im Vorjahr" in third, "the year before is of the other series"


def test_two_combinations_of_a_file_do_not_both_say_what_a_kennzahl_is(ministry, people):
    page = ministry.upload(ffcsv(row("71738"), row("35000", sex="GESM")))
    both = {name: str(people.pk) for name in ("kennzahl-0", "kennzahl-1")}
    page = ministry.decide(page, pruefen="1", **both)
    assert "1 neu" in plain(page)
    assert "1 Zeile: Die Kennzahl hat" in plain(page)


def test_a_wrong_choice_is_taken_back_and_asked_again(ministry, people, cast):
    other = make(Indicator, cast.home, title="Einwohner", unit="Personen", formula="")
    file = ffcsv(row("71738"))
    join(ministry, ministry.upload(file), people)
    ministry.client.post(ministry.url, {"zuruecknehmen": last_file()})
    page = ministry.upload(file)
    assert f'value="{people.pk}" selected' in page, "the former one is proposed"
    join(ministry, page, other)
    assert [value.value for value in published_values(cast.home, indicators=[other.pk])] == [71_738]
    assert OfficialSeries.objects.get().indicator == other
