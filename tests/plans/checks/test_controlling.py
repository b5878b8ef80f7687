"""What the check finds of controlling: targets changed without a reason, measures of which nobody has spoken."""

from decimal import Decimal

import pytest
from django.utils import timezone

from planning.models import CriterionValue, MeasureReview, QualityCriterion, TargetRevision
from plans.checks import findings_of
from plans.models import PlanVersion
from records.domain import saving
from tests.plans.checks import world
from tests.plans.records import add

pytestmark = pytest.mark.django_db


def test_a_target_that_differs_from_the_last_edition_needs_a_reason(cast, plan):
    criterion = add(QualityCriterion, measure=world.measure(plan), title="Zahl", kind="output", municipality=cast.home)
    value = add(CriterionValue, criterion=criterion, year=plan.year, target=Decimal(40), municipality=cast.home)
    store_edition(plan)
    assert "targets_changed" not in codes(plan)
    value.target = Decimal(30)
    saving.update_record(value, version=1, actor=None)
    assert "targets_changed" in codes(plan)
    add(TargetRevision, criterion=criterion, year=plan.year, old=40, new=30, reason="Darum", municipality=cast.home)
    assert "targets_changed" not in codes(plan)


def test_measures_of_the_last_year_are_spoken_about(cast, plan):
    plan.cycle.first_year, plan.cycle.last_year = plan.year - 1, plan.year
    measure = world.measure(plan, begin=None)
    assert "measures_not_reviewed" in codes(plan)
    add(MeasureReview, measure=measure, year=plan.year - 1, meaning="Gut.", municipality=cast.home)
    assert "measures_not_reviewed" not in codes(plan)


def codes(plan):
    return {str(one.code) for one in findings_of(plan)}


def store_edition(plan):
    empty = dict.fromkeys(("content", "pages", "pdf"), b"{}")
    PlanVersion.objects.create(
        municipality=plan.municipality,
        plan=plan,
        number=1,
        year=plan.year,
        edition=1,
        frozen_at=timezone.now(),
        **empty,
    )
