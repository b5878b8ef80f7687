"""The page of a phase: its state, its steps in order, its records and the decisions that belong there."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.access import Access, access_of, in_municipality
from accounts.enums import Action
from accounts.models import Municipality
from accounts.policies import Right
from planning.enums import Phase, Progress, StepState
from planning.models import PhaseState, PlanningCycle, PlanningStep, StepTemplate
from planning.pages.phase_ways import phase_ways
from planning.pages.progress import PROGRESS_CODES
from planning.pages.proposals import Proposal, for_phase, for_step
from planning.queries.cycles import chosen_cycle, phase_states
from planning.queries.steps import steps_of_phase, templates_for
from records.kind import RecordKind
from records.parts import Button, Link
from records.places import home_link
from records.queries.counts import row_counts
from records.registry import all_kinds, kind_of
from records.vague import span_text

GLYPHS = PROGRESS_CODES | {
    StepState.OPEN: "none",
    StepState.DROPPED: "dropped",
}


@dataclass(frozen=True)
class StateLine:
    """The state of the phase: glyph, word and dates."""

    code: str
    label: str
    dates: str
    note: str
    edit_url: str


@dataclass(frozen=True)
class StepLine:
    """A step in the table; ``move_url`` is empty where the person may not move it."""

    pk: int
    title: str
    url: str
    code: str
    state: str
    responsible: str
    guidance: str
    planned: str
    actual: str
    move_url: str
    is_first: bool
    is_last: bool
    is_milestone: bool
    proposal: Proposal | None = None


@dataclass(frozen=True)
class DecisionLine:
    """A decision that belongs to the phase: what is needed, at which step, and how it was taken."""

    needed: str
    taken: str
    step: str
    url: str


@dataclass(frozen=True)
class KindLine:
    """A kind of records of the phase with their number."""

    label: str
    url: str
    count: int
    create: Link | None
    ways: tuple[Button, ...] = ()


@in_municipality(Action.READ)
@require_safe
def show(request: HttpRequest, municipality: Municipality, phase: str) -> HttpResponse:
    """A phase in the current cycle, or in the one named by ``?zyklus=``."""
    found = next((p for p in Phase if p.slug == phase), None)
    if found is None:
        raise Http404("Diese Phase gibt es nicht.")
    may_write = access_of(request).allows(Action.WRITE, municipality)
    cycle, cycles = chosen_cycle(municipality, request.GET.get("zyklus", ""))
    steps = list(steps_of_phase(cycle, found)) if cycle else []
    state = phase_states(municipality, cycle).get(found) if cycle else None
    templates = [row for row in templates_for(cycle) if row.phase == found] if cycle else []
    context = {
        "phase": found,
        "question": found.question,
        "cycle": cycle,
        "others": [Link(c.title, f"?zyklus={c.pk}") for c in cycles if cycle and c.pk != cycle.pk],
        "state": state_line(state, municipality, may_write),
        "proposal": for_phase(found, state, steps) if may_write else None,
        "take_url": reverse("planning:state-take", args=[municipality.slug, found.slug]) if may_write else "",
        "steps": step_lines(municipality, steps, may_write),
        "decisions": decision_lines(municipality, steps, templates),
        "offered": len([row for row in templates if not row.is_taken]),  # type: ignore[attr-defined]
        "kinds": kind_lines(municipality, found, may_write, access_of(request)),
        "ways": ways(municipality, found, cycle) if may_write else {},
        "crumbs": [
            home_link(municipality),
            Link(f"{found.number} {found.short}", ""),
        ],
    }
    return TemplateResponse(request, "planning/phase.html", context)


def ways(municipality: Municipality, phase: Phase, cycle: PlanningCycle | None) -> dict[str, str]:
    """Addresses of what can be done from here."""
    slug, steps, cycles = municipality.slug, kind_of(PlanningStep), kind_of(PlanningCycle)
    if cycle is None:
        return {"start": cycles.url("create", municipality)}
    found = {
        "create": f"{steps.url('create', municipality)}?phase={phase.value}&cycle={cycle.pk}",
        "add": f"{reverse('planning:step-add', kwargs={'slug': slug})}?phase={phase.slug}&zyklus={cycle.pk}",
    }
    return found | phase_ways(phase, cycle)


def state_line(state: PhaseState | None, municipality: Municipality, may_write: bool) -> StateLine | None:
    """How the phase stands in the cycle; None without a cycle."""
    if state is None:
        return None
    return StateLine(
        code=GLYPHS[Progress(state.state)],
        label=str(state.get_state_display()),
        dates=span_text(state.begin, state.end),
        note=state.note,
        edit_url=kind_of(PhaseState).url("update", municipality, state.pk) if may_write else "",
    )


def step_lines(municipality: Municipality, steps: list[PlanningStep], may_write: bool) -> list[StepLine]:
    """The steps in the municipality's order."""
    kind, last = kind_of(PlanningStep), len(steps) - 1
    return [
        StepLine(
            pk=step.pk,
            title=step.title,
            url=kind.url("detail", municipality, step.pk),
            code=GLYPHS[StepState(step.state)],
            state=str(step.get_state_display()),
            responsible=step.responsible,
            guidance=step.guidance,
            planned=span_text(step.planned_begin, step.planned_end),
            actual=actual_text(step),
            move_url=reverse("planning:step-move", kwargs={"slug": municipality.slug, "pk": step.pk})
            if may_write
            else "",
            is_first=index == 0,
            is_last=index == last,
            is_milestone=step.is_milestone,
            proposal=for_step(step) if may_write else None,
        )
        for index, step in enumerate(steps)
    ]


def actual_text(step: PlanningStep) -> str:
    """When it was; a milestone is a moment and not „since“ one."""
    if step.is_milestone and (step.begin is None or step.end is None):
        moment = step.begin or step.end
        return str(moment) if moment else ""
    return span_text(step.begin, step.end)


def decision_lines(
    municipality: Municipality, steps: list[PlanningStep], templates: list[StepTemplate]
) -> list[DecisionLine]:
    """Decisions of the municipality's own steps, then those that the catalogue names besides."""
    kind = kind_of(PlanningStep)
    lines = [
        DecisionLine(s.decision_needed, s.decision_taken, s.title, kind.url("detail", municipality, s.pk))
        for s in steps
        if (s.decision_needed or s.decision_taken) and s.state != StepState.DROPPED
    ]
    lines += [DecisionLine(t.decision, "", t.title, "") for t in templates if t.decision and not t.is_taken]  # type: ignore[attr-defined]
    return lines


def kinds_of_phase(phase: Phase) -> list[RecordKind]:
    """The kinds that stand in the phase's menu (all of them where none does), then those it works with besides."""
    kinds = [kind for kind in all_kinds() if kind.section == phase and kind.is_tenant]
    in_menu = [kind for kind in kinds if kind.in_menu]
    return [*(in_menu or kinds), *(kind for kind in all_kinds() if phase in kind.also_in)]


def kind_lines(municipality: Municipality, phase: Phase, may_write: bool, access: Access) -> list[KindLine]:
    """Kinds that the person sees, with the number of their records."""
    kinds = [kind for kind in kinds_of_phase(phase) if kind.allows(Right.SEE, access, municipality)]
    counts = row_counts([kind.model for kind in kinds], municipality, access)  # type: ignore[misc]
    return [
        KindLine(
            label=kind.plural,
            url=kind.url("list", municipality),
            count=counts.get(kind.name, 0),
            create=Link(f"{kind.label} anlegen", kind.url("create", municipality))
            if may_write and kind.creatable
            else None,
            ways=tuple(kind.buttons("list", municipality, access)),
        )
        for kind in kinds
    ]
