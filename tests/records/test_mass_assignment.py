"""What a form does not offer cannot be sent: neither technical columns nor rows of another municipality."""

from collections.abc import Iterator
from typing import Any

import pytest
from django import forms

from accounts.models import RoleAssignment, User
from planning.models import Need, TargetGroup
from records.domain import saving
from records.forms import record as record_form
from records.kind import RecordKind
from records.models import MunicipalRecord
from records.registry import kind_of
from tests.cast import Cast
from tests.factories import change_of, make_kind, post_data, related, stored_values, values_for
from tests.html import read_form
from tests.kinds import every_kind, kinds_for_all, writers_of

pytestmark = pytest.mark.usefixtures("quiet")
TYPED = "Getippt und behalten"


def injected(cast: Cast, kind: RecordKind) -> dict[str, Any]:
    """Everything a form does not hold, set to something else."""
    away, person = cast.away.pk, cast.foreign_planner.pk
    columns = {f.name: "1" for f in kind.model._meta.concrete_fields if f.name not in kind.field_names()}
    return columns | {
        "municipality": away,
        "municipality_id": away,
        "uid": "fremd",
        "created_by": person,
        "changed_by": person,
        "created_by_id": person,
        "changed_by_id": person,
        "created_at": "2000-01-01",
        "changed_at": "2000-01-01",
        "label": "Falsch",
        "search_text": "Falsch",
        "sort_key": "Falsch",
        "original_name": "falsch.pdf",
        "pk": "9999",
        "id": "9999",
    }


def hidden_values(record: Any, kind: RecordKind) -> dict[str, Any]:
    """The columns that are not in the form, without those that every save changes."""
    skipped = {*kind.field_names(), "version", "changed_at", "changed_by", "label", "search_text", "sort_key"}
    return {f.name: f.value_from_object(record) for f in record._meta.concrete_fields if f.name not in skipped}


@kinds_for_all
def test_columns_outside_the_form_do_not_change(cast, kind):
    who = writers_of(kind)[0]
    record = make_kind(kind, cast.home, actor=getattr(cast, who))
    before = hidden_values(record, kind)
    name, value = change_of(kind)
    changed = stored_values(kind, record) | {name: value}
    data = injected(cast, kind) | post_data(kind, changed) | {"version": "1"}
    assert cast.client(who).post(kind.url("update", cast.home, record.pk), data).status_code == 302
    record.refresh_from_db()
    assert hidden_values(record, kind) == before
    assert (record.version, record.changed_by) == (2, getattr(cast, who))
    assert "Falsch" not in (record.label, record.search_text, record.sort_key)


@kinds_for_all
def test_columns_outside_the_form_are_not_taken_for_a_new_record(cast, kind):
    if not kind.creatable:
        return
    who = "planner" if kind.is_tenant else "ministry"
    values = values_for(kind.model, cast.home if kind.is_tenant else None)
    before = set(kind.model._default_manager.values_list("pk", flat=True))
    data = injected(cast, kind) | post_data(kind, values) | {"version": "7"}
    assert cast.client(who).post(kind.url("create", cast.home), data).status_code == 302
    (record,) = kind.model._default_manager.exclude(pk__in=before)
    assert (record.version, record.created_by, record.changed_by) == (1, getattr(cast, who), getattr(cast, who))
    assert (record.uid, record.pk) != ("fremd", 9999)
    assert getattr(record, "municipality", cast.home) == cast.home
    assert getattr(record, "predecessor_id", None) is None
    assert getattr(record, "original_name", "") != "falsch.pdf"


def relations(kind: RecordKind) -> Iterator[Any]:
    """Fields of the form that lead to other records."""
    for name in kind.field_names():
        field = kind.model._meta.get_field(name)
        if field.is_relation:
            yield field


def foreign_ids(cast: Cast, kind: RecordKind) -> dict[str, Any]:
    """For each relation a row of the other municipality, or of a catalogue one that does not exist."""
    found: dict[str, Any] = {}
    for field in relations(kind):
        target: Any = field.related_model
        pk = str(related(target, cast.away, "Fremd").pk) if issubclass(target, MunicipalRecord) else "987654"
        found[field.name] = [pk] if field.many_to_many else pk
    return found


def accepted_foreign_ids(cast: Cast, kind: RecordKind) -> list[str]:
    """Relations of the kind that take a foreign id or refuse it without a sentence at the field, and lost words."""
    client = cast.client("planner" if kind.is_tenant else "ministry")
    data = post_data(kind, values_for(kind.model, cast.home if kind.is_tenant else None))
    text = next((name for name in kind.field_names() if data.get(name) == f"Wort {name}"), "")
    data |= foreign_ids(cast, kind) | ({text: TYPED} if text else {})
    url = kind.url("create", cast.home)
    if not kind.creatable:
        url = kind.url("update", cast.home, make_kind(kind, cast.home).pk)
    before = kind.model.history.count()
    response = client.post(url, data)
    if response.status_code != 422:
        return [f"{kind.name}: {response.status_code}"]
    page, errors = read_form(response.content), response.context["form"].errors
    wrong = [
        f"{field.name}: {errors.get(field.name)}"
        for field in relations(kind)
        if not (errors.get(field.name, [""])[0].startswith("Wählen Sie") and f"id_{field.name}_error" in page.ids)
    ]
    if text and page.values[text] != [TYPED]:
        wrong.append(f"{text} is lost")
    if kind.model.history.count() != before:
        wrong.append("something is stored")
    return wrong


@every_kind
def test_foreign_ids_get_a_sentence_next_to_the_field(cast, kind):
    if not list(relations(kind)):
        return
    assert accepted_foreign_ids(cast, kind) == []


def test_choices_of_everybody_are_found(cast, monkeypatch):
    monkeypatch.setattr(record_form, "rows_in_scope", lambda model, access, municipality: model._default_manager.all())
    monkeypatch.setattr(MunicipalRecord, "clean", lambda self: None)
    monkeypatch.setattr(saving, "check_record", lambda obj, links: None)
    data = post_data(kind_of(Need), values_for(Need, cast.home))
    data |= {name: key for name, key in foreign_ids(cast, kind_of(Need)).items() if "987654" not in key}
    assert cast.client().post(kind_of(Need).url("create", cast.home), data).status_code == 302
    assert Need.objects.get(municipality=cast.home).cycle.municipality == cast.away


def test_the_domain_refuses_foreign_rows_that_a_form_lets_through(cast, monkeypatch):
    """The second line of defence: links across municipalities end at records.domain.saving."""
    monkeypatch.setattr(record_form, "rows_in_scope", lambda model, access, municipality: model._default_manager.all())
    kind, stranger = kind_of(Need), make_kind(kind_of(Need), cast.away)
    for name, sent in {"cycle": str(stranger.cycle.pk), "regions": [str(stranger.regions.get().pk)]}.items():
        response = cast.client().post(
            kind.url("create", cast.home), post_data(kind, values_for(Need, cast.home)) | {name: sent}
        )
        assert response.status_code == 422
        assert response.context["form"].errors[name][0].endswith("der eigenen Kommune.")


def test_a_form_with_more_columns_is_found(cast, monkeypatch):
    def careless(kind: RecordKind) -> type[forms.ModelForm]:
        monkeypatch.setattr(kind.model._meta.get_field("uid"), "editable", True)
        fields = [*kind.field_names(), "uid"]
        return forms.modelform_factory(kind.model, form=record_form.RecordForm, fields=fields)

    kind = kind_of(TargetGroup)
    record = make_kind(kind, cast.home)
    before = hidden_values(record, kind)
    monkeypatch.setattr("records.pages.editing.form_class_for", careless)
    data = injected(cast, kind) | {"title": "Neu", "version": "1"}
    assert cast.client().post(kind.url("update", cast.home, record.pk), data).status_code == 302
    assert hidden_values(TargetGroup.objects.get(pk=record.pk), kind) == before | {"uid": "fremd"}


@pytest.mark.parametrize("who", ["planner", "ministry", "admin"])
def test_nobody_makes_an_administrator_by_a_form(cast, who):
    data = {
        "username": "neu",
        "display_name": "Neu",
        "email": "neu@example.org",
        "is_active": "on",
        "is_superuser": "on",
        "is_staff": "on",
        "password": "x",
        "groups": "1",
    }
    response = cast.client(who).post("/konto/personen/neu/", data)
    assert response.status_code == (302 if who == "admin" else 403)
    made = User.objects.filter(username="neu")
    assert [(p.is_superuser, p.is_staff, p.has_usable_password()) for p in made] == [(False, False, False)] * len(made)
    url = f"/konto/personen/{cast.planner.pk}/"
    cast.client(who).post(f"{url}rollen/neu/", {"role": "planner", "municipality": cast.away.pk, "user": cast.lead.pk})
    assert not RoleAssignment.objects.filter(user=cast.lead, municipality=cast.away).exists()
