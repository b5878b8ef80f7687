"""Proofs of use for the office: what is awaited, entry on one page, check side by side, and the link for the Träger."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import Access, access_of, in_municipality, person_of
from accounts.enums import Action
from accounts.models import Municipality
from funding.domain.budget.from_decisions import missing_proofs, plan_proofs
from funding.domain.payments.conditions import granting_of
from funding.domain.proofs.cuts import save_cuts
from funding.domain.proofs.entry import save_entry
from funding.domain.proofs.links import new_link
from funding.domain.proofs.receipt_text import Line, read_receipts
from funding.domain.proofs.result import day_of_check, result_of
from funding.enums import ClaimGround, ProofAction, ProofState
from funding.forms.proof import ProofEntryForm
from funding.forms.proof_check import CheckForm
from funding.models import FundingDecision, ProofOfUse, RepaymentClaim
from funding.pages.next_step import next_step
from funding.pages.proofs import AWAITED, change_text, proof_groups, receipt_rows, sheet_of
from funding.queries.case_money import proofs_of
from funding.queries.receipt_marks import marks_of
from funding.queries.standing import CLAIM_PAGE, PROOF_PAGE, read_cases, standing_of
from records.domain.saving import create_record
from records.errors import PlanningError
from records.forms.record import add_errors
from records.life.registry import life_of
from records.models.guard import why_locked
from records.pages.life_panel import step_url
from records.parts import Link
from records.places import home_link
from records.queries.batches import undo_address
from records.registry import kind_of
from records.tables.files import UnreadableTable, read_table

NOTHING_TO_PLAN = "Zu jeder Bewilligung ist der Nachweis schon vorgemerkt."
NO_DECISION = (
    "Für den Antrag gilt keine Bewilligung; ohne sie gibt es keine Ausgaben, die "
    "nachzuweisen sind. Bewilligen Sie zuerst."
)
NO_CLAIM = "Aus diesem Nachweis folgt keine Rückforderung."
PREVIEW, FILE = "_vorschau", "_datei"


def url_of(name: str, municipality: Municipality, *keys: int) -> str:
    """An address of the room."""
    return reverse(f"funding:{name}", args=[municipality.slug, *keys])


def get_proof(municipality: Municipality, pk: int) -> ProofOfUse:
    """Gate 2: a proof of this municipality, or Http404."""
    found = proofs_of(municipality).filter(pk=pk).first()
    if found is None:
        raise Http404("Diesen Nachweis gibt es nicht.")
    return found


def crumbs(municipality: Municipality, *more: Link) -> list[Link]:
    """Kommune › Nachweise › …"""
    return [home_link(municipality), Link("Nachweise", url_of("proofs", municipality)), *more]


def detail_url(proof: ProofOfUse) -> str:
    """The page of the record itself."""
    return kind_of(ProofOfUse).url("detail", proof.municipality, proof.pk)


@in_municipality(Action.WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def proofs(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """Which proofs are awaited, in check and recognised; POST notes the proofs of decisions that have none."""
    today, url = timezone.localdate(), url_of("proofs", municipality)
    if request.method == "POST":
        batch = plan_proofs(municipality, person_of(request), today)
        if batch is None:
            messages.info(request, NOTHING_TO_PLAN)
        return HttpResponseRedirect(undo_address(url, batch.pk) if batch else url)
    context = {
        "crumbs": [home_link(municipality), Link("Nachweise", "")],
        "groups": proof_groups(municipality, today),
        "missing": missing_proofs(municipality, today),
    }
    return TemplateResponse(request, "funding/proofs.html", context)


# ---------------------------------------------------------------- entry
@in_municipality(Action.WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """All that a proof says on one page; a button reads a table of receipts, another one shows them as read."""
    proof = get_proof(municipality, pk)
    decision = granting_of(proof.application, day_of_check(proof))
    refusal = why_locked(proof) or ("" if decision else NO_DECISION)
    if refusal or decision is None:
        messages.info(request, refusal)
        return HttpResponseRedirect(detail_url(proof))
    data, told = with_uploaded(request) if request.method == "POST" else (None, "")
    form = ProofEntryForm(data, proof=proof, decision=decision)
    looks = told or (data is not None and (PREVIEW in data or FILE in data))
    if data is not None and not looks and form.is_valid():
        try:
            saved = save_entry(
                proof=proof,
                decision=decision,
                entry=form.entry(),
                actor=person_of(request),
                version=form.cleaned_data.get("version") or 0,
            )
        except ValidationError as error:
            add_errors(form, error)
        except PlanningError as error:
            form.add_error(None, str(error))
        else:
            after = url_of("proof-check", municipality, pk)
            return HttpResponseRedirect(undo_address(after, saved.batch.pk) if saved.batch else after)
    status = 422 if told or (data is not None and not looks) else 200
    context = entry_context(proof, decision, form, data) | {
        "told": told,
        "crumbs": crumbs(municipality, Link(proof.application.title, detail_url(proof)), Link("Nachweis erfassen", "")),
        "cancel_url": detail_url(proof),
    }
    return TemplateResponse(request, "funding/proof_entry.html", context, status=status)


def entry_context(
    proof: ProofOfUse, decision: FundingDecision, form: ProofEntryForm, data: Any, *, beyond: bool = True
) -> dict[str, Any]:
    """The form with the receipts as they were read and what is odd about them."""
    lines = read_receipts(form.receipt_text(), form.costs)
    read = [line.receipt for line in lines if line.receipt]
    marks = iter(marks_of(read, proof, decision, beyond=beyond))
    shown: list[tuple[Line, tuple[str, ...]]] = [(line, next(marks) if line.receipt else ()) for line in lines]
    return {"proof": proof, "decision": decision, "form": form, "lines": shown, "is_bound": data is not None}


def with_uploaded(request: HttpRequest) -> tuple[QueryDict, str]:
    """What was typed, with an uploaded table in place of the list; else why the file cannot be read."""
    data: QueryDict = request.POST
    if not request.FILES.get("file"):
        return data, ""
    try:
        table = read_table(cast(Any, request.FILES["file"]))
    except UnreadableTable as error:
        return data, str(error)
    rows = [table.heads, *([cell.problem or cell.text for cell in row.cells] for row in table.rows)]
    changed = data.copy()
    changed["receipts"] = "\n".join("\t".join(" ".join(str(cell).split()) for cell in row) for row in rows)
    return changed, ""


# ---------------------------------------------------------------- check
@in_municipality(Action.WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """Plan and actual side by side, what is left out and why, and the result with every step written out."""
    proof = get_proof(municipality, pk)
    result, locked = result_of(proof), why_locked(proof)
    data = request.POST if request.method == "POST" else None
    form = CheckForm(data, proof=proof, result=result)
    if data is not None and locked:
        messages.info(request, locked)
        return HttpResponseRedirect(request.path)
    if data is not None and form.is_valid():
        try:
            saved = save_cuts(proof=proof, cuts=form.cuts(), note=form.cleaned_data["note"], actor=person_of(request))
        except ValidationError as error:
            add_errors(form, error)
        except PlanningError as error:
            form.add_error(None, str(error))
        else:
            return HttpResponseRedirect(undo_address(request.path, saved.batch.pk) if saved.batch else request.path)
    context = {
        "proof": proof,
        "result": result,
        "form": form,
        "rows": [
            (line, form.row(line), change_text(line.result.change) if line.result else "") for line in result.lines
        ],
        "sheet": sheet_of(proof, result, timezone.localdate()),
        "receipts": receipt_rows(proof, result),
        "locked": locked,
        "main": main_of_check(proof, has_result=not result.missing, access=access_of(request)),
        "can_link": proof.state in AWAITED,
        "may_note": not locked and (form.positions or proof.state not in AWAITED),
        "claims": list(proof.claims.all()),
        "detail_url": detail_url(proof),
        "entry_url": url_of("proof-entry", municipality, pk),
        "link_url": url_of("proof-link", municipality, pk),
        "claim_url": url_of("proof-claim", municipality, pk),
        "crumbs": crumbs(municipality, Link(proof.application.title, detail_url(proof)), Link("Prüfung", "")),
    }
    return TemplateResponse(request, "funding/proof_check.html", context, status=422 if form.errors else 200)


def main_of_check(proof: ProofOfUse, *, has_result: bool, access: Access) -> Link | None:
    """The step behind the check: what is missing is entered, what has a result is put forward."""
    if proof.state == ProofState.RECEIVED:
        name = "" if has_result else "proof-entry"
        label = str(ProofAction.CHECK.label) if has_result else "Angaben erfassen"
        step = step_url(kind_of(ProofOfUse), life_of(ProofOfUse), proof, ProofAction.CHECK)
        return Link(label, url_of(name, proof.municipality, proof.pk) if name else step)
    case = read_cases([proof.application_id])[proof.application_id]
    found = standing_of(case, ("proofs", proof.pk), timezone.localdate())
    is_here = found is None or found.step in (PROOF_PAGE, CLAIM_PAGE)  # the button stands beside the reckoning
    return None if is_here or found is None else next_step(proof.application, found, access)


@in_municipality(Action.WRITE)
@require_POST
def link(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """A new secret link for the Träger, shown this once; an older one is dead."""
    proof = get_proof(municipality, pk)
    if proof.state not in AWAITED:
        messages.info(
            request,
            "Der Nachweis ist schon eingegangen; einen Link braucht der Träger nicht mehr. Fehlt "
            "etwas, fordern Sie es nach.",
        )
        return HttpResponseRedirect(detail_url(proof))
    token = new_link(proof, timezone.now())
    context = {
        "proof": proof,
        "address": request.build_absolute_uri(reverse("funding:public-proof", args=[token])),
        "back": url_of("proof-check", municipality, pk),
        "crumbs": crumbs(municipality, Link(proof.application.title, detail_url(proof)), Link("Link", "")),
    }
    answer = TemplateResponse(request, "funding/proof_link.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


@in_municipality(Action.WRITE)
@require_POST
def claim(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """The claim that follows from a recognised proof, in preparation; the one that is there already, if there is."""
    proof = get_proof(municipality, pk)
    kind = kind_of(RepaymentClaim)
    found = proof.claims.first()
    result = result_of(proof)
    if found is None and (proof.state != ProofState.RECOGNISED or result.back is None or not result.back.amount):
        messages.info(request, NO_CLAIM)
        return HttpResponseRedirect(url_of("proof-check", municipality, pk))
    if found is None and result.back is not None:
        ground = ClaimGround.FUNDS if result.new_funds else ClaimGround.UNUSED
        made = RepaymentClaim(
            municipality=municipality,
            application=proof.application,
            proof=proof,
            ground=ground,
            principal=result.back.amount,
            is_example=proof.is_example,
        )
        found = create_record(made, actor=person_of(request))
    return HttpResponseRedirect(kind.url("detail", municipality, cast(RepaymentClaim, found).pk))
