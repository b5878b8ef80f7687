"""No request waits for a mail server: mail is kept, sent in the background, tried again, and given up audibly."""

import socket
import stat

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts import outbox
from tests.lsz_portal.faults import no_room_for_files
from tests.plans.all_plans.plans import run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(autouse=True)
def kept(settings, tmp_path):
    """Mail as in operation."""
    settings.VAR_DIR = tmp_path
    settings.EMAIL_BACKEND = "accounts.outbox.OutboxBackend"
    settings.MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
    settings.OPERATOR_EMAIL = "stelle@example.org"


def everything_that_mails(cast, django_capture_on_commit_callbacks):
    """A forgotten password, an invitation, a reported barrier."""
    with django_capture_on_commit_callbacks(execute=True):
        yield Client().post("/konto/passwort-vergessen/", {"email": cast.planner.email})
        yield cast.client("admin").post(reverse("accounts:person_invite", args=[cast.lead.pk]), {"mail": "1"})
        barrier = {"page": "/", "description": "Der Fokus fehlt.", "contact": ""}
        yield Client().post("/barrierefreiheit/melden/", barrier)


def test_a_silent_server_holds_no_request(cast, settings, django_capture_on_commit_callbacks):
    """The server takes the connection and never says a word; whoever asked it would wait for the timeout."""
    settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(0)
        settings.EMAIL_HOST, settings.EMAIL_PORT = silent.getsockname()
        answers = list(everything_that_mails(cast, django_capture_on_commit_callbacks))
        assert [answer.status_code for answer in answers] == [302, 302, 302]
        with pytest.raises(BlockingIOError):
            silent.accept()
    assert settings.EMAIL_TIMEOUT <= 10
    assert len(list(outbox.folder().iterdir())) == 3


def test_mail_is_sent_in_the_background_and_nothing_of_it_stays(cast, django_capture_on_commit_callbacks):
    list(everything_that_mails(cast, django_capture_on_commit_callbacks))
    assert stat.S_IMODE(outbox.folder().stat().st_mode) == 0o700
    rows = [str(row.args_kwargs) for row in DBTaskResult.objects.all()]
    assert not [row for row in rows if "konto" in row or "@" in row], "links and addresses are not in the database"
    run_jobs()
    assert sorted(message.to[0] for message in mail.outbox) == [
        cast.lead.email,
        cast.planner.email,
        "stelle@example.org",
    ]
    assert list(outbox.folder().iterdir()) == []


def test_a_mail_that_cannot_be_sent_is_tried_again_and_then_said_once(cast, monkeypatch, caplog):
    monkeypatch.setattr(EmailBackend, "send_messages", lambda *args: 1 / 0)
    admin, url = cast.client("admin"), reverse("accounts:person_edit", args=[cast.lead.pk])
    admin.post(reverse("accounts:person_invite", args=[cast.lead.pk]), {"mail": "1"})
    for _ in range(len(outbox.PAUSES)):
        run_jobs()
        assert "ließ sich nicht senden" not in admin.get(url).content.decode()
        later = DBTaskResult.objects.filter(run_after__gt=timezone.now(), finished_at__isnull=True)
        assert later.update(run_after=timezone.now()) == 1
    run_jobs()
    assert "ließ sich nicht senden" in admin.get(url).content.decode()
    (said,) = [record.message for record in caplog.records if record.levelname == "ERROR"]
    assert said == "A mail was not sent after 6 tries: ZeroDivisionError"
    assert outbox.clear(days=-1) == 1


def test_without_room_nobody_is_told_that_a_mail_is_on_its_way_and_nothing_stays(cast, caplog):
    outbox.folder()
    with no_room_for_files(100):
        answers = [
            Client(raise_request_exception=False).post("/konto/passwort-vergessen/", {"email": to})
            for to in (cast.planner.email, "niemand@example.org")
        ]
        with pytest.raises(OSError, match="File too large"):
            mail.EmailMessage("Betreff", "Text " * 100, to=["a@example.org"]).send()
    assert [answer.status_code for answer in answers] == [503, 503]
    assert "kein Platz mehr frei" in answers[0].content.decode()
    assert list(outbox.folder().iterdir()) == []
