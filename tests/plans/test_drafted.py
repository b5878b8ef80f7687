"""The page of a draft is made once of the same records, and never shows what was changed since."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from planning.enums import RuleCode, Severity
from planning.models import CheckRule, Need
from plans.enums import ChapterCode
from plans.models import Plan
from records.domain.saving import delete_record, update_record
from tests.cast import Walker
from tests.factories import make
from tests.plans import records

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet"), pytest.mark.once]
MOST = 15


@pytest.fixture
def plan(cast):
    records.make_catalogue()
    made = records.make_plan(cast.home)
    records.fill(made, 1)
    return made


def opened(client, plan, code=ChapterCode.NEEDS):
    """The page of a chapter, and how many queries it took."""
    address = reverse("plans:plan-detail", args=[plan.municipality.slug, plan.pk])
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address, {"kapitel": code.slug})
    assert answer.status_code == 200
    return re.sub(r'value="\w{64}"', "", answer.content.decode()), len(captured)


@pytest.mark.parametrize("code", [ChapterCode.MANDATE, ChapterCode.CONTROLLING, ChapterCode.SOURCES])
def test_a_second_view_takes_few_queries(cast, plan, code):
    client = cast.client("planner", Walker)
    first, _ = opened(client, plan, code)
    again, queries = opened(client, plan, code)
    assert again == first
    assert queries <= MOST


def test_every_change_is_seen_at_once(cast, plan):
    client = cast.client("planner", Walker)
    opened(client, plan)
    need = Need.objects.get(municipality=cast.home)
    need.title = "Nachts fährt kein Bus"
    update_record(need, version=need.version, actor=None)
    assert "Nachts fährt kein Bus" in opened(client, plan)[0]
    other = make(Need, cast.home, full=False, title="Noch einer", cycle=plan.cycle)
    assert "Noch einer" in opened(client, plan)[0]
    delete_record(other, version=other.version, actor=None)
    assert "Noch einer" not in opened(client, plan)[0]


def test_a_rule_of_the_programme_counts_at_once(cast, plan):
    client = cast.client("planner", Walker)
    next_year = records.add(Plan, municipality=cast.home, cycle=plan.cycle, year=2019)
    assert "Beschluss fehlt" in opened(client, next_year)[0]
    make(CheckRule, None, full=False, code=RuleCode.RESOLUTION, severity=Severity.OFF)
    assert "Beschluss fehlt" not in opened(client, next_year)[0]
