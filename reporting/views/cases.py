"""Papers about applications of Träger: preview of a notice, request for papers, list for a board, cash order."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import access_of, in_municipality
from accounts.enums import Action
from accounts.models import Municipality
from funding.domain.decisions.notices import preview_pdf
from funding.domain.payments.cash_orders import cash_orders
from funding.domain.payments.conditions import granting_of
from funding.domain.proofs.result import day_of_check
from funding.domain.proofs.review import running_review_pdf
from funding.enums import PaperKind
from funding.models import FundingApplication, FundingDecision, ProofOfUse
from funding.queries.papers import paper_about
from insight.downloads import file_name, made_answer, pdf_answer
from participation.models import Session
from records.pages.rows import get_row
from records.registry import kind_of
from records.tables.writing import XLSX_TYPE
from reporting.papers.cases import board_pdf, board_xlsx, cash_order_pdf, inquiry_pdf, open_inquiries
from reporting.papers.proof_form import form_pdf


@in_municipality(Action.WRITE)
@require_safe
def notice_preview(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """The notice as it would go out now, marked as preview; once it is out, as it went out."""
    kind = kind_of(FundingDecision)
    found: Any = get_row(kind, municipality, pk, access_of(request))
    if paper := paper_about(found):
        return HttpResponseRedirect(reverse("funding:paper", args=[municipality.slug, paper.pk]))
    name = file_name(municipality, "vorschau-bescheid", found.application.case_number, ending="pdf")
    make = partial(preview_pdf, found, timezone.now())
    back = kind.url("detail", municipality, found.pk)
    return pdf_answer(request, make, name=name, back=back, called=f"Vorschau zu „{found.application}“")


@in_municipality(Action.WRITE)
@require_safe
def inquiry(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """The letter that asks for missing papers; where nothing is asked for the application's page says so."""
    kind = kind_of(FundingApplication)
    case: Any = get_row(kind, municipality, pk, access_of(request))
    back = kind.url("detail", municipality, case.pk)
    if not open_inquiries(case):
        messages.info(request, "Zu diesem Antrag ist keine Nachforderung offen.")
        return HttpResponseRedirect(back)
    name = file_name(municipality, "nachforderung", case.case_number, ending="pdf")
    make = partial(inquiry_pdf, case, timezone.now())
    return pdf_answer(request, make, name=name, back=back, called=f"Nachforderung zu „{case}“")


@in_municipality(Action.WRITE)
@require_safe
def board_list(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """The applications of a session, before it with room for the votes, after it with them."""
    kind = kind_of(Session)
    session: Any = get_row(kind, municipality, pk, access_of(request))
    name = file_name(municipality, "antragsliste", session.title, ending="pdf")
    make = partial(board_pdf, session, timezone.now())
    back = kind.url("detail", municipality, session.pk)
    return pdf_answer(request, make, name=name, back=back, called=f"Liste der Anträge „{session.title}“")


@in_municipality(Action.WRITE)
@require_safe
def proof_form(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """The form of a proof for the Träger, filled in as far as the portal knows."""
    kind = kind_of(ProofOfUse)
    proof: Any = get_row(kind, municipality, pk, access_of(request))
    back = kind.url("detail", municipality, proof.pk)
    decision = granting_of(proof.application, day_of_check(proof))
    if decision is None:
        messages.info(request, "Für den Antrag gilt keine Bewilligung; ohne sie gibt es nichts nachzuweisen.")
        return HttpResponseRedirect(back)
    name = file_name(municipality, "vn-formular", proof.application.case_number, ending="pdf")
    make = partial(form_pdf, proof, decision, timezone.now())
    return pdf_answer(request, make, name=name, back=back, called=f"VN-Formular zu „{proof.application}“")


@in_municipality(Action.WRITE)
@require_safe
def proof_review(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """The Prüfvermerk: as it was frozen with the recognition, before it as it stands, marked as running."""
    kind = kind_of(ProofOfUse)
    proof: Any = get_row(kind, municipality, pk, access_of(request))
    if paper := paper_about(proof, PaperKind.REVIEW):
        return HttpResponseRedirect(reverse("funding:paper", args=[municipality.slug, paper.pk]))
    name = file_name(municipality, "pruefvermerk", proof.application.case_number, ending="pdf")
    make = partial(running_review_pdf, proof, timezone.now())
    back = kind.url("detail", municipality, proof.pk)
    return pdf_answer(request, make, name=name, back=back, called=f"Prüfvermerk zu „{proof.application}“")


@in_municipality(Action.WRITE)
@require_safe
def board_table(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """The same list as a table with columns for the votes."""
    kind = kind_of(Session)
    session: Any = get_row(kind, municipality, pk, access_of(request))
    return made_answer(
        request,
        partial(board_xlsx, session, timezone.now()),
        name=file_name(municipality, "antragsliste", session.title, ending="xlsx"),
        media_type=XLSX_TYPE,
        back=kind.url("detail", municipality, session.pk),
        called=f"Liste der Anträge „{session.title}“",
    )


@in_municipality(Action.WRITE)
@require_safe
def cash_order(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """What the cash office is to pay, with whole account numbers; where there is nothing the page says so."""
    back = reverse("funding:payments", args=[municipality.slug])
    if not cash_orders(municipality):
        messages.info(request, "Bei der Kasse liegt keine Auszahlung.")
        return HttpResponseRedirect(back)
    now = timezone.now()
    name = file_name(municipality, "kassenanordnung", timezone.localdate(now), ending="pdf")
    make = partial(cash_order_pdf, municipality, now)
    return pdf_answer(request, make, name=name, back=back, called="Kassenanordnung")
