"""Log-in: guessing ends at the seventh attempt, sessions end when they should, nothing leads elsewhere."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.access import Access
from accounts.domain import guessing
from accounts.enums import Action, Role
from accounts.models import RoleAssignment, User
from planning.models import Need
from records.registry import kind_of
from tests.cast import PASSWORD, Cast, make_person
from tests.factories import make
from tests.html import read_form

pytestmark = pytest.mark.usefixtures("quiet")
LOGIN = "/anmelden/"


def attempt(password: str, username: str = "planung-kyf", client: Client | None = None, **headers: str) -> int:
    """Status of one attempt; 302 is inside, 200 refused, 429 locked."""
    sent = {"username": username, "password": password}
    return (client or Client()).post(LOGIN, sent, **headers).status_code


def guess(times: int, **headers: str) -> list[int]:
    return [attempt(f"geraten-{number}", **headers) for number in range(times)]


def test_the_right_password_lets_in(cast):
    client = Client()
    assert attempt(PASSWORD, client=client) == 302
    assert client.get("/konto/").status_code == 200


def test_guessing_is_refused_from_the_seventh_attempt_on(cast):
    assert guess(6) == [200] * 6
    assert guess(4) == [429] * 4
    assert attempt(PASSWORD) == 429


def test_rotating_forwarded_addresses_do_not_help(cast):
    answers = [
        attempt("geraten", HTTP_X_FORWARDED_FOR=f"203.0.113.{number}", HTTP_FORWARDED=f"for=203.0.113.{number}")
        for number in range(10)
    ]
    assert answers[6:] == [429] * 4


def test_the_owner_can_log_in_from_elsewhere(cast):
    guess(10)
    assert attempt(PASSWORD, REMOTE_ADDR="198.51.100.7") == 302


def test_guessing_another_name_stays_possible_and_success_starts_anew(cast):
    guess(10)
    assert attempt(PASSWORD, "leitung-kyf") == 302
    for _ in range(3):
        assert guess(4, REMOTE_ADDR="198.51.100.9") == [200] * 4
        assert attempt(PASSWORD, REMOTE_ADDR="198.51.100.9") == 302


def test_the_limit_is_what_stops_guessing(cast, monkeypatch):
    monkeypatch.setattr(guessing, "NAME_FROM_ADDRESS", replace(guessing.NAME_FROM_ADDRESS, most=1000))
    assert guess(10) == [200] * 10


def test_the_refusal_does_not_tell_which_was_wrong(cast):
    texts = []
    for name in ("planung-kyf", "gibt-es-nicht"):
        page = Client().post(LOGIN, {"username": name, "password": "falsch"}).content.decode()
        assert "Anmeldung nicht möglich." in page
        texts.append(page.count("kern-alert") + page.count("kern-error"))
    assert len(set(texts)) == 1


def test_the_session_key_changes_at_log_in_and_ends_at_log_out(cast):
    client = Client()
    client.get(LOGIN)
    session = client.session
    session["vorher"] = "1"
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    assert attempt(PASSWORD, client=client) == 302
    inside = client.session.session_key
    assert inside != before
    assert not Session.objects.filter(session_key=before).exists()
    client.post("/abmelden/")
    assert not Session.objects.filter(session_key=inside).exists()
    assert client.get("/konto/").status_code == 302


def test_a_disabled_person_is_out_at_the_next_request(cast):
    client = cast.client()
    assert client.get("/konto/").status_code == 200
    User.objects.filter(pk=cast.planner.pk).update(is_active=False)
    assert client.get("/konto/").status_code == 302
    assert client.get(f"/{cast.home.slug}/").status_code == 302
    assert attempt(PASSWORD) == 200


def test_people_and_roles_saved_without_a_change_leave_no_history(cast):
    admin, role = cast.client("admin"), RoleAssignment.objects.get(user=cast.planner)
    addresses = [
        (cast.planner, reverse("accounts:person_edit", args=[cast.planner.pk])),
        (role, reverse("accounts:role_edit", args=[cast.planner.pk, role.pk])),
    ]
    for row, url in addresses:
        before, form = row.history.count(), read_form(admin.get(url).content)
        answer = admin.post(url, dict(form.values), follow=True)
        assert "Nichts geändert" in answer.content.decode(), url
        assert row.history.count() == before, url


def test_the_administration_ends_the_sessions_of_whom_it_disables(cast):
    client = cast.client()
    client.get("/konto/")
    data = {"version": "1", "username": "planung-kyf", "display_name": "Planung", "email": "planung@example.org"}
    url = reverse("accounts:person_edit", args=[cast.planner.pk])
    assert cast.client("admin").post(url, data).status_code == 302
    assert not any(s.get_decoded().get("_auth_user_id") == str(cast.planner.pk) for s in Session.objects.all())
    assert client.get("/konto/").status_code == 302


@pytest.mark.parametrize(
    "target",
    [
        "https://boese.example/",
        "//boese.example/",
        "\\\\boese.example",
        "javascript:alert(1)",
        "http:///boese.example",
        "/\\boese.example",
        "https:boese.example",
    ],
)
def test_log_in_leads_to_no_foreign_host(cast, target):
    for client in (Client(), cast.client("lead")):
        response = client.post(LOGIN, {"username": "planung-kyf", "password": PASSWORD, "next": target})
        assert response.status_code == 302
        assert response.url.startswith("/")
        assert not response.url.startswith(("//", "/\\"))


def test_log_in_leads_to_where_one_wanted_to_go(cast):
    wanted = f"/{cast.home.slug}/bedarfe/"
    response = Client().get(wanted)
    assert response.url == f"{LOGIN}?next={wanted}"
    response = Client().post(LOGIN, {"username": "planung-kyf", "password": PASSWORD, "next": wanted})
    assert response.url == wanted


@pytest.mark.parametrize("host", ["boese.example", "localhost.boese.example", "127.0.0.1:80@boese.example", "a b", ""])
def test_an_unknown_host_is_refused(cast, settings, host):
    settings.ALLOWED_HOSTS = ["portal.example"]
    assert Client().get(LOGIN, HTTP_HOST=host).status_code == 400
    assert Client().post("/konto/passwort-vergessen/", {"email": "x@example.org"}, HTTP_HOST=host).status_code == 400


def test_a_forwarded_host_changes_nothing(cast, settings, mailoutbox):
    settings.ALLOWED_HOSTS = ["portal.example"]
    Client().post(
        "/konto/passwort-vergessen/",
        {"email": cast.planner.email},
        HTTP_HOST="portal.example",
        HTTP_X_FORWARDED_HOST="boese.example",
    )
    assert "portal.example" in mailoutbox[0].body
    assert "boese.example" not in mailoutbox[0].body


def test_unsafe_requests_without_token_are_refused(cast):
    need = make(Need, cast.home)
    kind = kind_of(Need)
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.planner)
    urls = [LOGIN, "/abmelden/", "/konto/passwort/", kind.url("create", cast.home)]
    urls += [kind.url(page, cast.home, need.pk) for page in ("update", "delete")]
    answers = {url: client.post(url, {"version": "1", "title": "Neu"}).status_code for url in urls}
    assert answers == dict.fromkeys(urls, 403)
    assert Client(enforce_csrf_checks=True).post(LOGIN, {"username": "x", "password": "y"}).status_code == 403
    assert Need.objects.filter(pk=need.pk).exists()


def test_reading_writes_nothing_but_the_session(cast):
    need = make(Need, cast.home)
    kind = kind_of(Need)
    pages = [kind.url(page, cast.home, need.pk) for page in ("detail", "update", "delete", "history")]
    pages += [kind.url(page, cast.home) for page in ("list", "create", "csv", "xlsx")]
    pages += ["/", f"/{cast.home.slug}/", f"/{cast.home.slug}/zeitstrahl/", "/konto/", LOGIN, "/gesundheit/"]
    client = cast.client()
    allowed = {connection.ops.quote_name(model._meta.db_table) for model in (Session,)}
    for url in pages:
        for method in ("get", "head"):
            with CaptureQueriesContext(connection) as captured:
                getattr(client, method)(url)
            writes = [q["sql"] for q in captured if q["sql"].split(" ", 1)[0] in ("INSERT", "UPDATE", "DELETE")]
            assert [sql for sql in writes if not any(table in sql for table in allowed)] == [], url


# Roles hold from–until.


def may_read(cast: Cast, person: User, day: date | None = None) -> bool:
    client = Client()
    client.force_login(person)
    return client.get(f"/{cast.home.slug}/bedarfe/").status_code == 200


@pytest.mark.parametrize(
    ("begin", "end", "holds"),
    [
        (-10, None, True),
        (-10, 0, True),
        (0, 0, True),
        (0, None, True),
        (-10, -1, False),
        (1, None, False),
        (1, 9, False),
    ],
)
@pytest.mark.parametrize("role", Role.values)
def test_expired_and_future_roles_give_nothing(cast, role, begin, end, holds):
    today = timezone.localdate()
    place = None if role in (Role.MINISTRY, Role.ADMIN) else cast.home
    person = make_person(
        "neu",
        role,
        place,
        valid_from=today + timedelta(days=begin),
        valid_until=None if end is None else today + timedelta(days=end),
    )
    assert may_read(cast, person) == holds
    assert {action for action in Action if Access(person).allows(action, cast.home)} > {
        Action.PUBLIC,
        Action.ACCOUNT,
    } or not holds


def test_a_role_ends_for_a_running_session(cast):
    client = cast.client()
    url = f"/{cast.home.slug}/bedarfe/"
    assert client.get(url).status_code == 200
    RoleAssignment.objects.filter(user=cast.planner).update(valid_until=timezone.localdate() - timedelta(days=1))
    assert client.get(url).status_code == 404


def test_one_person_can_hold_several_roles(cast):
    RoleAssignment.objects.create(user=cast.planner, role=Role.ADVISER, municipality=cast.away)
    client, kind = cast.client(), kind_of(Need)
    assert client.get(kind.url("create", cast.home)).status_code == 200
    assert client.get(kind.url("list", cast.away)).status_code == 200
    assert client.get(kind.url("create", cast.away)).status_code == 403


def test_a_log_in_leaves_no_history_row(cast):
    before = cast.planner.history.count()
    assert attempt(PASSWORD) == 302
    assert cast.planner.history.count() == before
    assert apps.get_model("accounts", "User").objects.get(pk=cast.planner.pk).last_login is not None
