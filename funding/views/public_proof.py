"""The proof of use under its secret link: no account, no JavaScript, nothing in the records before it is handed in."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import public
from accounts.client import client_address
from accounts.domain.attempts import Limit, take
from funding.domain.payments.conditions import granting_of
from funding.domain.proofs.entry import hand_in
from funding.domain.proofs.links import close, draft_of, hash_of, keep_draft
from funding.forms.proof import ProofEntryForm
from funding.models import FundingDecision, ProofDraft
from funding.views.proofs import FILE, PREVIEW, entry_context, with_uploaded
from records.errors import PlanningError
from records.forms.record import add_errors

UNKNOWN = Limit("proof-link", 20, timedelta(minutes=5), timedelta(hours=1), is_alarm=True)
SAVES = Limit("proof-save", 200, timedelta(minutes=1), timedelta(hours=1))
APART = ("csrfmiddlewaretoken", "form_key", "version", PREVIEW, FILE, "_speichern", "_einreichen")
NOBODY: dict[str, Any] = {"frame": None, "messages": ()}  # nobody's navigation, nobody's messages
LONGEST = 400_000  # characters that a draft keeps


@public
@require_http_methods(["GET", "HEAD", "POST"])
def public_proof(request: HttpRequest, token: str) -> HttpResponse:
    """Read, keep, preview or hand in. Who guesses waits; a link that opens nothing says so."""
    request.told_path = "/nachweis/"  # type: ignore[attr-defined]  # links around the page tell no secret
    draft = draft_of(token)
    decision = granting_of(draft.proof.application, timezone.localdate()) if draft else None
    if draft is None or decision is None:
        waits = take([(UNKNOWN, client_address(request))])
        return closed(request, 429 if waits else 404)
    if request.method != "POST":
        form = ProofEntryForm(proof=draft.proof, decision=decision, typed=draft.typed)
        return page(request, draft, form, decision, None)
    if take([(SAVES, hash_of(token))]):
        return closed(request, 429)
    return answer(request, draft, decision)


def answer(request: HttpRequest, draft: ProofDraft, decision: FundingDecision) -> HttpResponse:
    """Keep what was typed, whatever the button; then look at the list, or hand in."""
    data, told = with_uploaded(request)
    typed = {key: value for key, value in data.items() if key not in APART}
    form = ProofEntryForm(data, proof=draft.proof, decision=decision)
    if sum(map(len, map(str, typed.values()))) > LONGEST:
        form.full_clean()
        form.add_error(None, "Das ist zu viel Text. Kürzen Sie ihn.")
        return page(request, draft, form, decision, data, status=422)
    keep_draft(draft, typed, timezone.now())
    if told or PREVIEW in data or FILE in data or form.only_reads:
        return page(request, draft, form, decision, data, told=told, status=422 if told else 200)
    if "_einreichen" not in data:
        return HttpResponseRedirect(f"{request.path}?gespeichert=1")
    if form.is_valid() and was_handed_in(draft, form, decision):
        return private(TemplateResponse(request, "funding/public_proof_done.html", NOBODY | {"proof": draft.proof}))
    return page(request, draft, form, decision, data, status=422)


def was_handed_in(draft: ProofDraft, form: ProofEntryForm, decision: FundingDecision) -> bool:
    """Store all and close the link; else say in the form why not."""
    try:
        hand_in(proof=draft.proof, decision=decision, entry=form.entry())
    except ValidationError as error:
        add_errors(form, error)
    except PlanningError as error:
        form.add_error(None, str(error))
    else:
        close(draft)
        return True
    return False


def page(
    request: HttpRequest,
    draft: ProofDraft,
    form: ProofEntryForm,
    decision: FundingDecision,
    data: Any,
    *,
    told: str = "",
    status: int = 200,
) -> HttpResponse:
    """The form; nothing of other cases is looked at, and nothing leads away with the address."""
    context = (
        NOBODY
        | entry_context(draft.proof, decision, form, data, beyond=False)
        | {
            "told": told,
            "saved_at": draft.saved_at,
            "is_saved": "gespeichert" in request.GET,
        }
    )
    return private(TemplateResponse(request, "funding/public_proof.html", context, status=status))


def closed(request: HttpRequest, status: int) -> HttpResponse:
    """The same words for a link that was never one, was used, or was replaced."""
    context = NOBODY | {"too_often": status == 429}
    return private(TemplateResponse(request, "funding/public_proof_closed.html", context, status=status))


def private(answer: HttpResponse) -> HttpResponse:
    """The address is the key: it goes to nobody, into no search and no store between."""
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Cache-Control"] = "no-store"
    return answer
