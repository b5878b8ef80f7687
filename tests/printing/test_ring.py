import re
from xml.etree import ElementTree

from django.template.loader import render_to_string

from printing.drawings.ring import LABEL_LINES, RingPhase, draw_ring, mini_references, mini_symbols, number

CODES = ("done", "rest", "done", "done", "done", "done", "run", "none")
STATES = {"done": "abgeschlossen", "run": "läuft", "rest": "ruht", "none": "nicht begonnen"}


def ring(steps=(3, 1, 3)):
    phases = [
        RingPhase(i, f"Phase {i}", LABEL_LINES[i], state, STATES[state], f"/kommune/phasen/{i}/", *steps)
        for i, state in enumerate(CODES, start=1)
    ]
    return draw_ring(phases, period="2017–2019", level="Stufe 3")


def test_every_segment_is_a_link_with_a_name_in_words():
    markup = render_to_string("printing/drawings/_ring.html", {"ring": ring()})
    links = re.findall(r'<a href="(/kommune/phasen/\d/)" aria-label="([^"]+)">', markup)
    assert [url for url, _ in links] == [f"/kommune/phasen/{i}/" for i in range(1, 9)]
    assert links[6][1] == "7. Phase 7: läuft, 3 von 7 Schritten erledigt"


def test_ring_has_title_description_and_no_inline_style():
    markup = render_to_string("printing/drawings/_ring.html", {"ring": ring()})
    svg = ElementTree.fromstring(markup[: markup.index("</svg>") + 6].split("#}")[-1].replace("&nbsp;", " "))
    assert svg.get("role") == "group"
    assert svg.get("aria-labelledby") == "ring-t ring-d"
    assert "8 Phase 8 nicht begonnen" in "".join(svg.itertext())
    assert "style=" not in markup


def test_wreath_has_one_stroke_per_step():
    ticks = ring().segments[0].ticks
    assert [(state, path.count("M")) for state, path in ticks] == [("done", 3), ("run", 1), ("open", 3)]


def test_a_phase_without_steps_or_with_very_many_still_draws():
    assert ring(steps=(0, 0, 0)).segments[0].ticks == ()
    assert ring(steps=(0, 0, 0)).segments[0].phase.name == "1. Phase 1: abgeschlossen"
    assert ring(steps=(60, 0, 60)).segments[0].ticks[0][1].count("M") == 60


def test_first_segment_starts_at_twelve_and_points_clockwise():
    path = ring().segments[0].path
    assert path.startswith("M392 70.2A192 192 0 0 1 514 120.7L497.3 159.2L461.2 178.1A114 114")


def test_mini_ring_refers_to_symbols_that_exist():
    symbols = {name for name, _, _ in mini_symbols()}
    assert len(symbols) == 32
    references = mini_references(["done", "rest", "none", "run"] * 2)
    assert references[:4] == ("m1d", "m2s", "m3n", "m4r")
    assert set(references) <= symbols


def test_labels_are_escaped():
    evil = RingPhase(1, "<b>x</b>", ("<script>",), "run", "läuft", '/"><script>', 1, 0, 0)
    markup = render_to_string("printing/drawings/_ring.html", {"ring": draw_ring([evil], period="2017", level="")})
    assert "<script>" not in markup
    assert "<b>" not in markup


def test_numbers_have_a_point_whatever_the_language():
    assert number(3.04) == "3"
    assert number(3.25) in {"3.2", "3.3"}
