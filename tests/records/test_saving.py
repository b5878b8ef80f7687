"""Through the front door: nobody overwrites what somebody else saved, nothing is stored twice, nothing breaks off."""

import html
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from accounts.enums import Action, Role
from accounts.models import RoleAssignment
from participation.models import SupportRecord
from planning.models import Commune, Measure, Need, PlanningRegion, Provider, TargetGroup
from records.domain import saving
from records.domain.saving import create_record, delete_record, update_record
from records.queries.scope import UNSEEN
from records.registry import all_kinds, kind_of
from tests.cast import Cast
from tests.factories import change_of, make, make_kind, post_data, rows_at, stored_values, values_for
from tests.html import read_form
from tests.kinds import every_kind, kinds_for_all, writers_of

pytestmark = pytest.mark.usefixtures("quiet")


def writer(kind):
    """Who may write rows of the kind."""
    return writers_of(kind)[0]


def history_of(record) -> list[tuple[str, str]]:
    """Type and person of each history row, oldest first."""
    rows = record.history.order_by("history_id").select_related("history_user")
    return [(row.history_type, str(row.history_user)) for row in rows]


def test_texts_are_stored_clean_and_what_was_stored_before_counts_as_the_same(cast):
    dirty = "Tra\u0308ger\r\nGru\u00adppe\u200b\x0bﬁnden\u2028\uf0b7 Punkt\u202e"
    need = make(Need, cast.home, title="A\u200b\r\nB", description=dirty)
    assert (need.title, need.description) == ("A B", "Träger\nGruppe\nfinden\n• Punkt")
    Need.objects.filter(pk=need.pk).update(description="alt\r\nZeile")
    need.refresh_from_db()
    update_record(need, version=need.version, actor=cast.planner)
    assert Need.objects.get(pk=need.pk).version == 1, "nothing that anybody sees has changed"


@kinds_for_all
def test_a_record_is_created_changed_and_deleted(cast, kind):
    if not (kind.creatable and kind.deletable):
        return
    who = writer(kind)
    client, person = cast.client(who), str(getattr(cast, who))
    values = values_for(kind.model, cast.home if kind.is_tenant else None)
    response = client.post(kind.url("create", cast.home), post_data(kind, values))
    assert response.status_code == 302, response.context and response.context["form"].errors
    record = rows_at(kind, cast.home).order_by("-pk").first()
    assert history_of(record) == [("+", person)]
    assert (record.created_by, record.changed_by, record.version) == (getattr(cast, who), getattr(cast, who), 1)

    same = post_data(kind, stored_values(kind, record)) | {"version": "1"}
    answer = client.post(kind.url("update", cast.home, record.pk), same, follow=True)
    assert f"Nichts geändert: {kind.label} steht so schon im Portal." in html.unescape(answer.content.decode())
    record.refresh_from_db()
    assert (record.version, history_of(record)) == (1, [("+", person)]), "saving without a change makes no version"

    name, value = change_of(kind)
    changed = post_data(kind, stored_values(kind, record) | {name: value}) | {"version": "1"}
    assert client.post(kind.url("update", cast.home, record.pk), changed).status_code == 302
    record.refresh_from_db()
    assert (record.version, history_of(record)) == (2, [("+", person), ("~", person)])

    question = kind.url("delete", cast.home, record.pk)
    asked = read_form(client.get(question).content).values
    assert asked["version"] == ["2"]
    assert client.post(question, asked | {"reason": "doppelt erfasst"}).status_code == 302
    assert not rows_at(kind, cast.home).filter(pk=record.pk).exists()
    last = kind.model.history.filter(id=record.pk).latest("history_id")
    assert (last.history_type, str(last.history_user), last.history_change_reason) == ("-", person, "doppelt erfasst")


@kinds_for_all
def test_a_save_without_version_is_refused(cast, kind):
    refuse_version(cast, kind, {})


@pytest.mark.parametrize("version", ["", "0", "-1", "99", "1" + "0" * 30])
def test_a_save_with_another_version_is_refused(cast, version):
    refuse_version(cast, kind_of(Need), {"version": version})


def refuse_version(cast, kind, version):
    record = make_kind(kind, cast.home, actor=getattr(cast, writer(kind)))
    data = post_data(kind, stored_values(kind, record) | dict([change_of(kind)])) | version
    assert cast.client(writer(kind)).post(kind.url("update", cast.home, record.pk), data).status_code == 409
    record.refresh_from_db()
    assert (record.version, len(history_of(record))) == (1, 1)


@pytest.fixture
def opened_twice(cast):
    """A need that both people of a municipality opened; the second one has saved already."""
    kind, need = kind_of(Need), make(Need, cast.home, title="Vorher")
    mine = post_data(kind, stored_values(kind, need)) | {"version": "1", "title": "Meine Fassung"}
    theirs = mine | {"title": "Andere Fassung", "description": "Andere Worte"}
    assert cast.client("lead").post(kind.url("update", cast.home, need.pk), theirs).status_code == 302
    return cast, kind, need, mine


def test_a_conflict_shows_both_versions_and_loses_nothing(opened_twice):
    cast, kind, need, mine = opened_twice
    response = cast.client().post(kind.url("update", cast.home, need.pk), mine)
    assert response.status_code == 409
    fields = {field.label: (field.mine, field.theirs) for field in response.context["conflict"].fields}
    assert fields["Bedarf"] == ("Meine Fassung", "Andere Fassung")
    assert fields["Beschreibung"] == ("Wort description", "Andere Worte")
    page = read_form(response.content)
    assert response.content.decode().count("Andere Fassung") >= 1
    assert (page.values["title"], page.values["version"]) == (["Meine Fassung"], ["2"])
    need.refresh_from_db()
    assert need.title == "Andere Fassung"


def test_after_a_conflict_the_own_version_can_be_saved(opened_twice):
    cast, kind, need, mine = opened_twice
    client, url = cast.client(), kind.url("update", cast.home, need.pk)
    page = read_form(client.post(url, mine).content)
    assert client.post(url, mine | {"version": page.values["version"][0]}).status_code == 302
    need.refresh_from_db()
    assert (need.title, need.version) == ("Meine Fassung", 3)
    assert [row.title for row in need.history.order_by("history_id")] == ["Vorher", "Andere Fassung", "Meine Fassung"]


def test_a_conflict_of_an_invalid_form_is_told_after_it_is_mended(opened_twice):
    cast, kind, need, mine = opened_twice
    client, url = cast.client(), kind.url("update", cast.home, need.pk)
    response = client.post(url, mine | {"title": ""})
    assert (response.status_code, read_form(response.content).values["version"]) == (422, ["1"])
    assert client.post(url, mine).status_code == 409


def test_the_same_form_sent_twice_makes_one_record(cast):
    kind, client = kind_of(TargetGroup), cast.client()
    url = kind.url("create", cast.home)
    key = read_form(client.get(url).content).values["form_key"][0]
    answers = [client.post(url, {"title": "Alleinerziehende", "description": "", "form_key": key}) for _ in range(3)]
    group = TargetGroup.objects.get()
    assert {answer.url for answer in answers} == {kind.url("detail", cast.home, group.pk)}
    assert history_of(group) == [("+", str(cast.planner))]


def test_two_forms_make_two_records(cast):
    kind, client = kind_of(TargetGroup), cast.client()
    url = kind.url("create", cast.home)
    for again in ({}, {"noch_einmal": "1"}):
        key = read_form(client.get(url).content).values["form_key"][0]
        client.post(url, {"title": "Alleinerziehende", "form_key": key} | again)
    client.post(url, {"title": "Alleinerziehende"})
    assert TargetGroup.objects.count() == 3


@pytest.mark.parametrize("version", ["", "1", "²", "-1", "9" * 40, "x"])
def test_a_stale_deletion_is_refused(opened_twice, version):
    cast, kind, need, _ = opened_twice
    response = cast.client().post(kind.url("delete", cast.home, need.pk), {"version": version})
    assert response.status_code == 409
    assert "Inzwischen hat eine andere Person diesen Eintrag gespeichert." in response.content.decode()
    assert Need.objects.filter(pk=need.pk).exists()


@every_kind
def test_what_others_depend_on_is_not_deleted(cast, kind):
    """Everything that a full record of the kind is linked with refuses deletion and names the record."""
    if not kind.creatable:
        return  # comes and goes with its parent
    record = make_kind(kind, cast.home, text="Abhängig")
    for name in kind.field_names():
        field = kind.model._meta.get_field(name)
        if not field.is_relation or name in kind.model.part_of:  # parts go with it: tests/records/test_removal.py
            continue
        for target in getattr(record, name).all() if field.many_to_many else filter(None, [getattr(record, name)]):
            refuse_deletion(cast, target, record)


def refuse_deletion(cast: Cast, target, record) -> None:
    kind = next((kind for kind in all_kinds() if kind.model is type(target)), None)
    if kind is None or not kind.deletable:
        return
    response = cast.client(writer(kind)).post(
        kind.url("delete", cast.home, target.pk), {"version": str(target.version)}
    )
    assert response.status_code == 409, f"{target!r} was deleted although {record!r} depends on it"
    listed = {item.label for connection in response.context["dependents"] for item in connection.items}
    assert {str(record), UNSEEN} & listed
    target.refresh_from_db()


def test_links_made_meanwhile_stay(cast):
    """Two people assign measures to the same need from the other side; neither undoes the other's link."""
    need = make(Need, cast.home)
    first, second = (make(Measure, cast.home, needs=[], title=title) for title in ("Erste", "Zweite"))
    kind = kind_of(Need)
    url = f"{kind.url('detail', cast.home, need.pk)}zuordnen/measures/"
    planner, lead = cast.client(), cast.client("lead")
    shown = [read_form(client.get(url).content).values["shown"] for client in (planner, lead)]
    planner.post(url, {"shown": shown[0], "chosen": [str(first.pk)]})
    lead.post(url, {"shown": shown[1], "chosen": [str(second.pk)]})
    assert set(need.measures.all()) == {first, second}
    shown = read_form(planner.get(url).content).values["shown"]
    planner.post(url, {"shown": shown, "chosen": [str(first.pk)]})
    assert set(need.measures.all()) == {first}
    assert history_of(second) == [("+", "None"), ("~", str(cast.lead)), ("~", str(cast.planner))]


def test_a_record_is_created_on_the_way_and_nothing_is_lost(cast):
    kind, client = kind_of(PlanningRegion), cast.client()
    url = kind.url("create", cast.home)
    typed = {"title": "Region Nord", "description": "Zeile 1\r\nZeile 2", "_create_related": "communes"}
    way = client.post(url, typed).url
    assert way.startswith(kind_of(Commune).url("create", cast.home))
    back = client.post(way, {"name": "Artern"}).url
    page = read_form(client.get(back).content)
    assert page.values["title"] == ["Region Nord"]
    assert page.values["description"][0].split() == ["Zeile", "1", "Zeile", "2"]
    assert page.values["communes"] == [str(Commune.objects.get().pk)]
    assert client.post(back, {"title": "Region Nord", "communes": page.values["communes"]}).status_code == 302
    assert PlanningRegion.objects.get().communes.get().name == "Artern"


def test_drafts_are_those_of_the_person(cast):
    kind = kind_of(PlanningRegion)
    way = cast.client().post(kind.url("create", cast.home), {"title": "Geheim", "_create_related": "communes"}).url
    number = way.split("fuer=")[1]
    page = cast.client("lead").get(f"{kind.url('create', cast.home)}?entwurf={number}")
    assert (page.status_code, "Geheim" in page.content.decode()) == (200, False)


@pytest.mark.parametrize("page", ["create", "update", "delete"])
def test_a_right_that_ends_behind_the_gate_ends_the_saving(cast, monkeypatch, page):
    """The gate let the request in; before the record is written, the administration takes the role away."""
    kind = kind_of(Need)
    need = make(Need, cast.home, title="Vorher")
    data = post_data(kind, stored_values(kind, need)) | {"version": "1", "title": "Nachher"}
    name = f"{page}_record"
    place, target = (kind.__dict__, page) if page == "create" else (vars(saving), name)
    save = place[target]

    def role_gone_first(*args, **given):
        RoleAssignment.objects.filter(user=cast.planner).delete()
        return save(*args, **given)

    monkeypatch.setitem(place, target, role_gone_first)
    address = kind.url(page, cast.home, None if page == "create" else need.pk)
    assert cast.client().post(address, data).status_code == 403
    assert list(Need.objects.values_list("title", "version")) == [("Vorher", 1)]
    assert history_of(need) == [("+", "None")]


def test_an_adviser_changes_own_support_records_only(cast):
    kind = next(kind for kind in all_kinds() if kind.name == "supportrecord")
    client = cast.client("adviser")
    values = values_for(kind.model, cast.home, subject="Eigene Beratung")
    assert client.post(kind.url("create", cast.home), post_data(kind, values)).status_code == 302
    own, foreign = kind.model.objects.get(), make_kind(kind, cast.home, actor=cast.planner)
    data = post_data(kind, stored_values(kind, own)) | {"version": "1", "subject": "Geändert"}
    assert client.post(kind.url("update", cast.home, foreign.pk), data).status_code == 403
    assert client.post(kind.url("delete", cast.home, foreign.pk), {"version": "1"}).status_code == 403
    assert client.post(kind.url("update", cast.home, own.pk), data).status_code == 302
    assert client.post(kind.url("delete", cast.home, own.pk), {"version": "2"}).status_code == 302
    assert [str(row) for row in kind.model.objects.all()] == [str(foreign)]


def test_another_role_does_not_open_foreign_support_records(cast):
    RoleAssignment.objects.create(user=cast.ministry, role=Role.ADVISER, municipality=cast.home)
    kind = next(kind for kind in all_kinds() if kind.name == "supportrecord")
    foreign = make_kind(kind, cast.home, actor=cast.planner)
    client = cast.client("ministry")
    assert client.get(kind.url("create", cast.home)).status_code == 200
    assert client.get(kind.url("update", cast.home, foreign.pk)).status_code == 403


def test_a_provider_with_offers_stays_until_they_are_gone(cast):
    kind = kind_of(Provider)
    provider = make(Provider, cast.home)
    client, url = cast.client(), kind.url("delete", cast.home, provider.pk)
    measure = make(Measure, cast.home, full=False, provider=provider)
    assert client.get(url).content.decode().count("Löschen nicht möglich") == 1
    assert client.post(url, {"version": "1"}).status_code == 409
    measure_kind = kind_of(Measure)
    assert client.post(measure_kind.url("delete", cast.home, measure.pk), {"version": "1"}).status_code == 302
    assert client.post(url, {"version": "1"}).status_code == 302


def test_saving_reads_the_right_again(cast):
    """A page may have been opened by somebody whose role has ended since: every way to save asks for itself."""
    need, advice = make(Need, cast.home), make(SupportRecord, cast.home, actor=cast.planner)
    for actor in (cast.ministry, cast.adviser, cast.foreign_planner):
        with pytest.raises(PermissionDenied):
            create_record(Need(municipality=cast.home, cycle=need.cycle, title="Fremd"), actor=actor)
        with pytest.raises(PermissionDenied):
            update_record(need, version=1, actor=actor)
        with pytest.raises(PermissionDenied):
            update_record(need, version=1, actor=actor, step=Action.WRITE)
        with pytest.raises(PermissionDenied):
            delete_record(need, version=1, actor=actor)
    for save in (update_record, delete_record):
        with pytest.raises(PermissionDenied, match="nur eigene"):
            save(advice, version=1, actor=cast.adviser)
    RoleAssignment.objects.filter(user=cast.planner).update(valid_until=date(2017, 1, 1))
    with pytest.raises(PermissionDenied):
        update_record(advice, version=1, actor=cast.planner)
    need.refresh_from_db()
    advice.refresh_from_db()
    assert (need.version, advice.version, Need.objects.count()) == (1, 1, 1)
