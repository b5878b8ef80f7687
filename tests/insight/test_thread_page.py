import re
from decimal import Decimal
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from insight.thread.drawing import NODE_HEIGHT, PADDING, TEXT_SIZE, draw
from insight.thread.net import Net, Node, Station, Weaver
from insight.thread.queries import read_web
from insight.thread.web import Web, WebRecord
from participation.models import Event, Finding
from planning.enums import MeasureState
from planning.models import (
    ActionField,
    CriterionValue,
    Goal,
    Indicator,
    IndicatorValue,
    Measure,
    Need,
    PlanningCycle,
    QualityCriterion,
)
from planning.queries.thread_graph import ThreadGraph
from printing.drawings.layers import Item, Layers, arrange, monotone
from printing.drawings.text import text_width
from records.registry import kind_of
from tests.factories import make

URL = "/kyffhaeuserkreis/roter-faden/"
QUERIES = 16


class Plan:
    """A cycle with one complete thread in Handlungsfeld 1 and gaps in Handlungsfeld 2."""

    def __init__(self, place, years=(2017, 2099)):
        self.place = place
        first, last = years
        self.cycle = make(PlanningCycle, place, title="Zyklus", first_year=first, last_year=last, predecessor=None)
        self.first, self.second = (make(ActionField, None, full=False, number=n, title=f"Feld {n}") for n in (1, 2))

    def add(self, model, **given):
        return make(model, self.place, full=False, cycle=self.cycle, **given)

    def whole(self, name="Bus"):
        """Finding, need, goals, measure, money, result."""
        need = self.add(Need, title=f"Bedarf {name}", action_fields=[self.first])
        event = make(Event, self.place, full=False, title=f"Konferenz {name}")
        for number in (1, 2):
            text = f"Aussage {name} {number}"
            make(Finding, self.place, full=False, text=text, origin="event", event=event, needs=[need])
        top = self.add(Goal, title=f"Leitziel {name}", level="guiding", action_field=self.first)
        goal = self.add(Goal, title=f"Handlungsziel {name}", level="action", parent=top, needs=[need])
        low = self.add(Goal, title=f"Maßnahmenziel {name}", level="measure", parent=goal, needs=[need])
        measure = self.add(
            Measure,
            title=f"Rufbus {name}",
            action_field=self.first,
            goals=[low],
            needs=[need],
            yearly_cost=Decimal("1000.10"),
        )
        criterion = make(
            QualityCriterion, self.place, full=False, measure=measure, title=f"Fahrten {name}", unit="Fahrten"
        )
        for year, actual in ((2017, 3), (2018, 14), (2019, None)):
            make(CriterionValue, self.place, full=False, criterion=criterion, year=year, target=20, actual=actual)
        return need, goal, measure

    def holes(self):
        """A need without anything, a goal without need and measure, a measure without all."""
        need = self.add(Need, title="Bedarf ohne alles", action_fields=[self.second])
        top = self.add(Goal, title="Leitziel zwei", level="guiding", action_field=self.second)
        goal = self.add(Goal, title="Ziel ohne Bedarf", level="action", parent=top, action_field=self.second)
        measure = self.add(Measure, title="Maßnahme ohne Grund", action_field=self.second)
        return need, goal, measure


@pytest.fixture
def plan(cast):
    return Plan(cast.home)


def shown(client, query=""):
    response = client.get(f"{URL}?{query}")
    assert response.status_code == 200
    return response.content.decode()


def nodes(page):
    """What each node says, without the number of its record."""
    found = re.findall(r'data-n="[^"]*" aria-label="([^"]*)"', page)
    return [re.sub(r"^(\w+: )[BMZ] \d+ ", r"\1", text) for text in found]


def test_a_measure_that_is_not_carried_out_leaves_its_goal_and_need_without_one(cast, plan):
    need, goal, measure = plan.whole()
    Measure.objects.filter(pk=measure.pk).update(state=MeasureState.DROPPED)
    assert "Maßnahme fehlt (Maßnahme anlegen)" in nodes(shown(cast.client()))
    for record in (need, goal):
        detail = cast.client().get(kind_of(type(record)).url("detail", cast.home, record.pk)).content.decode()
        assert re.search(r"Maßnahmen?\W+fehlt", re.sub(r"<[^>]+>|\s+", " ", detail.split("Roter Faden", 2)[-1]))


def test_complete_thread_is_drawn_from_evidence_to_result(cast, plan):
    need, goal, measure = plan.whole()
    page = shown(cast.client())
    assert nodes(page) == [
        "Erkenntnisse: Konferenz Bus (2 Erkenntnisse)",
        "Bedarf: Bedarf Bus",
        "Leitziel: Leitziel Bus",
        "Handlungsziel: Handlungsziel Bus",
        "Maßnahmenziel: Maßnahmenziel Bus",
        "Maßnahme: Rufbus Bus",
        "Kosten: 1.000,10\u202f€ (im Jahr, bisherige Angabe)",
        "Ergebnis: Fahrten Bus (Ist 14 · Ziel 20 Fahrten (2018))",
    ]
    assert "1 Bedarf · 3 Ziele · 1 Maßnahme · 0 Lücken" in page
    for segment, record in (("bedarfe", need), ("ziele", goal), ("massnahmen", measure)):
        assert f'href="/kyffhaeuserkreis/{segment}/{record.pk}/"' in page


def test_lines_follow_the_links_and_say_nothing_twice(cast, plan):
    need, goal, measure = plan.whole()
    low = Goal.objects.get(level="measure")
    event, criterion = Event.objects.get(), QualityCriterion.objects.get()
    page = shown(cast.client())
    assert set(re.findall(r'data-a="([^"]*)" data-b="([^"]*)"', page)) == {
        (f"proof-event-{event.pk}", f"need-{need.pk}"),
        (f"need-{need.pk}", f"goal-{goal.pk}"),
        (f"goal-{goal.parent_id}", f"goal-{goal.pk}"),
        (f"goal-{goal.pk}", f"goal-{low.pk}"),
        (f"goal-{low.pk}", f"measure-{measure.pk}"),
        (f"measure-{measure.pk}", f"money-{measure.pk}"),
        (f"money-{measure.pk}", f"result-{criterion.pk}"),
    }


def test_list_says_the_same_as_the_drawing(cast, plan):
    plan.whole()
    page = shown(cast.client())
    listed = page[page.index('id="liste"') :]
    for text in (
        "Konferenz Bus",
        "2 Erkenntnisse",
        "Bedarf Bus",
        "Leitziel Bus",
        "Handlungsziel Bus",
        "Maßnahmenziel Bus",
        "Rufbus Bus",
        "1.000,10\u202f€",
        "Fahrten Bus",
        "Ist 14 · Ziel 20 Fahrten (2018)",
    ):
        assert text in listed


def test_gaps_are_named_and_lead_to_where_they_are_mended(cast, plan):
    need, goal, measure = plan.holes()
    page = shown(cast.client(), f"handlungsfeld={plan.second.pk}")
    ways = dict(re.findall(r'<a href="([^"]*)" class="net-node gap"[^>]*aria-label="([^"]*)"', page))
    base = "/kyffhaeuserkreis"
    assert ways == {
        f"{base}/bedarfe/{need.pk}/zuordnen/findings/": "Beleg fehlt (Beleg zuordnen)",
        f"{base}/bedarfe/{need.pk}/zuordnen/goals/": "Ziel fehlt (Ziel zuordnen)",
        f"{base}/bedarfe/{need.pk}/zuordnen/measures/": "Maßnahme fehlt (Maßnahme zuordnen)",
        f"{base}/ziele/{goal.pk}/bearbeiten/": "Bedarf fehlt (Bedarf zuordnen)",
        f"{base}/massnahmen/neu/?goals={goal.pk}": "Maßnahme fehlt (Maßnahme anlegen)",
        f"{base}/massnahmen/{measure.pk}/bearbeiten/": "Bedarf und Ziel fehlen (Ziel oder Bedarf zuordnen)",
        f"{base}/posten/neu/?measure={measure.pk}": "Kosten fehlen (Posten im Finanzplan anlegen)",
        f"{base}/qualitaetskriterien/neu/?measure={measure.pk}": "Kriterium fehlt (Kriterium anlegen)",
    }
    assert page.count("net-node gap") == 8
    assert "8 Lücken" in page
    for url in ways:
        assert cast.client().get(url.replace("&amp;", "&")).status_code == 200, url


def test_criterion_without_actual_value_is_a_gap(cast, plan):
    _, _, measure = plan.whole()
    make(QualityCriterion, cast.home, full=False, measure=measure, title="Zufriedenheit")
    assert "Ist-Wert fehlt (Zufriedenheit · Ist-Wert eintragen)" in nodes(shown(cast.client()))


def test_a_measure_that_is_not_carried_out_needs_no_money_and_no_criteria(cast, plan):
    need, _, _ = plan.whole()
    plan.add(Measure, title="Verworfen", action_field=plan.first, needs=[need], state="dropped", not_done_reason="Geld")
    page = shown(cast.client())
    assert "Maßnahme: Verworfen (nicht umgesetzt)" in nodes(page)
    assert "0 Lücken" in page


def test_who_may_not_write_sees_the_gap_without_the_way(cast, plan):
    plan.holes()
    page = shown(cast.client("adviser"), f"handlungsfeld={plan.second.pk}")
    main = page[page.index('id="grafik"') :]
    assert "Ziel fehlt" in main
    assert "zuordnen" not in main
    assert "/neu/" not in main


def test_the_first_field_with_needs_is_shown_unless_all_are_wanted(cast, plan):
    plan.whole()
    plan.holes()
    client = cast.client()
    assert "Bedarf: Bedarf ohne alles" not in nodes(shown(client))
    assert "Bedarf: Bedarf ohne alles" in nodes(shown(client, "handlungsfeld=alle"))
    second = nodes(shown(client, f"handlungsfeld={plan.second.pk}"))
    assert "Bedarf: Bedarf ohne alles" in second
    assert "Bedarf: Bedarf Bus" not in second


def test_one_record_shows_only_what_hangs_together_with_it(cast, plan):
    need, goal, measure = plan.whole("Bus")
    plan.whole("Bad")
    for query in (f"bedarf={need.pk}", f"ziel={goal.pk}", f"massnahme={measure.pk}"):
        page = shown(cast.client(), query)
        found = nodes(page)
        assert "Maßnahme: Rufbus Bus" in found
        assert not [text for text in found if "Bad" in text]
        assert page.count('aria-current="true" class="net-node here"') == 1
        assert 'class="net-here-word"' in page


def test_only_gaps_leaves_out_what_is_complete(cast, plan):
    plan.whole()
    plan.holes()
    page = shown(cast.client(), "handlungsfeld=alle&luecken=ja")
    assert "Bedarf: Bedarf Bus" not in nodes(page)
    assert "Bedarf: Bedarf ohne alles" in nodes(page)
    complete = shown(cast.client(), f"handlungsfeld={plan.first.pk}&luecken=ja")
    assert "Hier fehlt nichts." in complete


@pytest.mark.parametrize(
    "query",
    [
        "handlungsfeld=999999&bedarf=abc",
        "bedarf=999999999999999999999999999999",
        "ziel=-1&massnahme=%20",
        "zyklus=x",
        "luecken=vielleicht&ansicht=<b>",
        "handlungsfeld=²",
        "bedarf=99999",
    ],
)
def test_nonsense_in_the_address_is_ignored(cast, plan, query):
    plan.whole()
    assert "Bedarf: Bedarf Bus" in nodes(shown(cast.client(), query))


def test_foreign_records_neither_shown_nor_named_by_the_address(cast, plan):
    plan.whole()
    need, _, _ = Plan(cast.away).whole("fremd")
    page = shown(cast.client(), f"bedarf={need.pk}&handlungsfeld=alle")
    assert "fremd" not in page
    assert "Bedarf: Bedarf Bus" in nodes(page)
    assert cast.client("foreign_planner").get(URL).status_code == 404


def test_a_record_of_an_older_cycle_is_shown_in_that_cycle(cast, plan):
    plan.whole()
    older = Plan(cast.home, (2010, 2012))
    need, _, _ = older.whole("früher")
    assert "früher" not in "".join(nodes(shown(cast.client(), "handlungsfeld=alle")))
    assert "Bedarf: Bedarf früher" in nodes(shown(cast.client(), f"bedarf={need.pk}"))
    assert "Bedarf: Bedarf früher" in nodes(shown(cast.client(), f"zyklus={older.cycle.pk}"))


def test_figures_are_evidence_as_well(cast, plan):
    need, _, _ = plan.whole()
    indicator = make(Indicator, None, full=False, title="Altenquotient")
    figure = make(
        IndicatorValue, cast.home, full=False, indicator=indicator, area="Kreis", year=2017, value=Decimal(60)
    )
    need.figures.add(figure)
    assert "Kennzahl: Altenquotient, Kreis 2017" in nodes(shown(cast.client()))


def test_empty_pages_say_how_to_begin(cast):
    assert "Noch kein Planungszyklus." in shown(cast.client())
    Plan(cast.home)
    assert "Noch keine Bedarfe, Ziele und Maßnahmen." in shown(cast.client())


def test_titles_are_escaped(cast, plan):
    plan.whole("<script>x</script>")
    assert "<script>x" not in shown(cast.client())


def test_record_pages_lead_to_their_thread(cast, plan):
    need, goal, measure = plan.whole()
    for segment, parameter, record in (
        ("bedarfe", "bedarf", need),
        ("ziele", "ziel", goal),
        ("massnahmen", "massnahme", measure),
    ):
        page = cast.client("adviser").get(f"/kyffhaeuserkreis/{segment}/{record.pk}/").content.decode()
        assert f'href="{URL}?{parameter}={record.pk}"' in page


@pytest.mark.slow
def test_queries_do_not_grow_with_rows(cast, plan):
    client, counts = cast.client(), []
    for amount in (1, 30):
        for number in range(amount):
            plan.whole(f"{amount}-{number}")
        with CaptureQueriesContext(connection) as captured:
            shown(client, "handlungsfeld=alle")
        counts.append(len(captured))
    assert counts[0] == counts[1] <= QUERIES
    need, client = Need.objects.first(), cast.client("ministry")  # reads the municipality besides
    with CaptureQueriesContext(connection) as captured:
        shown(client, f"bedarf={need.pk}")
    assert len(captured) <= QUERIES


# The layout, without a database


def invented(count):
    """A net of that many nodes with long titles, crossing links and links that skip the goals."""
    words = "Erreichbarkeit von Beratungsstellen und Bürgermeisterinnensprechstunden ohne eigenes Auto am Nachmittag"
    net = Net()
    keys = [f"n{index}" for index in range(count)]
    for index, key in enumerate(keys):
        station = Station(index % 6)
        parent = f"n{index - 6}" if station == Station.GOAL and index % 3 == 2 and index > 6 and index % 4 else ""
        net.nodes[key] = Node(key, station, "Art", f"{words[: 20 + index % 80]} {index}", "/x/", parent=parent)
    for index in range(count):
        for jump in (1, 7, 13, 2):
            if index + jump < count and index % 6 + jump % 6 < 6 and (jump != 2 or index % 6 == 1):
                net.edges.append((keys[index], keys[index + jump]))
    return net


def test_150_nodes_do_not_overlap_and_hold_their_words():
    net = invented(150)
    drawing = draw(net, title="Probe")
    assert len(drawing.boxes) == 150
    assert any(len(stroke.path.split("H")) > 1 for stroke in drawing.strokes), "no line passes a column"
    boxes = sorted(drawing.boxes, key=lambda box: (box.node.station, box.y))
    for above, below in pairwise(boxes):
        if above.node.station == below.node.station:
            assert above.y + NODE_HEIGHT <= below.y, (above.node.key, below.node.key)
    for box in drawing.boxes:
        assert box.x >= 0
        assert box.x + box.width <= drawing.width
        assert 0 < box.y <= drawing.height - NODE_HEIGHT
        assert 1 <= len(box.lines) <= 2
        assert max(text_width(line.text, TEXT_SIZE) for line in box.lines) <= box.width - 2 * PADDING


def test_columns_do_not_reach_into_each_other():
    drawing = draw(invented(60), title="Probe")
    ends = {station: max(b.x + b.width for b in drawing.boxes if b.node.station == station) for station in Station}
    starts = {station: min(b.x for b in drawing.boxes if b.node.station == station) for station in Station}
    assert all(ends[Station(i)] < starts[Station(i + 1)] for i in range(5))


def test_the_order_of_the_columns_avoids_crossings():
    items = [Item(f"a{i}", 0, 10) for i in range(6)] + [Item(f"b{i}", 1, 10) for i in range(6)]
    edges = [(f"a{i}", f"b{5 - i}") for i in range(6)]
    assert Layers(items, edges, 2, ()).crossings() == 15
    tops = arrange(items, edges, 2)
    assert [tops[f"a{i}"] for i in range(6)] == [tops[f"b{5 - i}"] for i in range(6)]


def test_nodes_under_a_node_stay_directly_below_it():
    items = [Item("top", 0, 10), Item("low", 0, 10, "top"), Item("other", 0, 10), Item("x", 1, 10), Item("y", 1, 10)]
    tops = arrange(items, [("other", "x"), ("top", "x"), ("low", "y")], 2)
    assert tops["low"] == tops["top"] + 12
    assert abs(tops["other"] - tops["top"]) >= 12


def test_places_are_the_nearest_that_keep_the_order():
    assert monotone([1, 3, 2, 4], [1, 1, 1, 1]) == [1, 2.5, 2.5, 4]
    assert monotone([3, 1], [3, 1]) == [2.5, 2.5]


def test_links_in_a_circle_do_not_hang(cast):
    graph = ThreadGraph()
    graph.children_of_goal[1].add(2)
    graph.children_of_goal[2].add(1)
    graph.parent_of_goal[1].add(2)
    graph.parent_of_goal[2].add(1)
    goals = {pk: WebRecord(pk, f"Z{pk}", False, frozenset(), parent=3 - pk, level="action") for pk in (1, 2)}
    web = Web(graph, {}, goals, {}, {}, {}, {})
    Weaver(web, web.whole, cast.home).weave()


def test_web_holds_only_the_cycle(cast, plan):
    plan.whole()
    web = read_web(cast.home, plan.cycle)
    assert [len(rows) for rows in (web.needs, web.goals, web.measures)] == [1, 3, 1]
    assert web.first_field() == plan.first.pk
