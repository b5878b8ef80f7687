"""„Entscheidung vorbereiten“: from the application to a decision with everything that it says, on one page."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from accounts.access import access_of, in_municipality
from accounts.enums import Action
from accounts.models import Municipality
from funding.domain.decisions.proposals import proposal_for
from funding.enums import ApplicationState as S
from funding.enums import DecisionState
from funding.models import FundingApplication, FundingDecision
from funding.pages.decision_form import decision_form, is_change
from funding.views.rowed import RowedPage, answer
from records.pages.crumbs import crumbs_for
from records.pages.rows import get_row
from records.registry import kind_of
from records.views.kept import keeps_form

DECIDABLE = (S.CHECKED, S.ADVISED, S.DECIDED, S.REFUSED)
LABEL, CHANGE = "Entscheidung vorbereiten", "Änderung vorbereiten"


@in_municipality(Action.WRITE)
@keeps_form
@require_http_methods(["GET", "HEAD", "POST"])
def decision(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """The next decision about the application; one that is in preparation is gone on with."""
    kind, decisions = kind_of(FundingApplication), kind_of(FundingDecision)
    case = get_row(kind, municipality, pk, access_of(request))
    if not isinstance(case, FundingApplication):
        raise Http404("Diesen Antrag gibt es nicht.")
    back = kind.url("detail", municipality, case.pk)
    if case.state not in DECIDABLE:
        messages.info(request, f"Der Antrag ist {case.get_state_display()}. Schließen Sie zuerst die Prüfung ab.")
        return HttpResponseRedirect(back)
    proposal = proposal_for(case)
    found = proposal.decision
    if found.state == DecisionState.PREPARED:
        messages.info(
            request, "Die Entscheidung liegt zur Freigabe und ändert sich so lange nicht. Holen Sie sie zuerst zurück."
        )
        return HttpResponseRedirect(decisions.url("detail", municipality, found.pk))
    label = CHANGE if is_change(found) else LABEL
    page = RowedPage(
        heading=label,
        lead=str(case),
        save_label="Entscheidung speichern",
        summary=f"Entscheidung zu „{case}“ vorbereitet",
        back=back,
        crumbs=crumbs_for(kind, municipality, case, last=label),
        example=case.is_example,
        done=lambda form: decisions.url("detail", municipality, form.record.pk),
        context={
            "above": "funding/_proposal_steps.html",
            "steps": proposal.steps,
            "legend": "Entscheidung",
            "legend_help": "Was im Bescheid steht. Eine zweite Person gibt ihn frei.",
        },
    )
    return answer(request, municipality, lambda data: decision_form(data, proposal_for(case)), page)
