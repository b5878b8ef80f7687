import re
from decimal import Decimal
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insight.figures import Figure, Series, Value, chart_of, chart_svg
from printing.drawings.axes import value_axis
from printing.drawings.lines import STYLES, spread
from printing.drawings.text import text_width


def value(year, number, sign="", **more):
    return Value(year, year, None if number is None else Decimal(str(number)), sign, **more)


def series(area, numbers, level="district", **more):
    """Numbers by year; a text is a sign."""
    values = [
        value(year, None, entry, **more) if isinstance(entry, str) else value(year, entry, **more)
        for year, entry in numbers.items()
    ]
    return Series(level, area, tuple(values))


def figure(*found):
    return Figure(7, "Arbeitslosenquote", "Prozent", "", "", "", found)


OWN = series("Kyffhäuserkreis", {2014: 11.2, 2015: "/", 2016: 9.4, 2017: 8.4})
STATE = series("Thüringen", {2014: 7.8, 2015: 7.4, 2016: 6.7, 2017: 5.1}, "state")


def root_of(chart, form="wide", *, alone=False):
    return ElementTree.fromstring(chart_svg(chart, form, "k", alone=alone))


def test_axis_begins_at_zero_where_changes_stay_visible_and_is_broken_elsewhere():
    assert value_axis([Decimal(6), Decimal(13)]).low == 0
    assert value_axis([Decimal(75700), Decimal(79500)]).ticks[0] == 75000
    assert value_axis([Decimal(75700), Decimal(79500)]).is_broken
    assert value_axis([Decimal(-640), Decimal(450)]).low <= -640
    assert value_axis([Decimal(-640), Decimal(-300)]).high == 0


@given(st.lists(st.decimals(-10_000_000, 10_000_000, places=3), min_size=1, max_size=20), st.integers(3, 6))
@pytest.mark.slow
def test_axis_covers_all_values_in_few_round_steps(values, most):
    axis = value_axis(values, most)
    assert axis.low <= min(values)
    assert axis.high >= max(values)
    assert 2 <= len(axis.ticks) <= most + 2
    assert len({b - a for a, b in pairwise(axis.ticks)}) == 1


@given(st.lists(st.floats(20, 320), min_size=1, max_size=6))
def test_names_at_the_ends_keep_their_distance_and_order(wanted):
    placed = spread(wanted, 16, 20, 320)
    for (a, y_a), (b, y_b) in combinations(zip(wanted, placed, strict=True), 2):
        assert abs(y_a - y_b) >= 15.99
        assert a == b or (a < b) == (y_a < y_b)


def test_sign_interrupts_the_line_and_stands_below_the_axis_but_a_missing_year_does_not():
    root = root_of(chart_of(figure(OWN)))
    line = next(path for path in root.iter("path") if "ch-line" in path.get("class", ""))
    assert line.get("d").count("M") == 2
    signs = [text for text in root.iter("text") if (text.find("title") is not None)]
    assert [(text.find("title").tail, text.find("title").text) for text in signs] == [
        ("/", "Kyffhäuserkreis 2015: Wert nicht sicher genug"),
    ]
    assert len([path for path in root.iter("path") if path.find("title") is not None]) == 3
    sparse = root_of(chart_of(figure(series("Kreis", {2011: 1, 2013: 2, 2015: 3}))))
    line = next(path for path in sparse.iter("path") if "ch-line" in path.get("class", ""))
    assert line.get("d").count("M") == 1


def test_lines_differ_without_colour_and_are_named_at_their_ends():
    assert len({(style.shape, style.hollow) for style in STYLES}) == len(STYLES)
    assert len({style.dash for style in STYLES}) == len(STYLES)
    regions = [series(f"Region {name}", {2016: 9, 2017: 8.5}, "region") for name in "ABCD"]
    full = figure(OWN, *regions, STATE)
    chart = chart_of(full, [found.key for found in full.series])
    texts = [text.text for text in root_of(chart).iter("text")]
    assert {"Kyffhäuserkreis", "Thüringen", "Region A", "Region B", "Region C", "Region D"} <= set(texts)
    assert len({drawn.style for drawn in chart.drawn}) == 6


def test_thueringen_keeps_its_style_whatever_else_is_shown():
    alone = chart_of(figure(OWN, STATE), [STATE.key])
    both = chart_of(figure(OWN, STATE))
    assert alone.drawn[0].style == both.drawn[1].style


@pytest.mark.parametrize("form", ["wide", "narrow", "small", "print"])
def test_texts_stay_inside_the_drawing(form):
    long = series("Gemeinde mit einem sehr langen Namen an der Unstrut", {2010 + i: 70000 + 100 * i for i in range(30)})
    root = root_of(chart_of(figure(long, STATE), development=False), form)
    width, height = (float(part) for part in root.get("viewBox").split()[2:])
    size = float(root.get("font-size"))
    years = []
    for text in root.iter("text"):
        wide, x = text_width(text.text, size), float(text.get("x"))
        left = x - {"end": wide, "middle": wide / 2}.get(text.get("text-anchor"), 0)
        assert left >= 0
        assert left + wide <= width + 0.5
        assert float(text.get("y")) <= height
        if text.get("text-anchor") == "middle":
            years.append((left, left + wide))
    assert all(b[0] >= a[1] for a, b in pairwise(sorted(years)))


def test_areas_of_very_different_size_are_shown_as_development_unless_values_are_asked_for():
    own = series("Kreis", {2015: 80000, 2016: 79000})
    state = series("Thüringen", {2014: 2150000, 2015: 2160000, 2016: 2170000}, "state")
    chart = chart_of(figure(own, state))
    assert chart.unit == "2015 = 100"
    assert [drawn.numbers[2016].quantize(Decimal("0.01")) for drawn in chart.drawn] == [
        Decimal("98.75"),
        Decimal("100.46"),
    ]
    assert any("Der Wert von 2015 ist überall 100" in note for note in chart.notes)
    assert chart_of(figure(own, state), development=False).unit == "Prozent"
    assert chart_of(figure(OWN, STATE)).base_year is None


def test_development_is_refused_where_no_common_year_or_a_zero_stands_against_it():
    apart = figure(series("Kreis", {2015: 8}), series("Thüringen", {2016: 80}, "state"))
    assert chart_of(apart, development=True).base_year is None
    zero = figure(series("Kreis", {2015: 0, 2016: 4}), series("Thüringen", {2015: 80, 2016: 9}, "state"))
    assert chart_of(zero, development=True).base_year is None


def test_another_source_breaks_the_line_and_is_said():
    values = (value(2014, 1, source="A"), value(2015, 2, source="A"), value(2016, 5, source="B"))
    chart = chart_of(figure(Series("district", "Kreis", values)))
    assert [note for note in chart.notes if "Quelle" in note] == [
        "Kreis: ab 2016 aus einer anderen Quelle (B). Dort ist die Linie unterbrochen: Davor und danach kann anders "
        "gezählt worden sein."
    ]
    line = next(path for path in root_of(chart).iter("path") if "ch-line" in path.get("class", ""))
    assert line.get("d").count("M") == 2


def test_of_two_values_for_a_year_the_last_is_drawn_and_it_is_said():
    chart = chart_of(figure(Series("district", "Kreis", (value(2016, 1), value(2016, 3)))))
    assert "Kreis 2016: mehrere Werte eingetragen, gezeichnet ist der letzte." in chart.notes
    assert chart.drawn[0].numbers == {2016: 3}


def test_broken_axis_is_said_in_words():
    chart = chart_of(figure(series("Kreis", {2015: 76900, 2016: 76150})))
    assert (
        "Die senkrechte Achse beginnt bei 76\u202f000, nicht bei null; Unterschiede sehen dadurch größer aus."
        in chart.notes
    )
    assert not any("Achse" in note for note in chart_of(figure(OWN, STATE)).notes)


def test_figure_with_signs_only_and_with_a_single_value_can_be_drawn():
    for found in (series("Kreis", {2016: ".", 2017: "..."}), series("Kreis", {2017: 0})):
        for form in ("wide", "small"):
            assert root_of(chart_of(figure(found)), form) is not None
    assert chart_of(figure(series("Kreis", {2017: "."}))).description == "Kreis: kein Wert"


def test_drawing_has_title_and_description_and_no_inline_style_on_the_page():
    markup = chart_svg(chart_of(figure(OWN, STATE)), "wide", "w")
    assert "Arbeitslosenquote, 2014 bis 2017</title>" in markup
    assert "Kyffhäuserkreis: sinkt von 11,2 (2014) auf 8,4 (2017). Thüringen: sinkt von 7,8 (2014)" in markup
    assert "style" not in markup
    values = chart_svg(chart_of(figure(OWN, STATE)), "print", "p", alone=True)
    assert "class=" not in values
    assert "var(" not in values
    assert 'aria-hidden="true"' in chart_svg(chart_of(figure(OWN)), "small", "s")


def test_description_says_unit_base_and_course_whatever_is_drawn():
    """Values are told as they are, in their unit, also where their development is drawn."""
    drawn = chart_of(figure(OWN, series("Thüringen", {2014: 7.8, 2016: 9, 2017: 7.8})), development=True)
    begin = f"Einheit: {drawn.figure.unit}. Gezeichnet ist die Entwicklung, 2014 = 100. "
    told = "Kyffhäuserkreis: sinkt von 11,2 (2014) auf 8,4 (2017). Thüringen: beträgt 2014 und 2017 je 7,8"
    assert drawn.description == begin + told


def test_texts_are_escaped():
    assert "<script>" not in chart_svg(chart_of(figure(series("<script>x", {2016: 1}))), "wide", "w")
    assert not re.search(r"\d,\d", re.sub(r">[^<]*<", "><", chart_svg(chart_of(figure(OWN)), "wide", "w")))
