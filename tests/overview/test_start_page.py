import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from accounts.access import Access
from accounts.enums import Role
from accounts.models import RoleAssignment
from overview.queries.changes import aware, last_changes, spoken_time
from overview.queries.due import distance_to, leaf_of
from overview.queries.start import start_page
from participation.enums import Occurrence, Outcome, TaskState
from participation.models import Resolution, Session, Task
from planning.enums import Phase, Progress, StepState
from planning.models import EntryLevel, Goal, Hurdle, Measure, Need, PhaseState, PlanningCycle, PlanningStep
from records.domain import saving
from records.vague import VagueDate
from tests.cast import make_person
from tests.factories import make

URL = "/kyffhaeuserkreis/"
TODAY = date(2018, 10, 22)
iso = VagueDate.from_iso


def cycle_of(place, states=("done", "resting", "running")):
    year = TODAY.year
    cycle = make(PlanningCycle, place, title="Zyklus", first_year=year - 1, last_year=year + 1, full=False)
    for phase, state in zip(Phase, [*states, *["not_started"] * (8 - len(states))], strict=True):
        make(PhaseState, place, cycle=cycle, phase=phase, state=Progress(state), begin=None, end=None)
    return cycle


def step(place, cycle, title, state=StepState.OPEN, phase=Phase.NEEDS, **given):
    return make(PlanningStep, place, full=False, cycle=cycle, title=title, state=state, phase=phase, **given)


def test_ring_shows_states_and_counts_of_steps(cast):
    cycle = cycle_of(cast.home)
    for state in (StepState.DONE, StepState.DONE, StepState.RUNNING, StepState.OPEN, StepState.DROPPED):
        step(cast.home, cycle, state.label, state)
    make(EntryLevel, cast.home, level=3, begin=iso("2017-09"), end=None)
    ring = start_page(cast.home, TODAY, Access(cast.planner)).ring
    assert re.findall(r'class="no (\w+)"', ring)[:8] == ["done", "rest", "run", *["none"] * 5]
    needs = ring.partition("3. Bedarfsanalyse")[2].partition("</a>")[0]
    assert [(kind, path.count("M")) for kind, path in re.findall(r'class="tick (\w+)" d="([^"]+)"', needs)] == [
        ("done", 2),
        ("run", 1),
        ("open", 1),
    ]
    assert "Planungszyklus 2017–2019" in ring
    assert ">Stufe 3</text>" in ring
    PlanningStep.objects.filter(state=StepState.OPEN).delete()
    assert start_page(cast.home, TODAY, Access(cast.planner)).ring != ring


def test_without_a_cycle_the_page_says_how_to_begin(cast):
    page = cast.client().get(URL).content.decode()
    assert "Noch kein Planungszyklus" in page
    assert "Planungszyklus anlegen" in page
    assert "Planungszyklus anlegen" not in cast.client("adviser").get(URL).content.decode()


def test_running_steps_come_first_then_open_ones_of_running_phases(cast):
    cycle = cycle_of(cast.home)
    step(cast.home, cycle, "später", phase=Phase.GOALS)
    step(cast.home, cycle, "offen")
    step(cast.home, cycle, "fertig", StepState.DONE)
    step(cast.home, cycle, "läuft", StepState.RUNNING, phase=Phase.CONTROLLING)
    assert [item.title for item in start_page(cast.home, TODAY, Access(cast.planner)).steps] == [
        "läuft",
        "offen",
        "später",
    ]


def test_open_points_are_those_of_the_present_cycle(cast):
    old = make(PlanningCycle, cast.home, first_year=2010, last_year=2012, full=False)
    cycle = make(PlanningCycle, cast.home, first_year=2017, last_year=2019, predecessor=old, full=False)
    for phase in Phase:
        make(PhaseState, cast.home, cycle=cycle, phase=phase, full=False)
    for place, title in ((old, "erledigt"), (old, "auch"), (cycle, "offen")):
        make(Need, cast.home, cycle=place, title=title, full=False)
    points = {point.label: point for point in start_page(cast.home, TODAY, Access(cast.planner)).points}
    assert points["Bedarf ohne Ziel"].count == 1
    rows = cast.client().get(points["Bedarf ohne Ziel"].action.url).context["page"].rows
    assert [row.title for row in rows] == [Need.objects.get(title="offen").label]


def test_what_has_passed_waits_until_it_is_done_and_what_comes_stands_by_date(cast):
    cycle = cycle_of(cast.home)
    step(cast.home, cycle, "Schritt", planned_end=iso("2018-12"))
    session = make(Session, cast.home, title="vorbei", state=Occurrence.PLANNED, held_on=iso("2018-10-01"))
    make(Session, cast.home, title="kommt", state=Occurrence.PLANNED, held_on=iso("2018-11-05"))
    make(Task, cast.home, session=session, title="überfällig", due=iso("2018-10-20"), state=TaskState.OPEN)
    make(Task, cast.home, session=session, title="erledigt", due=iso("2018-10-30"), state=TaskState.DONE)
    make(Task, cast.home, session=session, title="uralt", due=iso("2006-10-30"), state=TaskState.OPEN)
    make(Task, cast.home, session=session, title="dieses Quartal", due=iso("2018-Q4"), state=TaskState.OPEN)
    make(Resolution, cast.home, subject="Beschluss", full=False, outcome=Outcome.EXPECTED, resolved_on=iso("2019-01"))
    make(Task, cast.away, title="fremd", due=iso("2018-11-01"), state=TaskState.OPEN)
    page = start_page(cast.home, TODAY, Access(cast.planner))
    assert [(item.title, item.since, item.ask.label) for item in page.waiting] == [
        ("uralt", "war fällig: 30.10.2006", "Erledigt?"),
        ("vorbei", "seit 21 Tagen fällig", "Fand sie statt?"),
        ("überfällig", "seit 2 Tagen fällig", "Erledigt?"),
    ]
    ahead = ["kommt", "dieses Quartal", "Schritt", "Beschluss"]
    assert [(item.title, item.is_overdue) for item in page.due] == [(title, False) for title in ahead]
    seen = start_page(cast.home, TODAY, Access(cast.adviser))
    assert [item.title for item in seen.waiting] == []  # what others have to do is only shown
    assert [item.title for item in seen.due if item.is_overdue] == ["uralt", "vorbei", "überfällig"]


@pytest.mark.parametrize(
    ("text", "leaf", "distance"),
    [
        ("2018-10-22", ("Okt.", "22.", False), "heute"),
        ("2018-10-23", ("Okt.", "23.", False), "morgen"),
        ("2018-11-15", ("Nov.", "15.", False), "in 24 Tagen"),
        ("2018-12", ("2018", "Dez.", True), "Dezember 2018, Tag noch offen"),
        ("2019-Q1", ("2019", "1. Qu.", True), "1. Quartal 2019, noch ungenau"),
        ("2019-H2", ("2019", "2. Hj.", True), "2. Halbjahr 2019, noch ungenau"),
        ("2019", ("2019", "Jahr", True), "2019, noch ungenau"),
        ("2018-10-21", ("Okt.", "21.", False), "seit gestern fällig"),
        ("2018-10-12", ("Okt.", "12.", False), "seit 10 Tagen fällig"),
        ("2019-05-02", ("Mai", "2.", False), "02.05.2019"),
    ],
)
def test_calendar_leaf_and_distance(text, leaf, distance):
    found = leaf_of(iso(text))
    assert (found.top, found.bottom, found.is_vague) == leaf
    assert distance_to(iso(text), TODAY) == distance


def test_open_points_count_the_gaps_and_lead_to_the_filtered_list(cast):
    cycle_of(cast.home)
    for title in ("a", "b"):
        make(Need, cast.home, full=False, title=title)
    make(Goal, cast.home, full=False, title="Ziel")
    make(Measure, cast.home, full=False, title="Maßnahme")
    make(Need, cast.away, full=False, title="fremd")
    found = start_page(cast.home, TODAY, Access(cast.planner)).points
    points = {point.label: point for point in found}
    assert {label: point.count for label, point in points.items()} == {
        "Bedarfe ohne Ziel": 2,
        "Bedarfe ohne Beleg": 2,
        "Ziel ohne Maßnahme": 1,
        "Maßnahme ohne Ziel und Bedarf": 1,
        "Maßnahme ohne Qualitätskriterium": 1,
        "Maßnahme ohne Kosten": 1,
    }
    page = cast.client().get(points["Bedarfe ohne Ziel"].action.url).content.decode()
    assert "2 Bedarfe" in page


def test_changes_tell_who_did_what_and_bunch_what_belongs_together(cast):
    hurdle = make(Hurdle, cast.home, title="Urlaubszeit", actor=cast.planner)
    hurdle.title = "Personalausfall"
    saving.update_record(hurdle, version=1, actor=cast.lead)
    for number in range(4):
        make(Need, cast.home, title=f"Bedarf {number}", full=False, actor=cast.planner)
    make(Hurdle, cast.away, title="fremd", actor=cast.foreign_planner)
    make(PlanningCycle, cast.home, title="Planungszyklus 2030–2032", full=False, actor=cast.planner)
    changes = last_changes(cast.home, limit=9)
    told = [(change.kind, change.title, change.action, change.person) for change in changes]
    assert told[0] == ("", "Planungszyklus 2030–2032", "angelegt", "Funktion planung-kyf")
    assert told[1] == ("Mehrere", "Bedarfe", "angelegt", "Funktion planung-kyf")
    assert ("Hürde", "Personalausfall", "geändert", "Funktion leitung-kyf") in told
    assert ("Hürde", "Urlaubszeit", "angelegt", "Funktion planung-kyf") in told
    assert not any("fremd" in change.title for change in changes)


def test_deleted_record_is_told_without_a_link(cast):
    hurdle = make(Hurdle, cast.home, title="Irrtum")
    saving.delete_record(hurdle, version=1, actor=cast.planner)
    told = [(change.action, change.title, change.url) for change in last_changes(cast.home)]
    assert told == [("gelöscht", "Irrtum", ""), ("angelegt", "Irrtum", "")]


def test_times_are_spoken():
    now = timezone.make_aware(datetime(2018, 10, 22, 9, 12))
    assert spoken_time(now, TODAY) == "Heute, 9:12 Uhr"
    assert spoken_time(now - timedelta(days=1), TODAY) == "Gestern, 9:12 Uhr"
    assert spoken_time(now - timedelta(days=3), TODAY) == "Freitag, 9:12 Uhr"
    assert spoken_time(now - timedelta(days=30), TODAY) == "22. September 2018"
    assert aware("2018-10-22 07:12:00.000001") == datetime(2018, 10, 22, 7, 12, 0, 1, tzinfo=UTC)


def test_twelve_queries_at_most_whatever_the_number_of_rows(cast, django_assert_num_queries):
    client = cast.client()
    cycle = cycle_of(cast.home)
    for amount in (1, 30):
        for i in range(amount):
            step(cast.home, cycle, f"Schritt {amount}-{i}", planned_end=VagueDate(timezone.localdate()))
            make(Need, cast.home, full=False, title=f"Bedarf {amount}-{i}")
            make(Hurdle, cast.home, title=f"Hürde {amount}-{i}")
        with django_assert_num_queries(10):
            assert client.get(URL).status_code == 200


def test_only_who_may_write_is_offered_to_enter(cast):
    assert "Schnell erfassen" in cast.client().get(URL).content.decode()
    assert "Schnell erfassen" not in cast.client("ministry").get(URL).content.decode()


@pytest.mark.parametrize(
    ("who", "target"),
    [
        ("planner", "/kyffhaeuserkreis/"),
        ("lead", "/kyffhaeuserkreis/"),
        ("ministry", "/ministerium/"),
        ("admin", "/ministerium/"),
    ],
)
def test_root_leads_to_the_only_place(cast, who, target):
    assert cast.client(who).get("/").headers["Location"] == target


def test_root_offers_the_choice_between_several(cast):
    RoleAssignment.objects.create(
        user=cast.planner, role=Role.PLANNER, municipality=cast.away, valid_from=date(2016, 1, 1)
    )
    page = cast.client().get("/").content.decode()
    assert "Wohin möchten Sie?" in page
    assert 'href="/kyffhaeuserkreis/"' in page
    assert 'href="/altenburger-land/"' in page


def test_root_without_any_role_says_whom_to_ask(cast, client):
    client.force_login(make_person("neu"))
    assert "keine Kommune zugeordnet" in client.get("/").content.decode()


def test_root_tells_strangers_what_the_portal_is(client, db):
    page = client.get("/").content.decode()
    assert 'href="/anmelden/"' in page
    assert "Noch ist kein Plan veröffentlicht." in page
