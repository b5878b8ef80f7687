"""Administration is guarded like records: versions, both of them shown, a history to be read, no double roles."""

import re
from threading import Event
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.domain.people import save_person, save_role
from accounts.enums import Role
from accounts.models import RoleAssignment, User
from tests.accounts.test_administration import own_role
from tests.cast import PASSWORD, make_person
from tests.html import read_form
from tests.records.test_interleaving import at_once

pytestmark = pytest.mark.usefixtures("quiet")


def test_two_administrators_do_not_overwrite_each_other(cast):
    second = make_person("admin-2", Role.ADMIN)
    role = cast.planner.assignments.get()
    places = {
        f"/konto/personen/{cast.planner.pk}/": ("display_name", "Neue Funktion", "Andere Funktion"),
        f"/konto/personen/{cast.planner.pk}/rollen/{role.pk}/": ("valid_until", "31.12.2030", "31.12.2031"),
    }
    first, other = cast.client("admin"), cast.client("admin")
    other.force_login(second)
    for url, (name, early, late) in places.items():
        opened, seen = (dict(read_form(client.get(url).content).values) for client in (first, other))
        assert first.post(url, opened | {name: early}).status_code == 302
        answer = other.post(url, seen | {name: late})
        assert answer.status_code == 422
        said = answer.content.decode()
        assert "Inzwischen wurde das hier geändert (durch Funktion admin)" in said
        places = ["autofocus", "Ihre Eingaben sind erhalten", f">{early}</td>", f">{late}</td>", 'class="kern-label"']
        assert sorted(places, key=said.index) == places, "the message with the focus first, then both versions"
        again = dict(read_form(answer.content).values)
        assert again[name] == [late], "nothing typed is lost"
        assert other.post(url, again).status_code == 302, "sent again, it is meant"
        assert other.post(url, {k: v for k, v in again.items() if k != "version"} | {name: early}).status_code == 422


def test_a_role_that_changed_meanwhile_is_not_deleted(cast):
    role = cast.planner.assignments.get()
    url = f"/konto/personen/{cast.planner.pk}/rollen/{role.pk}/loeschen/"
    seen = dict(read_form(cast.client("admin").get(url).content).values)
    role.valid_until = timezone.localdate()
    save_role(role, actor=cast.admin)
    answer = cast.client("admin").post(url, seen)
    assert (answer.status_code, "Inzwischen wurde" in answer.content.decode()) == (409, True)
    assert RoleAssignment.objects.filter(pk=role.pk).exists()
    assert cast.client("admin").post(url, seen | {"version": "2"}).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_once_one_is_told():
    admin, person = make_person("admin-1", Role.ADMIN), make_person("person")
    told = []

    def save(name: str) -> None:
        row = User.objects.get(pk=person.pk)
        row.version, row.display_name = 1, name
        try:
            save_person(row, actor=admin)
            told.append("done")
        except Exception as error:
            told.append(type(error).__name__)

    at_once(lambda: save("eins"), lambda: save("zwei"))
    assert sorted(told) == ["Stale", "done"]


def test_what_was_changed_is_to_be_read_with_who_and_when(cast):
    person = make_person("neue-planung", Role.PLANNER, cast.home)
    client, url = cast.client("admin"), f"/konto/personen/{person.pk}/"
    form = dict(read_form(client.get(url).content).values)
    client.post(url, form | {"display_name": "Soziale Planung", "email": "neu@example.org"})
    role = person.assignments.get()
    edit = f"{url}rollen/{role.pk}/"
    client.post(edit, dict(read_form(client.get(edit).content).values) | {"valid_until": "31.12.2030"})
    other = f"{url}rollen/neu/"
    client.post(other, {"role": "adviser", "municipality": str(cast.away.pk), "valid_from": "01.01.2020"})
    gone = person.assignments.get(role="adviser")
    client.post(f"{url}rollen/{gone.pk}/loeschen/", {"confirmed": "1", "version": "1"})
    said = client.get(url).content.decode().split("Verlauf</h2>")[1]
    for line in (
        "Rolle Prozessbegleitung (Altenburger Land) gelöscht",
        "Rolle Prozessbegleitung (Altenburger Land) angelegt",
        "gilt bis: offen → 31.12.2030",
        "Funktion: Funktion neue-planung → Soziale Planung",
        "Person geändert: E-Mail-Adresse geändert",
        "Uhr, Funktion admin",
    ):
        assert line in said, line
    assert [word for word in (PASSWORD, "neue-planung@example.org", "neu@example.org") if word in said] == []
    assert cast.client("planner").get(url).status_code == 403


def test_the_database_refuses_the_same_role_twice(cast):
    for person, place in ((cast.planner, cast.home), (cast.admin, None)):
        held = person.assignments.get()
        with pytest.raises(IntegrityError), transaction.atomic():
            RoleAssignment.objects.create(user=person, role=held.role, municipality=place)
    assert own_role(cast.admin)


def test_the_database_refuses_closed_roles_that_overlap(cast):
    """In every way in which two periods can meet; the day after is another time, another place another role."""

    person = make_person("person")

    def held(begin: str, end: str | None, **more: Any) -> RoleAssignment:
        values = {"user": person, "role": "planner", "municipality": cast.home, **more}
        with transaction.atomic():
            return RoleAssignment.objects.create(valid_from=begin, valid_until=end, **values)

    first = held("2016-03-01", "2016-09-30")
    free = [("2016-01-01", "2016-02-29"), ("2016-10-01", "2016-10-01"), ("2017-01-01", None)]
    before, *_ = (held(*period) for period in free)
    held("2016-03-01", "2016-09-30", municipality=cast.away)
    held("2016-03-01", "2016-09-30", role="adviser")
    held("2015-01-01", "2015-12-31", role="ministry", municipality=None)
    meeting = [("2016-03-01", "2016-09-30"), ("2016-09-30", "2016-10-01"), ("2015-01-01", "2016-01-01")]
    meeting += [("2016-04-01", "2016-04-01"), ("2015-01-01", None), ("2018-01-01", "2018-12-31")]
    for period in meeting:
        with pytest.raises(IntegrityError):
            held(*period)
    with pytest.raises(IntegrityError):
        held("2015-12-31", "2016-12-31", role="ministry", municipality=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleAssignment.objects.filter(pk=before.pk).update(valid_until="2016-03-01")
    RoleAssignment.objects.filter(pk=first.pk).update(valid_until="2016-08-31")


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one change at a time")
def test_of_two_overlapping_roles_at_once_the_second_sees_the_first():
    person, begun, told = make_person("person"), Event(), []

    def first() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            RoleAssignment.objects.create(
                user=person, role="ministry", valid_from="2018-01-01", valid_until="2020-12-31"
            )
            begun.set()
            waits = False
            while not (waits or told):
                cursor.execute("SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted)")
                (waits,) = cursor.fetchone()

    def second() -> None:
        begun.wait(20)
        try:
            RoleAssignment.objects.create(
                user=person, role="ministry", valid_from="2019-01-01", valid_until="2019-12-31"
            )
        except IntegrityError:
            told.append("refused")
        else:
            told.append("stored")

    at_once(first, second)
    assert told == ["refused"]


def test_forms_of_the_administration_sent_once_more_end_where_they_ended(cast, mailoutbox):
    """At once or later; nobody is told of a mistake for having pressed twice, and no link that was mailed ends."""
    client, new = cast.client("admin"), "/konto/personen/neu/"
    person = {"username": "neu", "display_name": "Neue Planung", "email": "neu@example.org", "is_active": "on"}
    first, again = client.post(new, person), client.post(new, person, follow=True)
    made = User.objects.get(username="neu")
    assert (first.url, again.redirect_chain) == (f"/konto/personen/{made.pk}/", [(first.url, 302)])
    assert "Diese Person steht so schon im Portal" in again.content.decode()
    assert client.post(new, person | {"display_name": "Andere"}).status_code == 422
    role = {"role": "planner", "municipality": str(cast.home.pk), "valid_from": "01.01.2020", "valid_until": ""}
    assert {client.post(f"{first.url}rollen/neu/", role).status_code for _ in range(2)} == {302}
    assert client.post(f"{first.url}rollen/neu/", role | {"valid_from": "01.01.2021"}).status_code == 422
    assert made.assignments.count() == 1
    shown = client.get(first.url).content.decode()
    sent = {"mail": "1", "seen": re.search(r'name="seen" value="(\d+)"', shown)[1]}
    for _ in range(2):
        told = client.post(f"{first.url}einladen/", sent, follow=True).content.decode()
    assert "Die Einladung gibt es schon" in told
    assert (len(mailoutbox), made.invitations.count()) == (1, 1)
    renewed = re.search(r'name="seen" value="(\d+)"', told)[1]
    client.post(f"{first.url}einladen/", sent | {"seen": renewed})
    assert (len(mailoutbox), made.invitations.count()) == (2, 2), "on the page that shows it, it is renewed"


def test_what_people_see_is_kept_by_no_cache(cast):
    client, home = cast.client(), f"/{cast.home.slug}/"
    found = {
        url: client.get(url).headers["Cache-Control"]
        for url in (home, f"{home}bedarfe/", f"{home}bedarfe/export.csv", "/konto/", "/suche/", "/anmelden/")
        if client.get(url).status_code == 200
    }
    assert found.pop(f"{home}bedarfe/export.csv") == "private, no-store"
    assert set(found.values()) == {"private, no-cache"}
    assert client.post("/abmelden/").headers["Clear-Site-Data"] == '"cache"'
    assert cast.client("anonymous").get("/oeffentlich/").headers["Cache-Control"].startswith("public")
