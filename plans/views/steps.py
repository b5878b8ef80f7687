"""The steps in the life of a plan: one page each with its conditions, its text and its button."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import in_municipality
from accounts.models import Municipality
from plans.domain.lifecycle import MOVES, Attempt, Unmet, unmet
from plans.domain.steps import take_step
from plans.enums import PlanAction, PlanState
from plans.errors import StepRefused
from plans.forms.life import StepForm
from plans.models import Plan
from plans.pages.life import condition_lines
from plans.queries.versions import submission_deadline
from plans.views.plans import BOTH, crumbs, get_plan, url_of
from printing.errors import RenderError
from records.errors import DuplicateSubmission, StaleRecord
from records.parts import Link

MEANING = {
    PlanAction.PROPOSE: "Der Plan wird der Leitung vorgelegt. Seine Texte lassen sich so lange nicht ändern.",
    PlanAction.TAKE_BACK: "Der Plan wird wieder Entwurf, seine Texte lassen sich wieder ändern.",
    PlanAction.RELEASE: "Daten und PDF dieser Fassung werden festgeschrieben und ändern sich nie mehr. "
    "Danach kann die Fassung eingereicht werden.",
    PlanAction.WITHDRAW: "Die Fassung wird nicht eingereicht. Es beginnt ein neuer Entwurf.",
    PlanAction.SUBMIT: "Das Ministerium erhält die freigegebene Fassung. Sie bekommen eine Eingangsbestätigung mit "
    "Zeit und Prüfsumme.",
    PlanAction.BEGIN_REVIEW: "Die Kommune sieht, dass geprüft wird. Danach lassen sich Anmerkungen schreiben.",
    PlanAction.RETURN: "Die Kommune erhält Ihre Anmerkungen und beginnt eine neue Fassung.",
    PlanAction.REVISE: "Es beginnt der Entwurf der nächsten Fassung. Die zurückgegebene bleibt unverändert erhalten.",
    PlanAction.APPROVE: "Die Fassung gilt als bewilligt. Die Kommune sieht Ihre Nebenbestimmungen und Anmerkungen.",
    PlanAction.PUBLISH: "Alle können die bewilligte Fassung ohne Anmeldung lesen.",
    PlanAction.UNPUBLISH: "Die Fassung bleibt bewilligt, ist aber nicht mehr öffentlich.",
    PlanAction.AMEND: "Es beginnt der Entwurf einer neuen Fassung für dasselbe Jahr.",
}
DONE = {
    PlanAction.PROPOSE: "Plan zur Freigabe gegeben.",
    PlanAction.TAKE_BACK: "Der Plan ist wieder Entwurf.",
    PlanAction.RELEASE: "Fassung {edition} freigegeben und festgeschrieben.",
    PlanAction.WITHDRAW: "Freigabe zurückgenommen. Fassung {next} ist der neue Entwurf.",
    PlanAction.SUBMIT: "Fassung {edition} eingereicht.",
    PlanAction.BEGIN_REVIEW: "Prüfung begonnen.",
    PlanAction.RETURN: "Fassung {edition} zurückgegeben.",
    PlanAction.REVISE: "Fassung {next} begonnen.",
    PlanAction.APPROVE: "Fassung {edition} bewilligt.",
    PlanAction.PUBLISH: "Fassung {edition} veröffentlicht.",
    PlanAction.UNPUBLISH: "Veröffentlichung zurückgenommen.",
    PlanAction.AMEND: "Fassung {next} begonnen.",
}


def step_view(action: PlanAction) -> Callable[..., HttpResponseBase]:
    """The page of one step, with the right that the table of the life cycle demands."""

    @in_municipality(MOVES[action].right)
    @require_http_methods(BOTH)
    def view(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
        return step_page(request, get_plan(municipality, pk), action)

    return view


def step_page(request: HttpRequest, plan: Plan, action: PlanAction) -> HttpResponse:
    """What the step does, what hinders it, its text; on POST the step itself."""
    move = MOVES[action]
    back = url_of("plan-detail", plan.municipality, plan.pk)
    if plan.state not in move.origins and request.method != "POST":
        state = PlanState(plan.state).label
        messages.info(request, f"„{action.label}“ ist jetzt nicht möglich: Der Plan ist im Zustand „{state}“.")
        return HttpResponseRedirect(back)
    sent = request.POST if request.method == "POST" else None
    form = StepForm(sent, action=action, asks=move.asks, must_say=move.must_say, version=plan.version)
    if request.method == "POST" and form.is_valid():
        answer = take(request, plan, action, form, back)
        if answer:
            return answer
    missing = current_conditions(request, plan, action)
    context = {
        "plan": plan,
        "action": action,
        "form": form,
        "meaning": MEANING[action],
        "conditions": condition_lines(action, missing),
        "hindered": any(not each.by_reason for each in missing),
        "needs_reason": any(each.by_reason for each in missing),
        "deadline": submission_deadline(plan.year) if action == PlanAction.SUBMIT else None,
        "cancel_url": back,
        "crumbs": crumbs(plan.municipality, Link(str(plan), back), Link(str(action.label), "")),
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "plans/plan_step.html", context, status=status)


def current_conditions(request: HttpRequest, plan: Plan, action: PlanAction) -> list[Unmet]:
    """What hinders this person now."""
    if plan.state not in MOVES[action].origins:
        return []
    return unmet(action, Attempt(plan, request.user, timezone.now()))  # type: ignore[arg-type]


def take(request: HttpRequest, plan: Plan, action: PlanAction, form: StepForm, back: str) -> HttpResponse | None:
    """Take the step; None where the form is to be shown again with what hindered it."""
    edition = plan.edition
    try:
        take_step(
            plan=plan,
            action=action,
            actor=request.user,  # type: ignore[arg-type]
            version=form.cleaned_data["version"],
            note=form.cleaned_data.get("note", ""),
            form_key=form.cleaned_data["form_key"],
        )
    except DuplicateSubmission:
        return HttpResponseRedirect(back)
    except StepRefused as error:
        for reason in error.reasons:
            form.add_error(None, reason)
    except (StaleRecord, RenderError) as error:
        form.add_error(None, f"{error} Sehen Sie sich den Plan noch einmal an und wiederholen Sie den Schritt.")
    except ValidationError as error:
        form.add_error(None, error.messages)
    else:
        messages.success(request, DONE[action].format(edition=edition, next=edition + 1))
        if action == PlanAction.SUBMIT:
            back = url_of("plan-receipt", plan.municipality, plan.pk, edition)
        return HttpResponseRedirect(back)
    return None
