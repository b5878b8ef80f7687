"""Pages for people without account that need something of their own: an announced event and who registers for it."""

from datetime import timedelta

from django.utils import timezone

from accounts.domain.codes import key_of
from participation.models import Event, SignUp
from records.vague import VagueDate
from tests.browser.portal import Portal
from tests.factories import make

SECRET = "geheim-" * 4


def furnish_open(portal: Portal) -> None:
    """An event for which one has registered, one waits, and one has not entered the code."""
    day = timezone.localdate()
    event = make(
        Event,
        portal.cast.home,
        full=False,
        title="Angekündigt",
        begin=VagueDate(day + timedelta(days=20)),
        is_announced=True,
        register_until=day + timedelta(days=9),
        seats=1,
        invitation="Herzlich willkommen.",
        state="planned",
    )
    now = timezone.now()
    for key, seat in ((SECRET, ""), ("sitzt", "given"), ("wartet", "waiting")):
        SignUp.objects.create(
            event=event,
            key=key_of(key),
            name="Gast",
            email=f"{key}@example.org",
            address=f"{key}@example.org",
            started_at=now,
            confirmed_at=now if seat else None,
            seat=seat,
        )
    portal.records["announced"] = event


def event_page(portal: Portal) -> str:
    """The page of the event for everybody."""
    return f"/oeffentlich/{portal.cast.home.slug}/veranstaltungen/{portal.records['announced'].pk}/"


def list_page(portal: Portal) -> str:
    """Who has registered."""
    return f"/{portal.cast.home.slug}/veranstaltungen/{portal.records['announced'].pk}/anmeldungen/"
