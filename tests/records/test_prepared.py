"""Prepared queries: what changes is told from the rest by being a Parameter, not by its value."""

import pytest
from django.db import connection
from django.db.models import Value
from django.test.utils import CaptureQueriesContext

from planning.models import Offer
from records.queries.prepared import MUNICIPALITY, Parameter, Prepared
from tests.factories import make

pytestmark = pytest.mark.django_db


def titles(**conditions):
    rows = Offer.objects.filter(municipality=MUNICIPALITY, **conditions).order_by("title")
    return Prepared.of(rows.annotate(said=Value("municipality")).values_list("said", "title"))


def test_one_statement_serves_every_municipality(cast):
    for title, place in (("Hier", cast.home), ("Dort", cast.away)):
        make(Offer, place, title=title)
    statement = titles()
    with CaptureQueriesContext(connection) as captured:
        assert statement.run(cast.home) == [("municipality", "Hier")]
        assert statement.run(cast.away) == [("municipality", "Dort")]
        assert statement.run(None) == []
    assert len(captured) == 3


def test_values_are_taken_by_name_and_as_they_are(cast):
    for title in ("10% Rabatt", "10 Rabatt", "word"):
        make(Offer, cast.home, title=title)
    statement = titles(title__contains=Parameter("word"))
    assert [title for _, title in statement.run(cast.home, word="0%")] == ["10% Rabatt"]
    assert [title for _, title in statement.run(cast.home, word="word")] == ["word"]


def test_a_value_that_nobody_gave_is_missed(cast):
    with pytest.raises(KeyError, match="word"):
        titles(title=Parameter("word")).run(cast.home)
