"""The last administration stays, whatever is changed and by whomever; other last ones warn."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.domain.administration import first_day_without
from accounts.domain.people import save_person
from accounts.enums import Role
from accounts.models import RoleAssignment, User
from tests.cast import make_municipality, make_person
from tests.records.test_interleaving import at_once

pytestmark = pytest.mark.usefixtures("quiet")
TODAY = timezone.localdate()
LATER = TODAY + timedelta(days=30)


def own_role(person: User) -> RoleAssignment:
    return person.assignments.get(role=Role.ADMIN)


def ways_out(cast) -> dict[str, tuple[str, dict[str, str]]]:
    """Every way in which the administration could end itself: address and what is sent."""
    person, role = f"/konto/personen/{cast.admin.pk}/", own_role(cast.admin)
    edit = f"{person}rollen/{role.pk}/"
    begin = f"{role.valid_from:%d.%m.%Y}"
    held = {"version": "1", "role": "admin", "municipality": "", "valid_from": begin, "valid_until": ""}
    return {
        "disabled": (person, {"version": "1", "username": "admin", "display_name": "Administration", "email": ""}),
        "ended": (edit, held | {"valid_until": f"{TODAY - timedelta(days=1):%d.%m.%Y}"}),
        "ends later": (edit, held | {"valid_until": f"{LATER:%d.%m.%Y}"}),
        "begins later": (edit, held | {"valid_from": f"{LATER:%d.%m.%Y}"}),
        "other role": (edit, held | {"role": "ministry"}),
        "other place": (edit, held | {"role": "planner", "municipality": str(cast.home.pk)}),
        "deleted": (f"{edit}loeschen/", {"version": "1", "confirmed": "1"}),
    }


WAYS = ("disabled", "ended", "ends later", "begins later", "other role", "other place", "deleted")


@pytest.mark.parametrize("way", WAYS)
def test_the_last_administration_cannot_end_itself(cast, way):
    make_person("ohne-passwort", Role.ADMIN).set_unusable_password()
    User.objects.filter(username="ohne-passwort").update(password="!")
    url, data = ways_out(cast)[way]
    client = cast.client("admin")
    if way == "deleted":  # no button that is sure to be refused
        asked = client.get(url).content.decode()
        assert ("niemand mehr Personen und Rollen" in asked, "kern-btn--danger" in asked) == (True, False)
    answer = client.post(url, data)
    assert answer.status_code in (409, 422)
    day = f"{LATER + timedelta(days=1):%d.%m.%Y}" if way == "ends later" else ""
    assert (f"ab {day} niemand mehr" if day else "niemand mehr Personen und Rollen") in answer.content.decode()
    assert first_day_without() is None
    assert client.get("/konto/personen/").status_code == 200
    make_person("zweite", Role.ADMIN)
    assert client.post(url, data).status_code == 302


def test_a_successor_from_the_day_after_is_enough_and_a_gap_is_not(cast):
    role = own_role(cast.admin)
    RoleAssignment.objects.create(
        user=make_person("nachfolge"), role=Role.ADMIN, valid_from=LATER + timedelta(days=2), valid_until=None
    )
    edit = f"/konto/personen/{cast.admin.pk}/rollen/{role.pk}/"
    data = {
        "version": "1",
        "role": "admin",
        "municipality": "",
        "valid_from": "01.01.2016",
        "valid_until": f"{LATER:%d.%m.%Y}",
    }
    client = cast.client("admin")
    assert client.post(edit, data).status_code == 422
    data["valid_until"] = f"{LATER + timedelta(days=1):%d.%m.%Y}"
    assert client.post(edit, data).status_code == 302
    assert first_day_without() is None


def test_what_makes_it_no_worse_is_not_refused(cast):
    RoleAssignment.objects.filter(user=cast.admin).update(valid_until=LATER)
    role = own_role(cast.admin)
    data = {"version": "1", "role": "admin", "municipality": "", "valid_from": "1. Januar 2016"}
    data["valid_until"] = f"{LATER + timedelta(days=9):%d.%m.%Y}"
    client = cast.client("admin")
    assert client.post(f"/konto/personen/{cast.admin.pk}/rollen/{role.pk}/", data).status_code == 302
    person = {"version": "1", "username": "planung-kyf", "display_name": "Andere Worte", "email": ""}
    assert client.post(f"/konto/personen/{cast.planner.pk}/", person).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_disable_each_other_at_once_are_not_both_gone():
    first, second = make_person("admin-1", Role.ADMIN), make_person("admin-2", Role.ADMIN)
    told = []

    def disable(other: User, actor: User) -> None:
        person = User.objects.get(pk=other.pk)
        person.is_active = False
        try:
            save_person(person, actor=actor)
            told.append("done")
        except (PermissionDenied, ValidationError):
            told.append("refused")

    at_once(lambda: disable(second, first), lambda: disable(first, second))
    assert sorted(told) == ["done", "refused"]
    assert User.objects.filter(is_active=True).count() == 1
    assert first_day_without() is None


def test_a_municipality_without_leitung_is_said_and_not_refused(cast):
    client, role = cast.client("admin"), cast.lead.assignments.get()
    url = f"/konto/personen/{cast.lead.pk}/rollen/{role.pk}/"
    data = {
        "version": "1",
        "role": "lead",
        "municipality": str(cast.home.pk),
        "valid_from": "01.01.2016",
        "valid_until": "31.12.2016",
    }
    said = client.post(url, data, follow=True).content.decode()
    assert "Kyffhäuserkreis hat damit keine Leitung mehr" in said
    disabled = {"version": "1", "username": "planung-kyf", "display_name": "Planung", "email": ""}
    said = client.post(f"/konto/personen/{cast.planner.pk}/", disabled, follow=True).content.decode()
    assert "Kyffhäuserkreis hat damit keine Sozialplanung mehr" in said
    assert "hat damit" not in client.get("/konto/personen/").content.decode()


def test_the_same_role_is_not_entered_twice(cast):
    client, url = cast.client("admin"), f"/konto/personen/{cast.planner.pk}/rollen/neu/"
    again = {"role": "planner", "municipality": str(cast.home.pk), "valid_from": "01.01.2020", "valid_until": ""}
    answer = client.post(url, again)
    assert (answer.status_code, "Diese Rolle hat die Person dort" in answer.content.decode()) == (422, True)
    for place, role, told in (
        ("", "planner", "Wählen Sie die Kommune"),
        (str(cast.home.pk), "admin", "„ganzes Portal“"),
    ):
        wrong = client.post(url, again | {"role": role, "municipality": place}).content.decode()
        assert 'href="#id_municipality"' in wrong, "the summary leads to the field that decides it"
        assert told in wrong
    before = again | {"valid_from": "01.01.2015", "valid_until": "31.12.2015"}
    assert client.post(url, before).status_code == 302
    assert cast.planner.assignments.count() == 2


def test_people_and_municipalities_stand_in_german_order(cast):
    for name in ("Zella", "Öffentlichkeit", "Ofen", "ärzte", "Planung 10", "Planung 9"):
        User.objects.create_user(f"u-{name}", display_name=name)
    listed = [str(person) for person in cast.client("admin").get("/konto/personen/").context["people"]]
    own = [name for name in listed if not name.startswith("Funktion")]
    assert own == ["ärzte", "Ofen", "Öffentlichkeit", "Planung 9", "Planung 10", "Zella"]
    assert "u-Öffentlichkeit" in cast.client("admin").get("/konto/personen/?q=OEFFENT").content.decode()
    make_municipality("16068", "Sömmerda", "soemmerda")
    make_municipality("16070", "Sonneberg", "sonneberg")
    shown = [place.name for place in type(cast.home).objects.all()]
    assert shown.index("Sömmerda") < shown.index("Sonneberg")
    form = cast.client("admin").get(f"/konto/personen/{cast.planner.pk}/rollen/neu/").content.decode()
    assert form.index("Sömmerda") < form.index("Sonneberg")
