"""Drafts: kept while typing, offered when the form is opened again, gone when it is saved, seen by nobody else."""

import random
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import RoleAssignment
from participation.models import SupportRecord
from planning.models import Hurdle, Need, TargetGroup
from plans.models import ChapterText, Plan
from records.domain import drafts
from records.kind import RecordKind
from records.models import FormDraft
from records.registry import all_kinds, kind_of
from tests.cast import EVERYBODY, Cast
from tests.factories import make, make_kind, post_data, stored_values, values_for
from tests.html import FormReader, read_form
from tests.kinds import kinds_for_all, writers_of

pytestmark = pytest.mark.usefixtures("quiet")
NOTICE = "einen Entwurf begonnen"


def keep(client: Client, cast: Cast, path: str, data: dict[str, Any], place: str | None = None) -> Any:
    """What the form's script does; returns the status, or the time that the answer names (empty: not kept)."""
    place = place or ("programm" if path.startswith("/programm/") else cast.home.slug)
    response = client.post(f"/{place}/entwuerfe/", data | {"_path": path}, headers={"accept": "application/json"})
    return response.json()["kept"] if response.status_code == 200 else response.status_code


def opened(client: Client, path: str) -> FormReader:
    response = client.get(path)
    assert response.status_code == 200
    return read_form(response.content)


def typed(kind: RecordKind, cast: Cast, text: str = "Getippt") -> dict[str, Any]:
    """What a browser sends of a filled form, without files."""
    data = post_data(kind, values_for(kind.model, cast.home if kind.is_tenant else None, text=text))
    return {name: value for name, value in data.items() if not hasattr(value, "read")}


def writer(kind: RecordKind) -> str:
    return writers_of(kind)[0]


def lost(page: FormReader, data: dict[str, Any]) -> dict[str, Any]:
    """Fields that do not show what was typed, with what they show."""
    wanted = {name: set(sent if isinstance(sent, list) else [sent]) - {""} for name, sent in data.items()}
    return {name: page.values[name] for name, texts in wanted.items() if set(page.values[name]) - {""} != texts}


# Keeping, restoring, forgetting


@kinds_for_all
def test_a_draft_is_kept_shown_again_and_gone_after_saving(cast, kind):
    if not kind.creatable:
        return
    client, path = cast.client(writer(kind)), kind.url("create", cast.home)
    before = kind.model._default_manager.count()
    data = typed(kind, cast)
    counted = kind.model._default_manager.count() - before  # related rows of the same kind
    form_key = opened(client, path).values["form_key"]
    assert keep(client, cast, path, data | {"form_key": form_key})
    assert kind.model._default_manager.count() == before + counted
    page = opened(client, f"{path}?entwurf={FormDraft.objects.get().pk}")
    assert lost(page, data) == {}
    assert page.values["form_key"] == form_key
    if "file" not in kind.field_names():
        assert client.post(path, data | {"form_key": form_key}).status_code == 302
        assert not FormDraft.objects.exists()


@kinds_for_all
def test_a_draft_of_a_change_changes_nothing_and_equals_nothing_stored(cast, kind):
    record = make_kind(kind, cast.home, actor=getattr(cast, writer(kind)))
    client, path = cast.client(writer(kind)), kind.url("update", cast.home, record.pk)
    data = typed(kind, cast)
    assert keep(client, cast, path, data | {"version": "1", "form_key": "a"})
    assert lost(opened(client, f"{path}?entwurf={FormDraft.objects.get().pk}"), data | {"version": "1"}) == {}
    same = post_data(kind, stored_values(kind, record))
    assert keep(client, cast, path, same | {"version": "1", "form_key": "a"}) == ""
    assert not FormDraft.objects.exists()
    assert kind.model._default_manager.get(pk=record.pk).version == 1


@pytest.fixture
def begun(cast) -> tuple[Cast, str, dict[str, Any]]:
    """A need, the address of its form, and what the planner typed there and did not save."""
    kind, need = kind_of(Need), make(Need, cast.home, title="Vorher", description="Zeile 1\r\nZeile 2")
    path = kind.url("update", cast.home, need.pk)
    data = post_data(kind, stored_values(kind, need)) | {"version": "1", "form_key": "k1", "title": "Getippt"}
    assert keep(cast.client(), cast, path, data)
    return cast, path, data


def test_the_form_opens_as_stored_and_offers_the_draft(begun):
    cast, path, _ = begun
    response = cast.client().get(path)
    page, text = read_form(response.content), response.content.decode()
    kept = timezone.localtime(FormDraft.objects.get().changed_at)
    assert page.values["title"] == ["Vorher"]
    assert f"Sie haben hier am {kept:%d.%m.%Y} um {kept:%H:%M} Uhr einen Entwurf begonnen." in text
    draft = FormDraft.objects.get().pk
    assert f"{path}?entwurf={draft}" in page.links
    assert f'action="/konto/entwuerfe/{draft}/verwerfen/"' in text


@pytest.mark.parametrize("target", ["https://boese.example/", "//boese.example/", "boese", "/\\boese.example"])
def test_discarding_leads_to_no_foreign_host(begun, target):
    cast, _, _ = begun
    answer = cast.client().post(f"/konto/entwuerfe/{FormDraft.objects.get().pk}/verwerfen/", {"next": target})
    assert answer.url == f"/konto/entwuerfe/?verworfen={FormDraft.objects.get().pk}"


def test_typing_on_replaces_the_draft_of_the_same_window_only(begun):
    cast, path, data = begun
    client = cast.client()
    keep(client, cast, path, data | {"title": "Weiter getippt"})
    assert FormDraft.objects.get().data["title"] == ["Weiter getippt"]
    keep(client, cast, path, data | {"title": "Zweites Fenster", "form_key": "k2"})
    assert [draft.data["title"] for draft in FormDraft.objects.order_by("pk")] == [
        ["Weiter getippt"],
        ["Zweites Fenster"],
    ]
    assert client.get(path).content.decode().count(NOTICE) == 2


def test_other_line_ends_and_blanks_are_no_draft(begun):
    cast, path, data = begun
    same = data | {"title": " Vorher ", "description": "Zeile 1\nZeile 2\n"}
    assert keep(cast.client(), cast, path, same) == ""
    assert not FormDraft.objects.exists()


def test_no_notice_where_the_record_has_become_what_was_typed(begun):
    cast, path, data = begun
    assert cast.client("lead").post(path, data | {"form_key": ""}).status_code == 302
    assert FormDraft.objects.count() == 1
    assert NOTICE not in cast.client().get(path).content.decode()


@pytest.mark.parametrize("page", ["create", "update"])
def test_what_arrives_after_saving_is_no_draft(cast, page):
    kind, client = kind_of(TargetGroup), cast.client()
    group = make(TargetGroup, cast.home, title="Vorher")
    path = kind.url(page, cast.home, group.pk)
    data = {"title": "Alleinerziehende", "description": "", "form_key": "k", "version": "1"}
    assert client.post(path, data).status_code == 302
    assert keep(client, cast, path, data) == ""
    assert not FormDraft.objects.exists()


def test_a_draft_on_a_newer_record_leads_to_both_versions(begun):
    cast, path, data = begun
    assert cast.client("lead").post(path, data | {"title": "Von der Leitung", "form_key": ""}).status_code == 302
    client = cast.client()
    address = f"{path}?entwurf={FormDraft.objects.get().pk}"
    response = client.get(address)
    assert "Seither wurde der Eintrag geändert." in response.content.decode()
    sent = {name: values for name, values in read_form(response.content).values.items() if name in data}
    assert client.post(address, sent).status_code == 409
    assert Need.objects.get().title == "Von der Leitung"
    assert FormDraft.objects.exists()


def test_a_draft_of_the_conflict_page_keeps_the_version_that_was_opened(begun):
    cast, path, data = begun
    cast.client("lead").post(path, data | {"title": "Von der Leitung", "form_key": ""})
    client = cast.client()
    page = read_form(client.post(path, data).content)
    assert (page.values["version"], page.values["_opened_version"]) == (["2"], ["1"])
    keep(client, cast, path, data | {"version": "2", "_opened_version": "1", "_fassung_title": "theirs"})
    kept = FormDraft.objects.get().data
    assert (kept["version"], [name for name in kept if name.startswith("_")]) == (["1"], [])


def test_creating_something_on_the_way_keeps_the_version(begun):
    cast, path, data = begun
    client = cast.client()
    way = client.post(path, data | {"_create_related": "regions"})
    number = way.url.split("fuer=")[1]
    cast.client("lead").post(path, data | {"title": "Von der Leitung", "form_key": ""})
    page = opened(client, f"{path}?entwurf={number}&angelegt=1")
    assert (page.values["version"], page.values["title"]) == (["1"], ["Getippt"])
    assert client.post(path, data | {"version": page.values["version"]}).status_code == 409


def test_the_text_of_a_chapter_has_drafts_too(cast):
    plan = make(Plan, cast.home)
    path, client = f"/{cast.home.slug}/plaene/{plan.pk}/kapitel/bedarf/", cast.client()
    data = {"version": "0", "form_key": "k", "text": "Mein Text", "left_out_reason": ""}
    assert keep(client, cast, path, data)
    assert not ChapterText.objects.exists()
    page = opened(client, f"{path}?entwurf={FormDraft.objects.get().pk}")
    assert lost(page, data) == {}
    assert cast.client("lead").post(path, data | {"form_key": "", "text": "Text der Leitung"}).status_code == 302
    assert client.post(path, data).status_code == 409
    assert client.post(path, data | {"version": "1"}).status_code == 302
    assert (ChapterText.objects.get().text, FormDraft.objects.count()) == ("Mein Text", 0)
    assert keep(client, cast, path, data | {"version": "2"}) == ""


def test_a_form_sent_again_with_changes_goes_on_with_them(cast):
    kind, client = kind_of(TargetGroup), cast.client()
    path, data = kind.url("create", cast.home), {"title": "Alleinerziehende", "description": "", "form_key": "k"}
    first = client.post(path, data)
    assert client.post(path, data).url == first.url
    second = client.post(path, data | {"description": "Später getippt"})
    page = opened(client, second.url)
    assert page.values["description"] == ["Später getippt"]
    assert TargetGroup.objects.get().description == ""
    sent = {name: page.values[name][0] for name in ("title", "description", "version", "form_key")}
    assert client.post(second.url, sent).status_code == 302
    assert (TargetGroup.objects.get().description, FormDraft.objects.count()) == ("Später getippt", 0)


def test_what_was_typed_into_a_deleted_record_is_shown(begun):
    cast, path, data = begun
    pk = Need.objects.get().pk
    assert cast.client("lead").post(f"/{cast.home.slug}/bedarfe/{pk}/loeschen/", {"version": "1"}).status_code == 302
    answer = cast.client().post(path, data | {"description": "Mein <langer> Text"})
    assert answer.status_code == 404
    assert "Mein &lt;langer&gt; Text" in answer.content.decode()
    assert "noch einmal senden" not in answer.content.decode()


# Who may


@pytest.mark.slow
def test_drafts_are_private(begun):
    cast, path, _ = begun
    draft = FormDraft.objects.get().pk
    for who in EVERYBODY:
        if who == "planner":
            continue
        client = cast.client(who)
        for address in (path, f"{path}?entwurf={draft}", f"/{cast.home.slug}/", "/konto/", "/konto/entwuerfe/"):
            assert "Getippt" not in client.get(address).content.decode(), (who, address)
        status = client.post(f"/konto/entwuerfe/{draft}/verwerfen/").status_code
        assert status == (302 if who == "anonymous" else 404), who
    assert FormDraft.objects.count() == 1
    assert "Getippt" in cast.client().get(f"{path}?entwurf={draft}").content.decode()


def test_only_who_may_write_keeps_a_draft(cast):
    need, data = make(Need, cast.home), {"title": "Neu"}
    kind, catalogue = kind_of(Need), next(kind for kind in all_kinds() if not kind.is_tenant)
    paths = [kind.url("update", cast.home, need.pk), kind.url("create", cast.home), catalogue.url("create", None)]
    found = {who: [keep(cast.client(who), cast, path, data) for path in paths] for who in EVERYBODY}
    kept = {who: [a if isinstance(a, int) else "kept" for a in answers] for who, answers in found.items()}
    assert kept == {
        "planner": ["kept", "kept", 403],
        "lead": ["kept", "kept", 403],
        "foreign_planner": [404, 404, 403],
        "adviser": [403, 403, 403],
        "ministry": [403, 403, "kept"],
        "admin": [403, 403, 403],
        "anonymous": [401, 401, 401],
    }
    assert FormDraft.objects.count() == 5


def test_an_adviser_keeps_drafts_of_own_entries_only(cast):
    kind = kind_of(SupportRecord)
    own, foreign = (make_kind(kind, cast.home, actor=actor) for actor in (cast.adviser, cast.planner))
    client, data = cast.client("adviser"), {"subject": "Neu", "form_key": "k"}
    assert keep(client, cast, kind.url("create", cast.home), data)
    assert keep(client, cast, kind.url("update", cast.home, own.pk), data)
    assert keep(client, cast, kind.url("update", cast.home, foreign.pk), data) == 403


def test_a_draft_ends_with_the_role(begun):
    cast, path, _ = begun
    client, draft = cast.client(), FormDraft.objects.get().pk
    assert "Bedarf: B 1 Vorher" in client.get("/konto/entwuerfe/").content.decode()
    RoleAssignment.objects.filter(user=cast.planner).update(municipality=cast.away)
    assert client.get(f"{path}?entwurf={draft}").status_code == 404
    assert "Bedarf: B 1 Vorher" not in client.get("/konto/entwuerfe/").content.decode()
    RoleAssignment.objects.filter(user=cast.planner).update(municipality=None, role="ministry")
    assert client.get(f"{path}?entwurf={draft}").status_code == 403


def test_a_draft_belongs_to_its_form(begun):
    cast, _, _ = begun
    other = make(Need, cast.home, title="Anderer")
    address = kind_of(Need).url("update", cast.home, other.pk)
    page = opened(cast.client(), f"{address}?entwurf={FormDraft.objects.get().pk}")
    assert page.values["title"] == ["Anderer"]


def test_rows_and_forms_of_others_are_refused(cast):
    kind, stranger = kind_of(Need), make(Need, cast.away)
    client, data = cast.client(), {"title": "Neu", "form_key": "k"}
    own, foreign = kind.url("create", cast.home), kind.url("create", cast.away)
    assert keep(client, cast, kind.url("update", cast.home, stranger.pk), data) == 404
    assert keep(client, cast, foreign, data) == 404
    assert keep(client, cast, foreign, data, place=cast.away.slug) == 404
    assert keep(client, cast, own, data, place="programm") == 404
    assert not FormDraft.objects.exists()


STRANGE = [
    "",
    "/",
    "//",
    "//boese.example/",
    "https://boese.example/kyffhaeuserkreis/bedarfe/neu/",
    "javascript:alert(1)",
    "kyffhaeuserkreis/bedarfe/neu/",
    "/kyffhaeuserkreis/bedarfe/",
    "/kyffhaeuserkreis/bedarfe/neu",
    "/\x00/neu/",
    "/kyffhaeuserkreis/bedarfe/\x00/bearbeiten/",
    f"/kyffhaeuserkreis/bedarfe/{'9' * 40}/bearbeiten/",
    "/konto/passwort/",
    "/kyffhaeuserkreis/entwuerfe/",
    "/kyffhaeuserkreis/bedarfe/1/loeschen/",
    "/kyffhaeuserkreis/schritte/katalog/",
]


@pytest.mark.parametrize("path", STRANGE)
def test_strange_addresses_keep_nothing(cast, path):
    assert keep(cast.client(), cast, path, {"title": "Neu"}, place=cast.home.slug) == 404
    assert not FormDraft.objects.exists()


@pytest.mark.slow
def test_nonsense_is_kept_or_refused_but_breaks_nothing(cast):
    dice, client, kind = random.Random(5), cast.client(), kind_of(Hurdle)
    words = [
        "",
        "\x00",
        "a\x00b",
        "9" * 400,
        "²",
        "\U0001f600",
        "<b>",
        "%00",
        "NaN",
        "[]",
        "ä" * 3000,
        "\r\n",
        "D",
        "on",
    ]
    path, names = (
        kind.url("create", cast.home),
        [*kind.field_names(), "begin_day", "version", "form_key", "a\x00", "_x"],
    )
    for _ in range(150):
        data = {dice.choice(names): [dice.choice(words) for _ in range(dice.randint(0, 3))] for _ in range(5)}
        query = f"?{dice.choice(['phase', 'entwurf', 'fuer', 'x'])}={quote(dice.choice(words))}"
        answer = keep(client, cast, path + dice.choice(["", query]), data)
        assert isinstance(answer, str), (answer, data)
    for draft in FormDraft.objects.all():
        assert client.get(f"{path}?entwurf={draft.pk}").status_code == 200


# Limits and the list


def test_a_draft_holds_a_megabyte(cast):
    client, path = cast.client(), kind_of(Need).url("create", cast.home)
    assert keep(client, cast, path, {"description": "x" * 990_000})
    assert keep(client, cast, path, {"description": "ä" * 510_000}) == 413
    answer = client.post(path, {"description": "ä" * 510_000, "_create_related": "regions"})
    assert (answer.status_code, len(read_form(answer.content).values["description"][0])) == (422, 510_000)
    assert FormDraft.objects.count() == 1


def test_a_person_has_fifty_drafts_and_the_oldest_go(cast, monkeypatch):
    monkeypatch.setattr(drafts, "MOST", 3)
    path = kind_of(TargetGroup).url("create", cast.home)
    other = cast.client("lead")
    keep(other, cast, path, {"title": "Der Leitung", "form_key": "l"})
    for number in range(5):
        keep(cast.client(), cast, path, {"title": f"Entwurf {number}", "form_key": f"k{number}"})
    titles = FormDraft.objects.order_by("pk").values_list("title", flat=True)
    assert list(titles) == ["Zielgruppe: Der Leitung", *(f"Zielgruppe: Entwurf {number}" for number in (2, 3, 4))]


def test_the_list_leads_to_the_drafts(begun):
    client, address = begun[0].client(), f"{begun[1]}?entwurf={FormDraft.objects.get().pk}"
    assert address in opened(client, "/konto/entwuerfe/").links
    assert opened(client, address).values["title"] == ["Getippt"]
    assert "/konto/entwuerfe/" in opened(client, "/konto/").links
