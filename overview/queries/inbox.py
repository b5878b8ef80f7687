"""The inbox of a person: what waits, what comes next, what has happened; nothing of it is stored but the marks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from accounts.access import Access
from accounts.models import User
from overview.models import MessageMark
from overview.queries.changes import spoken_time
from overview.queries.due import distance_to, since
from records.happenings import Happened, link_to, named, read_happened, words_of
from records.parts import Link
from records.vague import VagueDate
from records.waiting import Found, read_ahead, read_everywhere, source_of, told

REMIND_BEFORE = (14, 3)  # days before something is due
STALE_AFTER = timedelta(days=28)  # what waits so long is said once more
SOON = timedelta(days=REMIND_BEFORE[0])


@dataclass(frozen=True)
class Message:
    """Something that a person is told: of what sort, about what, where, in a few words. No content of records.

    ``key`` is the one of its mark, ``title`` names the record. ``url`` of what happened notes that it was read and
    leads on.
    """

    key: str
    title: str
    url: str
    place: str
    words: str
    when: str = ""
    is_read: bool = False


def own_marks(user: User, *, mailed: bool = False) -> set[str]:
    """What the person has read, or was told by e-mail."""
    rows = MessageMark.objects.filter(user=user)
    rows = rows.filter(mailed_at__isnull=False) if mailed else rows.filter(read_at__isnull=False)
    return set(rows.values_list("key", flat=True))


def told_before(user: User, then: datetime) -> set[str]:
    """What the person was told by e-mail before a moment."""
    return set(MessageMark.objects.filter(user=user, mailed_at__lt=then).values_list("key", flat=True))


def happened_messages(access: Access, now: datetime) -> list[Message]:
    """What has happened, the newest first, with what the person has read."""
    read = own_marks(access.user)
    return [happened_message(row, timezone.localdate(now), row.key in read) for row in read_happened(access, now)]


def happened_message(row: Happened, today: date, is_read: bool = False) -> Message:
    """A row as the inbox and the mail tell it."""
    link = link_to(row)
    words = f"{words_of(row)}, durch {row.by}" if row.by else words_of(row)
    place, opened = row.place.name if row.place else "", reverse("overview:opened", args=[row.key])
    return Message(row.key, link.label, opened, place, words, spoken_time(row.at, today), is_read)


def target_of(access: Access, key: str, now: datetime) -> str | None:
    """The page that a message is about; None where the person does not hear of it (any more)."""
    return next((link_to(row).url for row in read_happened(access, now) if row.key == key), None)


# ---------------------------------------------------------------- what waits and what comes
def waiting_key(found: Found) -> str:
    """Names something that waits as long as it waits."""
    return f"w:{found.code}:{found.place.slug if found.place else ''}:{found.pk}"


def waits(access: Access, today: date) -> list[Found]:
    """What waits for the person because of others or of a day; drafts are nobody else's."""
    return [row for row in read_everywhere(access, today).mine if row.code != "draft"]


def waiting_messages(rows: Iterable[Found], today: date) -> list[Message]:
    """What waits, each under the key that it has as long as it waits."""
    return [_waiting_message(row, waiting_key(row), today) for row in rows]


def stale_messages(rows: Iterable[Found], today: date) -> list[Message]:
    """What has waited so long that it is said once more."""
    late = [(row, day) for row in rows if (day := _day(row)) and day <= today - STALE_AFTER]
    return [_waiting_message(row, f"r:{waiting_key(row)}:{day.isoformat()}", today) for row, day in late]


def _day(found: Found) -> date | None:
    if isinstance(found.when, VagueDate):
        return found.when.last
    return timezone.localdate(found.when) if found.when else None


def _waiting_message(found: Found, key: str, today: date) -> Message:
    words = told(found)
    when = distance_to(found.when, today) if isinstance(found.when, VagueDate) else ""
    if isinstance(found.when, datetime):
        when = since(found.when, today)
    return Message(key, name_of(found), words.url, found.place.name if found.place else "", words.ask.label, when)


def name_of(found: Found) -> str:
    """Kind and title; the kind alone where the title is somebody's text."""
    words = told(found)
    if source_of(found).title_is_text:
        return words.kind
    return named(words.kind, words.title)


def dates_ahead(access: Access, today: date, span: timedelta = SOON) -> list[Found]:
    """What will wait for the person within the next days, by day (one query)."""
    found = {waiting_key(row): row for row in read_ahead(access, today) if (_day(row) or today) <= today + span}
    return sorted(found.values(), key=lambda row: (_day(row) or date.max, row.title))


def reminders(access: Access, today: date) -> list[Message]:
    """What is due within the next days; each of REMIND_BEFORE reminds once, and anew where the day was moved."""
    messages = []
    for found in dates_ahead(access, today):
        day = _day(found) or today
        stage = min(days for days in REMIND_BEFORE if (day - today).days <= days)
        messages.append(_waiting_message(found, f"r:{waiting_key(found)}:{day.isoformat()}:{stage}", today))
    return messages


@dataclass(frozen=True)
class Ahead:
    """Something that comes next, as the inbox shows it."""

    ask: Link
    place: str
    when: str


def ahead(access: Access, today: date) -> list[Ahead]:
    """What will wait for the person soon."""
    return [
        Ahead(Link(message.title, message.url), message.place, message.when)
        for message in (_waiting_message(found, "", today) for found in dates_ahead(access, today))
    ]


def unread(messages: Iterable[Message]) -> int:
    """How many the person has not read."""
    return sum(not message.is_read for message in messages)
