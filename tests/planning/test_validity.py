"""Catalogues with validity work while entering: what holds is offered, what was named stays, two never contradict."""

import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from participation.models import Event, Finding
from planning.domain.cycle import continue_cycle
from planning.models import (
    ActionField,
    CheckRule,
    Deadline,
    EntryLevel,
    FundingRule,
    Goal,
    LifePhase,
    Measure,
    Need,
    Offer,
    PlanningCycle,
    PlanningStep,
    StepTemplate,
    SwotEntry,
)
from plans.builder.action import measures_body
from plans.builder.basis import Basis
from plans.builder.substance import swot
from plans.checks.queries import Facts
from plans.models import Plan
from records.domain import saving
from records.registry import kind_of
from records.vague import VagueDate
from reporting.queries.state_report import read_state_year
from reporting.reports.families import family_report
from reporting.reports.state import state_report
from reporting.reports.year import municipal_year
from tests.factories import make, post_data, stored_values
from tests.records.tables import errors, exported, read_in, xlsx
from tests.records.test_bulk import send as bulk

DAY = VagueDate.from_iso("2030-01-01")
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet"), pytest.mark.once]


class World:
    """A Richtlinie until 2020 with „3 Pflege“, which is „2 Fürsorge“ afterwards; two cycles, the later of today."""

    def __init__(self, cast):
        self.cast, self.home = cast, cast.home
        self.new = make(ActionField, None, full=False, number=2, title="Fürsorge", valid_from="2021-01-01")
        self.old = make(
            ActionField, None, full=False, number=3, title="Pflege", valid_until="2020-12-31", successor=self.new
        )
        self.dead = make(ActionField, None, full=False, number=4, title="Ohne Erben", valid_until="2020-12-31")
        self.phase = make(LifePhase, None, full=False, number=1, title="Jugend", valid_until="2020-12-31")
        self.before = make(PlanningCycle, cast.home, full=False, title="Früher", first_year=2018, last_year=2020)
        self.now = make(PlanningCycle, cast.home, full=False, title="Heute", first_year=2021, last_year=2099)

    def choices(self, model, name, **given):
        url = kind_of(model).url("create", self.home)
        form = self.cast.client().get(url, given).context["form"]
        return [label for value, label in form.fields[name].choices if value]


@pytest.fixture
def world(cast):
    return World(cast)


def test_forms_offer_what_holds_in_the_cycle_and_refuse_the_rest(world):
    for model, name in (
        (Need, "action_fields"),
        (Goal, "action_field"),
        (Measure, "action_field"),
        (Offer, "action_fields"),
    ):
        assert world.choices(model, name) == ["2 Fürsorge"], model
    assert world.choices(Need, "life_phases") == []
    kind, client = kind_of(Measure), world.cast.client()
    sent = {"title": "Rufbus", "state": "idea", "cycle": world.before.pk, "action_field": world.new.pk}
    answer = client.post(kind.url("create", world.home), sent)
    assert answer.status_code == 422
    assert [label for value, label in answer.context["form"].fields["action_field"].choices if value] == [
        "3 Pflege",
        "4 Ohne Erben",
    ]
    assert client.post(kind.url("create", world.home), sent | {"action_field": world.old.pk}).status_code == 302
    table = exported(world.cast, kind)
    table[1][:3] = [None, None, None]
    table[1][table[0].index("Planungszyklus")] = str(world.now)
    said = "„3 Pflege“ gilt hier nicht (gilt bis 31.12.2020). Wählen Sie einen Eintrag, der gilt."
    assert errors(read_in(world.cast, kind, xlsx(table))) == {(2, "Handlungsfeld"): said}
    with pytest.raises(ValidationError, match=re.escape(said)):
        make(Measure, world.home, full=False, cycle=world.now, action_field=world.old)


def test_what_was_named_stays_and_is_said(world):
    kind, client = kind_of(Measure), world.cast.client()
    bus = make(Measure, world.home, full=False, title="Bus", cycle=world.before, action_field=world.old)
    Measure.objects.filter(pk=bus.pk).update(cycle=world.now)
    bus.refresh_from_db()
    assert "3 Pflege (gilt bis 31.12.2020)" in client.get(kind.url("detail", world.home, bus.pk)).content.decode()
    form = client.get(kind.url("update", world.home, bus.pk)).context["form"]
    labels = [label for value, label in form.fields["action_field"].choices if value]
    assert labels == ["2 Fürsorge", "3 Pflege (gilt bis 31.12.2020)"]
    data = post_data(kind, stored_values(kind, bus) | {"title": "Rufbus"}) | {"version": bus.version}
    assert client.post(kind.url("update", world.home, bus.pk), data).status_code == 302
    mark = f"{bus.pk}:{bus.version + 1}"
    url = kind.url("bulk", world.home)
    answer = client.post(url, {"zeile": mark, "aktion": "action_field:setzen", "wert_action_field": world.dead.pk})
    assert answer.status_code == 422
    assert "4 Ohne Erben“ gilt hier nicht" in answer.content.decode()


def test_filters_and_tables_offer_what_holds(world):
    page = world.cast.client().get(kind_of(Measure).url("list", world.home)).context["page"]
    found = {field.name: [option.label for option in field.options] for field in page.filters}
    assert found["action_field"] == ["Alle", "2 Fürsorge"]
    grid = world.cast.client().get(kind_of(SwotEntry).url("grid", world.home)).content.decode()
    assert "2 Fürsorge" in grid
    assert "3 Pflege" not in grid


def test_marked_rows_tables_without_kennung_and_pasted_lines_take_what_holds(world):
    bus = make(Measure, world.home, full=False, title="Bus", cycle=world.now, action_field=world.new)
    page = world.cast.client().get(kind_of(Measure).url("list", world.home)).content.decode()
    assert ("2 Fürsorge" in page, "3 Pflege" in page) == (True, False)
    answer = bulk(world.cast, Measure, "action_field:setzen", [bus], action_field=str(world.old.pk))
    bus.refresh_from_db()
    assert (answer.status_code, bus.action_field) == (422, world.new)
    table = [["Maßnahme", "Planungszyklus", "Handlungsfeld"], ["Bad", "Heute", "3 Pflege"]]
    assert "3 Pflege“ gilt hier nicht" in errors(read_in(world.cast, kind_of(Measure), xlsx(table)))[2, "Handlungsfeld"]
    event = make(Event, world.home, full=False, title="Konferenz", begin=VagueDate.from_iso("2026-05-01"))
    pasted = world.cast.client().get(f"/{world.home.slug}/erkenntnisse/flipchart/?veranstaltung={event.pk}")
    assert "3 Pflege" not in pasted.content.decode()


def test_the_next_cycle_takes_over_the_successor_and_plans_group_by_it(world):
    bus = make(Measure, world.home, full=False, title="Bus", cycle=world.before, action_field=world.old)
    dead = make(Measure, world.home, full=False, title="Alt", cycle=world.before, action_field=world.dead)
    make(Need, world.home, full=False, title="Ruhe", cycle=world.before, action_fields=[world.old, world.dead])
    template = make(StepTemplate, None, full=False, phase="goals", title="Alt", valid_until="2020-12-31")
    saving.delete_record(world.now, version=1, actor=None)
    long = make(
        PlanningCycle, world.home, full=False, title="Lang", first_year=2019, last_year=2022, predecessor=world.before
    )
    for row, field in ((bus, world.old), (dead, world.dead)):
        row.cycle, row.action_field = long, field
        saving.update_record(row, version=1, actor=None)
    plan = make(Plan, world.home, full=False, cycle=long, year=2021)
    groups = {group.action_field: [row.code for row in group.measures] for group in measures_body(Basis(plan)).fields}
    assert groups == {"2 Fürsorge": [bus.code], "4 Ohne Erben": [dead.code]}
    for row in (bus, dead):
        row.cycle = world.before
        saving.update_record(row, version=2, actor=None)
    plan.delete()
    saving.delete_record(long, version=1, actor=None)
    new = continue_cycle(cycle=world.before, title="neu", first_year=2021, last_year=2023, actor=None)
    assert {row.title: row.action_field for row in Measure.objects.filter(cycle=new)} == {
        "Bus": world.new,
        "Alt": world.dead,
    }
    assert set(Need.objects.get(cycle=new).action_fields.all()) == {world.new, world.dead}
    assert not PlanningStep.objects.filter(cycle=new, template=template).exists()


@pytest.mark.parametrize(
    ("model", "same", "field"),
    [
        (ActionField, {"number": 7, "title": "Neu"}, "number"),
        (ActionField, {"number": 8, "title": "fürsorge"}, "title"),
        (LifePhase, {"number": 9, "title": "Alter"}, "number"),
        (StepTemplate, {"phase": "goals", "title": "Werkstatt"}, "title"),
        (
            Deadline,
            {"year": 2030, "phase": "goals", "due": VagueDate.from_iso("2030-01-01"), "title": "Antrag"},
            "title",
        ),
        (FundingRule, {"year": 2030}, "year"),
        (CheckRule, {"code": "needs_without_goal", "severity": "hint"}, "code"),
    ],
)
def test_two_entries_that_contradict_each_other_are_refused(world, model, same, field):
    if same.get("title") != "fürsorge":
        first = saving.create_record(model(**same), actor=None)
        other = {"number": 9, "title": "Anders"} | same if model in (ActionField, LifePhase) else same
        other = {**other, "title": "Anderer"} if field == "number" else other
    else:
        first, other = world.new, same
    with pytest.raises(ValidationError) as error:
        saving.create_record(model(**other), actor=None)
    assert "Zur selben Zeit gilt schon" in error.value.message_dict[field][0]
    first.valid_until = "2029-12-31"
    saving.update_record(first, version=first.version, actor=None)
    saving.create_record(model(**other, valid_from="2030-01-01"), actor=None)


def test_two_levels_and_two_deadlines_of_the_plan_at_once_are_refused(world):
    day = VagueDate.from_iso
    first = make(EntryLevel, world.home, full=False, level=1, begin=day("2018-01-01"))
    with pytest.raises(ValidationError, match="Zu dieser Zeit gilt schon"):
        make(EntryLevel, world.home, full=False, level=2, begin=day("2019-Q1"))
    first.end = day("2018")
    saving.update_record(first, version=1, actor=None)
    make(EntryLevel, world.home, full=False, level=2, begin=day("2018-10"))
    given = {"year": 2030, "phase": "goals", "due": day("2030-11-15"), "for_plan": True}
    saving.create_record(Deadline(title="Plan", **given), actor=None)
    with pytest.raises(ValidationError, match="Für 2030 ist das schon „Plan“"):
        saving.create_record(Deadline(title="Plan, zweite", **given), actor=None)


def test_successors_never_lead_in_a_ring(world):
    world.new.successor = world.old
    with pytest.raises(ValidationError, match="führt zu diesem Eintrag zurück"):
        saving.update_record(world.new, version=1, actor=None)


class Replaced:
    """A cycle 2019–2022 whose records name „3 Pflege“ (until 2020) and „2 Fürsorge“ (from 2021), each once."""

    def __init__(self, world):
        self.world, home = world, world.home
        phase = make(LifePhase, None, full=False, number=2, title="Alter")
        self.cycle = make(PlanningCycle, home, full=False, title="Lang", first_year=2019, last_year=2022)
        own = {"cycle": self.cycle}
        for name, field in (("Alt", world.old), ("Neu", world.new)):
            given = {"action_field": field, **own}
            offer = make(Offer, home, full=False, title=f"Angebot {name}", life_phases=[phase])
            Offer.action_fields.through.objects.create(offer=offer, actionfield=field)
            make(Need, home, full=False, title=f"Bedarf {name}", action_fields=[field], life_phases=[phase], **own)
            make(Goal, home, full=False, title=f"Ziel {name}", level="guiding", **given)
            make(SwotEntry, home, full=False, kind="strength", text=f"SWOT {name}", **given)
            make(Measure, home, full=False, title=f"Maßnahme {name}", begin=DAY.from_iso("2019"), **given)
            event = make(Event, home, full=False, state="held", begin=DAY.from_iso("2019"))
            make(Finding, home, full=False, text=f"Satz {name}", action_field=world.new, event=event)
        Finding.objects.filter(text="Satz Alt").update(action_field=world.old)  # sorted before it was replaced

    def plan(self, year):
        return Plan(municipality=self.world.home, cycle=self.cycle, year=year)


@pytest.fixture
def replaced(world):
    for cycle in (world.before, world.now):
        saving.delete_record(cycle, version=1, actor=None)
    return Replaced(world)


@pytest.mark.parametrize(("year", "name"), [(2020, "3 Pflege"), (2021, "2 Fürsorge")])
def test_documents_of_a_year_show_everything_once_under_the_field_of_that_year(replaced, year, name):
    plan, home = replaced.plan(year), replaced.world.home
    assert [(row.action_field, len(row.strengths)) for row in swot(Basis(plan))] == [(name, 2)]
    families = family_report(municipal_year(home, year, date(2022, 5, 1)))
    assert {row.action_field: sum(map(sum, row.cells)) for row in families.cover if any(map(any, row.cells))} == {
        name: 4
    }
    own = next(place for place in state_report(read_state_year(year)).places if place.name == home.name)
    shown = [row for row in own.numbers[:-1] if row.offers or row.needs or row.measures]
    assert [(row.title, row.offers, row.needs, row.measures) for row in shown] == [(name, 2, 2, 2)]
    assert not {"3 Pflege", "2 Fürsorge"} & {row.label for row in Facts(plan).fields_without_statement}


def test_pages_show_everything_once_under_the_field_that_holds(replaced):
    client, home = replaced.world.cast.client(), replaced.world.home
    for path in ("roter-faden/", "ziele/baum/", "beteiligung/", "abgleich/"):
        page = client.get(f"/{home.slug}/{path}").content.decode()
        assert "2 Fürsorge" in page, path
        assert "3 Pflege" not in page, path
    matrix = client.get(f"/{home.slug}/abgleich/export.csv").content.decode()
    assert any(line.startswith("2 Fürsorge;Alter;2;2;2") for line in matrix.splitlines()), matrix
