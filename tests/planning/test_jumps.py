"""An unlikely jump is asked about once, alike in form, grid and file; what is usual is not, and nothing is refused."""

import re
from decimal import Decimal

import pytest

from planning.models import CriterionValue, Indicator, IndicatorValue, Measure, PlannerPost, QualityCriterion
from records.models.agreement import new_questions
from records.registry import kind_of
from tests.factories import make
from tests.records.tables import exported, read_in, xlsx

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet"), pytest.mark.once]
KIND = kind_of(IndicatorValue)


@pytest.fixture
def births(cast):
    """A Kennzahl with the values of two years."""
    indicator = make(Indicator, None, title="Geburten", unit="Kinder")
    for year, value in ((2016, 610), (2018, 590)):
        make(IndicatorValue, cast.home, indicator=indicator, year=year, value=Decimal(value))
    return indicator


def entered(cast, births, year, value, **further):
    data = {"indicator": births.pk, "area": "Thüringen", "year": str(year), "value": value, **further}
    return cast.client().post(KIND.url("create", cast.home), data)


def test_a_value_far_from_its_neighbours_is_asked_about_and_then_stored(cast, births):
    page = entered(cast, births, 2017, "6 000")
    said = page.content.decode().replace("\u202f", " ").replace("\u00a0", " ")
    for words in ("2017: 6 000 Kinder, 2016 waren es 610 Kinder. Stimmt der Sprung?", "2018 waren es 590 Kinder"):
        assert words in said, words
    assert IndicatorValue.objects.count() == 2
    box = re.search(r'name="bestaetigt" value="([^"]+)"', page.content.decode()).group(1)
    answer = entered(cast, births, 2017, "6 000", bestaetigt=box)
    assert answer.status_code == 302
    stored = IndicatorValue.objects.get(year=2017)
    assert stored.value == 6000
    assert new_questions(stored, {}) == []  # asked once


def test_what_is_usual_is_not_asked_about(cast, births):
    assert entered(cast, births, 2017, "600").status_code == 302
    assert entered(cast, births, 2019, "0").status_code == 302
    assert IndicatorValue.objects.count() == 4


def test_a_file_asks_the_same(cast, births):
    table = exported(cast, KIND)
    table = [table[0][2:], [*table[1][2:]]]
    for head, text in (("Jahr", "2017"), ("Wert", "61")):
        table[1][table[0].index(head)] = text
    page = read_in(cast, KIND, xlsx(table)).content.decode().replace("\u00a0", " ")
    assert "2017: 61 Kinder, 2016 waren es 610 Kinder. Stimmt der Sprung?" in page


def asked(record) -> str:
    return " ".join(new_questions(record, {})).replace("\u202f", " ").replace("\u00a0", " ")


def test_extents_targets_and_years(cast):
    measure = make(Measure, cast.home, begin=None, end=None)
    post = make(PlannerPost, cast.home, full_time_equivalent=Decimal("0.8"))
    post.full_time_equivalent = Decimal(4)
    assert "Eine Stelle mit 4 VzÄ ist mehr als eine volle Stelle." in asked(post)
    criterion = make(QualityCriterion, cast.home, measure=measure, unit="Familien")
    value = CriterionValue(
        municipality=cast.home,
        criterion=criterion,
        year=measure.cycle.last_year,
        target=Decimal(40),
        actual=Decimal(46),
    )
    assert asked(value) == ""
    value.actual, value.year = Decimal(4600), measure.cycle.last_year + 3
    assert "Ist 4 600 Familien, Ziel 40 Familien. Stimmen beide Werte?" in asked(value)
    assert "außerhalb des Planungszyklus" in asked(value)
