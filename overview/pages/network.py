"""The page of a network event: registration, who is registered, calendar file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from accounts.access import Access
from accounts.enums import Action
from participation.domain.registrations import why_closed
from participation.models import NetworkEvent, NetworkRegistration
from participation.queries.exchange import people_registered, registrations_for
from records.parts import Link
from records.registry import kind_of
from records.vague import DAY


@dataclass(frozen=True)
class Registered:
    """A registration as its municipality and the ministry see it; ``url`` leads those who may change it."""

    place: str
    people: int
    functions: str
    note: str
    url: str
    is_example: bool


def network_parts(event: NetworkEvent, access: Access) -> Mapping[str, Any]:
    """What stands on the page besides what every kind has."""
    sees_all = access.allows(Action.OVERVIEW)
    rows = registrations_for(event, None if sees_all else access.municipalities())
    closed, kind = why_closed(event), kind_of(NetworkRegistration)
    taken = people_registered(event)
    seats_left = None if event.seats is None else max(event.seats - taken, 0)
    there = {row.municipality_id for row in rows}
    own = [place for place in access.municipalities() if access.allows(Action.WRITE, place)]
    return {
        "event": event,
        "closed": closed,
        "seats_left": seats_left,
        "taken": taken,
        "shows_all": sees_all,
        "registered": [registered(row, access) for row in rows],
        "register": [
            Link(place.name, f"{kind.url('create', place)}?event={event.pk}")
            for place in own
            if not closed and place.pk not in there and seats_left != 0
        ],
        "calendar_url": reverse("reporting:network-calendar", args=[event.pk])
        if event.begin and event.begin.precision == DAY
        else "",
    }


def registered(row: NetworkRegistration, access: Access) -> Registered:
    """One registration; only its own municipality changes it or takes it back."""
    url = kind_of(NetworkRegistration).url("detail", row.municipality, row.pk)
    may_open = access.allows(Action.READ, row.municipality)
    return Registered(
        row.municipality.name, row.people, row.functions, row.note, url if may_open else "", row.is_example
    )
