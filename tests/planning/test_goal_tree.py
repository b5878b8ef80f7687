"""The goal tree is an outline, edited in place: levels follow from places, and every move is in the history."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from planning.enums import GoalLevel
from planning.models import ActionField, Goal, Need, PlanningCycle
from records.domain.saving import update_record
from records.models import Batch
from tests.cast import Cast
from tests.factories import make

pytestmark = [pytest.mark.usefixtures("quiet"), pytest.mark.once]
HTMX = {"HTTP_HX_REQUEST": "true"}


class Garden:
    """A cycle of ``home`` with the goals 1, 1.1, 1.1.1, 1.2, 2, 2.1; all stand at position 10, as forms leave them."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.client = cast, cast.client("planner")
        self.cycle = make(PlanningCycle, cast.home, full=False)
        self.field = make(ActionField, None, title="Bildung", number=3)
        self.goals: dict[str, Goal] = {}
        for code, level in (
            ("1", "guiding"),
            ("2", "guiding"),
            ("1.1", "action"),
            ("1.2", "action"),
            ("2.1", "action"),
            ("1.1.1", "measure"),
        ):
            parent = self.goals.get(code.rpartition(".")[0])
            self.goals[code] = make(
                Goal, cast.home, full=False, cycle=self.cycle, level=level, parent=parent, title=f"Ziel {code}"
            )
        self.saved = {pk: goal.version for pk, goal in self.stored().items()}

    def stored(self) -> dict[int, Goal]:
        return {goal.pk: goal for goal in Goal.objects.filter(cycle=self.cycle)}

    def url(self, name: str = "goal-tree", code: str = "") -> str:
        return reverse(f"planning:{name}", args=[self.cast.home.slug, *([self.goals[code].pk] if code else [])])

    def move(self, code: str, **data: Any) -> Any:
        data.setdefault("version", Goal.objects.get(pk=self.goals[code].pk).version)
        return self.client.post(self.url("goal-move", code), data)

    def changed(self) -> set[str]:
        """Titles of the goals that got a new version since the last question, each with one history row."""
        found = set()
        for pk, goal in self.stored().items():
            if goal.version != self.saved.get(pk, 0):
                assert goal.history.count() == goal.version
                assert goal.history.first().history_user == self.cast.planner
                found.add(goal.title)
            self.saved[pk] = goal.version
        return found

    def outline(self) -> list[str]:
        """„1.2 Title“ of each goal, with its place, as the page shows them from top to bottom."""
        page, counts, lines = self.client.get(self.url()).content.decode(), [0, 0, 0], []
        for level, title in re.findall(r'<h(\d) class="goal-title">.*?<a id="z-\d+" href="[^"]+">([^<]+)</a>', page):
            depth = int(level) - 2
            counts = [*counts[:depth], counts[depth] + 1, 0, 0]
            lines.append(".".join(map(str, counts[: depth + 1])) + f" {title}")
        return lines


@pytest.fixture
def garden(cast):
    return Garden(cast)


def pk_in(response: Any, name: str) -> int:
    return int(re.search(rf"[?&]{name}=(\d+)", response["Location"])[1])


def test_tree_shows_codes_levels_gaps_and_counts(garden):
    need = make(Need, garden.cast.home, full=False, cycle=garden.cycle)
    goal = garden.goals["1.1.1"]
    update_record(goal, version=1, actor=None, links={"needs": [need]})
    assert garden.outline() == [
        "1 Ziel 1",
        "1.1 Ziel 1.1",
        "1.1.1 Ziel 1.1.1",
        "1.2 Ziel 1.2",
        "2 Ziel 2",
        "2.1 Ziel 2.1",
    ]
    page = garden.client.get(garden.url()).content.decode()
    assert "2 Leitziele · 3 Handlungsziele · 1 Maßnahmenziel · 3 ohne Bedarf · 6 ohne Maßnahme" in page
    for code, words in (("1.1.1", "1 Bedarf"), ("1.2", "ohne Bedarf")):
        line = page.split(f'id="ziel-{garden.goals[code].pk}"')[1].split("</ul>")[0]
        assert words in line
        assert f"{garden.url('goal-measure', code)}" in line
    assert re.findall(r"<(h[234]) class=\"goal-title", page) == ["h2", "h3", "h4", "h3", "h2", "h3"]


def test_reader_sees_the_tree_and_nothing_to_edit(garden):
    page = garden.cast.client("adviser").get(f"{garden.url()}?umbenennen={garden.goals['1'].pk}").content.decode()
    tree = page.split('id="baum"')[1].split("</section>")[0]
    assert "Ziel 1.1.1" in tree
    assert not re.search(r"<form|<input|umbenennen|verschieben|anlegen|loeschen", tree)
    assert garden.cast.client("foreign_planner").get(garden.url()).status_code == 404


def test_empty_tree_offers_the_first_goal(cast):
    client, url = cast.client("planner"), reverse("planning:goal-tree", args=[cast.home.slug])
    assert "Noch kein Planungszyklus." in client.get(url).content.decode()
    make(PlanningCycle, cast.home, full=False)
    page = client.get(url).content.decode()
    assert "Noch keine Ziele." in page
    assert 'id="ziel-eingabe"' in page
    assert 'id="ziel-eingabe"' not in cast.client("adviser").get(url).content.decode()


def test_another_cycle_and_one_action_field(garden):
    update_record(set_field(garden.goals["2"], garden.field), version=1, actor=None)
    page = garden.client.get(f"{garden.url()}?handlungsfeld={garden.field.pk}").content.decode()
    assert "Ziel 2.1" in page, "a goal belongs to the field of the goal above"
    assert "Ziel 1.1" not in page
    assert "goal-grip" not in page
    other = make(PlanningCycle, garden.cast.home, full=False, first_year=2001, last_year=2002)
    page = garden.client.get(f"{garden.url()}?zyklus={other.pk}").content.decode()
    assert "Noch keine Ziele." in page
    for junk in ("zyklus=x", "handlungsfeld=9" + "9" * 30, "neu=²", f"neu={garden.goals['1.1.1'].pk}", "nach=-1"):
        assert garden.client.get(f"{garden.url()}?{junk}").status_code == 200


def set_field(goal: Goal, field: ActionField) -> Goal:
    goal.action_field = field
    return goal


def test_goals_are_typed_in_a_row_and_their_level_follows_from_the_place(garden):
    update_record(set_field(garden.goals["2"], garden.field), version=1, actor=None)
    add, data = garden.url("goal-add"), {"unter": garden.goals["2"].pk, "title": "Erstes"}
    for title in ("Erstes", "Zweites", "Drittes"):
        response = garden.client.post(add, data | {"title": title})
        assert response.status_code == 302
        assert response["Location"].endswith("#ziel-eingabe")
        data = {"nach": pk_in(response, "nach")}
    assert garden.outline()[-4:] == ["2.1 Ziel 2.1", "2.2 Erstes", "2.3 Zweites", "2.4 Drittes"]
    new = Goal.objects.get(title="Drittes")
    assert (new.level, new.action_field, new.cycle) == (GoalLevel.ACTION, garden.field, garden.cycle)
    page = garden.client.get(response["Location"]).content.decode()
    assert "Handlungsziel Z 9 angelegt" in page
    assert page.index("Drittes") < page.index('id="ziel-eingabe"')

    garden.client.post(add, {"unter": new.pk, "title": "Darunter"})
    assert Goal.objects.get(title="Darunter").level == GoalLevel.MEASURE
    garden.client.post(add, {"title": "Neues Leitziel"})
    assert garden.outline()[-1] == "3 Neues Leitziel"


def test_goal_between_siblings_renumbers_those_behind_and_is_undone(garden):
    response = garden.client.post(garden.url("goal-add"), {"nach": garden.goals["1.1"].pk, "title": "Dazwischen"})
    assert garden.outline()[1:5] == ["1.1 Ziel 1.1", "1.1.1 Ziel 1.1.1", "1.2 Dazwischen", "1.3 Ziel 1.2"]
    assert garden.changed() == {"Dazwischen", "Ziel 1.2"}
    garden.client.post(reverse("records:undo", args=[garden.cast.home.slug, pk_in(response, "stapel")]))
    assert garden.outline()[1:4] == ["1.1 Ziel 1.1", "1.1.1 Ziel 1.1.1", "1.2 Ziel 1.2"]


@pytest.mark.parametrize(
    ("where", "title", "sentence"),
    [
        ("1", "", "Schreiben Sie das Ziel in dieses Feld."),
        ("1", "x" * 241, "Kürzen Sie das Ziel auf höchstens 240 Zeichen; es sind 241."),
        ("1.1.1", "Zu tief", "Unter einem Maßnahmenziel stehen keine Ziele."),
    ],
)
def test_refused_goal_stays_in_its_field(garden, where, title, sentence):
    for headers in ({}, HTMX):
        response = garden.client.post(
            garden.url("goal-add"), {"unter": garden.goals[where].pk, "title": title}, **headers
        )
        page = response.content.decode()
        assert response.status_code == 422
        assert sentence in page
        assert f'value="{title}"' in page
        assert ("<html" in page) == (not headers)
    assert Goal.objects.count() == 6


def test_a_line_sent_twice_makes_one_goal(garden):
    for _ in range(2):
        garden.client.post(garden.url("goal-add"), {"title": "Einmal", "form_key": "einmal"})
    assert Goal.objects.filter(title="Einmal").count() == 1


def test_answer_to_htmx_is_the_tree_with_the_next_line(garden):
    response = garden.client.post(garden.url("goal-add"), {"unter": garden.goals["1"].pk, "title": "Neu"}, **HTMX)
    page = response.content.decode()
    assert response.status_code == 200
    assert "<html" not in page
    assert 'data-meldung="Handlungsziel Z 7 angelegt."' in page
    assert "Rückgängig machen" in page
    assert 'id="ziel-eingabe"' in page


def test_rename_changes_the_title_alone_and_nothing_where_it_is_the_same(garden):
    url, seen = garden.url("goal-rename", "1.1"), {"seen": "Ziel 1.1", "version": 1}
    response = garden.client.post(url, seen | {"title": "Anders"})
    assert response["Location"].endswith(f"#ziel-{garden.goals['1.1'].pk}")
    assert garden.changed() == {"Anders"}
    garden.client.post(url, {"title": "Anders", "seen": "Anders", "version": 2})
    assert garden.changed() == set()


def test_two_titles_stand_side_by_side_and_the_typed_one_is_kept(garden):
    goal = garden.goals["1.1"]
    goal.title = "Von der Leitung"
    update_record(goal, version=1, actor=garden.cast.lead)
    url = garden.url("goal-rename", "1.1")
    response = garden.client.post(url, {"title": "Von mir", "seen": "Ziel 1.1", "version": 1})
    page = response.content.decode()
    assert response.status_code == 409
    assert "„Von der Leitung“" in page
    assert 'value="Von mir"' in page
    garden.client.post(url, {"title": "Von mir", "seen": "Von der Leitung", "version": 2})
    assert Goal.objects.get(pk=goal.pk).title == "Von mir"


def test_a_place_changed_meanwhile_is_no_conflict_of_titles(garden):
    garden.move("1.2", richtung="hoch")
    garden.client.post(garden.url("goal-rename", "1.1"), {"title": "Anders", "seen": "Ziel 1.1", "version": 1})
    assert garden.outline()[1:3] == ["1.1 Ziel 1.2", "1.2 Anders"]


def test_goal_moves_among_its_siblings(garden):
    response = garden.move("1.2", richtung="hoch")
    assert garden.outline()[:4] == ["1 Ziel 1", "1.1 Ziel 1.2", "1.2 Ziel 1.1", "1.2.1 Ziel 1.1.1"]
    assert garden.changed() == {"Ziel 1.1"}
    assert Batch.objects.get(pk=pk_in(response, "stapel")).summary == "Ziel Z 4 verschoben"
    garden.client.post(reverse("records:undo", args=[garden.cast.home.slug, pk_in(response, "stapel")]))
    assert garden.outline()[1] == "1.1 Ziel 1.1"
    garden.changed()

    for code, direction, words in (("1.1", "hoch", "ganz oben"), ("1", "links", "kein"), ("1.2", "runter", "unten")):
        response = garden.client.post(
            garden.url("goal-move", code), {"richtung": direction, "version": 1}, HTTP_HX_REQUEST="true"
        )
        assert words in re.search(r'data-meldung="([^"]*)"', response.content.decode())[1]
    assert garden.changed() == set()


def test_goal_moves_under_another_goal_and_its_children_come_along(garden):
    garden.move("1.1", richtung="rechts")
    assert garden.outline() == [
        "1 Ziel 1",
        "1.1 Ziel 1.2",
        "2 Ziel 2",
        "2.1 Ziel 1.1",
        "2.1.1 Ziel 1.1.1",
        "2.2 Ziel 2.1",
    ]
    assert garden.changed() == {"Ziel 1.1", "Ziel 2.1"}
    garden.move("1.1", richtung="links")
    assert garden.outline()[1:3] == ["1.1 Ziel 1.2", "1.2 Ziel 1.1"]
    assert garden.changed() == {"Ziel 1.1"}
    garden.move("1.1.1", ziel=garden.goals["2.1"].pk)
    assert garden.outline()[-1] == "2.1.1 Ziel 1.1.1"
    assert garden.changed() == {"Ziel 1.1.1"}


def test_goal_is_dropped_before_another_one(garden):
    garden.move("2.1", ziel=garden.goals["1"].pk, vor=garden.goals["1.2"].pk)
    assert garden.outline()[1:5] == ["1.1 Ziel 1.1", "1.1.1 Ziel 1.1.1", "1.2 Ziel 2.1", "1.3 Ziel 1.2"]
    garden.changed()
    garden.move("2.1", ziel=garden.goals["1"].pk, vor=garden.goals["1.2"].pk)
    assert garden.changed() == set(), "it stands there already"
    garden.move("1", ziel="", vor="")
    assert garden.outline()[0] == "1 Ziel 2"


@pytest.mark.parametrize(
    ("code", "target"), [("1.1", "1.1.1"), ("1.1", "2.1"), ("1.1.1", "2"), ("1", "2"), ("1.1", "1.1"), ("1.1", "")]
)
def test_a_goal_stands_only_under_the_level_above(garden, code, target):
    before = garden.outline()
    response = garden.move(code, ziel=garden.goals[target].pk if target else "")
    assert response.status_code == 422
    assert "Wählen Sie ein" in response.content.decode()
    assert garden.outline() == before
    assert garden.changed() == set()


def test_a_goal_is_not_put_beside_another_level_or_another_cycle(garden):
    other = make(PlanningCycle, garden.cast.home, full=False, first_year=2001, last_year=2002)
    top = make(Goal, garden.cast.home, full=False, cycle=other, level="guiding")
    there = make(Goal, garden.cast.home, full=False, cycle=other, level="action", parent=top)
    for code, target in (("1", garden.goals["2.1"]), ("1.1", garden.goals["2"]), ("1.1", there), ("1.1.1", top)):
        assert garden.move(code, vor=target.pk).status_code == 422, code
    assert garden.move("1.1", ziel=top.pk).status_code == 422
    assert garden.changed() == set()


@pytest.mark.parametrize("junk", ["0", "-1", "²", "9" * 30, "x", "1\x00"])
def test_unknown_goals_are_not_found(garden, junk):
    known = {"version": 1, "title": "Neu"}
    assert garden.client.post(garden.url("goal-add"), known | {"unter": junk}).status_code in (400, 404)
    assert garden.move("1.1", vor=junk).status_code in (400, 404)
    assert garden.move("1.1", ziel=junk).status_code in (400, 422)
    assert garden.move("1.1", richtung=junk).status_code in (400, 404)
    assert garden.move("1.1", richtung="hoch", version=junk).status_code in (302, 400, 409)
    assert garden.changed() == set()


def test_foreign_goals_are_not_found(garden):
    stranger = make(Goal, garden.cast.away, full=False, level="guiding")
    for name, data in (("goal-add", {"unter": stranger.pk}), ("goal-add", {"nach": stranger.pk})):
        assert garden.client.post(garden.url(name), {"title": "Neu"} | data).status_code == 404
    assert garden.move("1.1", vor=stranger.pk).status_code == 404
    assert garden.move("1.1", ziel=stranger.pk).status_code == 422
    for name in ("goal-move", "goal-rename"):
        url = reverse(f"planning:{name}", args=[garden.cast.home.slug, stranger.pk])
        assert garden.client.post(url, {"title": "Neu", "version": 1}).status_code == 404
        url = garden.url(name, "1")
        assert garden.cast.client("adviser").post(url, {"version": 1}).status_code == 403
        assert garden.cast.client("foreign_planner").post(url, {"version": 1}).status_code == 404


def test_a_goal_changed_since_it_was_seen_is_not_moved(garden):
    goal = garden.goals["1.2"]
    goal.title = "Von der Leitung"
    update_record(goal, version=1, actor=garden.cast.lead)
    response = garden.move("1.2", richtung="hoch", version=1)
    assert response.status_code == 409
    assert "Nicht verschoben" in response.content.decode()
    assert garden.outline()[1] == "1.1 Ziel 1.1"


@pytest.mark.slow
def test_tree_needs_the_same_queries_for_few_and_many_goals(garden):
    def queries(query: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert garden.client.get(f"{garden.url()}{query}").status_code == 200
        return len(captured)

    Goal.objects.filter(title__in=["Ziel 1.1.1", "Ziel 2.1", "Ziel 1.2"]).delete()
    update_record(set_field(garden.goals["2"], garden.field), version=1, actor=None)
    addresses = ("", f"?verschieben={garden.goals['1.1'].pk}", f"?handlungsfeld={garden.field.pk}")
    queries("")
    few = [queries(query) for query in addresses]
    above = [(None, "guiding"), (garden.goals["2"], "action"), (garden.goals["1.1"], "measure")]
    for number in range(57):
        parent, level = above[number % 3]
        goal = make(Goal, garden.cast.home, full=False, cycle=garden.cycle, level=level, parent=parent)
        need = make(Need, garden.cast.home, full=False, cycle=garden.cycle)
        update_record(set_field(goal, garden.field), version=1, actor=None, links={"needs": [need]})
    assert [queries(query) for query in addresses] == few
    assert max(few) <= 10


def test_list_of_goals_stands_in_the_order_of_the_tree(garden):
    garden.move("2", richtung="hoch")
    page = garden.client.get(f"/{garden.cast.home.slug}/ziele/").content.decode()
    assert re.findall(r'class="rec" href="[^"]+">Z \d (Ziel [\d.]+)<', page) == [
        "Ziel 2",
        "Ziel 2.1",
        "Ziel 1",
        "Ziel 1.1",
        "Ziel 1.1.1",
        "Ziel 1.2",
    ]
    assert garden.url() in page
