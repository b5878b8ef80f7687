"""Drafts of forms: kept by the form's script, listed, discarded and taken back."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from accounts.access import access_of, in_municipality, in_portal, person_of
from accounts.enums import Action
from accounts.models import Municipality
from accounts.typed import Typed, hand_back
from records.domain.drafts import discard_draft, find_discarded, find_draft, take_back_draft
from records.pages.drafting import address_of, discarded_address
from records.parts import Link
from records.queries.drafts import DRAFT_DAYS, drafts_of
from records.templatetags.german import datum
from records.views.sent_once import takes_changes


@takes_changes
@in_municipality(Action.READ)
@require_POST
def keep(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """Keep what is typed in a form of this municipality."""
    return kept(request, municipality.slug)


@takes_changes
@in_portal(Action.ACCOUNT)
@require_POST
def keep_programme(request: HttpRequest) -> HttpResponse:
    """Keep what is typed in a form of the programme."""
    return kept(request, None)


def kept(request: HttpRequest, slug: str | None) -> HttpResponse:
    """Let the form whose address is in ``_path`` keep its fields; the form's own gates decide. Raises Http404."""
    typed = Typed(request.POST.get("_path", ""), request.POST)
    if typed.match.kwargs.get("slug") != slug:
        raise Http404("Das Formular gehört nicht hierher.")
    response = hand_back(request, typed)
    if response.status_code == 302:
        return JsonResponse({"kept": f"{timezone.localtime():%H:%M}"})
    return JsonResponse({"kept": ""}) if response.status_code == 204 else response


@dataclass(frozen=True)
class DraftRow:
    """A draft in the person's list."""

    title: str
    place: str
    when: str
    url: str
    discard_url: str


@in_portal(Action.ACCOUNT)
@require_safe
def draft_list(request: HttpRequest) -> HttpResponse:
    """The person's own drafts, without those of places that she may not open any more."""
    access = access_of(request)
    rows = [
        DraftRow(
            title=draft.title or "Formular",
            place=str(draft.municipality or "Landesprogramm"),
            when=datum(draft.changed_at),
            url=address_of(draft),
            discard_url=reverse("records:draft-discard", kwargs={"pk": draft.pk}),
        )
        for draft in drafts_of(access.user)
        if access.allows(Action.READ, draft.municipality)
    ]
    crumbs = [Link("Mein Konto", reverse("accounts:account")), Link("Meine Entwürfe", "")]
    return TemplateResponse(request, "records/draft_list.html", {"rows": rows, "days": DRAFT_DAYS, "crumbs": crumbs})


@in_portal(Action.ACCOUNT)
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Discard one's own draft and go back to where one was (``next``), where it can be taken back."""
    actor = person_of(request)
    draft = find_draft(actor, str(pk))
    if draft is None:
        raise Http404("Diesen Entwurf gibt es nicht.")
    discard_draft(draft)
    target = request.POST.get("next", "")
    inside = target.startswith("/") and url_has_allowed_host_and_scheme(target, allowed_hosts=None)
    return HttpResponseRedirect(discarded_address(target if inside else reverse("records:draft-list"), draft))


@in_portal(Action.ACCOUNT)
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own draft back and go on with it."""
    draft = find_discarded(person_of(request), str(pk))
    if draft is None:
        raise Http404("Diesen Entwurf gibt es nicht.")
    take_back_draft(draft)
    return HttpResponseRedirect(address_of(draft))
