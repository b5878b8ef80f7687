"""The demonstration's plans: two editions of 2018 with what the ministry said, a draft of 2019 that can be compared."""

import pytest
from django.core.management import call_command

from plans.builder import build_plan
from plans.domain.verifying import verify_plans
from plans.enums import PlanAction, PlanState
from plans.models import Plan, PlanEvent, PlanVersion, Remark
from plans.queries.versions import published_versions, versions_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("quick_pdf")]
A = PlanAction
LIFE = [
    A.PROPOSE,
    A.RELEASE,
    A.SUBMIT,
    A.BEGIN_REVIEW,
    A.RETURN,
    A.REVISE,
    A.PROPOSE,
    A.RELEASE,
    A.SUBMIT,
    A.BEGIN_REVIEW,
    A.APPROVE,
    A.PUBLISH,
]


def test_both_model_municipalities_have_a_chain_and_a_draft_with_changes():
    call_command("load_demo", verbosity=0)
    for ags in ("16065", "16077"):
        plan = Plan.objects.get(municipality__ags=ags, year=2018)
        assert (plan.state, plan.edition) == (PlanState.PUBLISHED, 2)
        assert [event.action for event in PlanEvent.objects.filter(plan=plan)] == LIFE
        assert [version.state for version in versions_of(plan)] == ["published", "returned"]
        assert all(remark.answer.settled for remark in Remark.objects.filter(plan_version__plan=plan))
        assert Remark.objects.filter(plan_version__plan=plan).count() == 2
        assert [version.edition for version in published_versions(plan.municipality)] == [2]
        draft = Plan.objects.get(municipality__ags=ags, year=2019)
        assert (draft.state, draft.edition) == (PlanState.DRAFT, 1)
        changes = build_plan(draft).changes
        assert changes is not None
        kinds = {(row.kind.value, row.what) for row in changes.rows}
        assert ("added", "Bedarf") in kinds
        assert ("changed", "Bedarf") in kinds
        assert ("added", "Maßnahme") in kinds
    counts = PlanVersion.objects.count(), PlanEvent.objects.count(), Plan.objects.count()
    call_command("load_demo", verbosity=0)
    assert (PlanVersion.objects.count(), PlanEvent.objects.count(), Plan.objects.count()) == counts == (4, 24, 4)
    assert verify_plans().problems == []
