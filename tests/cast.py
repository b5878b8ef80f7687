"""The people whom every access test asks: planner and Leitung of one municipality, planner of another, and the rest.

``home`` is the municipality whose pages are tested, ``away`` the foreign one. Use the fixture ``cast``; the other
names are for tests that need people of their own.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils.text import slugify

from accounts.enums import MunicipalityKind, Role, StateRegion
from accounts.models import Municipality, RoleAssignment, User

PASSWORD = "Ein-langes-Passwort-1"
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


def make_municipality(ags: str, name: str, slug: str) -> Municipality:
    """A Landkreis."""
    return Municipality.objects.create(
        ags=ags, name=name, slug=slug, kind=MunicipalityKind.DISTRICT, state_region=StateRegion.NORTH
    )


def another_municipality(name: str) -> Municipality:
    """A Landkreis beside those that are there, for a test that shares its database with others."""
    last = max(int(place.ags) for place in Municipality.objects.all())
    return make_municipality(str(last + 1), name, slugify(name))


def make_person(username: str, role: str = "", municipality: Municipality | None = None, **period: date | None) -> User:
    """A person who can log in with PASSWORD; with a role, if one is named."""
    person = User.objects.create_user(
        username, email=f"{username}@example.org", password=PASSWORD, display_name=f"Funktion {username}"
    )
    if role:
        RoleAssignment.objects.create(
            user=person, role=role, municipality=municipality, **({"valid_from": date(2016, 1, 1)} | period)
        )
    return person


def make_cast() -> Cast:
    """Everybody, with roles that began long ago."""
    home = make_municipality("16065", "Kyffhäuserkreis", "kyffhaeuserkreis")
    away = make_municipality("16077", "Altenburger Land", "altenburger-land")
    return Cast(
        home=home,
        away=away,
        planner=make_person("planung-kyf", Role.PLANNER, home),
        lead=make_person("leitung-kyf", Role.LEAD, home),
        foreign_planner=make_person("planung-abg", Role.PLANNER, away),
        adviser=make_person("begleitung", Role.ADVISER, home),
        ministry=make_person("ministerium", Role.MINISTRY),
        admin=make_person("admin", Role.ADMIN),
    )


@pytest.fixture
def cast(db: None) -> Cast:
    """The cast in an otherwise empty database."""
    return make_cast()
