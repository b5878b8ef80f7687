"""The page of a phase, the order of steps, steps from the catalogue, and carrying a cycle on, in a browser's words."""

from dataclasses import replace

import pytest
from django.urls import reverse

from planning.domain.cycle import start_cycle
from planning.enums import Phase
from planning.models import (
    CriterionValue,
    Goal,
    Hurdle,
    Measure,
    Milestone,
    Need,
    PhaseState,
    PlanningCycle,
    PlanningStep,
    QualityCriterion,
    StepTemplate,
)
from planning.queries.steps import steps_of_phase
from planning.views import phases
from records.domain import saving
from records.registry import all_kinds, kind_of
from records.vague import VagueDate
from tests.factories import make
from tests.html import read_form

pytestmark = [pytest.mark.django_db, pytest.mark.once]
NEXT = {"title": "Planungszyklus 2020–2022", "first_year": "2020", "last_year": "2022"}


@pytest.fixture
def cycle(cast):
    for position, title in ((10, "Konferenzen planen"), (20, "Familien befragen")):
        template = StepTemplate(
            phase=Phase.NEEDS, position=position, title=title, guidance=f"So: {title}", decision=f"Ja zu: {title}"
        )
        saving.create_record(template, actor=None)
    return start_cycle(municipality=cast.home, title="Zyklus 1", first_year=2017, last_year=2019, actor=cast.planner)


def phase_address(place, phase=Phase.NEEDS):
    return reverse("planning:phase", kwargs={"slug": place.slug, "phase": phase.slug})


def move_address(place, step):
    return reverse("planning:step-move", kwargs={"slug": place.slug, "pk": step.pk})


def add_address(place):
    return reverse("planning:step-add", kwargs={"slug": place.slug})


def continue_address(place, cycle):
    return reverse("participation:cycle-continue", kwargs={"slug": place.slug, "pk": cycle.pk})


def order(cycle, phase=Phase.NEEDS):
    return [step.title for step in steps_of_phase(cycle, phase)]


def add_steps(cycle, count):
    for number in range(count):
        step = PlanningStep(
            municipality=cycle.municipality,
            cycle=cycle,
            phase=Phase.NEEDS,
            position=number + 50,
            title=f"Schritt {number}",
            decision_needed=f"Frage {number}",
        )
        saving.create_record(step, actor=None)


# Phase


@pytest.mark.parametrize("phase", Phase)
def test_every_phase_has_a_page(cast, cycle, phase):
    answer = cast.client().get(phase_address(cast.home, phase))
    assert answer.status_code == 200
    page = answer.content.decode()
    assert f"<h1>{phase.number} {phase.label}</h1>" in page
    assert "nicht begonnen" in page
    assert ("fortschreiben" in page) == (phase == Phase.CONTROLLING)


def test_phase_shows_state_steps_decisions_and_records(cast, cycle):
    state = PhaseState.objects.get(cycle=cycle, phase=Phase.NEEDS)
    state.state, state.note = "running", "Seit der Konferenz"
    saving.update_record(state, version=1, actor=None)
    page = cast.client().get(phase_address(cast.home)).content.decode()
    for text in (
        "läuft",
        "Seit der Konferenz",
        "Konferenzen planen",
        "So: Familien befragen",
        "Ja zu: Konferenzen planen",
        "Welche Entscheidungen sind hier nötig?",
        "/bedarfe/",
        "/erkenntnisse/",
        "Bedarf anlegen",
        "Stand ändern",
    ):
        assert text in page, text


def test_readers_see_no_way_to_change(cast, cycle):
    for who in ("adviser", "ministry", "admin"):
        page = cast.client(who).get(phase_address(cast.home)).content.decode()
        assert "Konferenzen planen" in page
        for text in ("anlegen", "verschieben", "Stand ändern", "/schritte/katalog/"):
            assert text not in page, (who, text)


def test_phase_without_cycle_says_the_way(cast):
    assert "Planungszyklus anlegen" in cast.client().get(phase_address(cast.home)).content.decode()
    assert "Die Sozialplanung der Kommune legt ihn an." in (
        cast.client("ministry").get(phase_address(cast.home)).content.decode()
    )


def test_an_older_cycle_can_be_looked_at_and_a_foreign_one_cannot(cast, cycle):
    own = {"municipality": cast.home, "actor": None, "first_year": 2020, "last_year": 2090}
    newer = start_cycle(title="Zyklus 2", **own)
    foreign = start_cycle(municipality=cast.away, title="Fremd", first_year=2017, last_year=2019, actor=None)
    client, address = cast.client(), phase_address(cast.home)
    assert client.get(address).context["cycle"] == newer
    assert client.get(f"{address}?zyklus={cycle.pk}").context["cycle"] == cycle
    for wanted in (str(foreign.pk), "0", "x", "9" * 30):
        assert client.get(f"{address}?zyklus={wanted}").context["cycle"] == newer


def test_unknown_phase_and_foreign_municipality_do_not_exist(cast, cycle):
    assert cast.client().get(f"/{cast.home.slug}/phasen/gibt-es-nicht/").status_code == 404
    assert cast.client("foreign_planner").get(phase_address(cast.home)).status_code == 404
    assert cast.client().post(phase_address(cast.home)).status_code == 405


def test_queries_do_not_grow_with_steps(cast, cycle, django_assert_max_num_queries):
    client, counts = cast.client(), []
    for more in (0, 1, 29):
        add_steps(cycle, more)
        with django_assert_max_num_queries(12) as seen:
            assert client.get(phase_address(cast.home)).status_code == 200
        counts.append(len(seen.captured_queries))
    assert len(set(counts)) == 1


# Order


def test_planner_moves_steps(cast, cycle):
    step = steps_of_phase(cycle, Phase.NEEDS)[1]
    client = cast.client()
    answer = client.post(move_address(cast.home, step), {"richtung": "hoch"})
    assert answer.status_code == 302
    assert answer.url == f"{phase_address(cast.home)}?zyklus={cycle.pk}#schritt-{step.pk}"
    assert order(cycle) == ["Familien befragen", "Konferenzen planen"]
    client.post(move_address(cast.home, step), {"richtung": "runter"})
    assert order(cycle) == ["Konferenzen planen", "Familien befragen"]


def test_moving_is_guarded(cast, cycle):
    step = steps_of_phase(cycle, Phase.NEEDS)[0]
    address, data = move_address(cast.home, step), {"richtung": "runter"}
    assert cast.client().get(address).status_code == 405
    assert cast.client().post(address, {"richtung": "weg"}).status_code == 404
    assert cast.client("adviser").post(address, data).status_code == 403
    assert cast.client("ministry").post(address, data).status_code == 403
    assert cast.client("foreign_planner").post(address, data).status_code == 404
    assert cast.client("foreign_planner").post(move_address(cast.away, step), data).status_code == 404
    assert order(cycle) == ["Konferenzen planen", "Familien befragen"]


# Catalogue


def test_steps_of_the_catalogue_are_added_by_ticking(cast, cycle):
    saving.create_record(StepTemplate(phase=Phase.NEEDS, title="Daten auswerten"), actor=None)
    other = saving.create_record(StepTemplate(phase=Phase.GOALS, title="Leitbild prüfen"), actor=None)
    client, address = cast.client(), add_address(cast.home)
    page = client.get(address).content.decode()
    assert page.count('type="checkbox"') == 2
    assert page.count("schon im Planungszyklus") == 2
    assert "Schritte übernehmen" in page
    answer = client.post(address, {"schritt": [str(other.pk), "x", "999999"]})
    assert answer.url == f"{phase_address(cast.home, Phase.GOALS)}?zyklus={cycle.pk}"
    assert order(cycle, Phase.GOALS) == ["Leitbild prüfen"]
    assert "Daten auswerten" not in order(cycle)


def test_with_nothing_left_to_add_there_is_no_button(cast, cycle):
    page = cast.client().get(add_address(cast.home)).content.decode()
    assert "enthält schon alle Schritte" in page
    assert "Schritte übernehmen" not in page


def test_only_steps_of_the_asked_phase_are_offered(cast, cycle):
    goal = saving.create_record(StepTemplate(phase=Phase.GOALS, title="Leitbild prüfen"), actor=None)
    address = f"{add_address(cast.home)}?phase={Phase.NEEDS.slug}"
    assert "Leitbild prüfen" not in cast.client().get(address).content.decode()
    cast.client().post(address, {"schritt": [str(goal.pk)]})
    assert order(cycle, Phase.GOALS) == []


def test_nothing_ticked_is_said_and_without_cycle_leads_to_one(cast):
    answer = cast.client().get(add_address(cast.home))
    assert answer.url == f"/{cast.home.slug}/planungszyklen/neu/"
    start_cycle(municipality=cast.home, title="x", first_year=2017, last_year=2019, actor=None)
    answer = cast.client().post(add_address(cast.home), {})
    assert answer.status_code == 422
    assert "Kreuzen Sie mindestens einen Schritt an." in answer.content.decode()


def test_catalogue_is_for_writers(cast, cycle):
    for who, status in (("adviser", 403), ("admin", 403), ("foreign_planner", 404), ("anonymous", 302)):
        assert cast.client(who).get(add_address(cast.home)).status_code == status


# Carrying on


def test_cycle_is_carried_on_with_a_look_at_what_goes_along(cast, cycle):
    own = {"municipality": cast.home, "cycle": cycle}
    saving.create_record(Need(title="Offen", **own), actor=None)
    saving.create_record(Need(title="Gedeckt", state="covered", **own), actor=None)
    client, address = cast.client(), continue_address(cast.home, cycle)
    answer = client.get(address)
    counted = {line.label: line.count for line in answer.context["carried"]}
    assert (counted["Bedarfe"], counted["Planungsschritte"]) == (1, 2)
    page = answer.content.decode()
    assert 'value="Planungszyklus 2020–2022"' in page
    assert ('value="2020"' in page, 'value="2022"' in page) == (True, True)
    answer = client.post(address, NEXT)
    new = PlanningCycle.objects.get(predecessor=cycle)
    assert answer.url == f"/{cast.home.slug}/planungszyklen/{new.pk}/"
    assert [need.title for need in Need.objects.filter(cycle=new)] == ["Offen"]


def test_what_goes_along_is_chosen_and_an_empty_successor_is_filled(cast, cycle):
    own = {"municipality": cast.home, "cycle": cycle}
    saving.create_record(Need(title="Offen", **own), actor=None)
    client, kind = cast.client(), kind_of(PlanningCycle)
    form = {"title": "Leer", "first_year": "2020", "last_year": "2022", "predecessor": str(cycle.pk), "version": "0"}
    assert client.post(kind.url("create", cast.home), form).status_code == 302
    new = PlanningCycle.objects.get(predecessor=cycle)
    assert "Fortschreibung beginnen" in client.get(kind.url("detail", cast.home, cycle.pk)).content.decode()
    address = continue_address(cast.home, cycle)
    page = client.get(address).content.decode()
    assert "Offenes übernehmen" in page
    assert "Offen</li>" in page
    assert client.post(address, {"uebernehmen": ["", "planningstep"]}).url == kind.url("detail", cast.home, new.pk)
    assert (Need.objects.filter(cycle=new).count(), PlanningStep.objects.filter(cycle=new).count()) == (0, 2)
    assert client.post(address, {"uebernehmen": ["", "need"]}).status_code == 409


def test_a_phase_and_a_step_propose_their_state_and_a_person_decides(cast, cycle):
    client, address = cast.client(), phase_address(cast.home)
    assert "Ja, läuft" not in client.get(address).content.decode()
    for title in ("a", "b"):
        saving.create_record(Need(title=title, municipality=cast.home, cycle=cycle), actor=None)
    page = client.get(address).content.decode()
    assert '2 Bedarfe: <b class="strong">läuft?</b>' in page
    assert "Ja, läuft" not in cast.client("adviser").get(address).content.decode()
    state = PhaseState.objects.get(cycle=cycle, phase=Phase.NEEDS)
    sent = {"was": "phase", "nr": str(state.pk), "version": str(state.version), "stand": "running"}
    assert client.post(f"{address}stand/", sent | {"stand": "egal"}).status_code == 302
    assert PhaseState.objects.get(pk=state.pk).state == "not_started"
    assert client.post(f"{address}stand/", sent).status_code == 302
    assert PhaseState.objects.get(pk=state.pk).state == "running"
    client.post(f"{address}stand/", sent | {"stand": "done"})  # an outdated page changes nothing
    assert PhaseState.objects.get(pk=state.pk).state == "running"
    assert client.post(f"{address}stand/", sent | {"nr": "²"}).status_code == 404
    begun = make(PlanningStep, cast.home, cycle=cycle, phase=Phase.NEEDS, full=False, begin=VagueDate.from_iso("2018"))
    assert f'form="vorschlag-schritt-{begun.pk}"' in client.get(address).content.decode()
    sent = {"was": "schritt", "nr": str(begun.pk), "version": str(begun.version), "stand": "done"}
    client.post(f"{address}stand/", sent)
    assert PlanningStep.objects.get(pk=begun.pk).state == "done"
    PlanningStep.objects.filter(cycle=cycle).update(state="done")
    assert 'alle 3 Schritte erledigt: <b class="strong">abgeschlossen?</b>' in client.get(address).content.decode()


def test_targets_and_actual_values_stand_on_measure_and_goal(cast, cycle):
    goal = make(Goal, cast.home, cycle=cycle, full=False)
    measure = make(Measure, cast.home, cycle=cycle, full=False)
    measure.goals.add(goal)
    criterion = make(QualityCriterion, cast.home, measure=measure, title="Erreichte", unit="Familien", full=False)
    make(CriterionValue, cast.home, criterion=criterion, year=2018, target=40, actual=38, full=False)
    make(CriterionValue, cast.home, criterion=criterion, year=2019, target=50, actual=None, full=False)
    for record in (goal, measure):
        page = cast.client().get(kind_of(type(record)).url("detail", cast.home, record.pk)).content.decode()
        text = page.replace("\u00a0", " ")
        assert "2018: Ziel 40 Familien, Ist 38 Familien" in text
        assert "2019: Ziel 50 Familien, Ist ohne Angabe" in text


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": ""}, "Füllen Sie dieses Feld aus."),
        ({"first_year": "bald"}, "Geben Sie ein Jahr mit vier Ziffern ein"),
        ({"first_year": "1"}, "Geben Sie ein Jahr ab 2000 an."),
        ({"last_year": "99999"}, "Geben Sie ein Jahr bis 2100 an."),
        ({"first_year": "2017"}, "Geben Sie ein Jahr ab 2018 an."),
        ({"last_year": "2019"}, "Das letzte Jahr liegt vor dem ersten."),
    ],
)
def test_bad_years_are_said_at_the_field_and_nothing_is_lost(cast, cycle, change, sentence):
    data = NEXT | {"title": "Mein Titel"} | change
    answer = cast.client().post(continue_address(cast.home, cycle), data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert all(f'value="{value}"' in page for value in data.values() if value)
    assert PlanningCycle.objects.count() == 1


def test_a_second_carrying_on_leads_to_the_first(cast, cycle):
    client, address = cast.client(), continue_address(cast.home, cycle)
    client.post(address, NEXT)
    answer = client.post(address, NEXT)
    new = PlanningCycle.objects.get(predecessor=cycle)
    assert answer.status_code == 409
    assert f"/planungszyklen/{new.pk}/" in answer.content.decode()
    assert client.get(address).status_code == 200


def test_carrying_on_is_guarded(cast, cycle):
    address = continue_address(cast.home, cycle)
    for who, status in (("adviser", 403), ("ministry", 403), ("foreign_planner", 404)):
        assert cast.client(who).post(address, NEXT).status_code == status
    assert cast.client("foreign_planner").get(continue_address(cast.away, cycle)).status_code == 404
    assert PlanningCycle.objects.count() == 1


# The generic pages of a cycle use the same rules


def test_a_cycle_from_the_form_has_phases_and_steps_and_can_be_taken_back(cast, cycle):
    client = cast.client()
    data = {"title": "Zyklus 0", "first_year": "2013", "last_year": "2016"}
    answer = client.post(f"/{cast.home.slug}/planungszyklen/neu/", data)
    new = PlanningCycle.objects.get(title="Zyklus 0")
    assert answer.url == f"/{cast.home.slug}/planungszyklen/{new.pk}/"
    assert PhaseState.objects.filter(cycle=new).count() == len(Phase)
    assert order(new) == ["Konferenzen planen", "Familien befragen"]
    page = client.get(f"{answer.url}loeschen/").content.decode()
    assert "Mit gelöscht: 8 Phasenstände und 2 Planungsschritte." in page
    address = f"/{cast.home.slug}/planungszyklen/{new.pk}/loeschen/"
    assert client.post(address, {"version": "1"}).status_code == 409, "nothing goes that was not named"
    assert client.post(address, read_form(page.encode()).values).status_code == 302
    assert PhaseState.objects.filter(cycle_id=new.pk).count() == 0


def test_a_cycle_with_work_is_not_deleted(cast, cycle):
    make(Need, cast.home, cycle=cycle)
    address = f"/{cast.home.slug}/planungszyklen/{cycle.pk}/loeschen/"
    assert "Ein anderer Eintrag bezieht sich darauf" in cast.client().get(address).content.decode()
    assert cast.client().post(address, {"version": "1"}).status_code == 409
    assert PhaseState.objects.filter(cycle=cycle).count() == len(Phase)


def test_a_kind_of_the_phase_takes_none_off_its_page(monkeypatch):
    assert {Measure, Milestone} <= {kind.model for kind in phases.kinds_of_phase(Phase.IMPLEMENTATION)}
    own = replace(kind_of(Hurdle), section=Phase.IMPLEMENTATION)
    monkeypatch.setattr(phases, "all_kinds", lambda: [own, *all_kinds()])
    assert {Hurdle, Measure, Milestone} <= {kind.model for kind in phases.kinds_of_phase(Phase.IMPLEMENTATION)}
