"""Cells of lists."""

import pytest

from records.parts import Cell, Link, Row, Station, Thread
from records.templatetags.tables import gaps_ahead, table_rows, thread_cell

HOSTILE = '"><script>alert(1)</script>'


def cells(found, title="a", thread=None):
    """A row of these cells, without its head."""
    html = table_rows([Row(title, "/a/", tuple(found), thread=thread)], "/i.svg", True, thread)
    assert html.startswith("<tr><td")
    return html


@pytest.mark.parametrize(
    "cell",
    [
        Cell(HOSTILE, HOSTILE),
        Cell("a", HOSTILE, "state", HOSTILE),
        Cell("a", HOSTILE, "tag"),
        Cell("a", "", links=(Link(HOSTILE, HOSTILE),)),
    ],
)
def test_whatever_stands_in_a_cell_is_escaped(cell):
    thread = Thread((Station(HOSTILE, HOSTILE, HOSTILE, "gap"),), HOSTILE)
    assert "<script" not in cells([cell], HOSTILE, thread)


def test_cells_name_themselves_and_show_a_dash_for_nothing():
    row = [Cell("Belege", "11", "number"), Cell("Region", ""), Cell("Stand", "läuft", "state", "run")]
    assert cells(row).partition("</th>")[2] == (
        '<td data-l="Belege" class="num">11</td>'
        '<td data-l="Region" class="c-text">–</td>'
        '<td data-l="Stand" class="c-state"><span class="state"><svg class="glyph" aria-hidden="true">'
        '<use href="/i.svg#i-run"></use></svg>läuft</span></td></tr>'
    )


def test_the_short_thread_says_in_words_what_is_missing():
    stations = tuple(Station(name, "", "", state) for name, state in (("Bedarf", "here"), ("Ziele", "gap")))
    html = thread_cell(Thread(stations, "fehlt: Ziele"))
    assert 'aria-label="Roter Faden: fehlt: Ziele"' in html
    assert html.count("<i></i>") == 1
    assert html.count('class="o"') == 1
    assert thread_cell(None).endswith("–</td>")


def test_only_gaps_after_the_record_that_can_be_mended_are_ahead():
    way = Link("Maßnahme zuordnen", "#")
    stations = (
        Station("Erkenntnisse", "fehlt", "", "gap", way),
        Station("Bedarf", "1", "", "here"),
        Station("Ziele", "2", "", "linked", way),
        Station("Maßnahmen", "fehlt", "", "gap", way),
        Station("Geld", "–", "", "gap"),
    )
    assert gaps_ahead(Thread(stations, "")) == [stations[3]]
    assert gaps_ahead(None) == []


def test_a_line_may_break_after_a_slash_and_nothing_is_markup():
    assert "Haus/<wbr>Zentrum &lt;b&gt;" in cells([Cell("Träger", "Haus/Zentrum <b>")])
