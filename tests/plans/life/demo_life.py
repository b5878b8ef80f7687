"""The demonstration's plans: two editions of 2018 with what the ministry said, a draft of 2019 that can be compared."""

from plans.builder import build_plan
from plans.content import to_json
from plans.domain.verifying import verify_plans
from plans.drawing import plan_html, plan_pdf
from plans.enums import PlanAction, PlanState
from plans.models import Plan, PlanEvent, PlanVersion, Remark
from plans.parsing import from_json
from plans.queries.versions import published_versions, versions_of
from tests.exchange.dossier.facts import FACTS, UNDATED
from tests.plans.printed import nearly_empty, not_printed, open_pdf, plain, tagged_wrongly, words_of
from tests.plans.test_json import problems

A = PlanAction
MOST_PAGES = 48
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


def check_plans():
    """Both model municipalities have a chain and a draft with changes; what is frozen reads as a book."""
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
    assert (PlanVersion.objects.count(), PlanEvent.objects.count(), Plan.objects.count()) == (4, 24, 4)
    assert verify_plans().problems == []
    for ags in ("16065", "16077"):
        reads_as_a_book(Plan.objects.get(municipality__ags=ags, year=2018))


def reads_as_a_book(plan):
    """As many pages as its content needs, none of them nearly empty, every tag once, every fact in it."""
    content = build_plan(plan)
    data = to_json(content)
    assert problems(data) == []
    assert to_json(from_json(data)) == data
    pdf = plan_pdf(content)
    document = open_pdf(pdf)
    text = words_of(document)
    assert len(document) <= MOST_PAGES
    assert nearly_empty(document) == []
    assert tagged_wrongly(plan_html(content), pdf) == {}
    assert not_printed([fact for fact in FACTS if fact.ags == plan.municipality.ags], text) == []
    assert [words for ags, words in UNDATED if ags == plan.municipality.ags and plain(words) not in text] == []
    assert content.changes is None, "its edition before was returned"
