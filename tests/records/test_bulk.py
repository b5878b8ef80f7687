"""Marked rows of a list are changed in one action: all of them or none, with one version each and a way back."""

from urllib.parse import urlencode

import pytest
from django.db import models

from planning.models import ActionField, Goal, Hurdle, LifePhase, Measure, Need, PlanningRegion
from records.display import field_of
from records.models import Batch
from records.registry import all_kinds, kind_of
from tests.factories import make, make_kind
from tests.html import read_form

pytestmark = pytest.mark.usefixtures("quiet")
BULK = {
    "offer": {"action_fields", "life_phases", "regions", "provider", "effectiveness"},
    "need": {"action_fields", "life_phases", "regions", "priority", "state"},
    "swotentry": {"action_field", "kind"},
    "goal": {"action_field", "priority"},
    "measure": {"state", "action_field", "life_phases", "regions"},
    "milestone": {"state"},
    "planningstep": {"state"},
    "hurdle": {"phase", "is_shared"},
    "task": {"state"},
    "finding": {"action_field", "life_phases", "region"},
}


def mark(*records) -> list[str]:
    """The marks as the list shows them."""
    return [f"{record.pk}:{record.version}" for record in records]


def send(cast, model, action, records, query="", who="planner", **data):
    """Post the bar of a list; ``data`` without the prefix of its controls."""
    fields = {f"wert_{name}": value for name, value in data.items()}
    url = kind_of(model).url("bulk", cast.home) + query
    return cast.client(who).post(url, {"zeile": mark(*records), "aktion": action} | fields)


def keys(record, name) -> set[int]:
    return set(getattr(record, name).values_list("pk", flat=True))


def test_fields_to_set_are_declared_and_can_be_chosen():
    assert {kind.name: set(kind.bulk) for kind in all_kinds() if kind.bulk} == BULK
    for kind in all_kinds():
        for name in kind.bulk:
            field = field_of(kind.model, name)
            assert name in kind.field_names()
            assert field.choices or field.is_relation or isinstance(field, models.BooleanField)


def test_a_choice_is_set_for_marked_rows_only_with_one_version_each(cast):
    first, second, same, *_ = (make(Need, cast.home, title=f"Bedarf {n}", priority="low") for n in range(4))
    Need.objects.filter(pk=same.pk).update(priority="high")
    asked = "?q=bedarf&sortierung=-title"
    response = send(cast, Need, "priority:setzen", [first, second, same], asked, priority="high")
    batch = Batch.objects.get()
    query = {"q": "bedarf", "sortierung": "-title", "stapel": batch.pk}
    assert (response.status_code, response.url) == (302, f"/{cast.home.slug}/bedarfe/?{urlencode(query)}")
    assert batch.summary == "2 Bedarfe geändert (Priorität: hoch), 1 war schon so"
    assert "2 Bedarfe geändert" in cast.client().get(response.url).content.decode()
    rows = {need.title: (need.priority, need.version, need.history.count()) for need in Need.objects.all()}
    assert rows == {
        "Bedarf 0": ("high", 2, 2),
        "Bedarf 1": ("high", 2, 2),
        "Bedarf 2": ("high", 1, 1),
        "Bedarf 3": ("low", 1, 1),
    }
    assert first.history.first().history_user == cast.planner


def test_an_action_on_many_is_undone(cast):
    need = make(Need, cast.home, priority="low")
    response = send(cast, Need, "priority:setzen", [need], priority="high")
    page = cast.client().get(response.url).content.decode()
    assert "Rückgängig machen" in page
    cast.client().post(f"/{cast.home.slug}/rueckgaengig/{Batch.objects.get().pk}/")
    need.refresh_from_db()
    assert (need.priority, need.version) == ("low", 3)


@pytest.mark.parametrize(("mode", "after"), [("hinzufuegen", {1, 2, 3}), ("ersetzen", {2, 3}), ("entfernen", {1})])
def test_links_are_added_replaced_and_taken_away(cast, mode, after):
    one, two, three = regions = [make(PlanningRegion, cast.home, title=f"Region {n}") for n in range(3)]
    need = make(Need, cast.home, regions=[one, two])
    send(cast, Need, f"regions:{mode}", [need], regions=[str(two.pk), str(three.pk)])
    assert {number for number, region in enumerate(regions, 1) if region.pk in keys(need, "regions")} == after
    need.refresh_from_db()
    assert need.version == 2


def test_other_links_and_fields_stay(cast):
    need = make(Need, cast.home)
    before = {link.name: keys(need, link.name) for link in Need.link_fields()}
    phase = make(LifePhase, None, title="Neue Lebensphase")
    send(cast, Need, "life_phases:hinzufuegen", [need], life_phases=[str(phase.pk)])
    after = {link.name: keys(need, link.name) for link in Need.link_fields()}
    assert after == before | {"life_phases": before["life_phases"] | {phase.pk}}


def test_single_relations_yes_and_no_and_emptying(cast):
    goal, hurdle = make(Goal, cast.home, priority="low"), make(Hurdle, cast.home, is_shared=False)
    field = make(ActionField, None, title="Anderes Handlungsfeld", number=9)
    send(cast, Goal, "action_field:setzen", [goal], action_field=str(field.pk))
    goal.refresh_from_db()
    assert goal.action_field == field
    send(cast, Goal, "action_field:setzen", [goal], action_field="leer")
    goal.refresh_from_db()
    assert (goal.action_field, goal.version) == (None, 3)
    send(cast, Goal, "priority:setzen", [goal], priority="leer")
    send(cast, Hurdle, "is_shared:setzen", [hurdle], is_shared="ja")
    goal.refresh_from_db()
    hurdle.refresh_from_db()
    assert (goal.priority, hurdle.is_shared) == ("", True)


@pytest.mark.slow
def test_all_rows_of_the_page_are_marked_by_one_box_without_script(cast):
    needs = [make(Need, cast.home, title=f"Bedarf {n}", priority="low") for n in range(32)]
    url = f"/{cast.home.slug}/bedarfe/?sortierung=title"
    page = read_form(cast.client().get(url).content)
    data = {"alle": "1", "auf_der_seite": page.values["auf_der_seite"], "aktion": "priority:setzen"}
    cast.client().post(kind_of(Need).url("bulk", cast.home), data | {"wert_priority": "high"})
    assert Need.objects.filter(priority="high").count() == 30
    assert Need.objects.filter(pk=needs[0].pk, priority="high").exists()


def test_nothing_to_change_stores_nothing(cast):
    need = make(Need, cast.home, priority="high")
    response = send(cast, Need, "priority:setzen", [need], priority="high")
    assert response.status_code == 302
    assert not Batch.objects.exists()
    assert Need.objects.get().version == 1


def refused(response, sentence: str) -> bool:
    """Whether the list stands there again with this sentence, and nothing is stored."""
    assert response.status_code == 422
    assert "<h1>" in response.content.decode()
    assert not Batch.objects.exists()
    return sentence in response.context["page"].bulk.error


@pytest.mark.parametrize(
    ("action", "marked", "value", "sentence"),
    [
        ("priority:setzen", False, "high", "Markieren Sie mindestens einen Eintrag."),
        ("", True, "high", "Wählen Sie, was Sie ändern möchten."),
        ("title:setzen", True, "high", "Wählen Sie, was Sie ändern möchten."),
        ("priority:loeschen", True, "high", "Wählen Sie, was Sie ändern möchten."),
        ("priority:setzen", True, "", "Wählen Sie bei „Priorität“ einen Eintrag aus der Liste."),
        ("priority:setzen", True, "erfunden\x00", "Wählen Sie bei „Priorität“ einen Eintrag aus der Liste."),
        ("state:setzen", True, "leer", "Wählen Sie bei „Stand“ einen Eintrag aus der Liste."),
        ("regions:hinzufuegen", True, "9" * 30, "Wählen Sie bei „Planungsregionen“ einen Eintrag aus der Liste."),
        ("regions:hinzufuegen", True, "987654", "Wählen Sie bei „Planungsregionen“ einen Eintrag aus der Liste."),
        ("regions:setzen", True, "eigene", "Wählen Sie bei „Planungsregionen“ einen Eintrag aus der Liste."),
    ],
)
def test_what_cannot_be_done_gets_a_sentence_in_the_bar(cast, action, marked, value, sentence):
    need = make(Need, cast.home, priority="low")
    value = str(need.regions.get().pk) if value == "eigene" else value
    response = send(cast, Need, action, [need] if marked else [], **{action.split(":")[0] or "priority": value})
    assert refused(response, sentence)
    assert Need.objects.get().version == 1


def test_marks_choices_and_filter_are_kept_after_a_refusal(cast):
    first, second = (make(Measure, cast.home, title=f"Maßnahme {n}", not_done_reason="") for n in range(2))
    third = make(Measure, cast.home, title="Maßnahme 3", not_done_reason="Kein Geld")
    response = send(cast, Measure, "state:setzen", [first, third], "?q=massnahme", state="dropped")
    assert refused(response, "„M 1 Maßnahme 0“: Nennen Sie den Grund, warum die Maßnahme nicht umgesetzt wird.")
    assert "Maßnahme 3" not in response.context["page"].bulk.error
    page = read_form(response.content)
    assert page.values["zeile"] == mark(first, third)
    assert page.values["wert_state"] == ["dropped"]
    assert "massnahme" in page.values["q"]
    assert {m.version for m in (*Measure.objects.all(), second)} == {1}
    third.refresh_from_db()
    assert third.state != "dropped"


def test_rows_that_others_changed_are_named_and_nothing_is_stored(cast):
    stale, fresh = (make(Need, cast.home, title=f"Bedarf {n}", priority="low") for n in range(2))
    Need.objects.filter(pk=stale.pk).update(version=7)
    response = send(cast, Need, "priority:setzen", [stale, fresh], priority="high")
    assert refused(response, "„B 1 Bedarf 0“: Inzwischen hat eine andere Person diesen Eintrag gespeichert.")
    assert set(Need.objects.values_list("priority", flat=True)) == {"low"}
    again = read_form(response.content).values["zeile"]
    assert again == [f"{stale.pk}:7", f"{fresh.pk}:1"]


def test_rows_and_values_of_another_municipality_do_not_exist(cast):
    own, foreign = make(Need, cast.home), make(Need, cast.away)
    response = send(cast, Need, "priority:setzen", [own, foreign], priority="low")
    assert refused(response, "gehört nicht mehr zu dieser Liste")
    region = str(foreign.regions.get().pk)
    assert refused(send(cast, Need, "regions:hinzufuegen", [own], regions=[region]), "einen Eintrag aus der Liste")
    assert set(Need.objects.values_list("version", flat=True)) == {1}


def test_a_second_sending_changes_nothing(cast):
    need = make(Need, cast.home, priority="low")
    data = {"zeile": mark(need), "aktion": "priority:setzen", "wert_priority": "high", "form_key": "einmal"}
    url = kind_of(Need).url("bulk", cast.home)
    first = cast.client().post(url, data)
    assert cast.client().post(url, data | {"wert_priority": "medium"}).url == first.url
    need.refresh_from_db()
    assert (need.priority, need.version) == ("high", 2)


def test_opening_the_address_leads_to_the_list(cast):
    response = cast.client().get(kind_of(Need).url("bulk", cast.home) + "?q=abend&seite=2")
    assert (response.status_code, response.url) == (302, f"/{cast.home.slug}/bedarfe/?q=abend&seite=2")


@pytest.mark.parametrize("who", ["planner", "ministry"])
def test_only_who_may_write_sees_boxes(cast, who):
    for kind in all_kinds():
        if kind.bulk:
            make_kind(kind, cast.home)
            page = read_form(cast.client(who).get(kind.url("list", cast.home)).content)
            assert ("zeile" in page.options, "aktion" in page.values or "form_key" in page.values) == (
                (True, True) if who == "planner" else (False, False)
            )
