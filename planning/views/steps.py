"""Flows around the steps of a cycle: their order, and steps taken over from the catalogue."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import access_of, in_municipality, person_of
from accounts.enums import Action
from accounts.models import Municipality
from planning.domain.steps import Direction, add_template_steps, move_step, take_state
from planning.enums import Phase
from planning.models import PhaseState, PlanningCycle, PlanningStep, StepTemplate
from planning.queries.cycles import chosen_cycle
from planning.queries.steps import templates_for
from records.errors import StaleRecord
from records.pages.rows import get_row
from records.parts import Link
from records.places import home_link
from records.registry import kind_of
from records.text import whole_number

MOVED = {Direction.UP: "einen Platz höher", Direction.DOWN: "einen Platz tiefer"}


@dataclass(frozen=True)
class Shelf:
    """The steps that the catalogue offers for a phase."""

    phase: Phase
    templates: tuple[StepTemplate, ...]


@in_municipality(Action.WRITE)
@require_POST
def move(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """Move a step one place up or down inside its phase."""
    step: PlanningStep = get_row(kind_of(PlanningStep), municipality, pk, access_of(request))
    wanted, actor = request.POST.get("richtung", ""), person_of(request)
    if wanted not in list(Direction):
        raise Http404("Diese Richtung gibt es nicht.")
    try:
        if move_step(step=step, direction=Direction(wanted), actor=actor):
            messages.success(request, f"„{step}“ steht jetzt {MOVED[Direction(wanted)]}.")
    except StaleRecord as error:
        messages.warning(request, f"Nicht verschoben: {error} Versuchen Sie es noch einmal.")
    address = phase_url(municipality, Phase(step.phase), step.cycle)
    return HttpResponseRedirect(f"{address}#schritt-{step.pk}")


@in_municipality(Action.WRITE)
@require_POST
def take(request: HttpRequest, municipality: Municipality, phase: str) -> HttpResponse:
    """Set the state that the page of a phase proposes, for the phase or for one of its steps."""
    found = next((each for each in Phase if each.slug == phase), None)
    model: Any = {"phase": PhaseState, "schritt": PlanningStep}.get(request.POST.get("was", ""))
    pk, version = whole_number(request.POST.get("nr", "")), whole_number(request.POST.get("version", ""))
    if found is None or model is None or pk is None or version is None:
        raise Http404("Diesen Vorschlag gibt es nicht.")
    record = get_row(kind_of(model), municipality, pk, access_of(request))
    try:
        take_state(record=record, state=request.POST.get("stand", ""), version=version, actor=person_of(request))
    except StaleRecord as error:
        messages.warning(
            request, f"Nicht geändert: {error} Sehen Sie nach, was sich geändert hat, und versuchen Sie es noch einmal."
        )
    except ValidationError:
        messages.warning(request, "Nicht geändert: Diesen Stand gibt es nicht. Laden Sie die Seite neu.")
    else:
        messages.success(request, f"„{record}“: {record.get_state_display()}.")
    return HttpResponseRedirect(phase_url(municipality, found, record.cycle))


@in_municipality(Action.WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """Choose steps of the catalogue for the cycle; ``?phase=`` shows those of one phase."""
    cycle, _ = chosen_cycle(municipality, request.GET.get("zyklus", ""))
    if cycle is None:
        messages.info(request, "Legen Sie zuerst einen Planungszyklus an.")
        return HttpResponseRedirect(kind_of(PlanningCycle).url("create", municipality))
    phase = next((phase for phase in Phase if phase.slug == request.GET.get("phase", "")), None)
    offered = [row for row in templates_for(cycle) if phase in (None, row.phase)]
    error = ""
    if request.method == "POST":
        wanted = set(request.POST.getlist("schritt"))
        chosen = [row for row in offered if str(row.pk) in wanted]
        if chosen:
            return take_over(request, municipality, cycle, chosen, phase)
        error = "Kreuzen Sie mindestens einen Schritt an."
    back = phase_url(municipality, phase, cycle) if phase else kind_of(PlanningStep).url("list", municipality)
    context = {
        "shelves": shelves(offered),
        "offered": len([row for row in offered if not row.is_taken]),  # type: ignore[attr-defined]
        "cycle": cycle,
        "phase": phase,
        "error": error,
        "cancel_url": back,
        "crumbs": [
            home_link(municipality),
            Link(f"{phase.number} {phase.short}" if phase else kind_of(PlanningStep).plural, back),
            Link("Schritte aus dem Katalog", ""),
        ],
    }
    return TemplateResponse(request, "planning/step_add.html", context, status=422 if error else 200)


def shelves(offered: list[StepTemplate]) -> list[Shelf]:
    """The offer by phase, in the order of the cycle."""
    found = [Shelf(phase, tuple(row for row in offered if row.phase == phase)) for phase in Phase]
    return [shelf for shelf in found if shelf.templates]


def take_over(
    request: HttpRequest,
    municipality: Municipality,
    cycle: PlanningCycle,
    chosen: list[StepTemplate],
    phase: Phase | None,
) -> HttpResponse:
    """Add the chosen steps and go to where they stand now."""
    actor = person_of(request)
    added = add_template_steps(cycle=cycle, templates=chosen, actor=actor)
    count = len(added)
    messages.success(
        request,
        f"{count} {'Schritt' if count == 1 else 'Schritte'} aus dem Katalog übernommen."
        if count
        else "Diese Schritte gibt es im Planungszyklus schon.",
    )
    phases = {Phase(step.phase) for step in added} or ({phase} if phase else set())
    if len(phases) == 1:
        return HttpResponseRedirect(phase_url(municipality, phases.pop(), cycle))
    return HttpResponseRedirect(kind_of(PlanningStep).url("list", municipality))


def phase_url(municipality: Municipality, phase: Phase, cycle: PlanningCycle) -> str:
    """The page of a phase in this cycle."""
    address = reverse("planning:phase", kwargs={"slug": municipality.slug, "phase": phase.slug})
    return f"{address}?zyklus={cycle.pk}"
