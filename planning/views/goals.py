"""The goal tree: shown, and edited in place. Each answer to htmx is the tree that the page includes anyway."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.access import access_of, in_municipality, person_of
from accounts.client import by_htmx
from accounts.enums import Action
from accounts.models import Municipality
from planning.domain.goals import Direction, Place, add_goal, move_goal, neighbour_place, rename_goal
from planning.enums import GoalLevel
from planning.forms.goals import GoalTitleForm, PlaceForm
from planning.models import Goal, PlanningCycle
from planning.pages.goal_tree import ADD, AFTER, CYCLE, FOCUS, MOVE, RENAME, OpenForm, Tree, tree_page
from planning.queries.cycles import chosen_cycle
from records.errors import DuplicateSubmission, StaleRecord
from records.models import Batch
from records.pages.crumbs import crumbs_for
from records.pages.rows import get_row
from records.parts import Link
from records.queries.batches import PARAMETER
from records.registry import kind_of
from records.text import whole_number

DOING = {ADD: "um ein Ziel ergänzen", AFTER: "danach ein Ziel anlegen", RENAME: "umbenennen", MOVE: "verschieben"}
AGAIN = "Sehen Sie nach, was sich geändert hat, und versuchen Sie es noch einmal."
EDGES = {
    Direction.UP: "steht schon ganz oben.",
    Direction.DOWN: "steht schon ganz unten.",
    Direction.LEFT: "kann nicht weiter nach vorn: Davor gibt es kein übergeordnetes Ziel.",
    Direction.RIGHT: "kann nicht weiter nach hinten: Danach gibt es kein übergeordnetes Ziel.",
}


@in_municipality(Action.READ)
@require_safe
def tree(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """The tree of the current cycle, or of the one in ``?zyklus=``; ``?handlungsfeld=`` leaves out other goals."""
    cycle, cycles = chosen_cycle(municipality, request.GET.get(CYCLE, ""))
    if cycle is None:
        return answer(request, municipality, None, [])
    found = tree_of(request, municipality, cycle)
    opened = asked_form(found) if found.writable else None
    goal = found.by_pk.get(whole_number(request.GET.get(FOCUS)) or 0)
    return answer(request, municipality, found, cycles, opened, focus=f"z-{goal.pk}" if goal else "")


def tree_of(request: HttpRequest, municipality: Municipality, cycle: PlanningCycle) -> Tree:
    """The goals of the cycle, as this person may work with them."""
    return Tree(municipality, cycle, request.GET, access_of(request).allows(Action.WRITE, municipality))


def asked_form(tree: Tree) -> OpenForm | None:
    """The form that the address asks for; an empty tree begins with the first Leitziel."""
    for what in (ADD, AFTER, RENAME, MOVE):
        if what not in tree.query:
            continue
        goal = tree.by_pk.get(whole_number(tree.query.get(what)) or 0)
        if what == ADD and tree.query[what] == "0":
            return OpenForm(ADD, None, GoalTitleForm())
        if goal and not (what == ADD and goal.level == GoalLevel.MEASURE):
            return OpenForm(what, goal.pk, first_form(tree, what, goal))
    return None if tree.rows else OpenForm(ADD, None, GoalTitleForm())


def first_form(tree: Tree, what: str, goal: Goal) -> GoalTitleForm | PlaceForm:
    """The form as it opens."""
    if what == MOVE:
        return PlaceForm(parents=tree.parents_for(goal), chosen=goal.parent_id)
    return GoalTitleForm(initial={"title": goal.title} if what == RENAME else None)


def answer(
    request: HttpRequest,
    municipality: Municipality,
    tree: Tree | None,
    cycles: list[PlanningCycle],
    opened: OpenForm | None = None,
    *,
    status: int = 200,
    batch: Batch | None = None,
    **shown: Any,
) -> HttpResponse:
    """The whole page, or for htmx the tree alone."""
    undo = Link(batch.summary, reverse("records:undo", args=[municipality.slug, batch.pk])) if batch else None
    if opened and opened.what != MOVE:
        shown["focus"] = "ziel-eingabe"
    page = tree_page(tree, opened, undo=undo, cycles=others_of(tree, cycles), **shown) if tree else None
    fragment = by_htmx(request) and page is not None
    context = {
        "page": page,
        "fragment": fragment,
        "has_errors": status in (409, 422),
        "cycle_url": kind_of(PlanningCycle).url("create", municipality),
        "may_write": access_of(request).allows(Action.WRITE, municipality),
        "crumbs": crumbs_for(kind_of(Goal), municipality, last="Zielbaum"),
        "doing": doing(tree, opened),
        "field": next((str(f) for f in tree.action_fields() if f.pk == tree.field_pk), "") if tree else "",
    }
    template = "planning/_goal_tree.html" if fragment else "planning/goal_tree.html"
    return TemplateResponse(request, template, context, status=status)


def doing(tree: Tree | None, opened: OpenForm | None) -> str:
    """What the open form does, for the title: „Z 3 Wege verkürzen verschieben“."""
    goal = tree.by_pk.get(opened.pk or 0) if tree and opened else None
    return f"{goal} {DOING[opened.what]}" if goal and opened else "Leitziel anlegen" if opened else ""


def others_of(tree: Tree, cycles: list[PlanningCycle]) -> tuple[Link, ...]:
    """Ways to the trees of the other cycles."""
    return tuple(Link(cycle.title, f"?{CYCLE}={cycle.pk}") for cycle in cycles if cycle.pk != tree.cycle.pk)


def back(
    request: HttpRequest,
    municipality: Municipality,
    cycle: PlanningCycle,
    goal: Goal,
    batch: Batch | None = None,
    what: str = "",
    anchor: str = "",
    notice: str = "",
) -> HttpResponse:
    """After an action: for htmx the new tree, else the way to the page, at the goal."""
    tree = tree_of(request, municipality, cycle)
    if by_htmx(request):
        opened = OpenForm(what, goal.pk, first_form(tree, what, goal)) if what else None
        said = f"{batch.summary}." if batch else notice
        focus = "" if what == MOVE else f"z-{goal.pk}"
        return answer(request, municipality, tree, [], opened, batch=batch, notice=said, focus=focus)
    if notice:
        messages.info(request, notice)
    changes: dict[str, Any] = {what: goal.pk} if what else {}
    if batch:
        changes[PARAMETER] = batch.pk
    return HttpResponseRedirect(f"{tree.address(changes)}#{anchor or f'ziel-{goal.pk}'}")


@in_municipality(Action.WRITE)
@require_POST
def add(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """Store a goal under ``unter`` or behind ``nach`` and open the line for the next one."""
    after = named_goal(request, municipality, request.POST.get("nach", ""))
    parent = after.parent if after else named_goal(request, municipality, request.POST.get("unter", ""))
    beside = after or parent
    cycle = beside.cycle if beside else chosen_cycle(municipality, request.GET.get(CYCLE, ""))[0]
    if cycle is None:
        messages.info(request, "Legen Sie zuerst einen Planungszyklus an.")
        return HttpResponseRedirect(kind_of(PlanningCycle).url("create", municipality))
    found, form = tree_of(request, municipality, cycle), GoalTitleForm(request.POST)
    key = request.POST.get("form_key", "")[:36]
    if form.is_valid():
        field = next((f for f in found.action_fields() if parent is None and f.pk == found.field_pk), None)
        try:
            goal, batch = add_goal(
                cycle=cycle,
                parent=parent,
                title=form.cleaned_data["title"],
                after=after,
                action_field=field,
                actor=person_of(request),
                form_key=key,
            )
        except DuplicateSubmission as error:
            messages.info(request, str(error))
            return HttpResponseRedirect(found.address())
        except ValidationError as error:
            form.add_error("title", error.messages)
        else:
            return back(request, municipality, cycle, goal, batch, what=AFTER, anchor="ziel-eingabe")
    opened = OpenForm(AFTER if after else ADD, beside.pk if beside else None, form)
    return answer(request, municipality, found, [], opened, status=422)


def named_goal(request: HttpRequest, municipality: Municipality, text: str) -> Goal | None:
    """The goal that a field names; None where it is empty. Raises Http404."""
    if not text:
        return None
    pk = whole_number(text)
    if pk is None:
        raise Http404("Dieses Ziel gibt es nicht.")
    goal: Goal = get_row(kind_of(Goal), municipality, pk, access_of(request))
    return goal


@in_municipality(Action.WRITE)
@require_POST
def rename(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """Store another title; where somebody else did so too, both stand side by side."""
    goal: Goal = get_row(kind_of(Goal), municipality, pk, access_of(request))
    form, theirs, status = GoalTitleForm(request.POST), "", 422
    version = whole_number(request.POST.get("version")) or 0
    if form.is_valid():
        title, seen = form.cleaned_data["title"], request.POST.get("seen", "")
        try:
            rename_goal(goal=goal, title=title, seen=seen, version=version, actor=person_of(request))
        except StaleRecord:
            stored: Goal = get_row(kind_of(Goal), municipality, pk, access_of(request))
            theirs, status = stored.title, 409
        except ValidationError as error:
            form.add_error("title", error.messages)
        else:
            return back(request, municipality, goal.cycle, goal)
    found = tree_of(request, municipality, goal.cycle)
    return answer(request, municipality, found, [], OpenForm(RENAME, pk, form, theirs), status=status)


@in_municipality(Action.WRITE)
@require_POST
def move(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """Move a goal by ``richtung``, before the goal ``vor``, or under the goal ``ziel``."""
    goal: Goal = get_row(kind_of(Goal), municipality, pk, access_of(request))
    found = tree_of(request, municipality, goal.cycle)
    what = MOVE if request.POST.get("offen") else ""
    place, form = wanted_place(request, municipality, found, goal)
    if place is None and form is None:
        notice = f"Ziel {found.by_pk[pk].code} {EDGES[Direction(request.POST['richtung'])]}"
        return back(request, municipality, goal.cycle, goal, what=what, notice=notice)
    form = form or PlaceForm(request.POST, parents=found.parents_for(goal))
    if place is not None:
        version = whole_number(request.POST.get("version")) or 0
        try:
            batch = move_goal(goal=goal, place=place, version=version, actor=person_of(request))
        except StaleRecord as error:
            notice = f"Nicht verschoben: {error} {AGAIN}"
            return answer(
                request, municipality, tree_of(request, municipality, goal.cycle), [], notice=notice, status=409
            )
        except ValidationError as error:
            form.add_error("ziel", error.messages)
        else:
            return back(request, municipality, goal.cycle, goal, batch, what=what)
    return answer(request, municipality, found, [], OpenForm(MOVE, pk, form), status=422)


def wanted_place(
    request: HttpRequest, municipality: Municipality, tree: Tree, goal: Goal
) -> tuple[Place | None, PlaceForm | None]:
    """Where the goal shall go; without a place the form that says why, or none at the edge of the tree."""
    if "richtung" in request.POST:
        if request.POST["richtung"] not in list(Direction):
            raise Http404("Diese Richtung gibt es nicht.")
        return neighbour_place(goal, Direction(request.POST["richtung"])), None
    before = named_goal(request, municipality, request.POST.get("vor", ""))
    if before:
        return Place(before.parent, before), None
    if goal.level == GoalLevel.GUIDING and not request.POST.get("ziel"):
        return Place(None), None
    form = PlaceForm(request.POST, parents=tree.parents_for(goal))
    if not form.is_valid():
        return None, form
    return Place(tree.by_pk.get(form.parent_pk() or 0)), form
