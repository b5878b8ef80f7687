"""From a goal to a measure, and from a need to a goal, in one step each."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.access import access_of, in_municipality, person_of
from accounts.enums import Action
from accounts.models import Municipality
from planning.domain.goals import add_goal
from planning.domain.measures import create_measure_for
from planning.forms.goal_measure import GoalMeasureForm
from planning.forms.goals import AT_TOP, NeedGoalForm
from planning.models import ActionField, Goal, Measure, Need
from planning.pages.goal_tree import CYCLE, Tree
from planning.queries.goals import Heritage, heritage_of
from records.errors import DuplicateSubmission
from records.forms.record import add_errors
from records.models import held
from records.pages.crumbs import apart, crumbs_for
from records.pages.rows import get_row
from records.queries.batches import PARAMETER
from records.registry import kind_of
from records.text import whole_number
from records.views.kept import keeps_form


@in_municipality(Action.WRITE)
@keeps_form
@require_http_methods(["GET", "HEAD", "POST"])
def measure(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """A measure that serves the goal, and takes over what the goal already says."""
    kind = kind_of(Goal)
    goal: Goal = get_row(kind, municipality, pk, access_of(request))
    heritage = heritage_of(goal)
    field = heritage.action_field
    form = GoalMeasureForm(
        data=request.POST if request.method == "POST" else None,
        instance=Measure(municipality=municipality, cycle=goal.cycle),
        initial={
            "action_field": next(iter(held([field] if field else [], goal.span())), None),
            "target_groups": [row.pk for row in heritage.target_groups],
        },
        municipality=municipality,
        access=access_of(request),
    )
    tree_url = f"{reverse('planning:goal-tree', args=[municipality.slug])}?{CYCLE}={goal.cycle_id}"
    if form.is_valid():
        to_tree = f"{tree_url}&{PARAMETER}={{}}#ziel-{pk}" if request.POST.get("weiter") == "baum" else ""
        saved = save_measure(request, goal, form, to_tree)
        if saved:
            return saved
    context = {
        "form": form,
        "goal": goal,
        "level": goal.get_level_display(),
        "taken": taken_over(heritage),
        "cancel_url": kind.url("detail", municipality, pk),
        "tree_url": f"{tree_url}#ziel-{pk}",
        "crumbs": crumbs_for(kind, municipality, goal, last="Maßnahme anlegen"),
    }
    return TemplateResponse(request, "planning/goal_measure.html", context, status=422 if form.errors else 200)


def save_measure(request: HttpRequest, goal: Goal, form: GoalMeasureForm, to_tree: str) -> HttpResponse | None:
    """Store the measure and go to it, or back to the tree; None where the domain has something against it."""
    kind = kind_of(Measure)
    try:
        made, batch = create_measure_for(
            goal=goal,
            measure=form.instance,
            target_groups=form.cleaned_data["target_groups"],
            names=form.typed_names(),
            actor=person_of(request),
            form_key=form.cleaned_data["form_key"],
        )
    except DuplicateSubmission as error:
        messages.info(request, str(error))
        return HttpResponseRedirect(kind_of(Goal).url("detail", goal.municipality, goal.pk))
    except ValidationError as error:
        add_errors(form, error)
        return None
    url = f"{kind.url('detail', goal.municipality, made.pk)}?{PARAMETER}={batch.pk}"
    return HttpResponseRedirect(to_tree.format(batch.pk) or url)


def taken_over(heritage: Heritage) -> list[tuple[str, list[str]]]:
    """What the page says about the values that come from the goal and its needs."""
    found: list[tuple[str, Any]] = [
        ("Bedarfe", heritage.needs),
        ("Lebensphasen", heritage.life_phases),
        ("Planungsregionen", heritage.regions),
    ]
    return [(label, [str(row) for row in rows]) for label, rows in found if rows]


@in_municipality(Action.WRITE)
@keeps_form
@require_http_methods(["GET", "HEAD", "POST"])
def goal_for_need(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """A goal that answers the need."""
    kind, actor = kind_of(Need), person_of(request)
    need: Need = get_row(kind, municipality, pk, access_of(request))
    tree = Tree(municipality, need.cycle, request.GET, writable=True)
    rows = kind_of(ActionField).rows(None, None).order_by("sort_key", "pk")
    fields = [field for field in rows if field.holds(need.span())]
    data = request.POST if request.method == "POST" else None
    form = NeedGoalForm(data, need=need, parents=tree.leading(), fields=fields)
    if form.is_valid():
        cleaned, chosen = form.cleaned_data, whole_number(form.cleaned_data["action_field"])
        parent = None if cleaned["parent"] == AT_TOP else tree.by_pk.get(whole_number(cleaned["parent"]) or 0)
        try:
            goal, batch = add_goal(
                cycle=need.cycle,
                parent=parent,
                title=cleaned["title"],
                needs=[need],
                form_key=cleaned["form_key"],
                action_field=next((field for field in fields if field.pk == chosen), None),
                actor=actor,
            )
        except DuplicateSubmission as error:
            messages.info(request, str(error))
            return HttpResponseRedirect(kind.url("detail", municipality, pk))
        except ValidationError as error:
            add_errors(form, error)
        else:
            place = reverse("planning:goal-tree", args=[municipality.slug])
            return HttpResponseRedirect(f"{place}?{CYCLE}={need.cycle_id}&{PARAMETER}={batch.pk}#ziel-{goal.pk}")
    context = {
        "form": form,
        "heading": "Ziel aus Bedarf bilden",
        "lead": f"Bedarf: {need}",
        "apart": apart(kind, need),
        "save_label": "Ziel anlegen",
        "cancel_url": kind.url("detail", municipality, pk),
        "crumbs": crumbs_for(kind, municipality, need, last="Ziel bilden"),
    }
    return TemplateResponse(request, "records/record_form.html", context, status=422 if form.errors else 200)
