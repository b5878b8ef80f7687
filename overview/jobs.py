"""The job that tells at once of what somebody has just stored; no request waits for it (docs/adr/0053)."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from accounts.background import start_worker
from overview.domain.mailing import write_at_once
from overview.enums import MailFrequency
from overview.models import MailSetting
from records.happenings import told_models


@task(priority=-5)
def tell_at_once() -> int:
    """Write to everybody who wants to be told at once; safe to run again."""
    return write_at_once(timezone.now())


def ask_to_tell() -> None:
    """Have the job run, where anybody wants to be told at once and it does not wait already."""
    if not MailSetting.objects.filter(frequency=MailFrequency.AT_ONCE, user__is_active=True).exists():
        return
    if not DBTaskResult.objects.ready().filter(task_path=tell_at_once.module_path).exists():
        tell_at_once.enqueue()
    start_worker()


def after_saving(sender: type[Any], *, created: bool = False, **kwargs: Any) -> None:
    """Receiver of Django's signal: something new was stored of which people hear."""
    if created and sender in told_models():
        transaction.on_commit(ask_to_tell)
