"""What a session of a body begins from: its members at that time, the next number, the phase of the last one."""

from accounts.models import Municipality
from participation.enums import MembershipKind, Occurrence
from participation.models import Body, BodyMembership, Session
from records.text import whole_number
from records.vague import VagueDate


def bodies_of(municipality: Municipality) -> list[Body]:
    """The municipality's bodies by name."""
    return list(Body.objects.filter(municipality=municipality).order_by("sort_key"))


def asked_body(municipality: Municipality, number: str | None) -> Body | None:
    """The body that an address names, or None where it is not one of the municipality."""
    pk = whole_number(number)
    return Body.objects.filter(municipality=municipality, pk=pk).first() if pk is not None else None


def members_of(body: Body) -> list[BodyMembership]:
    """All members a body ever had, the chair first."""
    seats = BodyMembership.objects.filter(body=body).order_by("sort_key", "pk")
    return sorted(seats, key=lambda seat: MembershipKind.values.index(seat.kind))


def was_member(seat: BodyMembership, when: VagueDate | None) -> bool:
    """True where the seat and the date, as vague as both may be, can overlap; without a date all seats count."""
    if when is None:
        return True
    begun = seat.begin is None or seat.begin.first <= when.last
    return begun and (seat.end is None or seat.end.last >= when.first)


def next_title(body: Body) -> str:
    """„3. Sitzung“ after two that took place or are planned."""
    count = Session.objects.filter(body=body).exclude(state=Occurrence.CANCELLED).count()
    return f"{count + 1}. Sitzung"


def last_phase(body: Body) -> str:
    """The phase of the latest session; empty for the first one."""
    return Session.objects.filter(body=body).order_by("-held_on", "-pk").values_list("phase", flat=True).first() or ""
