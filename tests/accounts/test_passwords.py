"""Changing a password, and getting a new one by e-mail."""

import re

import pytest
from django.test import Client

from accounts.models import User
from tests.cast import PASSWORD, make_person

pytestmark = pytest.mark.usefixtures("quiet")
NEW = "Noch-ein-langes-Passwort-2"
CHANGE, FORGOTTEN, LOGIN = "/konto/passwort/", "/konto/passwort-vergessen/", "/anmelden/"


def lets_in(password: str, username: str = "planung-kyf") -> bool:
    return Client().post(LOGIN, {"username": username, "password": password}).status_code == 302


def link_in(mail) -> str:
    """The path of the link."""
    return re.search(r"https?://[^/\s]+(/\S+)", mail.body).group(1)


def test_a_password_is_changed_and_other_sessions_end(cast):
    here, elsewhere = cast.client(), cast.client()
    sent = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    assert here.post(CHANGE, sent).status_code == 302
    assert (lets_in(NEW), lets_in(PASSWORD)) == (True, False)
    assert here.get("/konto/").status_code == 200
    assert elsewhere.get("/konto/").status_code == 302


@pytest.mark.parametrize(
    ("old", "first", "second"),
    [
        ("falsch", NEW, NEW),
        (PASSWORD, NEW, NEW + "x"),
        (PASSWORD, "kurz", "kurz"),
        (PASSWORD, "", ""),
        (PASSWORD, "123456789012345", "123456789012345"),
        (PASSWORD, "passwordpassword", "passwordpassword1"),
    ],
)
def test_a_bad_new_password_is_refused(cast, old, first, second):
    response = cast.client().post(CHANGE, {"old_password": old, "new_password1": first, "new_password2": second})
    assert response.status_code == 200
    assert response.context["form"].errors
    assert not first or f'value="{first}"' not in response.content.decode()
    assert lets_in(PASSWORD)


def test_a_forgotten_password_is_replaced_by_the_link(cast, mailoutbox):
    assert Client().post(FORGOTTEN, {"email": cast.planner.email}).status_code == 302
    (mail,) = mailoutbox
    assert mail.to == [cast.planner.email]
    assert not re.search(r"\b(du|dein|password reset)\b", mail.subject + mail.body, re.IGNORECASE)
    client = Client()
    form = client.get(link_in(mail), follow=True)
    assert form.status_code == 200
    answer = client.post(form.redirect_chain[-1][0], {"new_password1": NEW, "new_password2": NEW})
    assert answer.status_code == 302
    assert (lets_in(NEW), lets_in(PASSWORD)) == (True, False)
    again = Client().get(link_in(mail), follow=True)
    assert "new_password1" not in again.content.decode()


def test_the_answer_is_the_same_for_unknown_addresses(cast, mailoutbox):
    known, unknown = (Client().post(FORGOTTEN, {"email": to}) for to in (cast.planner.email, "niemand@example.org"))
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert len(mailoutbox) == 1


def test_the_link_holds_no_foreign_host_and_a_header_cannot_be_smuggled(cast, mailoutbox):
    Client().post(FORGOTTEN, {"email": f"{cast.planner.email}\nBcc: x@example.org"})
    assert mailoutbox == []


def test_disabled_people_get_no_link(cast, mailoutbox):
    User.objects.filter(pk=cast.planner.pk).update(is_active=False)
    Client().post(FORGOTTEN, {"email": cast.planner.email})
    assert mailoutbox == []


def test_a_new_person_sets_the_first_password_by_the_link(cast, mailoutbox):
    data = {"username": "neu", "display_name": "Neue Planung", "email": "neu@example.org", "is_active": "on"}
    assert cast.client("admin").post("/konto/personen/neu/", data).status_code == 302
    assert not lets_in("", "neu")
    Client().post(FORGOTTEN, {"email": "neu@example.org"})
    assert len(mailoutbox) == 1, "a person made by the administration cannot log in for the first time"


@pytest.mark.parametrize("link", ["MQ/falsch", "AAAA/x-1", "%C3%A4/x-1", "MQ/set-password", "9" * 300 + "/x"])
def test_invented_links_open_no_form(cast, link):
    response = Client().get(f"/konto/passwort-neu/{link}/", follow=True)
    assert response.status_code in (200, 404)
    assert "new_password1" not in response.content.decode()


def test_passwords_are_kept_as_hashes_and_not_in_the_history(cast):
    person = make_person("neu")
    assert PASSWORD not in person.password
    assert not [f.name for f in User.history.model._meta.fields if f.name in ("password", "last_login")]
