"""Drafts at a form: kept while somebody types, offered when the form is opened again, gone when it is saved.

Used by every view that draws records/record_form.html. ``build`` makes the view's form: ``build()`` as it is stored,
``build(data=…)`` bound, ``build(typed=…)`` with raw fields shown again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone

from accounts.access import person_of
from accounts.models import Municipality
from records.domain import drafts
from records.errors import DraftTooLarge
from records.forms.typed import says_something_new
from records.models import FormDraft
from records.queries.drafts import drafts_at, drafts_below

Build = Callable[..., Any]
DRAFT, CREATED = "entwurf", "angelegt"  # in the address: the draft that is shown, the record created for it on the way
DISCARDED = "verworfen"  # in the address: the draft that was discarded just now
LONGEST_PATH = 500
OFFERED = 3


@dataclass(frozen=True)
class DraftNotice:
    """A draft as its form tells of it: when it was kept, the ways to go on and to discard it."""

    when: str
    url: str
    discard_url: str
    is_outdated: bool = False


@dataclass(frozen=True)
class Drafting:
    """What a form page needs for drafts: where to keep them, those begun before, the one that is shown now."""

    keep_url: str
    offered: tuple[DraftNotice, ...] = ()
    shown: DraftNotice | None = None


def shown_draft(request: HttpRequest) -> FormDraft | None:
    """The person's draft that the address names, if it belongs to this form."""
    draft = drafts.find_draft(person_of(request), request.GET.get(DRAFT))
    return draft if draft and draft.path.split("?")[0] == request.path else None


def drafted_fields(request: HttpRequest) -> QueryDict | None:
    """The fields of the draft that the address names, for a page that draws itself from what was typed."""
    draft = shown_draft(request) if request.method in ("GET", "HEAD") else None
    return drafts.typed_fields(draft) if draft else None


def open_form(request: HttpRequest, build: Build) -> Any:
    """The form as it is stored, or with the draft that the address names."""
    draft = shown_draft(request)
    return build(typed=drafts.typed_fields(draft, request.GET.get(CREATED))) if draft else build()


def drafting_of(request: HttpRequest, municipality: Municipality | None, build: Build) -> Drafting:
    """What the page of a form tells about drafts; where one is shown already or something was sent, it offers none."""
    keep_url = (
        reverse("records:draft-keep", kwargs={"slug": municipality.slug})
        if municipality
        else reverse("records:draft-keep-programme")
    )
    draft = shown_draft(request) if request.method != "POST" else None
    if draft:
        outdated = is_outdated(draft, build())
        return Drafting(keep_url, shown=None if CREATED in request.GET and not outdated else notice(draft, outdated))
    if request.method == "POST":
        return Drafting(keep_url)
    begun = drafts_at(person_of(request), request.path)[:OFFERED]
    offered = [notice(row) for row in begun if says_something_new(build(data=drafts.typed_fields(row)))]
    return Drafting(keep_url, offered=tuple(offered))


def is_outdated(draft: FormDraft, stored: BaseForm) -> bool:
    """Whether somebody saved the record since the draft was begun."""
    instance: Any = getattr(stored, "instance", None)
    version = (draft.data.get("version") or [""])[0]
    return bool(instance and instance.pk and version and version != str(instance.version))


def notice(draft: FormDraft, is_outdated: bool = False) -> DraftNotice:
    """The draft as a form tells of it."""
    discard = reverse("records:draft-discard", kwargs={"pk": draft.pk})
    return DraftNotice(moment(draft), address_of(draft), discard, is_outdated)


def moment(draft: FormDraft) -> str:
    """„am 25.11.2026 um 14:03 Uhr“."""
    return f"am {timezone.localtime(draft.changed_at):%d.%m.%Y um %H:%M} Uhr"


def address_of(draft: FormDraft, created: int | None = None) -> str:
    """The form with the draft in it, and the record that was created for it."""
    joint = "&" if "?" in draft.path else "?"
    return f"{draft.path}{joint}{DRAFT}={draft.pk}" + (f"&{CREATED}={created}" if created else "")


def discarded_address(target: str, draft: FormDraft) -> str:
    """The page one goes back to, which offers to take the draft back."""
    path, _, fragment = target.partition("#")
    joint = "&" if "?" in path else "?"
    return f"{path}{joint}{DISCARDED}={draft.pk}" + (f"#{fragment}" if fragment else "")


def own_address(request: HttpRequest) -> str:
    """The address of the form without what names a draft; without its query where that is too long to be kept."""
    query = request.GET.copy()
    for name in (DRAFT, CREATED, DISCARDED):
        query.pop(name, None)
    path = f"{request.path}?{query.urlencode()}" if query else request.path
    return path if len(path) <= LONGEST_PATH else request.path


def keep(request: HttpRequest, municipality: Municipality | None, form: BaseForm, title: str) -> HttpResponse:
    """Keep the sent fields instead of saving them: 302 to the draft; 204 where they say nothing new; 413."""
    data: QueryDict = request.POST
    actor = person_of(request)
    key = drafts.key_or_place(data, own_address(request))
    if drafts.is_saved(key) or not says_something_new(form):
        drafts.drop_draft_of_form(actor=actor, key=key)
        return HttpResponse(status=204)
    try:
        draft = drafts.keep_draft(
            actor=actor, municipality=municipality, path=own_address(request), data=data, title=title
        )
    except DraftTooLarge as error:
        return HttpResponse(str(error), status=413)
    return HttpResponseRedirect(address_of(draft))


@dataclass(frozen=True)
class Begun:
    """Something begun and not saved, as the page of its record tells of it."""

    title: str
    when: str
    url: str
    discard_url: str


def begun_below(request: HttpRequest, address: str) -> list[Begun]:
    """The person's drafts of forms below an address: of a record, of the chapters of a plan (one query)."""
    rows = drafts_below(person_of(request), address)
    return [
        Begun(row.title, moment(row), address_of(row), reverse("records:draft-discard", kwargs={"pk": row.pk}))
        for row in rows
    ]


def forget(request: HttpRequest) -> None:
    """The form was saved: what was kept of it goes, also the draft that the address names."""
    draft = shown_draft(request)
    if draft:
        drafts.drop_draft(draft)
    key = drafts.key_or_place(request.POST, own_address(request))
    drafts.drop_draft_of_form(actor=person_of(request), key=key)
