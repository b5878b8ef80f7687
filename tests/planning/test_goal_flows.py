"""From a goal to a measure and from a need to a goal in one step; what is known already is taken over."""

import re

import pytest
from django.urls import reverse

from planning.models import (
    ActionField,
    Goal,
    LifePhase,
    Measure,
    Need,
    PlanningCycle,
    PlanningRegion,
    Provider,
    TargetGroup,
)
from tests.factories import make
from tests.html import read_form

pytestmark = pytest.mark.usefixtures("quiet")


@pytest.fixture
def world(cast):
    """A Handlungsziel with a need, and a Maßnahmenziel under it that names neither need nor Handlungsfeld."""
    home, cycle = cast.home, make(PlanningCycle, cast.home, full=False)
    field = make(ActionField, None, title="Bildung", number=3)
    made = {
        "life_phases": make(LifePhase, None, title="Jugend", number=1),
        "regions": make(PlanningRegion, home, full=False, title="Ost"),
        "target_groups": make(TargetGroup, home, full=False, title="Jugendliche"),
    }
    links = {name: [row] for name, row in made.items()} | {"action_fields": [field]}
    need = make(Need, home, full=False, cycle=cycle, title="Treffpunkte fehlen", **links)
    top = make(Goal, home, full=False, cycle=cycle, level="guiding", title="Leitziel")
    action = make(Goal, home, full=False, cycle=cycle, level="action", parent=top, action_field=field, needs=[need])
    goal = make(Goal, home, full=False, cycle=cycle, level="measure", parent=action, title="Maßnahmenziel")
    return {"need": need, "goal": goal, "top": top, "field": field, "cycle": cycle} | made


def measure_url(cast, goal):
    return reverse("planning:goal-measure", args=[cast.home.slug, goal.pk])


def undo(client, cast, response):
    pk = re.search(r"stapel=(\d+)", response["Location"])[1]
    return client.post(reverse("records:undo", args=[cast.home.slug, pk]))


def test_measure_takes_over_what_the_goal_and_its_needs_say(cast, world):
    client, url = cast.client("planner"), measure_url(cast, world["goal"])
    page = client.get(url).content
    for words in ("Treffpunkte fehlen", "Jugend", "Ost"):
        assert words in page.decode().split('id="uebernommen"')[1].split("</section>")[0]
    shown = read_form(page).values
    assert shown["action_field"] == [str(world["field"].pk)]
    assert shown["target_groups"] == [str(world["target_groups"].pk)]
    data = {
        "title": "Jugendbus",
        "action_field": shown["action_field"],
        "state": "planned",
        "target_groups": shown["target_groups"],
        "responsible": "Jugendpflege",
        "begin_precision": "Q",
        "begin_quarter": "1",
        "begin_year": "2019",
        "form_key": "einmal",
    }
    response = client.post(url, data)
    measure = Measure.objects.get()
    assert response["Location"].startswith(f"/{cast.home.slug}/massnahmen/{measure.pk}/?stapel=")
    assert (measure.cycle, measure.action_field, measure.state) == (world["cycle"], world["field"], "planned")
    assert str(measure.begin) == "1. Quartal 2019"
    linked = {name: list(getattr(measure, name).all()) for name in ("goals", "needs", "life_phases", "regions")}
    assert linked == {
        "goals": [world["goal"]],
        "needs": [world["need"]],
        "life_phases": [world["life_phases"]],
        "regions": [world["regions"]],
    }
    client.post(url, data)
    assert Measure.objects.count() == 1, "the same form sent twice"
    undo(client, cast, response)
    assert not Measure.objects.exists()


def test_typed_names_are_found_however_they_are_written_or_created(cast, world):
    provider = make(Provider, cast.home, full=False, title="Müllerhaus e. V.")
    make(Provider, cast.away, full=False, title="Fremdes Haus")
    client, url = cast.client("planner"), measure_url(cast, world["goal"])
    data = {"title": "A", "action_field": world["field"].pk, "state": "idea"}
    client.post(url, data | {"new_provider": "  MUELLERHAUS  E. v. "})
    assert Measure.objects.get().provider == provider
    groups = "jugendliche, Großeltern\nGROSSELTERN\n\nEltern ;"
    response = client.post(
        url, data | {"title": "B", "new_provider": "Fremdes Haus", "new_provider_kind": "church", "new_groups": groups}
    )
    measure = Measure.objects.get(title="B")
    assert (measure.provider.municipality, measure.provider.kind) == (cast.home, "church")
    names = sorted(measure.target_groups.values_list("title", flat=True))
    assert names == ["Eltern", "Großeltern", "Jugendliche"]
    undo(client, cast, response)
    assert sorted(TargetGroup.objects.values_list("title", flat=True)) == ["Jugendliche"]
    assert not Provider.objects.filter(municipality=cast.home, title="Fremdes Haus").exists()


def test_refused_measure_keeps_everything_and_stores_nothing(cast, world):
    provider = make(Provider, cast.home, full=False, title="Vorhanden")
    client, url = cast.client("planner"), measure_url(cast, world["goal"])
    data = {
        "title": "",
        "action_field": "",
        "state": "finished",
        "provider": provider.pk,
        "new_provider": "Neu",
        "new_groups": "x" * 121,
        "begin_precision": "D",
        "begin_day": "30.02.2019",
        "end_precision": "Y",
        "end_year": "2018",
    }
    response = client.post(url, data)
    page = response.content.decode()
    assert response.status_code == 422
    for sentence in (
        "Füllen Sie dieses Feld aus.",
        "Diesen Tag gibt es nicht.",
        "höchstens 120 Zeichen",
        "Wählen Sie einen Träger aus der Liste oder nennen Sie einen neuen.",
        "Wählen Sie einen Eintrag aus der Liste.",
    ):
        assert sentence in page
    shown = read_form(response.content).values
    for name in ("provider", "new_provider", "begin_day", "end_year"):
        assert shown[name] == [str(data[name])]
    assert shown["new_groups"][0].strip() == data["new_groups"]
    late = {"title": "A", "action_field": world["field"].pk, "state": "idea", "begin": "2019", "end": "2018"}
    late |= {"new_groups": "Neue Gruppe"}
    assert client.post(url, late).status_code == 422
    assert not Measure.objects.exists()
    assert not Provider.objects.filter(title="Neu").exists()
    assert not TargetGroup.objects.filter(title="Neue Gruppe").exists()


def test_after_the_measure_the_way_leads_back_to_the_tree(cast, world):
    data = {"title": "A", "action_field": world["field"].pk, "state": "idea", "weiter": "baum"}
    response = cast.client("planner").post(measure_url(cast, world["goal"]), data, follow=True)
    place, _ = response.redirect_chain[0]
    assert place.startswith(
        f"{reverse('planning:goal-tree', args=[cast.home.slug])}?zyklus={world['cycle'].pk}&stapel="
    )
    assert place.endswith(f"#ziel-{world['goal'].pk}")
    assert "Rückgängig machen" in response.content.decode()


def test_foreign_and_unknown_choices_are_refused(cast, world):
    client, url = cast.client("planner"), measure_url(cast, world["goal"])
    provider = make(Provider, cast.away, full=False, title="Fremder Träger")
    group = make(TargetGroup, cast.away, full=False, title="Fremde Gruppe")
    data = {"title": "A", "action_field": world["field"].pk, "state": "idea"}
    for wrong in ({"provider": provider.pk}, {"target_groups": [group.pk]}, {"target_groups": ["9" * 30]}):
        response = client.post(url, data | wrong)
        assert response.status_code == 422
        assert "Fremde" not in response.content.decode()
    assert not Measure.objects.exists()
    stranger = make(Goal, cast.away, full=False, level="guiding")
    assert client.get(measure_url(cast, stranger)).status_code == 404


def test_need_becomes_a_goal_in_its_place(cast, world):
    client = cast.client("planner")
    url = reverse("planning:need-goal", args=[cast.home.slug, world["need"].pk])
    page = client.get(url).content
    assert url in client.get(f"/{cast.home.slug}/bedarfe/{world['need'].pk}/").content.decode()
    shown = read_form(page)
    assert shown.values["action_field"] == [str(world["field"].pk)]
    assert shown.options["parent"] == ["", str(world["top"].pk), "leitziel"]
    data = {"title": "Treffpunkte sind da", "action_field": world["field"].pk}
    for parent, level in ((world["top"].pk, "action"), ("leitziel", "guiding")):
        response = client.post(url, data | {"parent": parent})
        goal = Goal.objects.latest("pk")
        assert response["Location"].endswith(f"#ziel-{goal.pk}")
        assert (goal.level, goal.action_field, list(goal.needs.all())) == (level, world["field"], [world["need"]])
        assert goal.cycle == world["cycle"]
    count = Goal.objects.count()
    foreign = make(Goal, cast.away, full=False, level="guiding")
    for parent in ("", "x", world["goal"].pk, foreign.pk, "9" * 30):
        response = client.post(url, data | {"parent": parent})
        assert response.status_code == 422, parent
        assert "Treffpunkte sind da" in response.content.decode()
    assert Goal.objects.filter(municipality=cast.home).count() == count
