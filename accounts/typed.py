"""What somebody typed in a form whose session has ended: carried through the log-in and handed back afterwards.

The fields travel in the log-in page, signed and for some hours, because nothing of an anonymous person is stored.
After the log-in a form that keeps drafts (``keeps_drafts``) gets them back through its own gates; every other form
is shown as it was sent, to be sent again (docs/product.md §2.6).
"""

import copy
import re
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import ResolverMatch, get_script_prefix, resolve
from django.utils.datastructures import MultiValueDict

from accounts.access import View, access_of
from accounts.enums import Action

FIELD = "eingaben"  # the hidden field of the log-in page
SALT = "accounts.typed"
HOURS = 12  # a working day; after that the text in the page is too old
LARGEST = 1_000_000  # bytes of names and values before compression
UNSENT = frozenset({"csrfmiddlewaretoken", FIELD})
HAS_LETTER, IS_CODE = re.compile(r"[^\W\d_]"), re.compile(r"[a-z0-9_-]+")  # a person's words, a technical value

Fields = list[tuple[str, str]]


@dataclass(frozen=True)
class Typed:
    """The fields of a form and its address. ``had_files`` tells that files were chosen, which cannot be carried."""

    path: str
    data: QueryDict
    had_files: bool = False
    match: ResolverMatch = field(init=False)

    def __post_init__(self) -> None:
        """Raises Http404 where the address leads to no page of the portal."""
        prefix = get_script_prefix()
        if not self.path.startswith(prefix):
            raise Http404("Das ist keine Adresse des Portals.")
        object.__setattr__(self, "match", resolve("/" + self.path.partition("?")[0].removeprefix(prefix)))

    @property
    def keeps_drafts(self) -> bool:
        """Whether the form takes typed fields back by itself."""
        return getattr(self.match.func, "keeps_drafts", False)

    def require_right(self, request: HttpRequest) -> None:
        """Gates 1 and 3 of the form's page. Raises Http404 and PermissionDenied."""
        access = access_of(request)
        slug = self.match.kwargs.get("slug")
        access.require_one_of(actions_of(self.match.func), access.municipality(slug) if slug else None)


@dataclass(frozen=True)
class Kept:
    """What a request brought that cannot be done: every field to be sent again, and the texts to be read and copied."""

    path: str
    fields: Fields
    texts: list[str]
    had_files: bool

    @property
    def is_once(self) -> bool:
        """Whether the form has a key, so that what was stored after all is not stored a second time."""
        return any(name == "form_key" and value for name, value in self.fields)


def texts_of(fields: Fields) -> list[str]:
    """What a person wrote, of everything that a form sends."""
    typed = [value for name, value in fields if name not in UNSENT]
    return [value for value in typed if HAS_LETTER.search(value) and not IS_CODE.fullmatch(value)]


def kept_from(request: HttpRequest) -> Kept | None:
    """The typed fields of a form of the portal; None for other requests, and for passwords, which are never shown.

    The token goes back as it came: a request that another site made up is no better when it is sent once more.
    """
    if request.method != "POST" or not is_of_own_page(request, unsaid=True):
        return None
    try:
        fields = [(name, value) for name, values in request.POST.lists() for value in values if name != FIELD]
        had_files = bool(request.FILES)
    except Exception:  # nothing can be read of it, whatever is wrong with it
        return None
    if any("password" in name for name, _ in fields) or not any(v.strip() for n, v in fields if n not in UNSENT):
        return None
    return Kept(request.get_full_path(), fields, texts_of(fields), had_files)


def keeps_drafts(view: View) -> View:
    """Declare that the view asks ``is_handed_back`` and then keeps a draft instead of saving."""
    view.keeps_drafts = True  # type: ignore[attr-defined]
    return view


def actions_of(view: Any) -> tuple[Action, ...]:
    """What the view declared in accounts.access; one of them is enough."""
    return getattr(view, "actions", (Action.PUBLIC,))


def is_worth_carrying(request: HttpRequest, view: Any) -> bool:
    """True for forms with content; those of log-in and own account hold passwords and are not carried."""
    if request.method != "POST" or actions_of(view) in ((Action.PUBLIC,), (Action.ACCOUNT,)):
        return False
    return any(value.strip() for name, values in request.POST.lists() if name not in UNSENT for value in values)


def pack(request: HttpRequest) -> str:
    """The sent fields as signed text; empty where they are too many to be carried."""
    fields = {name: values for name, values in request.POST.lists() if name not in UNSENT}
    if size_of(fields) > LARGEST:
        return ""
    content = {"path": request.get_full_path(), "fields": fields, "files": bool(request.FILES)}
    return signing.dumps(content, salt=SALT, compress=True)


def size_of(fields: dict[str, list[str]]) -> int:
    """Bytes of names and values."""
    return sum(len(text.encode(errors="replace")) for name, values in fields.items() for text in (name, *values))


def unpack(text: str) -> Typed | None:
    """What ``pack`` made, or None where it is forged, too old, or of a page that does not exist any more."""
    try:
        content = signing.loads(text, salt=SALT, max_age=HOURS * 3600)
        data = QueryDict(mutable=True)
        for name, values in content["fields"].items():
            data.setlist(name, values)
        return Typed(content["path"], data, content["files"])
    except (signing.BadSignature, Http404):
        return None


def hand_back(request: HttpRequest, typed: Typed) -> HttpResponse:
    """Let the form's own view, with all its gates, keep the fields as draft: 302 to the draft, or 204 for nothing new.

    Raises Http404, PermissionDenied.
    """
    if not typed.keeps_drafts:
        raise Http404("Dieses Formular behält keine Entwürfe.")
    inner: Any = copy.copy(request)
    path, _, query = typed.path.partition("?")
    inner.path, inner.path_info, inner.method = path, path, "POST"
    inner.GET, inner.POST, inner._files = QueryDict(query.replace("\x00", "")), typed.data, MultiValueDict()
    inner.resolver_match, inner.is_handed_back = typed.match, True
    response: HttpResponse = typed.match.func(inner, *typed.match.args, **typed.match.kwargs)
    return response


def is_handed_back(request: HttpRequest) -> bool:
    """Whether the fields shall only be kept, not saved."""
    return getattr(request, "is_handed_back", False)


def is_of_own_page(request: HttpRequest, *, unsaid: bool = False) -> bool:
    """Whether the browser says that a page of the portal sent the request; where it is silent, ``unsaid``."""
    own, origin = f"{request.scheme}://{request.get_host()}", request.headers.get("Origin")
    return unsaid if origin is None else origin in {own, *settings.CSRF_TRUSTED_ORIGINS}
