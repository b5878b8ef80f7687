"""What of the plans people hear of: the steps of their life, and remarks once the municipality may read them."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from accounts.enums import Action
from plans.domain.lifecycle import LIFE
from plans.enums import ChapterCode, PlanAction
from plans.models import PlanEvent, Remark
from records.happenings import Happened, Happening, step_happening


def plan_page(happened: Happened) -> str:
    """The page of the plan."""
    return reverse("plans:plan-detail", args=[happened.place.slug if happened.place else "", happened.record])


def handed_over() -> QuerySet[Any]:
    """Remarks on editions that the ministry has returned or approved; before that they are a draft of the ministry."""
    told = PlanEvent.objects.filter(
        version=OuterRef("plan_version"), action__in=(PlanAction.RETURN, PlanAction.APPROVE)
    )
    return Remark.objects.filter(Exists(told))


FOR_MINISTRY = (PlanAction.SUBMIT, PlanAction.PUBLISH, PlanAction.UNPUBLISH, PlanAction.AMEND)
CHAPTERS = dict(ChapterCode.choices)

SOURCES = (
    step_happening(LIFE, (Action.WRITE, Action.SUPPORT), page=plan_page),
    step_happening(LIFE, (Action.REVIEW,), code="step-plan-sent", page=plan_page, only=Q(action__in=FOR_MINISTRY)),
    Happening(
        "remark",
        Remark,
        "Plan",
        plan_page,
        lambda said: f"Anmerkung zum Kapitel „{CHAPTERS.get(said, said)}“",
        (Action.WRITE,),
        rows=handed_over,
        record="plan_version__plan_id",
        title="plan_version__plan__label",
        said="chapter",
    ),
)
