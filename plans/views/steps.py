"""The steps in the life of a plan: the pages of records.views.life with what belongs to plans."""

from typing import Any

from accounts.access import Access
from accounts.models import Municipality
from plans.domain.lifecycle import LIFE
from plans.enums import PlanAction
from plans.models import Plan
from plans.queries.versions import submission_deadline
from plans.views.plans import crumbs, get_plan, url_of
from printing.errors import RenderError
from records.errors import StaleRecord
from records.parts import Link
from records.views.life import StepPlace


def back(plan: Plan) -> str:
    """The page of the plan."""
    return url_of("plan-detail", plan.municipality, plan.pk)


def after(plan: Plan, action: str) -> str:
    """A submission leads to its receipt, every other step back to the plan."""
    if action == PlanAction.SUBMIT:
        return url_of("plan-receipt", plan.municipality, plan.pk, plan.edition)
    return back(plan)


def reached(municipality: Municipality, pk: int, access: Access) -> Plan:
    """Gate 2; every reader of a municipality sees its plans."""
    return get_plan(municipality, pk)


def deadline_of(plan: Plan, action: str) -> dict[str, Any]:
    """The deadline, where the step is bound to one."""
    return {"plan": plan, "deadline": submission_deadline(plan.year) if action == PlanAction.SUBMIT else None}


STEPS = StepPlace(
    life=LIFE,
    get=reached,
    back=back,
    crumbs=lambda plan, label: crumbs(plan.municipality, Link(str(plan), back(plan)), Link(label, "")),
    after=after,
    called=lambda plan: f"{plan}, Fassung {plan.edition}",
    back_label="Zurück zum Plan",
    look_again="Sehen Sie sich den Plan noch einmal an und wiederholen Sie den Schritt.",
    template="plans/plan_step.html",
    more=deadline_of,
    fails=(StaleRecord, RenderError),
)
