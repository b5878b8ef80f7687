"""Vague dates: as vague as they were meant, in every form the same."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from records.fields import VagueDateField
from records.vague import (
    DAY,
    FIRST_YEAR,
    HALF,
    LAST_YEAR,
    MONTH,
    PRECISIONS,
    QUARTER,
    YEAR,
    VagueDate,
    ends_before_start,
    span_text,
)
from records.vague_form import VagueDateFormField, VagueDateWidget, parts_of

days = st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))
vague_dates = st.builds(VagueDate, days, st.sampled_from(sorted(PRECISIONS)))


def of(text: str) -> VagueDate:
    return VagueDate.from_iso(text)


def sent(value: VagueDate | None, name: str = "begin") -> QueryDict:
    """The parts as a browser sends them."""
    query = QueryDict(mutable=True)
    query.update({f"{name}_{part}": text for part, text in parts_of(value).items()})
    return query


def cleaned(**parts: str) -> VagueDate | None:
    query = QueryDict(mutable=True)
    query.update({f"begin_{part}": text for part, text in parts.items()})
    field = VagueDateFormField()
    return field.clean(field.widget.value_from_datadict(query, {}, "begin"))


@pytest.mark.slow
@given(vague_dates)
def test_every_written_form_leads_back(value):
    assert VagueDate.from_iso(value.iso) == value
    assert VagueDate.from_stored(value.stored) == value
    assert VagueDateField().to_python(value.stored) == value
    assert VagueDateField().to_python(value.iso) == value
    assert VagueDateFormField().clean(VagueDateWidget().value_from_datadict(sent(value), {}, "begin")) == value
    assert VagueDateFormField().has_changed(value, parts_of(value)) is False


@given(days)
def test_a_german_day_is_read(day):
    assert of(f"{day.day}.{day.month}.{day.year}") == VagueDate(day)
    assert str(VagueDate(day)) == f"{day:%d.%m.}{day.year}"


@given(vague_dates)
def test_a_span_holds_its_days(value):
    assert value.first <= value.middle <= value.last
    assert (value.first == value.last) == (value.precision == DAY)
    for day in (value.first, value.last):
        assert VagueDate(day, value.precision) == value
    if value.last < date(LAST_YEAR, 12, 31):
        assert VagueDate(value.last + timedelta(days=1), value.precision) > value


@given(st.lists(vague_dates, max_size=8))
def test_the_column_sorts_like_the_dates(values):
    in_column = [VagueDate.from_stored(text) for text in sorted(value.stored for value in values)]
    assert in_column == sorted(values, key=lambda value: (value.first, value.precision))


@given(vague_dates, vague_dates)
def test_an_end_is_refused_only_where_no_day_fits(begin, end):
    assert ends_before_start(begin, end) == (end.last < begin.first)


@pytest.mark.parametrize(
    ("iso", "german", "first", "last"),
    [
        ("2016-08-17", "17.08.2016", date(2016, 8, 17), date(2016, 8, 17)),
        ("2017-08", "August 2017", date(2017, 8, 1), date(2017, 8, 31)),
        ("2018-02", "Februar 2018", date(2018, 2, 1), date(2018, 2, 28)),
        ("2018-Q1", "1. Quartal 2018", date(2018, 1, 1), date(2018, 3, 31)),
        ("2018-Q4", "4. Quartal 2018", date(2018, 10, 1), date(2018, 12, 31)),
        ("2018-H2", "2. Halbjahr 2018", date(2018, 7, 1), date(2018, 12, 31)),
        ("2018", "2018", date(2018, 1, 1), date(2018, 12, 31)),
    ],
)
def test_dates_read_in_german(iso, german, first, last):
    value = of(iso)
    assert (str(value), value.iso, value.first, value.last) == (german, iso, first, last)


@pytest.mark.parametrize(
    ("begin", "end", "text"),
    [
        ("2017-09-01", "2018-12-31", "01.09.2017–31.12.2018"),
        ("2017-09", "2018", "September 2017 bis 2018"),
        ("2016-08-17", "2016-08-17", "17.08.2016"),
        ("2016-01", None, "seit Januar 2016"),
        (None, "2018-H1", "bis 1. Halbjahr 2018"),
        (None, None, ""),
    ],
)
def test_periods_read_in_german(begin, end, text):
    assert span_text(begin and of(begin), end and of(end)) == text


@pytest.mark.parametrize(
    "text", ["", "2018-13", "2018-02-30", "30.02.2018", "2018-Q5", "2018-H3", "0001", "1899", "2101-01-01", "gestern"]
)
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError, match=r"Datum|Jahr|month|day"):
        of(text)


def test_an_unknown_precision_is_refused():
    with pytest.raises(ValueError, match="Genauigkeit"):
        VagueDate(date(2018, 1, 1), "W")


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"precision": DAY, "day": "17.08.2016"}, "2016-08-17"),
        ({"precision": DAY, "day": "17.8.2016"}, "2016-08-17"),
        ({"precision": DAY, "day": "2016-08-17"}, "2016-08-17"),
        ({"precision": MONTH, "month": "8", "year": "2017", "day": "99.99.9999"}, "2017-08"),
        ({"precision": QUARTER, "quarter": "1", "year": "2018"}, "2018-Q1"),
        ({"precision": HALF, "half": "2", "year": "2018"}, "2018-H2"),
        ({"precision": YEAR, "year": " 2018 "}, "2018"),
        ({"day": "17.08.2016"}, "2016-08-17"),
    ],
)
def test_parts_make_a_date(parts, expected):
    assert cleaned(**parts) == of(expected)


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"precision": DAY, "day": "30.02.2018"}, "Diesen Tag gibt es nicht."),
        ({"precision": DAY, "day": "17.08.0001"}, "zum Beispiel 17.08.2016."),
        ({"precision": DAY, "year": "2018"}, "Geben Sie den Tag an"),
        ({"precision": MONTH, "month": "13", "year": "2018"}, "Wählen Sie den Monat"),
        ({"precision": QUARTER, "quarter": "9", "year": "2018"}, "Wählen Sie das Quartal"),
        ({"precision": QUARTER, "quarter": "0", "year": "2018"}, "Wählen Sie das Quartal"),
        ({"precision": HALF, "half": "", "year": "2018"}, "Wählen Sie das Halbjahr"),
        ({"precision": HALF, "half": "-1", "year": "2018"}, "Wählen Sie das Halbjahr"),
        ({"precision": YEAR, "year": "0001"}, "zwischen 1900 und 2100"),
        ({"precision": YEAR, "year": "1" + "0" * 30}, "vierstellig"),
        ({"precision": YEAR, "year": "9" * 5000}, "vierstellig"),
        ({"precision": MONTH, "month": "1" + "0" * 30, "year": "2018"}, "Wählen Sie den Monat"),
        ({"precision": YEAR, "year": "²018"}, "vierstellig"),
        ({"precision": "W", "year": "2018"}, "Wählen Sie Tag, Monat"),
    ],
)
def test_impossible_parts_get_a_sentence(parts, sentence):
    with pytest.raises(ValidationError) as caught:
        cleaned(**parts)
    assert sentence in caught.value.messages[0]


def test_nothing_typed_is_no_date_and_required_says_so():
    assert VagueDateFormField(required=False).clean(VagueDateWidget().value_from_datadict(sent(None), {}, "x")) is None
    with pytest.raises(ValidationError) as caught:
        cleaned(precision=MONTH)
    assert caught.value.messages == ["Geben Sie ein Datum an; es darf ungenau sein."]


@pytest.mark.parametrize("text", ["gestern", "30.02.2018", "\x00", "9" * 5000])
def test_a_date_sent_as_one_text_is_judged_too(text):
    field, query = VagueDateFormField(), QueryDict(mutable=True)
    query["begin"] = text
    with pytest.raises(ValidationError):
        field.clean(field.widget.value_from_datadict(query, {}, "begin"))


@pytest.mark.slow
@given(st.fixed_dictionaries({}, optional={part: st.text(max_size=12) for part in parts_of(None)}))
def test_no_parts_break_the_field(parts):
    with suppress(ValidationError):
        assert isinstance(cleaned(**parts), VagueDate)
