"""What controlling decides carries into the next cycle, and is asked where nobody has decided."""

import pytest
from django.urls import reverse

from insight.timeline.queries import timeline_entries
from planning.models import CarryOver, Goal, Measure, PlanningCycle
from records.domain import saving
from records.vague import VagueDate
from tests.planning.test_cycle import Content, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def content(cast):
    own = {"municipality": cast.home, "title": "2017–2019", "first_year": 2017, "last_year": 2019}
    return Content(saving.create_record(PlanningCycle(**own), actor=None))


def decided(subject, decision, year=2019, reason="Weil es so ist"):
    name = subject._meta.model_name
    return save(
        CarryOver(municipality=subject.municipality, year=year, decision=decision, reason=reason, **{name: subject})
    )


def carry_on(cast, cycle, **more):
    url = reverse("participation:cycle-continue", args=[cast.home.slug, cycle.pk])
    given = {"title": "2020–2022", "first_year": "2020", "last_year": "2022"}
    chosen = ["need", "goal", "measure", "planningstep"]
    return cast.client().post(url, given | {"uebernehmen": chosen} | more)


def titles(model):
    return sorted(model.objects.filter(cycle__first_year=2020).values_list("title", flat=True))


def test_the_next_cycle_begins_from_what_was_decided(cast, content):
    cycle = content.running.cycle
    leaflet = Measure.objects.get(title="Faltblatt")
    leaflet.begin, leaflet.end = VagueDate.from_iso("2017"), VagueDate.from_iso("2018-06")
    saving.update_record(leaflet, version=leaflet.version, actor=None)
    decided(content.running, "continue", year=2018)
    decided(content.running, "end")  # of several years the last counts
    decided(leaflet, "change")  # finished, and goes on all the same
    decided(content.covered_need, "continue")
    decided(content.open_need, "end")
    decided(Goal.objects.get(title="Beratung erreichen"), "end")  # with what stands under it
    assert carry_on(cast, cycle).status_code == 302
    assert titles(Measure) == ["Faltblatt"]
    anew = Measure.objects.get(title="Faltblatt", cycle__first_year=2020)
    assert (anew.state, anew.begin, anew.end) == ("planned", None, None)
    assert [each.when for each in timeline_entries(cast.home) if "Faltblatt" in each.title] == ["2017 bis Juni 2018"]
    assert titles(content.open_need.__class__) == ["Spielplatz"]
    assert titles(Goal) == ["Mobil sein"]


def test_undecided_measures_are_asked_about_and_nothing_typed_is_lost(cast, content):
    cycle, pk = content.running.cycle, content.running.pk
    page = carry_on(cast, cycle, **{f"grund-{pk}": "Zu wenig Fahrgäste"})
    assert page.status_code == 422
    assert "Wählen Sie, was mit der Maßnahme geschieht" in page.content.decode()
    assert "Zu wenig Fahrgäste" in page.content.decode()
    assert not PlanningCycle.objects.filter(first_year=2020).exists()
    refused = carry_on(cast, cycle, **{f"wird-{pk}": "end"})
    assert "Nennen Sie den Grund" in refused.content.decode()
    assert not CarryOver.objects.exists()
    assert carry_on(cast, cycle, **{f"wird-{pk}": "end", f"grund-{pk}": "Zu wenig Fahrgäste"}).status_code == 302
    assert titles(Measure) == []
    row = CarryOver.objects.get()
    assert (row.measure, row.year, row.reason) == (content.running, 2019, "Zu wenig Fahrgäste")


def test_the_rest_may_go_on_unchanged(cast, content):
    assert carry_on(cast, content.running.cycle, rest="on").status_code == 302
    assert titles(Measure) == ["Rufbus West"]
    assert CarryOver.objects.get().decision == "continue"
