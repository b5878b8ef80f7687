"""Guessing passwords is slowed down, and never shuts out the owner (docs/adr/0029).

A browser in which somebody has logged in before is known for that person by a signed cookie, and has a count of its
own: nobody else can use it up. Attempts of unknown browsers are counted by name and address, by name, and, to find one
password that is tried on every name, by address and altogether.
"""

import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from accounts.client import client_address
from accounts.domain.attempts import Asked, Limit, forget, give_back, take
from accounts.models import User

COOKIE, SALT = "geraet", "accounts.device"
YEAR = 365 * 24 * 3600  # seconds that a browser stays known
MOST_PEOPLE = 8  # who share a browser
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
DEVICE = Limit("known browser", 6, 5 * MINUTE, HOUR)
NAME_FROM_ADDRESS = Limit("name and address", 6, 5 * MINUTE, HOUR)
NAME = Limit("name", 20, MINUTE, 15 * MINUTE)
ADDRESS = Limit("address", 40, 5 * MINUTE, HOUR, is_alarm=True)
EVERYBODY = Limit("all unknown browsers", 300, MINUTE, 5 * MINUTE, is_alarm=True)
OLD_PASSWORD = Limit("old password", 6, 5 * MINUTE, HOUR)
RESET_FOR = Limit("reset for an address of mail", 3, HOUR, HOUR)
RESET_FROM = Limit("reset from a browser or address", 10, HOUR, HOUR)
RESET_ALL = Limit("reset altogether", 300, 5 * MINUTE, HOUR, is_alarm=True)
LINK = Limit("invented links of an address", 6, 5 * MINUTE, HOUR)


def spelled(username: str) -> str:
    """A name as it is counted."""
    return unicodedata.normalize("NFKC", username).strip().casefold()[:200]


@dataclass(frozen=True)
class LogInGuard:
    """The counts of one attempt to log in. ``own`` begin anew after a success, ``shared`` give one back."""

    own: tuple[Asked, ...]
    shared: tuple[Asked, ...] = ()

    def take(self) -> datetime | None:
        """Count the attempt; a time where it has to wait until then."""
        return take((*self.own, *self.shared))

    def succeeded(self) -> None:
        """The password was right."""
        forget(self.own)
        give_back(self.shared)


def guard_of(request: HttpRequest, username: str) -> LogInGuard:
    """What is counted for an attempt with this name in this browser."""
    name = spelled(username)
    if device := known_devices(request).get(name):
        return LogInGuard(((DEVICE, f"{name} {device}"),))
    address = client_address(request)
    own = ((NAME_FROM_ADDRESS, f"{name} {address}"), (NAME, name))
    return LogInGuard(own, ((ADDRESS, address), (EVERYBODY, "")))


def known_devices(request: HttpRequest) -> dict[str, str]:
    """Who has logged in in this browser, by name, with the number that the browser has for each."""
    try:
        told = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=YEAR)
    except signing.BadSignature:
        return {}
    return told if isinstance(told, dict) else {}


def remember(request: HttpRequest, response: HttpResponseBase, person: User) -> None:
    """Let the browser be known for the person: after a log-in, and after a link from the own mailbox."""
    known = known_devices(request)
    name = spelled(person.username)
    number = known.pop(name, "") or secrets.token_urlsafe(9)
    kept = dict(list(known.items())[-(MOST_PEOPLE - 1) :]) | {name: number}
    response.set_cookie(
        COOKIE,
        signing.dumps(kept, salt=SALT, compress=True),
        max_age=YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def link_was_invented(request: HttpRequest) -> datetime | None:
    """Count a link that opens nothing; a time where its sender has to wait. A true one is never refused."""
    return take([(LINK, client_address(request))])


def reset_limits(request: HttpRequest, email: str) -> list[Asked]:
    """What is counted when somebody asks for a link, whether the address of mail is known or not.

    A browser that somebody has logged in with has a count of its own, as for logging in.
    """
    sender = " ".join(sorted(known_devices(request).values())) or client_address(request)
    asked = [(RESET_FOR, spelled(email)), (RESET_FROM, sender)]
    return asked if known_devices(request) else [*asked, (RESET_ALL, "")]
