"""The history is complete: replayed from its first row on it is the table, with links, person and no hole."""

import json
import random
from collections import Counter
from typing import Any

import pytest
from django.db import DatabaseError, connection, models, transaction
from simple_history.models import HistoricalChanges

from exchange.dossier.load import import_dossier, read_dossier
from exchange.dossier.writing import as_text, dossier_of
from participation.models import Body, Finding
from planning.models import Goal, Indicator, IndicatorValue, Measure, Need, Offer, PlanningRegion, Provider, TargetGroup
from records import triggers
from records.domain.saving import delete_record, update_record
from records.models import Record
from records.queries.scope import rows_in_scope
from records.registry import all_kinds, kind_of
from tests.cast import Cast
from tests.factories import make, make_kind, post_data, rows_at, stored_values, values_for
from tests.html import read_form

pytestmark = pytest.mark.usefixtures("quiet")
KINDS = [kind_of(model) for model in (Provider, TargetGroup, PlanningRegion, Offer, Need, Goal, Measure, Body, Finding)]
STEPS = 90


def replayed(model: type[Record]) -> dict[int, tuple]:
    """What the history rows say should be in the table, by primary key."""
    state: dict[int, tuple] = {}
    for row in model.history.order_by("history_id"):  # type: ignore[attr-defined]
        if row.history_type == "-":
            state.pop(row.id, None)
        else:
            fields = tuple(text_of(getattr(row, field.attname)) for field in kept_fields(model))
            state[row.id] = (*fields, {name: sorted(ids) for name, ids in row.links.items()})
    return state


def stored(model: type[Record]) -> dict[int, tuple]:
    """What is in the table."""
    return {
        row.pk: (
            *(text_of(getattr(row, field.attname)) for field in kept_fields(model)),
            {
                field.name: ids
                for field in model.link_fields()
                if (ids := sorted(getattr(row, field.name).values_list("pk", flat=True)))
            },
        )
        for row in model._default_manager.all()
    }


def kept_fields(model: type[Record]) -> list[models.Field]:
    """All columns but those that can be computed from the others."""
    left_out = {"label", "search_text", "sort_key"} | model.forgotten
    return [f for f in model._meta.concrete_fields if f.name not in left_out]


def text_of(value: Any) -> Any:
    return str(value) if isinstance(value, models.fields.files.FieldFile) else value


def holes() -> list[str]:
    """Models whose history does not lead to their table."""
    return [kind.name for kind in all_kinds() if replayed(kind.model) != stored(kind.model)]


def history_rows() -> Counter:
    return Counter(
        (kind.name, row.id, row.history_type, str(row.history_user))
        for kind in all_kinds()
        for row in kind.model.history.select_related("history_user")
    )


class Walker:
    """Two people who create, change, link and delete at random; every save that was acknowledged is noted."""

    def __init__(self, cast: Cast, seed: int) -> None:
        self.cast, self.random, self.saves = cast, random.Random(seed), Counter()
        self.clients = {who: cast.client(who) for who in ("planner", "lead")}

    def step(self) -> None:
        who = self.random.choice(["planner", "lead"])
        self.client, self.person = self.clients[who], str(getattr(self.cast, who))
        action = self.random.choice([self.create, self.create, self.change, self.change, self.delete, self.assign])
        action(self.random.choice(KINDS))

    def note(self, kind: Any, pk: int, what: str) -> None:
        self.saves[kind.name, pk, what, self.person] += 1

    def links(self, kind: Any) -> dict[str, list[Any]]:
        """A random choice for every link of the kind."""
        found = {}
        for field in kind.model.link_fields():
            rows = list(rows_in_scope(field.related_model, None, self.cast.home).order_by("pk"))
            found[field.name] = self.random.sample(rows, self.random.randint(0, min(3, len(rows))))
        return found

    def any_row(self, kind: Any) -> Any:
        rows = list(rows_at(kind, self.cast.home).order_by("pk"))
        return self.random.choice(rows) if rows else None

    def create(self, kind: Any) -> None:
        values = values_for(kind.model, self.cast.home, text=f"Wort {self.random.random()}")
        before = set(rows_at(kind, self.cast.home).values_list("pk", flat=True))
        response = self.client.post(kind.url("create", self.cast.home), post_data(kind, values | self.links(kind)))
        assert response.status_code == 302, response.context["form"].errors
        (pk,) = set(rows_at(kind, self.cast.home).values_list("pk", flat=True)) - before
        self.note(kind, pk, "+")

    def change(self, kind: Any) -> None:
        record = self.any_row(kind)
        if record is None:
            return
        values = stored_values(kind, record) | self.links(kind) | {kind.title_field: f"Neu {self.random.random()}"}
        stale = self.random.random() < 0.2
        data = post_data(kind, values) | {"version": str(record.version - stale)}
        response = self.client.post(kind.url("update", self.cast.home, record.pk), data)
        assert response.status_code == (409 if stale else 302)
        if not stale:
            self.note(kind, record.pk, "~")

    def delete(self, kind: Any) -> None:
        record = self.any_row(kind)
        if record is None:
            return
        url = kind.url("delete", self.cast.home, record.pk)
        asked = read_form(self.client.get(url).content).values
        if "form_key" in asked and self.client.post(url, asked).status_code == 302:
            self.note(kind, record.pk, "-")

    def assign(self, _: Any) -> None:
        """Tick other measures on the page of a need."""
        need = self.any_row(kind_of(Need))
        if need is None:
            return
        linked = set(need.measures.values_list("pk", flat=True))
        every = list(Measure.objects.order_by("pk").values_list("pk", flat=True))
        chosen = set(self.random.sample(every, self.random.randint(0, min(3, len(every)))))
        url = f"{kind_of(Need).url('detail', self.cast.home, need.pk)}zuordnen/measures/"
        assert self.client.post(url, {"shown": list(linked), "chosen": list(chosen)}).status_code == 302
        for pk in linked ^ chosen:
            self.note(kind_of(Measure), pk, "~")


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_replayed_history_is_the_table(cast, seed):
    for kind in KINDS:
        make_kind(kind, cast.home, around=True)
    before, walker = history_rows(), Walker(cast, seed)
    for _ in range(STEPS):
        walker.step()
    assert len({what for _, _, what, _ in walker.saves}) == 3
    assert history_rows() - before == walker.saves
    assert before - history_rows() == Counter()
    assert holes() == []


def test_an_import_leaves_one_row_for_each_record(cast):
    for kind in all_kinds():
        if kind.is_tenant and "file" not in kind.field_names():
            make_kind(kind, cast.home, **({"documents": []} if "documents" in kind.field_names() else {}))
    dossier = json.loads(as_text(dossier_of(cast.home)))
    for model, rows in list(dossier["records"].items()):
        if "document" in model:
            del dossier["records"][model]
        for row in rows:
            row.pop("document", None)
            row.pop("documents", None)
    before = history_rows()
    import_dossier(read_dossier(json.dumps(dossier | {"municipality": cast.away.ags})), actor=None)
    added = history_rows() - before
    assert set(added.values()) == {1}
    assert len(added) == sum(len(rows) for rows in dossier["records"].values())
    assert holes() == []


def test_a_change_past_the_history_is_found(cast):
    first, second = make(TargetGroup, cast.home), make(Need, cast.home)
    assert holes() == []
    TargetGroup.objects.filter(pk=first.pk).update(title="Heimlich")
    assert holes() == ["targetgroup"]
    second.regions.clear()
    assert holes() == ["targetgroup", "need"]


def test_history_rows_are_never_changed_or_deleted(cast):
    for kind in all_kinds():
        make_kind(kind, cast.home)
    models = triggers.guarded_models()
    with connection.cursor() as cursor:
        for model in models:
            name = connection.ops.quote_name(model._meta.db_table)
            column = connection.ops.quote_name(model._meta.concrete_fields[1].column)
            cursor.execute(f"SELECT count(*) FROM {name}")
            if not cursor.fetchone()[0]:
                continue
            for statement in (f"UPDATE {name} SET {column} = {column}", f"DELETE FROM {name}"):
                with pytest.raises(DatabaseError, match="nicht verändert"), transaction.atomic():
                    cursor.execute(statement)
    assert len(models) > len(all_kinds())
    assert triggers.missing_triggers() == []


def test_the_orm_cannot_change_history_either(cast):
    group = make(TargetGroup, cast.home)
    for forbidden in (group.history.all().delete, lambda: group.history.update(title="Anders")):
        with pytest.raises(DatabaseError), transaction.atomic():
            forbidden()
    assert [row.title for row in group.history.all()] == ["Wort title"]


def test_a_lost_trigger_is_found(cast):
    table = triggers.guarded_tables()[0]
    name = f"guard_update_{table}"[:60]
    on = f" ON {connection.ops.quote_name(table)}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}{on}")
    assert triggers.missing_triggers() == [name]
    triggers.create_triggers()
    assert triggers.missing_triggers() == []


def test_every_record_has_a_history_with_links():
    for kind in all_kinds():
        model = kind.model.history.model  # type: ignore[attr-defined]
        assert issubclass(model, HistoricalChanges)
        assert {field.name for field in kept_fields(kind.model)} <= {field.name for field in model._meta.fields}
        assert model._meta.get_field("links")


def test_the_history_names_others_as_they_were_called_then(cast):
    """Who was responsible in 2017 does not change because somebody has another name today, or is gone."""
    provider = make(Provider, cast.home, title="Alter Träger")
    region, gone = make(PlanningRegion, cast.home, title="Alte Region"), make(PlanningRegion, cast.home, title="Weg")
    offer = make(Offer, cast.home, provider=None)
    offer.provider = provider
    update_record(offer, version=1, actor=cast.planner, links={"regions": [region, gone]})
    for record, title in ((provider, "Neuer Träger"), (region, "Neue Region")):
        record.title = title
        update_record(record, version=1, actor=cast.planner)
    update_record(offer, version=2, actor=cast.planner, links={"regions": [region]})
    delete_record(gone, version=1, actor=cast.planner)
    page = cast.client().get(kind_of(Offer).url("history", cast.home, offer.pk))
    told = [{change.label: (change.old, change.new) for change in entry.changes} for entry in page.context["entries"]]
    assert told[0]["Planungsregionen"] == ("Neue Region · Weg", "Neue Region")
    assert told[1]["Planungsregionen"][1] == "Alte Region · Weg"
    assert told[1]["Träger"] == ("", "Alter Träger")


def told(cast, record):
    """The changes of each entry on the page of the history, the newest first."""
    page = cast.client().get(kind_of(type(record)).url("history", cast.home, record.pk))
    return [{change.label: (change.old, change.new) for change in entry.changes} for entry in page.context["entries"]]


def test_a_name_made_of_others_names_and_a_unit_are_those_of_their_time(cast):
    """A value is called after its Kennzahl; what either was called and counted in later does not change the past."""
    indicator = make(Indicator, None, title="Alte Kennzahl", unit="Personen")
    region = make(PlanningRegion, cast.home, title="Alte Region")
    place = {"area": "Alte Region", "level": "region", "region": region}
    value = make(IndicatorValue, cast.home, indicator=indicator, year=2018, value=5, **place)
    need = make(Need, cast.home, figures=[])
    update_record(need, version=1, actor=cast.planner, links={"figures": [value]})
    value.value = 7
    update_record(value, version=1, actor=cast.planner)
    indicator.title, indicator.unit, region.title = "Neue Kennzahl", "Prozent", "Neue Region"
    update_record(indicator, version=1, actor=None)
    update_record(region, version=1, actor=cast.planner)
    update_record(need, version=2, actor=cast.planner, links={"figures": []})
    labels = [entry["Kennzahlen als Beleg"] for entry in told(cast, need) if entry]
    assert labels == [("Neue Kennzahl, Neue Region 2018", ""), ("", "Alte Kennzahl, Alte Region 2018")]
    assert told(cast, value)[0]["Wert"] == ("5\u00a0Personen", "7\u00a0Personen")
