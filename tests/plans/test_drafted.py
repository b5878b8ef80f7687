"""The page of a draft is made once of the same records, and never shows what was changed since."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Municipality
from planning.domain.official import note_import, take_back_import
from planning.enums import RuleCode, Severity, StatImportState
from planning.models import CheckRule, Indicator, IndicatorValue, Measure, Milestone, Need, ReportedIndicator
from plans import drawing
from plans.checks.contradictions import contradictions_of
from plans.enums import ChapterCode
from plans.models import Plan
from records.domain.saving import delete_record, update_record
from tests.cast import Walker
from tests.factories import make
from tests.insight.published import publish
from tests.plans import records
from tests.plans.records import add

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet"), pytest.mark.once]
MOST, AFTER_A_CHANGE = 15, 59


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


def test_a_view_after_a_change_judges_again_what_the_change_concerns(cast, plan):
    client = cast.client("planner", Walker)
    opened(client, plan)
    need = Need.objects.get(municipality=cast.home)
    need.title = "Nachts fährt kein Bus"
    update_record(need, version=need.version, actor=None)
    assert opened(client, plan)[1] <= AFTER_A_CHANGE


def test_a_draft_shows_what_a_file_of_the_statistics_brought_and_took_along(cast, plan):
    client = cast.client("planner", Walker)
    people = Indicator.objects.get()
    add(ReportedIndicator, municipality=cast.home, indicator=people)
    IndicatorValue.objects.all().delete()
    before = opened(client, plan, ChapterCode.INVENTORY)[0]
    (value,) = publish(people, {(cast.home.ags, plan.year - 1): 71_738})
    note_import(value.stat_import, StatImportState.DONE)
    assert "738" not in before
    assert "738" in opened(client, plan, ChapterCode.INVENTORY)[0]
    take_back_import(value.stat_import_id, actor=cast.ministry)
    assert opened(client, plan, ChapterCode.INVENTORY)[0] == before


def test_rules_read_nothing_but_what_they_name(cast, plan):
    """Else a page would keep what a change has made untrue."""

    def keep(model, read, judge):
        with CaptureQueriesContext(connection) as captured:
            said = judge()
        tables = {row._meta.db_table for row in read} | {
            field.remote_field.through._meta.db_table for row in read for field in row._meta.many_to_many
        }
        asked = {name for query in captured for name in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])}
        assert asked <= tables | {Municipality._meta.db_table}, model
        return said

    contradictions_of(plan, keep)


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


def test_what_contradicts_another_record_since_it_was_changed_is_found(cast, plan):
    client = cast.client("planner", Walker)
    measure = make(
        Measure, cast.home, full=False, cycle=plan.cycle, title="Rufbus", state="planned", begin=None, end=None
    )
    make(Milestone, cast.home, full=False, measure=measure, title="Fahrplan liegt vor", state="open", reached_on=None)
    before = opened(client, plan, ChapterCode.SOURCES)[0]
    measure.state, measure.not_done_reason = "dropped", "Kein Träger."
    update_record(measure, version=measure.version, actor=None)
    after = opened(client, plan, ChapterCode.SOURCES)[0]
    assert ("passt nicht zu einer anderen" in before, "passt nicht zu einer anderen" in after) == (False, True)


def test_a_rule_of_the_programme_counts_at_once(cast, plan):
    client = cast.client("planner", Walker)
    next_year = records.add(Plan, municipality=cast.home, cycle=plan.cycle, year=2019)
    assert "Beschluss fehlt" in opened(client, next_year)[0]
    make(CheckRule, None, full=False, code=RuleCode.RESOLUTION, severity=Severity.OFF)
    assert "Beschluss fehlt" not in opened(client, next_year)[0]


def test_a_chapter_that_takes_too_long_says_so_and_the_plan_stays_open(cast, plan, monkeypatch):
    """60 needs with 20 000 signs each held whoever looked at the chapter for 22 s."""
    need = Need.objects.filter(municipality=cast.home, cycle=plan.cycle).first()
    need.description = "- a\n" * 5_000
    update_record(need, actor=cast.planner, version=need.version)
    monkeypatch.setattr(drawing, "PREVIEW_SECONDS", -1.0)
    page, _ = opened(cast.client(), plan)
    assert "Dieses Kapitel ist zu lang, um es hier zu zeigen." in page
    monkeypatch.setattr(drawing, "PREVIEW_SECONDS", 60.0)
    need.description = "- b\n" * 5_000
    update_record(need, actor=cast.planner, version=need.version)
    page, _ = opened(cast.client(), plan)
    assert page.count("b</li>") == 5_000
