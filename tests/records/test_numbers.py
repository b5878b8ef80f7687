"""Numbers are read as they are written in German, amounts and counts alike."""

from decimal import Decimal

import pytest

from funding.models import StateGrant
from participation.models import Event
from planning.models import IndicatorValue, PlannerPost
from records.registry import kind_of
from tests.factories import make, post_data, stored_values
from tests.html import read_form

WRITTEN = (("12.500", 12500), ("1 250", 1250), ("1.250.000", 1250000), ("12500", 12500))


def sent(cast, kind, record, **typed):
    """What a planner's save with these texts leaves in the record, and the answer."""
    data = post_data(kind, stored_values(kind, record)) | {"version": str(record.version)} | typed
    answer = cast.client("planner").post(kind.url("update", cast.home, record.pk), data)
    record.refresh_from_db()
    return answer


@pytest.mark.parametrize(
    ("text", "number"), [*WRITTEN[1:], ("1.250,50", "1250.50"), ("0,5", "0.50"), ("12.5", "12.50")]
)
def test_an_amount_is_read_as_it_is_written(cast, text, number):
    grant = make(StateGrant, cast.home)
    assert sent(cast, kind_of(StateGrant), grant, applied_amount=text).status_code == 302
    assert str(grant.applied_amount) == str(number if "." in str(number) else f"{number}.00")


@pytest.mark.parametrize(("text", "number"), WRITTEN[:2])
def test_a_count_is_read_as_it_is_written(cast, text, number):
    event = make(Event, cast.home)
    assert sent(cast, kind_of(Event), event, participants=text).status_code == 302
    assert event.participants == number


@pytest.mark.parametrize(
    ("model", "name", "number", "shown"),
    [
        (IndicatorValue, "value", "86.000", "86"),  # „86,000“ would read as eighty-six thousand
        (IndicatorValue, "value", "86.250", "86,25"),
        (StateGrant, "applied_amount", "638700.00", "638.700,00"),
        (StateGrant, "applied_amount", "1250.50", "1.250,50"),
        (PlannerPost, "full_time_equivalent", "0.80", "0,80"),
    ],
)
def test_a_stored_number_stands_in_its_form_as_it_was_written(cast, model, name, number, shown):
    record, kind = make(model, cast.home, **{name: Decimal(number)}), kind_of(model)
    values = read_form(cast.client().get(kind.url("update", cast.home, record.pk)).content).values
    assert values[name] == [shown]
    assert str(getattr(model.objects.get(pk=record.pk), name)) == number


@pytest.mark.parametrize("text", ["drei", "1.25", "1,5", "1..000", "01.250"])
def test_what_is_no_whole_number_is_refused_beside_the_field(cast, text):
    event = make(Event, cast.home)
    answer = sent(cast, kind_of(Event), event, participants=text)
    assert answer.status_code == 422
    assert "Geben Sie eine ganze Zahl ein, zum Beispiel 3." in answer.content.decode()
