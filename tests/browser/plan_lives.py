"""Plans in every part of their life, for the pages that show them."""

from unittest import mock

from planning.models import PlanningCycle
from plans.domain import freezing
from plans.domain.remarks import write_remark
from plans.enums import ChapterCode, PlanAction
from plans.models import Plan, Remark
from tests.browser.portal import Portal
from tests.factories import make
from tests.plans.life.released import TO_PUBLISHED, TO_REVIEW, actors_in, go, make_plan, newest, small_pdf

FIRST_YEAR = 2001  # far from the years of other records of the portal


def furnish_lives(portal: Portal) -> None:
    """Plans that are drafted, in review, returned and published; ``portal.records`` names them."""
    home, actors = portal.cast.home, actors_in(portal.cast, portal.cast.home)
    cycle = make(PlanningCycle, home, text="Leben", full=False, first_year=FIRST_YEAR, last_year=FIRST_YEAR + 5)
    with mock.patch.object(freezing, "plan_pdf", small_pdf):
        for number, name in enumerate(("drafted", "in_review", "returned", "published")):
            plan = make_plan(home, FIRST_YEAR + number, cycle=cycle)
            portal.records[f"plan_{name}"] = plan
            if name == "published":
                go(plan, actors, *TO_PUBLISHED)
            elif name != "drafted":
                go(plan, actors, *TO_REVIEW)
                remark(portal, plan)
        go(portal.records["plan_returned"], actors, PlanAction.RETURN)


def remark(portal: Portal, plan: Plan) -> Remark:
    """A remark of the ministry on the edition in review."""
    words = "Bitte ergänzen Sie, welche Gruppen beraten."
    found = write_remark(version=newest(plan), chapter=ChapterCode.NEEDS, text=words, actor=portal.cast.ministry)
    portal.records[f"remark_{plan.pk}"] = found
    return found
