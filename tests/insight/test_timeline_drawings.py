import re
from dataclasses import replace
from datetime import date
from html import unescape
from itertools import combinations
from xml.etree import ElementTree

from insight.timeline import Window, draw_screen, print_pages, print_svg, screen_svg, title_strokes
from insight.timeline.signs import LEGEND, legend_items
from printing.drawings.text import text_width
from records.vague import VagueDate
from tests.insight.entries import entry, many

TODAY = date(2018, 10, 22)
SVG = "{http://www.w3.org/2000/svg}"


def screen(entries, **options):
    return screen_svg(draw_screen(entries, place="Kyffhäuserkreis", today=TODAY, **options))


def test_every_entry_is_a_link_with_a_title():
    entries = many(300)
    markup = screen(entries)
    assert sorted(re.findall(r'<a href="([^"]+)"><title>', markup)) == sorted(item.url for item in entries)


def test_screen_drawing_is_well_formed_and_free_of_inline_style():
    markup = screen(many(60))
    root = ElementTree.fromstring(markup[markup.index("<svg") :])
    assert root.get("role") == "group"
    assert "style=" not in markup
    assert not re.search(r"\d,\d", re.sub(r">[^<]*<", "><", markup))


def test_texts_are_escaped():
    evil = entry('<script>alert("x")</script>', "2018-01-01", contradiction="<img>")
    for markup in (screen([evil]), print_svg([evil], today=TODAY)):
        assert "<script>" not in markup
        assert "<img>" not in markup


def test_empty_lane_says_so_and_hurdles_shade_all_lanes():
    markup = screen([entry("Personalwechsel", "2018-H1", "2018-H2", lane=0, shape="period")])
    assert markup.count("noch keine Einträge") == 8
    assert markup.count('class="band"') == 1


def test_overlapping_hurdles_shade_once():
    hurdles = [entry(f"H{i}", "2018-02", "2018-11", lane=0, shape="period") for i in range(3)]
    assert screen(hurdles).count('class="band"') == 1


def test_vague_point_has_a_bracket_and_an_exact_one_has_none():
    assert 'class="fuzz"' in screen([entry("a", "2018-Q1")])
    assert 'class="fuzz"' not in screen([entry("a", "2018-01-14")])


def test_today_is_marked_only_inside_the_years_drawn():
    assert "heute" in screen([entry("a", "2018-01-14")])
    assert "heute" not in screen([entry("a", "2015-01-14")])


def test_the_present_year_and_month_are_named_though_today_covers_them():
    """Beside the box where there is room up to the next line, else in it; no label stands outside the drawing."""
    for years in (3, 9, 17):
        for today in (date(2018, 1, 9), date(2018, 6, 15), date(2018, 11, 29), date(2018, 12, 30)):
            window = Window.years(2019 - years, 2018)
            drawing = draw_screen([entry("a", "2018-01")], place="K", today=today, window=window)
            shown = [(float(tick.label_x), tick.label) for tick in drawing.years if tick.label]
            assert [label for _, label in shown if label == "2018"] or drawing.today_name == "2018", (years, today)
            assert all(x + text_width(label, 14, 600) <= drawing.width for x, label in shown), (years, today)
            ends = [x + text_width(label, 14, 600) for x, label in shown]
            assert all(end < x for end, (x, _) in zip(ends, shown[1:], strict=False)), (years, today)
    drawing = draw_screen([entry("a", "2018-01")], place="K", today=date(2018, 11, 15), window=Window.years(2018, 2018))
    assert drawing.today_name == "Nov."
    assert ">Nov.</text>" in screen_svg(drawing)


def test_a_year_shows_what_goes_on_in_it_and_hides_the_rest():
    entries = [entry("davor", "2015"), entry("läuft", "2016-01", shape="period"), entry("drin", "2017-05-01")]
    names = re.findall(r"<title>(\w+) \(", screen(entries, window=Window.years(2017, 2017)))
    assert names == ["läuft", "drin"]


def within(text):
    unit = VagueDate.from_iso(text)
    return Window.between(unit, unit)


def axis_labels(markup):
    return re.findall(r'<text class="year"[^>]*>([^<]+)<', markup)


def test_a_year_is_ruled_by_months_and_a_month_by_weeks():
    entries = [entry("a", "2017-08-09")]
    assert axis_labels(screen(entries, window=within("2017"))) == [
        "Feb.",
        "März",
        "Mai",
        "Juni",
        "Aug.",
        "Sept.",
        "Nov.",
        "Dez.",
        "Jan. 2017",
        "April",
        "Juli",
        "Okt.",
    ]
    assert axis_labels(screen(entries, window=within("2017-08"))) == ["7.8.", "14.8.", "21.8.", "28.8.", "Aug."]


def test_month_shows_what_touches_it_and_a_vague_span_stays_open_at_the_edge():
    entries = [
        entry("Jahr", "2017"),
        entry("drin", "2017-08-09"),
        entry("danach", "2017-09-01"),
        entry("läuft", "2016", shape="period"),
        entry("vorbei", "2016", "2017-07", shape="period"),
    ]
    markup = screen(entries, window=within("2017-08"))
    assert re.findall(r"<title>(\w+) \(", markup) == ["läuft", "Jahr", "drin"]
    assert re.search(r'class="fuzz" d="M[\d.]+ [\d.]+H[\d.]+"', markup)  # a line without ends


def test_open_period_reaches_to_today_and_quiet_years_are_squeezed():
    entries = [entry("Stelle", "2009-10-01", shape="period"), entry("Sitzung", "2010-03-01", shape="session")]
    markup = screen(entries)
    assert "heute" in markup
    assert axis_labels(markup) == ["2009", "2010", "2011–2018"]
    assert "gestaucht" in markup
    assert "gestaucht" not in screen(entries[1:])


def labels_of(markup):
    """Per lane the base line, left and right of every label."""
    for lane in re.findall(r'<g class="marks">(.*?)</g>', markup, re.S):
        found = []
        for link in re.findall(r"<a .*?</a>", lane, re.S):
            x, y, rest, text = re.search(r'<text x="([\d.]+)" y="([\d.]+)"([^>]*)>([^<]*)<', link).groups()
            wide, x = text_width(unescape(text), 13), float(x)
            left = x - wide if "end" in rest else x
            if "end" in rest:
                assert x < min(float(begin) for begin in re.findall(r'd="M([\d.]+)', link))  # left of its mark
            found.append((float(y), left, left + wide))
        yield found


def test_labels_of_a_year_with_300_marks_do_not_overlap():
    entries = [
        replace(item, begin=VagueDate(item.begin.first.replace(year=2018), item.begin.precision)) for item in many(300)
    ]
    markup = screen(entries, window=within("2018"))
    lanes = list(labels_of(markup))
    assert sum(len(lane) for lane in lanes) == 300
    for lane in lanes:
        for (y_a, left_a, right_a), (y_b, left_b, right_b) in combinations(lane, 2):
            assert abs(y_a - y_b) >= 13 or right_a <= left_b or right_b <= left_a
        assert all(left >= 174 and right <= 1080.5 for _, left, right in lane)


def test_empty_timeline_draws():
    assert screen([]).count("noch keine Einträge") == 9
    assert "keine Einträge" in print_svg([], today=TODAY)


def test_printed_drawing_has_values_only_and_a_summary():
    markup = print_svg(many(40), today=TODAY, uid="z1", list_name="Tabelle 14")
    root = ElementTree.fromstring(markup)
    assert root.find(f"{SVG}title").text.startswith("Zeitstrahl 2016 bis 2022: 40 Einträge nach Phasen, von „")
    assert root.find(f"{SVG}title").text.endswith("Alle Einträge stehen in Tabelle 14.")
    assert "class=" not in markup
    assert "var(" not in markup
    assert re.findall(r'id="([^"]+)"', markup) == ["z1-h"]
    assert {text.get("font-family") for text in root.iter(f"{SVG}text")} == {"Fira Sans"}


def test_printed_texts_stay_inside_the_page():
    for page in print_pages(many(300), today=TODAY):
        root = ElementTree.fromstring(page.svg)
        width, height = (float(root.get(name).removesuffix("pt")) for name in ("width", "height"))
        assert width <= 756
        assert height <= 414.1
        for text in root.iter(f"{SVG}text"):
            x, wide = float(text.get("x")), text_width(text.text, float(text.get("font-size")), 600)
            left = x - wide if text.get("text-anchor") == "end" else x
            assert left >= -1
            assert left + wide <= 756 + wide * 0.08 + 1  # 600 is wider than the 400 of labels


def test_full_timeline_is_divided_and_every_label_is_printed():
    entries = many(300)
    pages = print_pages(entries, today=TODAY)
    assert len(pages) > 1
    printed = "".join(page.svg for page in pages)
    assert all(re.search(rf"Eintrag {index}\b", printed) for index in range(300))
    ids = re.findall(r' id="([^"]+)"', printed)
    assert len(ids) == len(set(ids))


def test_a_year_that_fills_two_pages_is_shared_evenly():
    lanes = [1] * 12 + [2] * 12 + [3] * 12 + [8]
    entries = [entry(f"Sitzung {i}", "2018", lane=lane) for i, lane in enumerate(lanes)]
    first, second = print_pages(entries, today=TODAY)
    assert (first.count, second.count) == (24, 13)


def test_early_years_with_few_entries_are_squeezed_and_marked_as_such():
    late = [entry(f"e{i}", f"2018-{i:02d}-01") for i in range(1, 9)]
    assert "gestaucht" in print_svg([entry("früh", "2013"), *late], today=TODAY)
    assert "gestaucht" not in print_svg(late, today=TODAY)


def test_title_strokes_are_without_words_one_per_record():
    entries = many(30)
    root = ElementTree.fromstring(title_strokes(entries, today=TODAY))
    assert list(root.iter(f"{SVG}text")) == []
    assert root.find(f"{SVG}title") is None
    assert len(list(root.iter(f"{SVG}rect"))) == sum(1 for item in entries if item.lane)


def test_the_legend_with_every_sign_stays_inside_the_drawing():
    items = legend_items(set(LEGEND), expected=True, left=103, right=755, y=0)
    assert [item.kind for item in items] == list(LEGEND)
    ends = [float(item.text_x) + text_width(item.words, 7) for item in items]
    assert ends[-1] <= 755.1
    assert all(end < float(item.text_x) for end, item in zip(ends, items[1:], strict=False))
