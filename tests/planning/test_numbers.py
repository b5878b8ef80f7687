"""A number is given once and kept for life, whatever happens around its record (docs/adr/0018)."""

import json

import pytest

from exchange.dossier.errors import DossierError
from exchange.dossier.load import import_dossier, read_dossier
from exchange.dossier.writing import as_text, dossier_of
from planning.domain.cycle import continue_cycle
from planning.models import ActionField, DataSource, Goal, Measure, Milestone, Need, PlanningCycle, QualityCriterion
from plans.builder.action import measures_body
from plans.builder.basis import Basis
from plans.models import Plan
from records.domain import saving
from records.domain.batches import record_batch, undo_batch
from records.models import Batch
from records.registry import kind_of
from reporting.reports.progress import progress_report
from reporting.reports.year import municipal_year
from tests.cast import make_cast
from tests.factories import make
from tests.records.grids import below, opened, send, typed
from tests.records.tables import column, confirm, errors, exported, read_in, result, xlsx
from tests.records.test_interleaving import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]


def measure(place, title, **given):
    return make(Measure, place, full=False, title=title, **given)


def delete(row):
    saving.delete_record(row, version=row.version, actor=None)


def codes_in_plan(plan):
    return {row.uid: row.code for row in measures_body(Basis(plan)).all_measures}


def test_a_measure_of_the_plan_has_the_same_number_in_the_report_of_the_year(cast):
    fields = [make(ActionField, None, full=False, number=n, title=f"Feld {n}") for n in (3, 6)]
    cycle = make(PlanningCycle, cast.home, full=False, first_year=2017, last_year=2019)
    first, bus, gone = (
        measure(cast.home, title, cycle=cycle, action_field=fields[1]) for title in ("Chor", "Rufbus", "Zirkus")
    )
    plan = make(Plan, cast.home, full=False, cycle=cycle, year=2018)
    before = codes_in_plan(plan)
    assert (before[bus.uid], before[gone.uid]) == ("M 2", "M 3")
    delete(first)
    delete(gone)
    bus.action_field, bus.title = fields[0], "Anruflinientaxi"
    saving.update_record(bus, version=bus.version, actor=None)
    ended = ActionField.objects.get(pk=fields[0].pk)
    ended.valid_until = "2016-12-31"
    saving.update_record(ended, version=ended.version, actor=None)
    added = measure(cast.home, "Abendbus", cycle=cycle, action_field=fields[1])
    assert codes_in_plan(plan) == {bus.uid: "M 2", added.uid: "M 4"}
    report = progress_report(municipal_year(cast.home, 2018, bus.changed_at.date()))
    assert {row.uid: row.code for row in report.all_measures} == {bus.uid: "M 2", added.uid: "M 4"}
    page = cast.client().get(kind_of(Measure).url("list", cast.home)).content.decode()
    assert "M 2 Anruflinientaxi" in page
    hits = cast.client().get(f"/{cast.home.slug}/suche/?q=m+2").context["page"].hits
    assert "".join(piece.text for piece in hits[0].title) == "M 2 Anruflinientaxi"


def test_undone_creation_leaves_a_gap_and_undone_deletion_brings_the_number_back(cast):
    cycle = make(PlanningCycle, cast.home, full=False)
    with record_batch(municipality=cast.home, actor=cast.planner, summary="") as batch:
        batch.create(Need(title="Irrtum", cycle=cycle))
    undo_batch(batch=batch.batch, actor=cast.planner)
    kept = make(Need, cast.home, full=False, title="Bus", cycle=cycle)
    assert kept.code == "B 2"
    with record_batch(municipality=cast.home, actor=cast.planner, summary="") as batch:
        batch.delete(kept, version=1)
    other = make(Need, cast.home, full=False, title="Bad", cycle=cycle)
    undo_batch(batch=batch.batch, actor=cast.planner)
    assert {row.title: row.code for row in Need.objects.all()} == {"Bus": "B 2", "Bad": other.code}
    assert other.code == "B 3"


def test_rows_of_a_grid_and_of_a_table_without_kennung_get_numbers_that_nobody_had(cast):
    bus = measure(cast.home, "Rufbus")
    url, titles = below(cast, bus, "qualitaetskriterien"), ("Fahrten", "Gäste")
    for place, title in enumerate(titles):
        send(cast, url, typed(opened(cast, url), place, title=title, kind="output", unit="Personen"))
    send(cast, url, typed(opened(cast, url), 1, haken="on"))
    send(cast, url, typed(opened(cast, url), 1, title="Linien", kind="output", unit="Linien"))
    assert [row.code for row in bus.criteria.order_by("pk")] == ["K 1", "K 3"]
    undo_batch(batch=Batch.objects.order_by("pk")[2], actor=cast.planner)
    assert {row.title: row.code for row in bus.criteria.all()} == {"Fahrten": "K 1", "Gäste": "K 2", "Linien": "K 3"}
    delete(measure(cast.home, "Zirkus", cycle=bus.cycle))
    table = [["Maßnahme", "Planungszyklus", "Handlungsfeld"], ["Chor", str(bus.cycle), str(bus.action_field)]]
    confirm(cast, kind_of(Measure), read_in(cast, kind_of(Measure), xlsx(table)))
    assert Measure.objects.get(title="Chor").code == "M 3"


def test_what_was_deleted_in_the_next_cycle_leaves_its_number_to_what_it_came_from(cast):
    cycle = make(PlanningCycle, cast.home, full=False, first_year=2017, last_year=2019)
    kept = [make(Need, cast.home, full=False, title=title, cycle=cycle) for title in ("Bus", "Bad")]
    new = continue_cycle(cycle=cycle, title="2020–2022", first_year=2020, last_year=2022, actor=cast.planner)
    delete(Need.objects.get(cycle=new, predecessor=kept[1]))
    assert make(Need, cast.home, full=False, title="Chor", cycle=new).code == "B 3"
    assert [row.code for row in Need.objects.filter(cycle=cycle).order_by("pk")] == ["B 1", "B 2"]


def test_a_copy_of_the_next_cycle_is_the_same_thing(cast):
    cycle = make(PlanningCycle, cast.home, full=False, first_year=2017, last_year=2019)
    top = make(Goal, cast.home, full=False, title="Oben", level="guiding", cycle=cycle)
    bus = measure(cast.home, "Rufbus", cycle=cycle)
    criterion = make(QualityCriterion, cast.home, full=False, measure=bus, title="Fahrten")
    new = continue_cycle(cycle=cycle, title="2020–2022", first_year=2020, last_year=2022, actor=cast.planner)
    copies = [Goal.objects.get(cycle=new), Measure.objects.get(cycle=new)]
    copies.append(QualityCriterion.objects.get(measure=copies[1]))
    assert [row.code for row in copies] == [top.code, bus.code, criterion.code] == ["Z 1", "M 1", "K 1"]
    assert copies[2].predecessor == criterion
    assert measure(cast.home, "Neu", cycle=new).code == "M 2"
    kind, old = kind_of(Measure), Measure.objects.get(pk=bus.pk)
    form = cast.client().get(kind.url("update", cast.home, old.pk)).context["form"]
    data = {name: form[name].value() for name in ("title", "version", "state", "action_field")} | {"cycle": new.pk}
    answer = cast.client().post(kind.url("update", cast.home, old.pk), data)
    assert "Diese Nummer gibt es in diesem Planungszyklus schon." in answer.content.decode()


def test_a_table_shows_numbers_and_cannot_give_them(cast):
    bus = measure(cast.home, "Rufbus")
    table = exported(cast, kind_of(Measure))
    assert table[1][column(table, "Nummer")] == "M 1"
    new = list(table[1])
    new[:3], new[column(table, "Maßnahme")] = [None, None, "M 7"], "Bad"
    table[1][column(table, "Nummer")] = "M 5"
    response = read_in(cast, kind_of(Measure), xlsx([*table, new]))
    assert errors(response) == {
        (2, ""): "Die Nummer lässt sich nicht ändern: Dieser Eintrag ist M 1. Tragen Sie sie wieder so ein."
    }
    table[1][column(table, "Nummer")] = "m 1"
    response = read_in(cast, kind_of(Measure), xlsx([*table, new]))
    assert result(response) == (1, 0, 1, 0)
    confirm(cast, kind_of(Measure), response)
    assert {row.title: row.code for row in Measure.objects.all()} == {"Rufbus": "M 1", "Bad": "M 2"}
    heads = ["Meilenstein", "Maßnahme"]
    rows = [heads, ["eins", "M 1"], ["zwei", "rufbus"], ["drei", "M 1 Rufbus"]]
    confirm(cast, kind_of(Milestone), read_in(cast, kind_of(Milestone), xlsx(rows)))
    assert [row.measure for row in Milestone.objects.all()] == [bus] * 3


def test_numbers_travel_in_the_dossier_also_those_that_are_gone(cast):
    for title in ("Eins", "Zwei", "Drei"):
        make(DataSource, cast.home, full=False, title=title)
    delete(DataSource.objects.get(title="Drei"))
    written = as_text(dossier_of(cast.home))
    assert json.loads(written)["numbers"] == {"planning.datasource": 3}
    moved = written.replace(f'"municipality": "{cast.home.ags}"', f'"municipality": "{cast.away.ags}"')
    import_dossier(read_dossier(moved))
    assert as_text(dossier_of(cast.away)) == moved
    assert make(DataSource, cast.away, full=False, title="Vier").code == "Q 4"
    without = json.loads(moved)
    for row in without["records"]["planning.datasource"]:
        del row["number"]
    assert import_dossier(without) == (0, 2)
    without["records"]["planning.datasource"].append({**without["records"]["planning.datasource"][0], "uid": "x"})
    without["records"]["planning.datasource"][-1]["number"] = 2
    with pytest.raises(DossierError, match="Die Nummer Q 2 gehört schon zu einem anderen Eintrag"):
        import_dossier(without)


def test_a_dossier_gives_no_number_that_a_deleted_entry_bore(cast):
    gone, _ = [make(DataSource, cast.home, full=False, title=title) for title in ("Eins", "Zwei")]
    written = json.loads(as_text(dossier_of(cast.home)))
    delete(gone)
    mine = next(row for row in written["records"]["planning.datasource"] if row["title"] == "Eins")
    assert import_dossier(written) == (1, 1)  # the same entry comes back with its number
    delete(DataSource.objects.get(title="Eins"))
    mine |= {"uid": "fremd", "title": "Fremd"}
    with pytest.raises(DossierError, match="Die Nummer Q 1 gehört schon zu einem anderen Eintrag"):
        import_dossier(written)


@pytest.mark.django_db(transaction=True)
def test_two_people_who_create_at_the_same_moment_get_two_numbers():
    home = make_cast().home
    cycle = make(PlanningCycle, home, full=False)
    made = []

    def work():
        made.extend([make(Need, home, full=False, title="Bus", cycle=cycle).number for _ in range(5)])

    at_once(*[work] * 4)
    assert sorted(made) == list(range(1, 21))
