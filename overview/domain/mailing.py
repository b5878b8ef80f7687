"""E-mails to people who want them: what waits, what comes, what happened. Titles alone, no content of records.

Everything that a mail tells is marked for the person in the transaction that keeps the mail (accounts.outbox), so that
nothing is told twice and nothing is lost. Who asked for mails at once gets them from a job that runs after each such
step; reminders and everybody else's mails come from the daily command.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts.access import Access
from accounts.models import User
from overview.domain.messages import forget_what_waits_no_more, mark_mailed, note_written
from overview.enums import MailFrequency
from overview.models import MailSetting
from overview.queries.inbox import (
    STALE_AFTER,
    Message,
    happened_message,
    own_marks,
    reminders,
    stale_messages,
    told_before,
    waiting_key,
    waiting_messages,
    waits,
)
from records.happenings import read_happened

NEWS = timedelta(days=14)  # older things are found in the inbox, not in a mail
WEEK = timedelta(days=6, hours=12)
MOST = 30  # lines of a part; the rest is counted


@dataclass(frozen=True)
class Letter:
    """What a mail tells, part by part."""

    waiting: list[Message]
    coming: list[Message]
    happened: list[Message]

    @property
    def all(self) -> list[Message]:
        """Every message."""
        return [*self.waiting, *self.coming, *self.happened]

    @property
    def subject(self) -> str:
        """How much it is; no title, because subjects are seen by others."""
        parts = []
        if self.waiting:
            parts.append("1 Sache wartet" if len(self.waiting) == 1 else f"{len(self.waiting)} Sachen warten")
        if self.coming:
            parts.append("1 Frist" if len(self.coming) == 1 else f"{len(self.coming)} Fristen")
        if self.happened:
            parts.append("1 Neuigkeit" if len(self.happened) == 1 else f"{len(self.happened)} Neuigkeiten")
        return f"LSZ-Portal: {', '.join(parts)}"


def letter_for(user: User, now: datetime, *, at_once: bool) -> Letter:
    """What the person was not told yet and has not read; at once nothing but what waits or happened."""
    access, today = Access(user), timezone.localdate(now)
    if not access.assignments:
        return Letter([], [], [])
    known = own_marks(user, mailed=True)
    rows = waits(access, today)
    waiting = waiting_messages(rows, today)
    forget_what_waits_no_more(user, {message.key for message in waiting})
    stale: list[Message] = []
    coming: list[Message] = []
    if not at_once:
        long_known = told_before(user, now - STALE_AFTER)
        old = [row for row in rows if waiting_key(row) in long_known]
        stale, coming = stale_messages(old, today), reminders(access, today)
    known |= own_marks(user)
    news = [row for row in read_happened(access, now) if row.at > now - NEWS]
    return Letter(
        [message for message in (*waiting, *stale) if message.key not in known],
        [message for message in coming if message.key not in known],
        [happened_message(row, today) for row in news if row.key not in known],
    )


@transaction.atomic
def write_to(user: User, now: datetime, *, at_once: bool = False) -> bool:
    """Keep a mail for the person if there is something to tell; two runs at once tell it once."""
    User.objects.select_for_update().get(pk=user.pk)
    letter = letter_for(user, now, at_once=at_once)
    note_written(user, now)
    if not letter.all:
        return False
    mark_mailed(user, [message.key for message in letter.all], now)
    mail_of(user, letter).send()
    return True


def mail_of(user: User, letter: Letter) -> EmailMessage:
    """The mail; its List-Unsubscribe leads to the page on which the person chooses."""
    base = settings.PORTAL_URL
    page = f"{base}{reverse('overview:mail-setting')}"
    parts = [
        (heading, messages[:MOST], max(0, len(messages) - MOST))
        for heading, messages in (
            ("Wartet auf Sie", letter.waiting),
            ("Demnächst fällig", letter.coming),
            ("Was geschehen ist", letter.happened),
        )
        if messages
    ]
    context = {"person": user, "parts": parts, "base": base, "inbox": reverse("overview:waiting"), "setting": page}
    text = render_to_string("overview/messages_email.txt", context)
    headers = {"List-Unsubscribe": f"<{page}>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(letter.subject, text, None, [user.email], headers=headers)


def people_to_tell(frequency: str = "") -> list[User]:
    """Active people with an address who have not chosen „nie“; of one frequency where it is named."""
    people = User.objects.filter(is_active=True).exclude(email="").select_related("mail_setting").order_by("pk")
    if frequency:
        return list(people.filter(mail_setting__frequency=frequency))
    return list(people.exclude(mail_setting__frequency=MailFrequency.NEVER))


def is_due(user: User, now: datetime) -> bool:
    """Whether the daily command writes to the person today: weekly ones on Mondays, or when a week has passed."""
    setting: MailSetting | None = getattr(user, "mail_setting", None)
    if setting is None or setting.frequency != MailFrequency.WEEKLY or setting.sent_at is None:
        return True
    return now - setting.sent_at >= WEEK


def write_to_all(now: datetime) -> int:
    """What the daily command does. Returns how many mails were kept."""
    return sum(write_to(user, now) for user in people_to_tell() if is_due(user, now))


def write_at_once(now: datetime) -> int:
    """What the job after a step does."""
    return sum(write_to(user, now, at_once=True) for user in people_to_tell(MailFrequency.AT_ONCE))
