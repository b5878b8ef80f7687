"""The people whom every access test asks: planner and Leitung of one municipality, planner of another, and the rest.

``home`` is the municipality whose pages are tested, ``away`` the foreign one. Use the fixture ``cast``; the other
names are for tests that need people of their own.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.http import HttpResponse
from django.test import Client
from django.utils.text import slugify

from accounts.enums import MunicipalityKind, Role, StateRegion
from accounts.models import Municipality, RoleAssignment, User
from accounts.text import sort_key

PASSWORD = "Ein-langes-Passwort-1"
SINCE = date(2016, 1, 1)
PEOPLE = ("planner", "lead", "foreign_planner", "adviser", "ministry", "admin")
EVERYBODY = (*PEOPLE, "anonymous")


class Walker(Client):
    """A test client that keeps no contexts of templates, for tests that ask thousands of pages."""

    def request(self, **request: Any) -> HttpResponse:  # type: ignore[override]
        response = self.handler(self._base_environ(**request))
        if response.cookies:
            self.cookies.update(response.cookies)
        return response


@dataclass(frozen=True)
class Cast:
    """Two municipalities and the people around them."""

    home: Municipality
    away: Municipality
    planner: User
    lead: User
    foreign_planner: User
    adviser: User
    ministry: User
    admin: User

    def client(self, who: str = "planner", client_class: type[Client] = Client) -> Client:
        """A browser in which that person is logged in; ``anonymous`` is in none."""
        client = client_class()
        if who != "anonymous":
            client.force_login(getattr(self, who))
        return client


def a_district(ags: str, name: str, slug: str) -> Municipality:
    """A Landkreis."""
    return Municipality(
        ags=ags,
        name=name,
        sort_key=sort_key(name),
        slug=slug,
        kind=MunicipalityKind.DISTRICT,
        state_region=StateRegion.NORTH,
    )


def a_person(username: str) -> User:
    """Somebody who can log in with PASSWORD."""
    return User(
        username=username,
        email=f"{username}@example.org",
        password=make_password(PASSWORD),
        display_name=f"Funktion {username}",
    )


def make_municipality(ags: str, name: str, slug: str) -> Municipality:
    """A stored Landkreis."""
    municipality = a_district(ags, name, slug)
    municipality.save()
    return municipality


def another_municipality(name: str) -> Municipality:
    """A Landkreis beside those that are there, for a test that shares its database with others."""
    last = max(int(place.ags) for place in Municipality.objects.all())
    return make_municipality(str(last + 1), name, slugify(name))


def make_person(username: str, role: str = "", municipality: Municipality | None = None, **period: date | None) -> User:
    """A stored person who can log in with PASSWORD; with a role, if one is named."""
    person = a_person(username)
    person.save()
    if role:
        RoleAssignment.objects.create(
            user=person, role=role, municipality=municipality, **({"valid_from": SINCE} | period)
        )
    return person


def make_cast() -> Cast:
    """Everybody, with roles that began long ago; stored together, without a history, for most tests begin with it."""
    home, away = Municipality.objects.bulk_create(
        [
            a_district("16065", "Kyffhäuserkreis", "kyffhaeuserkreis"),
            a_district("16077", "Altenburger Land", "altenburger-land"),
        ]
    )
    parts = {
        "planner": ("planung-kyf", Role.PLANNER, home),
        "lead": ("leitung-kyf", Role.LEAD, home),
        "foreign_planner": ("planung-abg", Role.PLANNER, away),
        "adviser": ("begleitung", Role.ADVISER, home),
        "ministry": ("ministerium", Role.MINISTRY, None),
        "admin": ("admin", Role.ADMIN, None),
    }
    people = User.objects.bulk_create([a_person(username) for username, _, _ in parts.values()])
    RoleAssignment.objects.bulk_create(
        [
            RoleAssignment(user=person, role=role, municipality=place, valid_from=SINCE)
            for person, (_, role, place) in zip(people, parts.values(), strict=True)
        ]
    )
    return Cast(home, away, **dict(zip(parts, people, strict=True)))


@pytest.fixture
def cast(db: None) -> Cast:
    """The cast in an otherwise empty database."""
    return make_cast()
