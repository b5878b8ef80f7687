"""Forms that anybody may send: without account, cookies and JavaScript, and yet no gate for programs.

Who has the secret of a link is who writes there, so that no token of a session protects these forms: browsers send no
origin from pages that tell none (``Referrer-Policy: no-referrer``), and a token would refuse people (docs/adr/0043).
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.access import public

View = Callable[..., HttpResponseBase]
NOBODY: dict[str, Any] = {"frame": None}  # nobody's navigation
HEADERS = {
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "private, no-cache",
}
form_methods = require_http_methods(["GET", "HEAD", "POST"])
TRAP, STAMP = "website", "begonnen"
QUICKEST, OLDEST = 2, 24 * 3600  # seconds between the page and its form
FILLED_TRAP = "Lassen Sie das Feld „Bitte leer lassen“ leer."
TOO_QUICK = "Das ging sehr schnell. Warten Sie einen Augenblick, und drücken Sie noch einmal auf „{}“."


def without_account(
    view: View,
    told_path: str,
    methods: Callable[[View], View] = form_methods,
    *,
    headers: Mapping[str, str] = HEADERS,
) -> View:
    """A page for everybody who knows its address; ``told_path`` is what the links around it tell of the address."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.told_path = told_path  # type: ignore[attr-defined]
        response = view(request, *args, **kwargs)
        for name, value in headers.items():
            response.headers[name] = value
        return response

    return public(csrf_exempt(methods(shown)))


def guard_fields(request: HttpRequest, salt: str) -> dict[str, str]:
    """What components/_guard.html needs: the field that people do not see, and when the form was opened."""
    stamp = request.POST.get(STAMP, "") if is_stamped(request, salt) else signing.dumps("", salt=salt)
    return {"trap": TRAP, "stamp_name": STAMP, "stamp": stamp}


def is_stamped(request: HttpRequest, salt: str, *, quickest: int = 0) -> bool:
    """Whether the form was opened before, not too long ago, and at least so many seconds."""
    stamp = request.POST.get(STAMP, "")
    try:
        signing.loads(stamp, salt=salt, max_age=OLDEST)
    except signing.BadSignature:
        return False
    if not quickest:
        return True
    try:
        signing.loads(stamp, salt=salt, max_age=quickest)
    except signing.SignatureExpired:
        return True
    return False


def guard_problem(request: HttpRequest, salt: str, button: str) -> str:
    """Why nothing is taken: a program filled in what people do not see, or was quicker than people; else empty."""
    if request.POST.get(TRAP):
        return FILLED_TRAP
    return "" if is_stamped(request, salt, quickest=QUICKEST) else TOO_QUICK.format(button)
