"""The ways on from a plan: none is hidden, what refuses says where it is mended, no form that cannot help."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from planning.models import PlanningCycle
from plans.domain.remarks import write_remark
from plans.enums import ChapterCode, PlanAction
from plans.models import Plan
from plans.pages.life import step_url
from tests.factories import make
from tests.plans.life.released import TO_REVIEW, actors_in, go, make_plan, newest
from tests.plans.life.test_pages import text_of, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet", "quick_pdf"), pytest.mark.once]
A = PlanAction


@pytest.fixture
def plan(cast):
    return make_plan(cast.home)


def test_the_reason_of_a_return_stands_on_top_of_plan_and_chapter(cast, plan):
    actors = actors_in(cast, cast.home)
    go(plan, actors, *TO_REVIEW)
    words = "Bitte ergänzen Sie, wer berät."
    write_remark(version=newest(plan), chapter=ChapterCode.NEEDS, text=words, actor=cast.ministry)
    chapter = url("plan-chapter", plan, "bedarf")
    planner = cast.client()
    locked = planner.get(chapter, follow=True)  # a frozen chapter shows no form, but why
    assert "Das Ministerium prüft den Plan." in text_of(locked)
    assert 'name="text"' not in locked.content.decode()
    go(plan, actors, A.RETURN)
    assert "zurückgegeben. Ein Grund" in text_of(planner.get(url("plan-detail", plan)))
    go(plan, actors, A.REVISE)
    for page in (url("plan-detail", plan), chapter):
        assert "zurückgegeben. Ein Grund" in text_of(planner.get(page))
    assert words in text_of(planner.get(chapter))


def test_a_single_way_on_is_shown_and_a_refusal_names_the_way(cast, plan):
    actors = actors_in(cast, cast.home)
    planner, lead = cast.client(), cast.client("lead")
    go(plan, actors, A.PROPOSE)
    page = planner.get(url("plan-detail", plan)).content.decode()
    assert step_url(plan, A.TAKE_BACK) in page  # the only step that the planner has
    go(plan, actors, A.TAKE_BACK)
    lead.post(url("plan-chapter", plan, "bestand"), {"text": "Wort", "version": 0})
    refused = lead.get(step_url(plan, A.RELEASE)).content.decode()
    assert f'href="{step_url(plan, A.PROPOSE)}"' in refused
    assert 'name="note"' not in refused  # a reason would not help here


def test_a_return_without_remarks_names_the_way_to_the_first(cast, plan):
    go(plan, actors_in(cast, cast.home), *TO_REVIEW)
    page = cast.client("ministry").get(step_url(plan, A.RETURN)).content.decode()
    assert f'href="{url("remark-create", plan)}"' in page
    assert 'name="note"' not in page


def test_a_new_plan_is_for_the_next_year_that_has_none(cast):
    this_year = timezone.localdate().year
    cycle = make(PlanningCycle, cast.home, first_year=this_year - 1, last_year=this_year + 3, full=False)
    address = reverse("plans:plan-create", args=[cast.home.slug])

    def chosen(query=""):
        return int(re.search(r'value="(\d+)" selected', cast.client().get(address + query).content.decode())[1])

    assert chosen() == this_year + 1
    assert chosen(f"?jahr={this_year}") == this_year
    plan = make(Plan, cast.home, full=False, cycle=cycle, year=this_year + 1)
    assert chosen() == this_year + 2
    assert cast.client().get(f"{address}?jahr={plan.year}").url == url("plan-detail", plan)
    beyond = cast.client().get(f"{address}?jahr={this_year + 9}", follow=True)
    assert "Schreiben Sie den jüngsten fort" in text_of(beyond)
    assert "Fortschreibung beginnen" in text_of(beyond)
