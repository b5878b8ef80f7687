"""„Barriere melden“ for everybody, and the list of what was reported for the administration."""

from contextlib import suppress

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import in_portal, person_of, public
from accounts.client import client_address
from accounts.enums import Action
from overview.domain.barriers import answer_barrier, report_barrier, takes_another
from overview.forms.barriers import BarrierAnswerForm, BarrierReportForm
from overview.queries.barriers import barrier_reports
from records.errors import DuplicateSubmission
from records.parts import Link
from records.views.kept import keeps_form

TOO_MANY = "Heute kamen von hier schon viele Meldungen. Bitte warten Sie eine Stunde; Ihre Eingaben stehen noch hier."
TRAP = "website"  # people do not see this field, programs fill it
form_methods = require_http_methods(["GET", "HEAD", "POST"])


def sent(request: HttpRequest) -> QueryDict | None:
    """What was sent; an empty form that was sent is judged too."""
    return request.POST if request.method == "POST" else None


def named_page(request: HttpRequest) -> str:
    """The page from which the person came, where the link says so; only addresses of the portal."""
    page = request.GET.get("seite", "")
    return page if page.startswith("/") and page.isprintable() and len(page) <= 500 else ""


@form_methods
def _report(request: HttpRequest) -> HttpResponse:
    form = BarrierReportForm(sent(request), initial={"page": named_page(request)})
    status = 200
    if request.method == "POST":
        if request.POST.get(TRAP):
            return redirect("overview:barrier-thanks")
        actor = request.user if request.user.is_authenticated else None
        status = 422
        if form.is_valid():
            if takes_another(actor=actor, address=client_address(request)):
                with suppress(DuplicateSubmission):
                    report_barrier(**form.cleaned_data)
                return redirect("overview:barrier-thanks")
            form.add_error(None, TOO_MANY)
            status = 429
    context = {"form": form, "trap": TRAP, "contact": settings.OPERATOR_EMAIL, "operator": settings.OPERATOR}
    return TemplateResponse(request, "overview/barrier_report.html", context, status=status)


@require_safe
def _thanks(request: HttpRequest) -> HttpResponse:
    context = {"contact": settings.OPERATOR_EMAIL, "operator": settings.OPERATOR}
    return TemplateResponse(request, "overview/barrier_thanks.html", context)


@require_safe
def _list(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "overview/barrier_list.html", {"reports": barrier_reports()})


@keeps_form
@form_methods
def _answer(request: HttpRequest, pk: int) -> HttpResponse:
    report = get_object_or_404(barrier_reports(), pk=pk)
    form = BarrierAnswerForm(sent(request), instance=report)
    if request.method == "POST" and form.is_valid():
        answer_barrier(report=form.instance, actor=person_of(request))
        messages.success(request, "Meldung gespeichert.")
        return redirect("overview:barrier-list")
    crumbs = [
        Link("Gemeldete Barrieren", reverse("overview:barrier-list")),
        Link(str(report), ""),
    ]
    context = {"form": form, "report": report, "crumbs": crumbs}
    return TemplateResponse(request, "overview/barrier_answer.html", context, status=422 if form.errors else 200)


barrier_report = public(_report)
barrier_thanks = public(_thanks)
barrier_list = in_portal(Action.PEOPLE)(_list)
barrier_answer = in_portal(Action.PEOPLE)(_answer)
