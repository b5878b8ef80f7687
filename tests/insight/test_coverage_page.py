import csv
import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from planning.models import ActionField, LifePhase, Need, Offer, PlanningCycle, PlanningRegion
from records.vague import VagueDate
from tests.factories import make

URL = "/kyffhaeuserkreis/abgleich/"
QUERIES = 12


class Stock:
    """Two Handlungsfelder, two Lebensphasen, two regions, a cycle."""

    def __init__(self, place):
        self.place = place
        self.fields = [make(ActionField, None, full=False, number=n, title=f"Feld {n}") for n in (1, 2)]
        self.phases = [make(LifePhase, None, full=False, number=n, title=f"Phase {n}") for n in (1, 2)]
        self.regions = [make(PlanningRegion, place, full=False, title=title) for title in ("Nord", "Süd")]
        self.cycle = make(PlanningCycle, place, title="Zyklus", first_year=2017, last_year=2099, predecessor=None)

    def offer(self, title, fields=(0,), phases=(0,), regions=(0,), **given):
        return make(Offer, self.place, full=False, title=title, **self.links(fields, phases, regions), **given)

    def need(self, title, fields=(0,), phases=(0,), regions=(0,), **given):
        given = {"cycle": self.cycle, "state": "found", "priority": ""} | given
        return make(Need, self.place, full=False, title=title, **self.links(fields, phases, regions), **given)

    def links(self, fields, phases, regions):
        return {
            "action_fields": [self.fields[i] for i in fields],
            "life_phases": [self.phases[i] for i in phases],
            "regions": [self.regions[i] for i in regions],
        }


@pytest.fixture
def stock(cast):
    return Stock(cast.home)


def shown(client, query=""):
    response = client.get(f"{URL}?{query}")
    assert response.status_code == 200
    return response.content.decode()


def cells(page):
    """Words of every cell by row and column."""
    found = {}
    for row in re.findall(r'<tr>\s*<th scope="row"(.*?)</tr>', page, re.DOTALL):
        head = re.search(r">(.*?)</th>", row, re.DOTALL)[1]
        for column, body in re.findall(r'<td data-l="([^"]*)">(.*?)</td>', row, re.DOTALL):
            found[head, column] = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", body)).replace(" , ", ", ").strip()
    return found


def test_cells_count_and_name_offers_and_needs(cast, stock):
    stock.offer("Rufbus", fields=(0, 1), phases=(0,))
    stock.need("Bus am Abend", phases=(0,))
    stock.need("Bus am Morgen", phases=(0,), state="covered")
    stock.need("Pflege", fields=(1,), phases=(1,))
    found = cells(shown(cast.client("adviser")))
    assert found == {
        ("1 Feld 1", "Phase 1"): "1 Angebot Rufbus 2 Bedarfe, 1 offen B 1 Bus am Abend B 2 Bus am Morgen",
        ("1 Feld 1", "Phase 2"): "–",
        ("2 Feld 2", "Phase 1"): "1 Angebot Rufbus kein Bedarf",
        ("2 Feld 2", "Phase 2"): "kein Angebot 1 Bedarf, 1 offen B 3 Pflege",
    }


def test_gap_leads_to_the_form_with_field_and_phase_filled_in(cast, stock):
    stock.need("Pflege", fields=(1,), phases=(1,))
    page = shown(cast.client())
    url = f"/kyffhaeuserkreis/angebote/neu/?action_fields={stock.fields[1].pk}&amp;life_phases={stock.phases[1].pk}"
    assert page.count('class="meet gap"') == 1
    assert f'href="{url}"' in page
    assert "1 Lücke: offene Bedarfe ohne Angebot" in page
    form = cast.client().get(url.replace("&amp;", "&")).content.decode()
    assert re.search(rf'name="action_fields" value="{stock.fields[1].pk}"[^>]* checked', form)
    assert "angebote/neu/" not in shown(cast.client("adviser"))


def test_covered_needs_and_ended_offers_do_not_count(cast, stock):
    stock.need("Gedeckt", state="covered")
    assert 'class="meet gap"' not in shown(cast.client())
    stock.need("Offen")
    stock.offer("Vorbei", end=VagueDate.from_iso("2015"))
    page = shown(cast.client())
    assert page.count('class="meet gap"') == 1
    assert "Vorbei" not in page


def test_further_titles_are_behind_a_link_to_the_filtered_list(cast, stock):
    for number in range(5):
        stock.offer(f"Angebot {number}")
    other = stock.offer("Woanders", fields=(1,))
    page = shown(cast.client())
    assert "Angebot 1</a>" in page
    assert "Angebot 2</a>" not in page
    url = re.search(r'href="([^"]*)">3 weitere<', page)[1].replace("&amp;", "&")
    listed = cast.client().get(url).content.decode()
    assert listed.count('class="rec"') == 5
    assert other.title not in listed


def test_what_belongs_nowhere_has_a_row_and_a_column_of_its_own(cast, stock):
    for number in range(3):
        stock.offer(f"Irgendwo {number}", fields=(), phases=())
    page = shown(cast.client())
    found = cells(page)
    assert found["ohne Zuordnung", "ohne Zuordnung"].startswith(
        "3 Angebote Irgendwo 0 Irgendwo 1 1 weiteres Irgendwo 2"
    )
    assert found["1 Feld 1", "ohne Zuordnung"] == "–"


def test_filters_by_region_and_priority(cast, stock):
    stock.offer("Im Norden")
    stock.need("Dringend im Süden", regions=(1,), priority="high")
    stock.need("Weniger dringend", regions=(1,), priority="low")
    south = shown(cast.client(), f"region={stock.regions[1].pk}")
    assert "Im Norden" not in south
    assert "2 Bedarfe, 2 offen" in cells(south)["1 Feld 1", "Phase 1"]
    urgent = shown(cast.client(), f"region={stock.regions[1].pk}&hoch=ja")
    assert cells(urgent)["1 Feld 1", "Phase 1"] == (
        "kein Angebot Angebot anlegen 1 Bedarf, 1 offen B 1 Dringend im Süden"
    )


def test_columns_may_be_the_regions(cast, stock):
    stock.offer("Im Norden")
    stock.need("Im Süden", regions=(1,))
    found = cells(shown(cast.client("adviser"), f"spalten=region&region={stock.regions[0].pk}"))
    assert found["1 Feld 1", "Nord"] == "1 Angebot Im Norden kein Bedarf"
    assert found["1 Feld 1", "Süd"] == "kein Angebot 1 Bedarf, 1 offen B 1 Im Süden"


def test_needs_of_an_older_cycle_are_left_out(cast, stock):
    old = make(PlanningCycle, cast.home, title="alt", first_year=2010, last_year=2012, predecessor=None)
    stock.need("Früher", cycle=old)
    assert "Früher" not in shown(cast.client())


@pytest.mark.parametrize("query", ["region=x&hoch=y&spalten=z", "region=99999999999999999999", "region=-1", "spalten="])
def test_nonsense_in_the_address_is_ignored(cast, stock, query):
    stock.offer("Rufbus")
    assert "Rufbus" in shown(cast.client(), query)


def test_foreign_rows_stay_out(cast, stock):
    foreign = Stock(cast.away)
    foreign.offer("Fremdes Angebot")
    foreign.need("Fremder Bedarf")
    page = shown(cast.client(), f"region={foreign.regions[0].pk}")
    assert "Fremde" not in page
    assert cast.client("foreign_planner").get(URL).status_code == 404
    assert cast.client("foreign_planner").get(f"{URL}export.csv").status_code == 404


def test_export_has_a_line_for_each_cell(cast, stock):
    stock.offer("=SUMME(1)")
    stock.need("Pflege", fields=(1,), phases=(1,))
    stock.need("Pflege", fields=(1,), phases=(1,), state="covered")
    content = cast.client().get(f"{URL}export.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content), delimiter=";"))
    assert len(rows) == 4
    assert list(rows[0].values()) == ["1 Feld 1", "Phase 1", "1", "0", "0", "", "'=SUMME(1)", ""]
    assert list(rows[3].values()) == [
        "2 Feld 2",
        "Phase 2",
        "0",
        "1",
        "2",
        "kein Angebot",
        "",
        "B 1 Pflege | B 2 Pflege",
    ]
    book = load_workbook(io.BytesIO(cast.client().get(f"{URL}export.xlsx?spalten=region").content))
    assert book.active["B2"].value == "Nord"
    assert cast.client().get(f"{URL}export.exe").status_code == 404


def test_empty_page_says_how_to_begin(cast):
    assert "Noch keine Angebote und keine Bedarfe." in shown(cast.client())


def test_queries_do_not_grow_with_rows(cast, stock):
    client, counts = cast.client(), []
    for amount in (1, 30):
        for number in range(amount):
            stock.offer(f"Angebot {amount} {number}")
            stock.need(f"Bedarf {amount} {number}", fields=(0, 1))
        with CaptureQueriesContext(connection) as captured:
            shown(client)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= QUERIES
