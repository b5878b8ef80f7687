"""What a person has read, and how often the person is told by e-mail."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from overview.enums import MailFrequency
from overview.models import MailSetting, MessageMark
from records.happenings import SPAN

KEPT = SPAN + timedelta(days=340)  # a reminder of something that waits for a year is not given twice either


def frequency_of(user: User) -> str:
    """How often the person is told; who has never chosen is told daily."""
    found = MailSetting.objects.filter(user=user).values_list("frequency", flat=True).first()
    return found or MailFrequency.DAILY


def choose_frequency(user: User, frequency: str) -> None:
    """Store the choice. Raises ValueError for what cannot be chosen."""
    MailSetting.objects.update_or_create(user=user, defaults={"frequency": MailFrequency(frequency)})


@transaction.atomic
def mark_read(user: User, keys: Iterable[str], *, read: bool = True) -> None:
    """Note what the person has read, or that it is to count as new again."""
    _note(user, list(keys), read_at=timezone.now() if read else None)


@transaction.atomic
def mark_mailed(user: User, keys: Iterable[str], at: datetime) -> None:
    """Note what the person was told by e-mail."""
    _note(user, list(keys), mailed_at=at)


def _note(user: User, keys: list[str], **when: datetime | None) -> None:
    MessageMark.objects.bulk_create([MessageMark(user=user, key=key) for key in keys], ignore_conflicts=True)
    MessageMark.objects.filter(user=user, key__in=keys).update(**when)


def note_written(user: User, now: datetime) -> None:
    """Note that the person was written to, or that there was nothing to write."""
    MailSetting.objects.filter(user=user).update(sent_at=now)


def forget_what_waits_no_more(user: User, waiting: set[str]) -> None:
    """What comes to wait once more is told once more."""
    known = MessageMark.objects.filter(user=user, key__startswith="w:")
    MessageMark.objects.filter(pk__in=[mark.pk for mark in known if mark.key not in waiting]).delete()


def clear_marks() -> int:
    """Forget marks of what no page shows any more. Returns how many."""
    return MessageMark.objects.filter(made_at__lt=timezone.now() - KEPT).exclude(key__startswith="w:").delete()[0]
