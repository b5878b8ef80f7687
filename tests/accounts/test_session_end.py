"""The session ends while somebody types: what was sent comes along through the log-in, safely, and is lost never."""

import random
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core import signing
from django.test import Client

from accounts import typed
from accounts.models import User
from planning.models import Need, PlanningStep, TargetGroup
from plans.models import ChapterText, Plan
from records.models import FormDraft
from records.registry import kind_of
from tests.cast import PASSWORD, Cast
from tests.factories import make, pdf
from tests.html import read_form

pytestmark = pytest.mark.usefixtures("quiet")
LOGIN, SENTENCE = "/anmelden/", "Melden Sie sich an; Ihre Eingaben sind erhalten."
TEXT = {"title": "Getippt „und“ <b>mehr</b>", "description": "Zeile 1\nZeile 2 mit \U0001f600"}
OWN = {"origin": "http://testserver"}


class Window(Client):
    """A browser window: it knows the token of its cookie, and the portal checks it."""

    def __init__(self, person: User | None = None) -> None:
        super().__init__(enforce_csrf_checks=True)
        self.get(LOGIN)
        if person:
            self.force_login(person)

    def send(self, path: str, data: dict[str, Any], **options: Any) -> Any:
        token = {"csrfmiddlewaretoken": self.cookies["csrftoken"].value}
        return self.post(path, token | data, **options)

    def log_in(self, carried: str, username: str = "planung-kyf", password: str = PASSWORD, **more: str) -> Any:
        return self.send(LOGIN, {"username": username, "password": password, "eingaben": carried} | more)


def carried(response: Any) -> str:
    """What the log-in page holds of the typed fields."""
    return read_form(response.content).values["eingaben"][0]


def page_after(window: Window, response: Any) -> Any:
    assert response.status_code == 302
    return window.get(response.url)


@pytest.fixture
def form(cast) -> str:
    return kind_of(TargetGroup).url("create", cast.home)


@pytest.fixture
def ended(cast, form) -> Window:
    """A window with a form that was opened before the session ended."""
    window = Window(cast.planner)
    assert window.get(form).status_code == 200
    Session.objects.all().delete()
    return window


def test_what_was_typed_comes_back_as_draft_and_is_saved_with_one_click(ended, form):
    answer = ended.send(form, TEXT | {"form_key": "k", "version": "1"})
    assert (answer.status_code, SENTENCE in answer.content.decode()) == (401, True)
    assert "no-store" in answer.headers["Cache-Control"]
    assert (FormDraft.objects.count(), Session.objects.count(), TargetGroup.objects.count()) == (0, 0, 0)

    again = ended.log_in(carried(answer), password="falsch")
    assert (again.status_code, SENTENCE in again.content.decode()) == (200, True)
    page = page_after(ended, ended.log_in(carried(again)))
    assert "Ihre Eingaben sind erhalten, aber noch nicht gespeichert." in page.content.decode()
    values = read_form(page.content).values
    assert {name: values[name] for name in TEXT} == {name: [text] for name, text in TEXT.items()}
    sent = {name: values[name][0] for name in (*TEXT, "version", "form_key", "csrfmiddlewaretoken")}
    assert ended.post(page.request["PATH_INFO"] + "?" + page.request["QUERY_STRING"], sent).status_code == 302
    group = TargetGroup.objects.get()
    assert (group.title, group.description) == (TEXT["title"], TEXT["description"].replace("\r\n", "\n"))
    assert FormDraft.objects.count() == 0


def test_a_changed_record_keeps_its_version_on_the_way(cast):
    kind, need, window = kind_of(Need), make(Need, cast.home, title="Vorher"), Window(cast.planner)
    path = kind.url("update", cast.home, need.pk)
    Session.objects.all().delete()
    answer = window.send(path, {"title": "Getippt", "cycle": str(need.cycle_id), "state": need.state, "version": "7"})
    page = page_after(window, window.log_in(carried(answer)))
    assert read_form(page.content).values["version"] == ["7"]
    assert Need.objects.get().title == "Vorher"


def test_the_text_of_a_chapter_comes_back(cast):
    plan, window = make(Plan, cast.home), Window(cast.planner)
    path = f"/{cast.home.slug}/plaene/{plan.pk}/kapitel/bedarf/"
    Session.objects.all().delete()
    answer = window.send(path, {"version": "0", "text": "Mein Text\r\n\r\n- Liste", "left_out_reason": ""})
    page = page_after(window, window.log_in(carried(answer)))
    assert read_form(page.content).values["text"] == ["Mein Text\n\n- Liste"]  # line ends as they are stored
    assert not ChapterText.objects.exists()


def test_other_forms_are_sent_once_more(cast):
    step, window = make(PlanningStep, cast.home), Window(cast.planner)
    path = f"/{cast.home.slug}/schritte/{step.pk}/loeschen/"
    Session.objects.all().delete()
    answer = window.send(path, {"version": "1", "reason": "Doppelt <angelegt>"})
    page = window.log_in(carried(answer))
    assert (page.status_code, "Doppelt &lt;angelegt&gt;" in page.content.decode()) == (200, True)
    assert PlanningStep.objects.exists()
    values = read_form(page.content).values
    sent = {name: values[name][0] for name in ("version", "reason", "csrfmiddlewaretoken")}
    assert window.post(path, sent).status_code == 302
    assert PlanningStep.history.latest("history_id").history_change_reason == "Doppelt <angelegt>"


def test_reading_and_empty_forms_are_only_sent_to_the_log_in(ended, form):
    for answer in (ended.get(form), ended.head(form), ended.send(form, {}), ended.send(form, {"title": " "})):
        assert (answer.status_code, answer.url) == (302, f"{LOGIN}?next={form}")


def test_scripts_are_told(ended, cast):
    answer = ended.send(f"/{cast.home.slug}/entwuerfe/", {"title": "x"}, headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()) == (401, {})


def test_passwords_are_never_carried(ended):
    answer = ended.send("/konto/passwort/", {"old_password": PASSWORD, "new_password1": "Neu-und-geheim-9"})
    assert (answer.status_code, answer.content) == (302, b"")
    assert "password" not in str(signing.loads(carried(ended.send("/programm/fristen/neu/", TEXT)), salt=typed.SALT))


def test_files_are_named_as_missing(cast, ended):
    path = f"/{cast.home.slug}/dokumente/neu/"
    answer = ended.send(path, {"title": "Beschluss", "file": pdf()})
    page = page_after(ended, ended.log_in(carried(answer)))
    assert "Gewählte Dateien wählen Sie bitte erneut." in page.content.decode()
    assert read_form(page.content).values["title"] == ["Beschluss"]


def test_too_much_is_said(ended, form):
    answer = ended.send(form, {"title": "x", "description": "ä" * 600_000})
    assert (answer.status_code, read_form(answer.content).values["eingaben"]) == (401, [])
    assert "zu umfangreich" in answer.content.decode()


def test_broken_texts_are_carried(ended, form):
    answer = ended.send(form, {"title": "vor\x00nach", "a\x00b": "\x00", "description": "\U0001f600"})
    page = page_after(ended, ended.log_in(carried(answer)))
    assert read_form(page.content).values["title"] == ["vornach"]


# Safety


def lands(cast: Cast, window: Window, payload: str, **who: str) -> tuple[str, str]:
    """Where a log-in with these carried fields leads, and what the next page says."""
    response = window.log_in(payload, **who)
    assert response.status_code == 302
    page = window.get(response.url, follow=True)
    return response.url, page.content.decode()


def test_forged_and_old_fields_are_dropped_and_the_person_is_in(cast, ended, form, monkeypatch):
    genuine = carried(ended.send(form, TEXT | {"form_key": "k"}))
    body, stamp, signature = genuine.rsplit(":", 2)
    foreign = signing.dumps({"path": form, "fields": {"title": ["Falsch"]}, "files": False}, salt="anderswo")
    for payload in (
        genuine[:-1],
        f"{body[:-2]}xx:{stamp}:{signature}",
        f"{body}:{stamp}x:{signature}",
        foreign,
        "x",
        ":",
    ):
        url, page = lands(cast, Window(), payload)
        assert (url, "wurden nicht übernommen" in page) == ("/", True)
    monkeypatch.setattr(typed, "HOURS", -1)
    assert lands(cast, Window(), genuine)[0] == "/"
    assert FormDraft.objects.count() == 0


@pytest.mark.parametrize(
    "path",
    [
        "https://boese.example/",
        "//boese.example/kyffhaeuserkreis/zielgruppen/neu/",
        "/\\boese.example",
        "javascript:alert(1)",
        "kyffhaeuserkreis/zielgruppen/neu/",
        "",
        "/gibt/es/nicht/",
    ],
)
def test_carried_fields_lead_to_no_foreign_host(cast, path):
    payload = signing.dumps({"path": path, "fields": {"title": ["x"]}, "files": False}, salt=typed.SALT)
    window = Window()
    response = window.log_in(payload, next="https://boese.example/")
    assert (response.status_code, response.url) == (302, "/")
    assert FormDraft.objects.count() == 0


def test_the_form_goes_before_next(cast, ended, form):
    payload = carried(ended.send(form, TEXT | {"form_key": "k"}))
    response = ended.log_in(payload, next="https://boese.example/")
    assert response.url == f"{form}?entwurf={FormDraft.objects.get().pk}"


@pytest.mark.parametrize(
    ("who", "gets"),
    [("leitung-kyf", True), ("planung-abg", False), ("begleitung", False), ("ministerium", False), ("admin", False)],
)
def test_another_person_gets_the_fields_only_with_the_right(cast, ended, form, who, gets):
    payload = carried(ended.send(form, TEXT | {"form_key": "k"}))
    response = ended.log_in(payload, username=who)
    page = ended.get(response.url, follow=True).content.decode()
    assert [draft.user.username for draft in FormDraft.objects.all()] == ([who] if gets else [])
    assert ("wurden nicht übernommen" in page) != gets
    assert ("Getippt" in page) == gets


@pytest.mark.parametrize("page", ["loeschen", "bearbeiten"])
def test_fields_of_another_municipality_are_dropped(cast, page):
    group, window = make(TargetGroup, cast.away, title="Fremd"), Window(cast.foreign_planner)
    Session.objects.all().delete()
    answer = window.send(
        f"/{cast.away.slug}/zielgruppen/{group.pk}/{page}/", {"title": "Geheim von drüben", "version": "1"}
    )
    response = window.log_in(carried(answer))
    assert response.url == "/"
    text = window.get("/", follow=True).content.decode()
    assert ("wurden nicht übernommen" in text, "Geheim" in text) == (True, False)
    assert not FormDraft.objects.exists()


def test_texts_of_a_deleted_record_can_be_copied(cast, ended):
    group = make(TargetGroup, cast.home, title="Bald weg")
    path = kind_of(TargetGroup).url("update", cast.home, group.pk)
    answer = ended.send(path, {"title": "Mein langer Text", "version": "1"})
    group.delete()
    page = ended.log_in(carried(answer))
    assert (page.status_code, "Mein langer Text" in page.content.decode()) == (404, True)


def test_the_token_is_still_demanded(cast, ended, form):
    payload = carried(ended.send(form, TEXT | {"form_key": "k"}))
    plain = {"username": "planung-kyf", "password": PASSWORD, "eingaben": payload}
    assert ended.post(LOGIN, plain).status_code == 403
    assert ended.post(form, TEXT).status_code == 403
    assert not FormDraft.objects.exists()


# Logged in again in another window: the token of this form is outdated


@pytest.fixture
def elsewhere(cast, form) -> tuple[Window, dict[str, str]]:
    """A window that logged in again, and the form that was opened before with its outdated token."""
    window = Window(cast.planner)
    old = read_form(window.get(form).content).values["csrfmiddlewaretoken"][0]
    Session.objects.all().delete()
    assert window.log_in("").status_code == 302
    return window, TEXT | {"form_key": "k", "csrfmiddlewaretoken": old}


def test_a_form_with_an_outdated_token_saves_nothing_and_loses_nothing(elsewhere, form):
    window, sent = elsewhere
    answer = window.post(form, sent, headers=OWN)
    assert (answer.status_code, TargetGroup.objects.count()) == (403, 0)
    page = page_after(window, window.send(LOGIN, {"eingaben": carried(answer)}))
    assert read_form(page.content).values["title"] == [TEXT["title"]]


def test_a_log_in_page_that_is_outdated_itself_loses_nothing(elsewhere, cast, form):
    window, sent = elsewhere
    payload = carried(window.post(form, sent, headers=OWN))
    old = {"csrfmiddlewaretoken": sent["csrfmiddlewaretoken"], "username": "x", "password": "y", "eingaben": payload}
    answer = window.post(LOGIN, old, headers=OWN)
    assert (answer.status_code, carried(answer)) == (403, payload)


@pytest.mark.parametrize("headers", [{}, {"origin": "https://boese.example"}, {"origin": "null"}])
def test_pages_of_others_get_nothing_back(elsewhere, form, headers):
    window, sent = elsewhere
    answer = window.post(form, sent, headers=headers)
    assert (answer.status_code, read_form(answer.content).values["eingaben"]) == (403, [])
    assert "Getippt" not in answer.content.decode()


def test_the_locked_page_keeps_the_fields(cast, ended, form):
    payload = carried(ended.send(form, TEXT))
    for number in range(7):
        answer = ended.log_in(payload, password=f"geraten-{number}")
    assert (answer.status_code, carried(answer)) == (429, payload)


@pytest.mark.slow
def test_nonsense_never_leads_to_an_error_page(cast, ended, form):
    dice = random.Random(3)
    words = ["", "\x00", "9" * 5000, "²", "\U0001f600", ":", "a:b:c", ".", ".eJ", "<b>", "%00", "ä" * 3000, "\r\n"]
    names = ["title", "eingaben", "version", "form_key", "entwurf", "\x00", "next", "csrf", "_path", "_create_related"]
    for _ in range(60):
        data = {dice.choice(names): [dice.choice(words) for _ in range(dice.randint(1, 3))] for _ in range(4)}
        answer = ended.send(form, data)
        assert answer.status_code in (302, 401)
        if answer.status_code == 401 and read_form(answer.content).values["eingaben"]:
            window = Window()
            response = window.log_in(dice.choice([carried(answer), *words]))
            assert response.status_code == 302
            assert window.get(response.url, follow=True).status_code == 200
