"""What the working process does with a job: it lets the view answer the request, behind the view's own gates."""

import logging
from collections.abc import Callable
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.base import BaseStorage, Message
from django.core.exceptions import PermissionDenied
from django.core.handlers.wsgi import WSGIRequest
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import resolve
from django_htmx.middleware import HtmxDetails

from accounts.models import User
from records.queue.jobs import NOBODY, Job, Outcome

logger = logging.getLogger(__name__)
explainers: list[Callable[[Exception, str], str]] = []  # say, and log, what around the portal has failed
FAILED = "Das ist nicht gelungen. Versuchen Sie es erneut; bleibt es dabei, melden Sie es der Administration."
TOO_LARGE = "Das Dokument ist zu groß geworden. Kürzen Sie sehr lange Texte und versuchen Sie es erneut."
NO_RIGHT = (
    "Das gibt es nicht mehr, oder Ihnen fehlt inzwischen das Recht dazu. Gehen Sie zurück, und laden Sie die Seite neu."
)
KEPT_HEADERS = ("Content-Type", "Content-Disposition", "Cache-Control", "Location")


class Told(BaseStorage):
    """Messages of the view, kept until the person asks what came of the job."""

    def _get(self, *args: Any, **kwargs: Any) -> tuple[list[Message], bool]:
        return [], True

    def _store(self, messages: list[Message], response: Any, *args: Any, **kwargs: Any) -> list[Message]:
        return []

    def all(self) -> tuple[tuple[int, str], ...]:
        """Level and text of each."""
        queued: list[Message] = self._queued_messages  # type: ignore[attr-defined]
        return tuple((message.level, str(message.message)) for message in queued)


def works_now(request: HttpRequest) -> bool:
    """Whether the view is to do its slow work itself: in the working process, and where there is no queue."""
    return settings.QUEUE == "inline" or hasattr(request, "of_job")


def refused(sentence: str) -> Outcome:
    """An outcome that is nothing but a sentence."""
    return Outcome(500, told=((messages.ERROR, sentence),))


def request_of(job: Job, user: User | AnonymousUser) -> Any:
    """The request as the person sent it, without session."""
    parts = urlsplit(job.address)
    request = WSGIRequest(
        {
            "REQUEST_METHOD": job.method,
            "PATH_INFO": parts.path,
            "QUERY_STRING": parts.query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "443",
            "HTTP_HOST": job.host,
            "wsgi.url_scheme": job.scheme,
            "wsgi.input": BytesIO(job.body.encode()),
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(job.body.encode())),
        }
    )
    values: dict[str, Any] = {"user": user, "session": {}, "_messages": Told(request), "of_job": job}
    values["htmx"] = HtmxDetails(request)
    for name, value in values.items():
        setattr(request, name, value)
    return request


def outcome_of_view(job: Job) -> Outcome:
    """Let the view work. Whatever goes wrong is a sentence for the person; what is not foreseen stands in the log."""
    try:
        user = AnonymousUser() if job.person == NOBODY else User.objects.get(pk=job.person, is_active=True)
        request = request_of(job, user)
        view, args, kwargs = resolve(request.path_info)
        response: HttpResponseBase = view(request, *args, **kwargs)
        headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
        content: bytes = getattr(response, "content", b"")
        return Outcome(response.status_code, headers, request._messages.all(), content)
    except (User.DoesNotExist, PermissionDenied, Http404):
        return refused(NO_RIGHT)
    except MemoryError:
        return refused(TOO_LARGE)
    except Exception as error:
        what = f"{job.method} {urlsplit(job.address).path}"
        for explain in explainers:
            if sentence := explain(error, what):
                return refused(sentence)
        logger.exception("queue: %s", what)
        return refused(FAILED)
