"""The chapters of plans as places that somebody can speak about (records.spots)."""

from django.urls import reverse

from accounts.access import Access
from accounts.models import Municipality
from accounts.policies import Right
from participation.models import Hint
from participation.queries.hints import waiting_below
from plans.enums import AnyChapter, ChapterCode
from plans.models import Plan
from plans.queries.plans import plan_of
from records.spots import Spot
from records.text import whole_number

WORD = "plan"


def spot_of_chapter(plan: Plan, code: AnyChapter) -> Spot:
    """A chapter of a plan, in whatever edition it stands."""
    url = f"{reverse('plans:plan-detail', args=[plan.municipality.slug, plan.pk])}?kapitel={code.slug}"
    return Spot(f"{WORD}/{plan.pk}/{code.value}", f"Kapitel {code.number} {code.label}, {plan}", url)


def hinted_chapters(plan: Plan, access: Access) -> dict[str, str]:
    """Words about the hints that wait at chapters, for those who read hints (one query)."""
    if not Hint.policy.allows(Right.SEE, access, plan.municipality):
        return {}
    found = waiting_below(plan.municipality, f"{WORD}/{plan.pk}/")
    return {code: f"{number} {'Hinweis' if number == 1 else 'Hinweise'} offen" for code, number in found.items()}


def find_chapter(municipality: Municipality, access: Access, rest: list[str]) -> Spot | None:
    """The chapter that the rest of a key names: plan and code."""
    pk = whole_number(rest[0]) if len(rest) == 2 else None
    plan = plan_of(municipality, pk) if pk is not None else None
    return spot_of_chapter(plan, ChapterCode(rest[1])) if plan and rest[1] in ChapterCode.values else None
