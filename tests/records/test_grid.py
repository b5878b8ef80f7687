"""Rows typed into one table: on one page, stored together or not at all, undone by one click."""

import pytest

from participation.models import Body, BodyMembership
from records.models import Batch
from records.registry import kind_of
from tests.factories import make
from tests.html import read_form

pytestmark = pytest.mark.usefixtures("quiet")


def address(cast, owner, relation):
    return f"{kind_of(type(owner)).url('detail', cast.home, owner.pk)}tabelle/{relation}/"


def opened(cast, url, who="planner"):
    """What the page sends where nothing is typed."""
    response = cast.client(who).get(url)
    assert response.status_code == 200, response.content.decode()
    return {name: values[-1] for name, values in read_form(response.content).values.items()}


def members(cast, body, rows, begin=0):
    data = opened(cast, address(cast, body, "mitglieder"))
    for number, (organisation, kind, *begins) in enumerate(rows, begin):
        data |= {f"z{number}-organisation": organisation, f"z{number}-kind": kind}
        data |= {f"z{number}-begin": begins[0]} if begins else {}
    return data


SIX = [(f"Amt {number}", "appointed", "August 2017") for number in range(6)]


def test_six_members_are_entered_on_one_page(cast):
    """Six members took eighteen pages: now one is opened and one is sent."""
    body = make(Body, cast.home)
    url = address(cast, body, "mitglieder")
    stored = cast.client().post(url, members(cast, body, SIX))
    batch = Batch.objects.get()
    assert (stored.status_code, stored.url) == (302, f"/{cast.home.slug}/gremien/{body.pk}/?stapel={batch.pk}")
    rows = BodyMembership.objects.filter(body=body).order_by("pk")
    assert [(row.organisation, row.kind, str(row.begin)) for row in rows] == [
        (f"Amt {number}", "appointed", "August 2017") for number in range(6)
    ]
    assert {(row.version, row.created_by, row.municipality) for row in rows} == {(1, cast.planner, cast.home)}
    assert batch.summary == "Mitglieder: 6 neue Einträge"
    cast.client().post(f"/{cast.home.slug}/rueckgaengig/{batch.pk}/")
    assert not BodyMembership.objects.exists()
