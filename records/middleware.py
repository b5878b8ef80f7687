"""A form that was saved is not saved a second time without being asked, whatever way it comes back."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from accounts.access import access_of
from records.domain.drafts import key_of
from records.domain.sent_once import AGAIN, digest_of, find_key, find_same, note_sent, typed_values
from records.views.sent_once import asked_again


class UploadFaultMiddleware:
    """Ends a request whose file could not be taken in, after everything else of its form has been read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        """Raises the OSError that the upload ended with (records.storage)."""
        error: OSError | None = getattr(request, "upload_fault", None)
        if error is not None:
            raise error


class SentOnceMiddleware:
    """Looks at what carries a form's key (``form_key``) before and after its view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        digest = getattr(request, "sent_digest", "")
        if digest and response.status_code == 302:
            note_sent(key_of(request.POST), digest=digest, target=response.headers["Location"])
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Ask where the same was saved before; the same key leads to the same place, which is the view's own work."""
        if request.method != "POST" or getattr(view, "csrf_exempt", False) or not request.user.is_authenticated:
            return None  # a view that is exempt reads what was uploaded in its own way
        key = key_of(request.POST)
        if not key:
            return None
        chosen: Any = request.FILES.items()
        files = [(name, [f"{file.name} {file.size}"]) for name, file in chosen]
        values = typed_values([*request.POST.lists(), *files])
        digest = digest_of(request.user.pk, request.get_full_path(), values)
        request.sent_digest = digest  # type: ignore[attr-defined]
        if "slug" in kwargs:
            request.municipality = access_of(request).municipality(kwargs["slug"])  # type: ignore[attr-defined]
        used = find_key(key)
        if used is not None:
            differs = used.sent not in ("", digest) and not getattr(view, "takes_changes", False)
            return asked_again(request, used, differs=True) if differs else None
        if AGAIN in request.POST or getattr(view, "may_repeat", False):
            return None
        same = find_same(digest, but=key)  # a sending at the same moment is the view's own work
        return asked_again(request, same) if same else None
