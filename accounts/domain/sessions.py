"""The sessions in which people are logged in: seen and ended by the administration and by the person."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import User

BEGUN, BROWSER = "begun", "browser"  # what a session notes of itself at the log-in
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))


@dataclass(frozen=True)
class OpenSession:
    """A session as pages show it; ``code`` names it without opening it."""

    code: str
    begun: datetime | None
    until: datetime
    browser: str
    is_own: bool = False


def note_login(request: HttpRequest) -> None:
    """Note when the session began, and the family of the browser."""
    agent = request.headers.get("User-Agent", "")
    request.session[BEGUN] = timezone.now().isoformat()
    request.session[BROWSER] = next((name for sign, name in BROWSERS if sign in agent), "anderer Browser")


def _stored(person: User) -> Iterator[tuple[Session, dict[str, Any]]]:
    for session in Session.objects.filter(expire_date__gte=timezone.now()):
        data = session.get_decoded()
        if data.get(SESSION_KEY) == str(person.pk):
            yield session, data


def code_of(key: str) -> str:
    """A name for a session that is no key."""
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def sessions_of(person: User, own: str | None = "") -> list[OpenSession]:
    """The open sessions of a person, the newest first; ``own`` is the key of the one that asks."""
    found = [
        OpenSession(
            code_of(session.session_key),
            datetime.fromisoformat(data[BEGUN]) if BEGUN in data else None,
            session.expire_date,
            data.get(BROWSER, ""),
            session.session_key == own,
        )
        for session, data in _stored(person)
    ]
    return sorted(found, key=lambda session: session.until, reverse=True)


def end_sessions(person: User, *, code: str = "", but: str | None = None) -> int:
    """End the sessions of a person: one of them by its code, or all but one. Returns how many."""
    number = 0
    for session, _ in _stored(person):
        if (not code or code_of(session.session_key) == code) and session.session_key != but:
            session.delete()
            number += 1
    return number
