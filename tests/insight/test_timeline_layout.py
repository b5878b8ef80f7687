from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insight.timeline import by_year, years_of
from insight.timeline.layout import Box, Scale, pack, span_of
from printing.drawings.text import shorten, text_width, wrap
from tests.insight.entries import entry, many

TODAY = date(2018, 10, 22)


def taken(box, place, space=8):
    """The stretches that a placed box covers, per row."""
    if place.side == "right":
        return [(place.row, box.left, box.right + space + box.label)]
    if place.side == "left":
        return [(place.row, box.left - space - box.label, box.right)]
    return [(place.row, box.left, box.right)]


@given(st.lists(st.tuples(st.floats(174, 1050), st.floats(0, 300), st.floats(10, 420), st.booleans()), max_size=60))
def test_nothing_overlaps(drawn):
    boxes = [Box(left, min(left + wide, 1080), label, prefer) for left, wide, label, prefer in drawn]
    places, rows = pack(boxes, 182, 1072, space=8, gap=10)
    stretches = [piece for box, place in zip(boxes, places, strict=True) for piece in taken(box, place)]
    for (row_a, low_a, high_a), (row_b, low_b, high_b) in combinations(stretches, 2):
        assert row_a != row_b or high_a <= low_b or high_b <= low_a
    assert all(place.row < rows for place in places)


def test_label_without_room_at_the_sides_stands_below():
    places, rows = pack([Box(182, 1072, 100)], 182, 1072, space=8, gap=10)
    assert (places[0].side, rows) == ("below", 2)


def test_scale_is_linear_between_knots_and_clamps():
    scale = Scale.linear(2016, 2017, 100, 831)
    assert scale.x(date(2016, 1, 1)) == 100
    assert scale.x(date(2017, 1, 1)) == pytest.approx(466)
    assert scale.x(date(1999, 5, 1)) == 100
    assert scale.x(date(2030, 5, 1)) == 831
    assert not scale.covers(date(2018, 1, 1))


def test_vague_ends_fade_over_exactly_the_span_of_uncertainty():
    span = span_of(entry("Audit", "2013", "2015-06", shape="period"), TODAY)
    assert (span.start, span.solid_from) == (date(2013, 1, 1), date(2014, 1, 1))
    assert (span.solid_to, span.stop) == (date(2015, 6, 1), date(2015, 7, 1))


def test_period_within_one_vague_span_is_certain_nowhere():
    span = span_of(entry("Richtlinie", "2018", "2018", shape="period"), TODAY)
    assert span.solid_from == span.solid_to
    assert (span.start, span.stop) == (date(2018, 1, 1), date(2019, 1, 1))


def test_open_period_runs_until_today():
    span = span_of(entry("Planerstelle", "2017-10-01", shape="period"), TODAY)
    assert span.is_open
    assert span.solid_to == TODAY


def test_survey_with_begin_and_end_is_a_period_and_with_one_date_a_point():
    assert not entry("Befragung", "2018-01-01", "2018-02-01", shape="participation").is_point
    assert entry("Befragung", "2018-Q1", shape="participation").is_point


def test_list_by_year_keeps_every_entry_once_in_order():
    entries = many(300)
    listed = [item for group in by_year(entries) for item in group.entries]
    assert sorted(item.uid for item in listed) == sorted(item.uid for item in entries)
    assert [item.moment.first for item in listed] == sorted(item.moment.first for item in entries)


def test_vaguer_date_of_the_same_day_comes_first():
    group = by_year([entry("Tag", "2018-01-01"), entry("Jahr", "2018"), entry("Quartal", "2018-Q1")])[0]
    assert [item.title for item in group.entries] == ["Jahr", "Quartal", "Tag"]


def test_years_without_entries_are_counted_as_zero():
    assert years_of([entry("a", "2014"), entry("b", "2016-03", "2017-02", shape="period")]) == {
        2014: 1,
        2015: 0,
        2016: 1,
        2017: 0,
    }


def test_name_tells_date_expectation_and_contradiction():
    item = entry("Planerstelle", "2017-10-01", expected=True, contradiction="01.10.2018")
    assert item.name == "Planerstelle (01.10.2017, vorgesehen). Eine andere Quelle: 01.10.2018"
    assert item.label == "Planerstelle (vorgesehen)"
    assert entry("Beschluss erwartet", "2017", expected=True).label == "Beschluss erwartet"


def test_shortened_text_fits_and_says_so():
    text = "Bürgermeisterinnen und Bürgermeister"
    assert shorten(text, 500, 13) == text
    short = shorten(text, 90, 13)
    assert short.endswith("…")
    assert text_width(short, 13) <= 90


def test_wrap_breaks_at_blanks():
    assert wrap("Controlling und Evaluation", 70, 7.5, 600) == ["Controlling und", "Evaluation"]
