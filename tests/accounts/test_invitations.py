"""Inviting a person by a link: with and without an e-mail address, once, for some days, until it is withdrawn."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.signing import Signer
from django.test import Client

from accounts.domain import invitations
from accounts.models import Invitation, User
from tests.cast import make_person
from tests.records.test_interleaving import at_once

pytestmark = pytest.mark.usefixtures("quiet")
NEW = "Noch-ein-langes-Passwort-2"
CHOSEN = {"new_password1": NEW, "new_password2": NEW}


def new_person(client: Client, **values: str) -> User:
    data = {"username": "neu", "display_name": "Neue Planung", "email": "", "is_active": "on"} | values
    assert client.post("/konto/personen/neu/", data).status_code == 302
    return User.objects.get(username=data["username"])


def page_of(client: Client, person: User) -> str:
    return client.get(f"/konto/personen/{person.pk}/").content.decode()


def link_on(page: str) -> str:
    """The path of the link that the page shows; empty where it shows none."""
    found = re.search(r'value="https?://[^/"]+(/konto/einladung/[^"]+)"', page)
    return found.group(1) if found else ""


def lets_in(person: User) -> bool:
    return Client().post("/anmelden/", {"username": person.username, "password": NEW}).status_code == 302


def test_a_person_without_address_gets_in_by_a_link_that_holds_once(cast):
    admin = cast.client("admin")
    person = new_person(admin)
    assert "noch nicht eingeladen" in page_of(admin, person)
    assert "optional" in admin.get("/konto/personen/neu/").content.decode().split('for="id_email"')[1][:200]
    admin.post(f"/konto/personen/{person.pk}/einladen/")
    link = link_on(page_of(admin, person))
    assert re.search(r"eingeladen bis \d\d\.\d\d\.\d{4}, \d\d:\d\d Uhr", admin.get("/konto/personen/").content.decode())
    for _ in range(2):  # programs that look at links use nothing up
        opened = Client().get(link)
        assert (opened.status_code, "neu" in opened.content.decode()) == (200, True)
    assert Client().post(link, {"new_password1": "kurz", "new_password2": "kurz"}).status_code == 422
    assert Client().post(link, CHOSEN).status_code == 302
    assert lets_in(person)
    assert [Client().get(link).status_code, Client().post(link, CHOSEN).status_code] == [410, 410]
    page = page_of(admin, person)
    assert "möglich, Einladung angenommen am" in page
    assert not link_on(page)
    assert person.history.first().history_user == person


def test_a_link_ends_by_renewing_withdrawing_disabling_and_time(cast):
    admin, person = cast.client("admin"), make_person("neu")
    invite, edit = f"/konto/personen/{person.pk}/einladen/", f"/konto/personen/{person.pk}/"
    admin.post(invite)
    first = link_on(page_of(admin, person))
    admin.post(invite)
    second = link_on(page_of(admin, person))
    assert (Client().get(first).status_code, Client().get(second).status_code) == (410, 200)
    admin.post(f"/konto/personen/{person.pk}/einladung-zurueckziehen/")
    assert Client().get(second).status_code == 410
    admin.post(invite)
    third = link_on(page_of(admin, person))
    Invitation.objects.filter(withdrawn_at=None).update(expires_at=Invitation.objects.last().created_at)
    assert Client().post(third, CHOSEN).status_code == 410
    User.objects.filter(pk=person.pk).update(password="!")
    assert "Einladung abgelaufen am" in page_of(admin, person)
    admin.post(invite)
    fourth = link_on(page_of(admin, person))
    admin.post(edit, {"version": "1", "username": "neu", "display_name": "Neu", "email": ""})
    assert Client().post(fourth, CHOSEN).status_code == 410
    assert "darf sich nicht anmelden" in admin.post(invite, follow=True).content.decode()
    assert not lets_in(person)


def test_an_invitation_is_mailed_and_a_mail_that_fails_leaves_the_link(cast, mailoutbox, monkeypatch):
    admin = cast.client("admin")
    person = new_person(admin, email="neu@example.org")
    admin.post(f"/konto/personen/{person.pk}/einladen/", {"mail": "1"})
    (sent,) = mailoutbox
    assert sent.to == ["neu@example.org"]
    assert link_on(page_of(admin, person)) in sent.body

    def refuse(*args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr(invitations, "send_mail", refuse)
    answer = admin.post(f"/konto/personen/{person.pk}/einladen/", {"mail": "1"}, follow=True).content.decode()
    assert "ließ sich nicht senden" in answer
    assert Client().get(link_on(answer)).status_code == 200
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("token", ["1", "x-1", "1:falsch", "ä:1", "9" * 400, Signer(salt="anders").sign("1")])
def test_invented_links_open_nothing(cast, token):
    Invitation.objects.create(pk=1, user=cast.planner, expires_at=cast.planner.date_joined + timedelta(days=9))
    answer = Client().get(f"/konto/einladung/{token}/")
    assert (answer.status_code, "new_password1" in answer.content.decode()) == (410, False)


@pytest.mark.django_db(transaction=True)
def test_of_two_sendings_at_once_one_sets_the_password():
    person, admin = make_person("neu"), make_person("admin", "admin")
    invitation = invitations.invite(person, actor=admin)
    told = []

    def accept(password: str) -> None:
        try:
            invitations.accept(invitation, password=password)
            told.append(password)
        except invitations.InvitationOver:
            told.append("")

    at_once(lambda: accept(NEW), lambda: accept(NEW + "x"))
    person.refresh_from_db()
    (kept,) = [password for password in told if password]
    assert person.check_password(kept)
