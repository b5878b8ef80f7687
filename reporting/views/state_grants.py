"""Papers of the Landeszuwendung besides the Mittelabruf: application and Verwendungsnachweis."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.access import in_municipality
from accounts.enums import Action
from accounts.models import Municipality
from funding.models import StateGrant, StateProof
from reporting.papers import grant_application, state_proof
from reporting.queries.grants import paper_row
from reporting.views.grants import paper


@in_municipality(Action.READ)
@require_safe
def application(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """The application to the Land."""
    record = paper_row(StateGrant, municipality, pk)
    make, kind = grant_application.application_pdf, grant_application.KIND
    return paper(request, record, make, kind, record and record.year)


@in_municipality(Action.WRITE)
@require_safe
def proof(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """The Verwendungsnachweis; its annex speaks of cases that others than planner and Leitung do not see."""
    record = paper_row(StateProof, municipality, pk, "grant")
    return paper(request, record, state_proof.proof_pdf, state_proof.KIND, record and record.grant.year)
