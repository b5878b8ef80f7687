"""The check of an application, and the votes of a session: one form each."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from accounts.access import access_of, in_municipality
from accounts.enums import Action
from accounts.models import Municipality
from funding.domain.cases.advice import mark_advised
from funding.models import FundingApplication
from funding.pages.check_form import check_form
from funding.pages.vote_form import advised_now, vote_form
from funding.views.rowed import RowedPage, answer
from participation.models import Session
from records.domain.batches import Recorder
from records.pages.crumbs import crumbs_for
from records.pages.rows import get_row
from records.registry import kind_of
from records.views.kept import keeps_form

CHECK, VOTES = "Antrag prüfen", "Voten der Sitzung"


@in_municipality(Action.WRITE)
@keeps_form
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """Every point of the check list and what is asked for, in one form."""
    kind = kind_of(FundingApplication)
    case: Any = get_row(kind, municipality, pk, access_of(request))
    page = RowedPage(
        heading=CHECK,
        lead=f"{case}. Stand: {case.get_state_display()}",
        save_label="Prüfung speichern",
        summary=f"Prüfliste zu „{case}“",
        back=kind.url("detail", municipality, case.pk),
        crumbs=crumbs_for(kind, municipality, case, last=CHECK),
        example=case.is_example,
    )
    return answer(request, municipality, lambda data: check_form(data, case), page)


@in_municipality(Action.WRITE)
@keeps_form
@require_http_methods(["GET", "HEAD", "POST"])
def votes(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """The votes about all applications that wait for advice; with a vote an application counts as advised."""
    kind = kind_of(Session)
    session: Any = get_row(kind, municipality, pk, access_of(request))

    def advise(form: Any, batch: Recorder) -> None:
        for case in advised_now(form):
            mark_advised(case, batch.actor)

    page = RowedPage(
        heading=VOTES,
        lead=f"{session}. Mit dem Speichern gilt ein Antrag mit Votum als beraten, außer er ist zurückgestellt.",
        save_label="Voten speichern",
        summary=f"Voten: {session}",
        back=kind.url("detail", municipality, session.pk),
        crumbs=crumbs_for(kind, municipality, session, last=VOTES),
        example=session.is_example,
        more=advise,
    )
    return answer(request, municipality, lambda data: vote_form(data, session), page)
