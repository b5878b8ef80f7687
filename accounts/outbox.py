"""Mail that waits for being sent: no request waits for a mail server (docs/adr/0027).

A mail is a file below VAR_DIR/outbox, for the portal's user alone, until it is sent by the background worker. It is
neither in the database nor in its backups, because it holds links that open something. The server is tried again with
growing pauses; after the last try the file is kept as failed, and the log says so once, without content.
"""

import json
import logging
import secrets
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from smtplib import SMTPRecipientsRefused
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from accounts.background import start_worker
from accounts.whole_files import written_whole

READY, RUNNING = TaskResultStatus.READY, TaskResultStatus.RUNNING
logger = logging.getLogger(__name__)
PAUSES = (1, 5, 30, 120, 720)  # minutes until the next try
MAIL, FAILED, REFUSED = ".mail", ".failed", ".refused"


class OutboxBackend(BaseEmailBackend):
    """Django's way of sending mail: keeps it and leaves the sending to the background."""

    def send_messages(self, email_messages: Iterable[EmailMessage]) -> int:
        """How many were kept."""
        names = [keep(message) for message in email_messages]
        for name in names:
            deliver.enqueue(name, 0)
        start_worker()
        return len(names)


def folder() -> Path:
    """Where mails lie."""
    place: Path = settings.VAR_DIR / "outbox"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def keep(message: EmailMessage) -> str:
    """Write the mail down; the name of its file."""
    content: dict[str, Any] = {"subject": message.subject, "body": message.body, "sender": message.from_email}
    content |= {"to": message.to, "headers": message.extra_headers}
    name = secrets.token_hex(8)
    with written_whole(folder() / f"{name}{MAIL}") as file:
        file.write(json.dumps(content).encode())
    return name


@task(priority=-10)
def deliver(name: str, tries: int) -> str:
    """Send a mail that waits; safe to run again. One that cannot be sent is tried later."""
    path = folder() / f"{name}{MAIL}"
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return "gone"
    transport = get_connection(settings.MAIL_TRANSPORT)
    try:
        mail = EmailMessage(found["subject"], found["body"], found["sender"], found["to"], connection=transport)
        mail.extra_headers = found.get("headers", {})
        mail.send()
    except Exception as error:
        if tries < len(PAUSES):
            deliver.using(run_after=timezone.now() + timedelta(minutes=PAUSES[tries])).enqueue(name, tries + 1)
            return "later"
        path.rename(path.with_suffix(REFUSED if is_final(error) else FAILED))
        logger.error("A mail was not sent after %s tries: %s", tries + 1, type(error).__name__)
        return "failed"
    path.unlink(missing_ok=True)
    return "sent"


def is_final(error: Exception) -> bool:
    """Whether the server says that it will never take a mail for this address."""
    if not isinstance(error, SMTPRecipientsRefused):
        return False
    return all(code >= 500 for code, _ in error.recipients.values())


def resume() -> int:
    """Take up what a killed worker left, and try again what was given up for another reason than its address.

    Returns how many. A server that was away for days loses no mail; ``clear`` ends it.
    """
    then = timezone.now() - timedelta(hours=1)
    jobs = DBTaskResult.objects.filter(task_path=deliver.module_path)
    waiting = {row.args_kwargs["args"][0] for row in jobs.filter(status=READY)}
    waiting |= {row.args_kwargs["args"][0] for row in jobs.filter(status=RUNNING, started_at__gt=then)}
    names = []
    for path in sorted(folder().iterdir()):
        left = path.suffix == MAIL and path.stem not in waiting and path.stat().st_mtime < then.timestamp()
        if path.suffix == FAILED:
            path.rename(path.with_suffix(MAIL))
        if left or path.suffix == FAILED:
            names.append(path.stem)
    for name in names:
        deliver.enqueue(name, len(PAUSES))
    if names:
        start_worker()
    return len(names)


def has_failed(address: str) -> bool:
    """Whether a mail to this address was given up lately."""
    given_up = (path for path in folder().iterdir() if path.suffix in (FAILED, REFUSED))
    return any(address in json.loads(path.read_text(encoding="utf-8"))["to"] for path in given_up)


def clear(days: int = 30) -> int:
    """Forget what was given up, and what no worker has taken, so many days ago. Returns how many."""
    then = (timezone.now() - timedelta(days=days)).timestamp()
    old = [path for path in folder().iterdir() if path.stat().st_mtime < then]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
