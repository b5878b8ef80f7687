"""Payments of a municipality on one page: planned, prepared, released; several at once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import access_of, in_municipality, person_of
from accounts.enums import Action
from accounts.models import Municipality, User
from funding.domain.budget.from_decisions import missing_payments, plan_payments
from funding.domain.payments.batches import Needed, SomeRefused, prepare_all, release_all
from funding.forms.payments import NeedForm
from funding.models import Payment
from funding.pages.payments import due_payments, is_due, masked
from funding.views.proofs import url_of
from records.parts import Link
from records.places import home_link
from records.queries.batches import undo_address
from records.registry import kind_of
from records.templatetags.fields import faults_in

PREPARE, RELEASE, PLAN = "_vorbereiten", "_freigeben", "_planen"
NOTHING_MARKED = "Markieren Sie mindestens eine Auszahlung."
NOTHING_TO_PLAN = "Zu jeder Rate gibt es schon eine Auszahlung."
DONE = {
    PREPARE: "{} vorbereitet. Eine zweite Person gibt sie frei.",
    RELEASE: "{} freigegeben. Die Kassenanordnung steht unten.",
}


@in_municipality(Action.WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def payments(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """The list; marked rows are prepared by one person and released by another, all of them or none."""
    url, today, actor = url_of("payments", municipality), timezone.localdate(), person_of(request)
    if request.method == "POST" and PLAN in request.POST:
        batch = plan_payments(municipality, actor, today)
        if batch is None:
            messages.info(request, NOTHING_TO_PLAN)
        return HttpResponseRedirect(undo_address(url, batch.pk) if batch else url)
    found = due_payments(municipality)
    data = request.POST if request.method == "POST" else None
    told = PREPARE if data is not None and PREPARE in data else RELEASE
    planned = [NeedForm(data if told == PREPARE else None, row) for row in found.planned]
    prepared = [NeedForm(data if told == RELEASE else None, row) for row in found.prepared]
    error = ""
    if data is not None:
        error = act(told, planned if told == PREPARE else prepared, actor, data.get("note", "").strip())
        if not error:
            count = sum(form.is_marked for form in (planned if told == PREPARE else prepared))
            messages.success(request, DONE[told].format("1 Auszahlung" if count == 1 else f"{count} Auszahlungen"))
            return HttpResponseRedirect(url)
    kind = kind_of(Payment)
    context = {
        "crumbs": [home_link(municipality), Link("Auszahlungen", "")],
        "planned": [(form, row_of(form.payment), is_due(form.payment, today)) for form in planned],
        "prepared": [(form, row_of(form.payment)) for form in prepared],
        "released": [row_of(payment) for payment in found.released],
        "released_sum": found.released_sum,
        "paid": [row_of(payment) for payment in found.paid],
        "missing": missing_payments(municipality, today),
        "may_release": access_of(request).allows(Action.RELEASE, municipality),
        "error": error,
        "faults": faults_of(planned if told == PREPARE else prepared) if error else [],
        "note": data.get("note", "") if data is not None else "",
        "papers": [Link("Kassenanordnung (CSV)", url_of("cash-list", municipality)), *papers_above(municipality)],
        "record_url": kind.url("list", municipality),
    }
    return TemplateResponse(request, "funding/payments.html", context, status=422 if error else 200)


def faults_of(forms: list[NeedForm]) -> list[tuple[str, str]]:
    """Id of the control and sentence of what is wrong in the marked rows."""
    marked = [form for form in forms if form.is_marked]
    refused = [(form["mark"].auto_id, f"{form.payment}: {text}") for form in marked for text in form.refused]
    return [fault for form in marked for fault in faults_in(form)] + refused


def papers_above(municipality: Municipality) -> list[Link]:
    """What rooms above make of the payments, as they lead there from the list."""
    ways = [way for way in kind_of(Payment).ways if way.on == "list" and way.route != "funding:payments"]
    return [Link(way.label, way.url(municipality)) for way in ways]


def row_of(payment: Payment) -> tuple[Payment, str, str]:
    """A payment, its page, and its account as far as a page shows it."""
    kind = kind_of(Payment)
    return payment, kind.url("detail", payment.municipality, payment.pk), masked(payment.application.iban)


def act(told: str, forms: list[NeedForm], actor: User, note: str) -> str:
    """Take the step with the marked rows; why not, if not, with the reasons beside the rows."""
    marked = [form for form in forms if form.is_marked]
    if not marked:
        return NOTHING_MARKED
    wrong = [form for form in marked if not form.is_valid()]  # every row says what is wrong in it
    if wrong:
        return "Sehen Sie sich die gekennzeichneten Felder an. Nichts ist gespeichert."
    try:
        if told == PREPARE:
            prepare_all([needed(form) for form in marked], actor, note)
        else:
            release_all([(form.payment, form.cleaned_data["version"]) for form in marked], actor, note)
    except SomeRefused as error:
        for form in marked:
            form.refused = error.reasons.get(form.payment.pk, [])
        return str(error)
    return ""


def needed(form: NeedForm) -> Needed:
    """What was told of a row."""
    told = form.cleaned_data
    return Needed(form.payment, told["version"], told["requested_on"], told["need"], told["until"])
