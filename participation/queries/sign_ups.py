"""What is announced to everybody, and who has registered for it."""

from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet, Sum
from django.db.models.functions import Coalesce

from accounts.domain.codes import key_of
from accounts.models import Municipality
from participation.enums import Occurrence, Seat
from participation.models import Event, SignUp
from records.fields import VagueDateField
from records.vague import VagueDate

LONGEST_SPAN = timedelta(days=366)  # a vague day is stored by the first that may be meant
MOST_SHOWN = 100
SHOWN_AFTER = timedelta(days=30)  # so long the page of an event stays when it is over


def announced() -> QuerySet[Event]:
    """Events that have a page for everybody: announced ones with a day, with their municipalities."""
    return Event.objects.filter(is_announced=True, begin__isnull=False).select_related("municipality")


def announced_at(slug: str, pk: int, today: date) -> Event | None:
    """One of them, until some time after it (one query)."""
    rows = announced().filter(municipality__slug=slug, pk=pk) if pk < 2**63 else announced().none()
    event = rows.first()
    return event if event and last_day(event) >= today - SHOWN_AFTER else None


def coming(today: date, place: Municipality | None = None) -> list[Event]:
    """What lies ahead and takes place, by day (one query)."""
    ends = Coalesce("end", "begin", output_field=VagueDateField())
    rows = announced().exclude(state=Occurrence.CANCELLED)
    rows = rows.filter(municipality=place) if place else rows
    since = VagueDate(today - LONGEST_SPAN)
    late: QuerySet[Any] = rows.alias(ends=ends).filter(ends__gte=since).order_by("begin", "pk")
    return [row for row in late if last_day(row) >= today][:MOST_SHOWN]


def last_day(event: Event) -> date:
    """The last day that an event with a day may last."""
    ends = event.end or event.begin
    assert ends is not None
    return ends.last


def sign_up_of(secret: str) -> SignUp | None:
    """The registration that a secret link opens (one query)."""
    return SignUp.objects.select_related("event__municipality").filter(key=key_of(secret)).first()


def signed_up(event: Event) -> QuerySet[SignUp]:
    """Who has registered, in the order in which that was confirmed."""
    return SignUp.objects.filter(event=event, confirmed_at__isnull=False).order_by("confirmed_at", "pk")


def event_of(municipality: Municipality, pk: int) -> Event | None:
    """An event of this municipality."""
    rows = Event.objects.filter(municipality=municipality, pk=pk) if pk < 2**63 else Event.objects.none()
    return rows.select_related("municipality").first()


def seats_left(event: Event) -> int | None:
    """Seats that nobody has; None where they are not limited. While somebody waits there are none for others."""
    return 0 if somebody_waits(event) else seats_free(event)


def somebody_waits(event: Event) -> bool:
    """Whether free seats are kept for those who wait, who may be too many for them."""
    return event.seats is not None and signed_up(event).filter(seat=Seat.WAITING).exists()


def seats_free(event: Event) -> int | None:
    """Seats that nobody has, also while somebody waits; None where they are not limited."""
    if event.seats is None:
        return None
    taken = signed_up(event).filter(seat=Seat.GIVEN).aggregate(sum=Sum("people"))["sum"] or 0
    return max(event.seats - taken, 0)
