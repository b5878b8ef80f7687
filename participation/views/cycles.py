"""Fortschreibung: carrying a cycle on into the next one."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from accounts.access import access_of, in_municipality, person_of
from accounts.enums import Action
from accounts.models import Municipality
from participation.domain.cycle import carry_over, continue_cycle
from participation.forms.cycles import ContinueForm
from participation.queries.cycles import carried_over
from planning.domain.controlling import decide_for_next
from planning.models import PlanningCycle
from planning.queries.carry_over import undecided_measures
from planning.queries.open_content import is_untouched
from records.errors import StaleRecord
from records.forms.record import add_errors
from records.pages.crumbs import crumbs_for
from records.pages.rows import get_row
from records.registry import kind_of
from records.views.kept import keeps_form

CHOSEN = "uebernehmen"


@in_municipality(Action.WRITE)
@keeps_form
@require_http_methods(["GET", "HEAD", "POST"])
def carry_on(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """Name the next cycle, see and choose what goes on into it, and begin it; an empty successor is filled."""
    kind, actor = kind_of(PlanningCycle), person_of(request)
    cycle: PlanningCycle = get_row(kind, municipality, pk, access_of(request))
    successor = cycle.successors.first()
    empty = successor if successor and is_untouched(successor) else None
    carried = [] if successor and not empty else carried_over(cycle)
    undecided = [] if successor and not empty else undecided_measures(cycle)
    form = ContinueForm(
        request.POST if request.method == "POST" else None, cycle=cycle, named=empty is None, undecided=undecided
    )
    chosen = set(request.POST.getlist(CHOSEN)) if CHOSEN in request.POST else {line.name for line in carried}
    if (successor is None or empty) and form.is_valid():
        without = {line.name for line in carried if line.name} - chosen
        try:
            new = begin(cycle, empty, form, without, actor)
        except ValidationError as error:
            add_errors(form, error)
        except StaleRecord as error:
            form.add_error(None, f"{error} Versuchen Sie es noch einmal.")
        else:
            messages.success(request, f"Fortschreibung begonnen: {new}.")
            return HttpResponseRedirect(kind.url("detail", municipality, new.pk))
    context: dict[str, Any] = {
        "cycle": cycle,
        "form": form,
        "successor": None if empty else successor,
        "empty": empty,
        "chosen": chosen,
        "successor_url": kind.url("detail", municipality, successor.pk) if successor else "",
        "carried": carried,
        "cancel_url": kind.url("detail", municipality, cycle.pk),
        "crumbs": crumbs_for(kind, municipality, cycle, last="Fortschreiben"),
    }
    status = 409 if successor and not empty and request.method == "POST" else 422 if form.errors else 200
    return TemplateResponse(request, "participation/cycle_continue.html", context, status=status)


@transaction.atomic
def begin(
    cycle: PlanningCycle, empty: PlanningCycle | None, form: ContinueForm, without: set[str], actor: Any
) -> PlanningCycle:
    """The next cycle with what was decided and chosen. Raises as continue_cycle."""
    decide_for_next(cycle, form.decisions(), actor)
    if empty is None:
        return continue_cycle(cycle=cycle, actor=actor, without=without, **form.next_cycle())
    carry_over(cycle, empty, actor=actor, without=without)
    return empty
