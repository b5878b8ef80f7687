"""Every kind of record is described exactly once and its description names only what exists."""

from collections import Counter

from django.apps import apps
from django.db import models
from simple_history.models import HistoricalChanges

from funding import models as funding
from participation import models as participation
from planning import models as planning
from planning.enums import Phase
from planning.kinds.common import current_cycle_initial
from records.fields import VagueDateField
from records.kind import RecordKind
from records.models import MunicipalRecord, Record
from records.pages.listing import columns_of
from records.registry import all_kinds, children_of, kind_of
from reporting import models as reporting
from tests.kinds import every_kind

SHAPES = {"session", "participation", "resolution", "milestone", "period", "hurdle"}
MOST_FILTERS = 5
RESERVED_SEGMENTS = {
    "zeitstrahl",
    "plaene",
    "finanzplan",
    "phasen",
    "roter-faden",
    "abgleich",
    "beteiligung",
    "plausibilitaet",
    "landeszuwendung",
    "geld-offen",
}
PHASES = {
    Phase.MANDATE: {
        "EntryLevel",
        "StartingCondition",
        "PriorProgramme",
        "Certificate",
        "Office",
        "PlannerPost",
        "Agreement",
        "LinkedStrategy",
    },
    Phase.INVENTORY: {"Offer", "Provider", "PlanningRegion", "Commune", "TargetGroup", "DataSource"},
    Phase.NEEDS: {
        "IndicatorValue",
        "SwotEntry",
        "Need",
        "Event",
        "EventAttendance",
        "Survey",
        "SurveyQuestion",
        "SurveyAnswer",
        "Finding",
    },
    Phase.GOALS: {"FamilyConcept", "MissionStatement", "Goal"},
    Phase.MEASURES: {"Measure", "Milestone", "QualityCriterion"},
    Phase.RESOLUTION: {"Resolution"},
    Phase.IMPLEMENTATION: {
        "LocalFundingRule",
        "Decider",
        "Call",
        "FundingApplication",
        "CostPosition",
        "FinancePosition",
        "OfferedCriterion",
        "CheckAnswer",
        "Inquiry",
        "BoardVote",
        "FundingDecision",
        "DecidedCost",
        "DecidedFinance",
        "DecisionCondition",
        "Instalment",
        "TextBlock",
        "Payment",
        "PaymentUse",
        "ProofOfUse",
        "ProofPosition",
        "ProofIncome",
        "Receipt",
        "InventoryItem",
        "RepaymentClaim",
    },
    Phase.CONTROLLING: {"CriterionValue"},
    None: {
        "PlanningCycle",
        "PhaseState",
        "PlanningStep",
        "KeptDeadline",
        "Hurdle",
        "Document",
        "Body",
        "BodyMembership",
        "Session",
        "AgendaItem",
        "Decision",
        "Task",
        "Consultation",
        "SupportRecord",
        "NetworkDocument",
        "NetworkEvent",
        "NetworkRegistration",
        "Hint",
        "Experience",
        "ActionField",
        "LifePhase",
        "StepTemplate",
        "Indicator",
        "Deadline",
        "CheckRule",
        "CheckItem",
        "CostKind",
        "StateGrant",
        "StateNotice",
        "NoticeCondition",
        "FundsCall",
        "StateProof",
        "BaseRate",
        "BudgetYear",
        "BudgetLine",
        "BudgetExplanation",
        "OwnExpense",
        "FundingRule",
    },
}
STABLE_SEGMENTS = {
    planning.Offer: "angebote",
    planning.Need: "bedarfe",
    participation.Finding: "erkenntnisse",
    planning.Goal: "ziele",
    planning.Measure: "massnahmen",
    participation.Body: "gremien",
    participation.Session: "sitzungen",
    participation.Resolution: "beschluesse",
    participation.Event: "veranstaltungen",
    participation.Survey: "befragungen",
}
CHILDREN = {
    funding.BudgetYear: ["budgetline"],
    funding.BudgetLine: ["budgetexplanation", "ownexpense"],
    planning.Goal: ["goalresult"],
    reporting.Report: ["reporttext"],
    planning.Measure: ["measurereview", "milestone", "qualitycriterion"],
    planning.QualityCriterion: ["criterionreport", "criterionvalue", "targetrevision"],
    planning.PlanningCycle: ["phasestate"],
    participation.Body: ["bodymembership"],
    participation.Session: ["agendaitem", "decision", "task"],
    participation.Resolution: ["consultation"],
    participation.Event: ["eventattendance"],
    participation.NetworkEvent: ["networkdocument"],
    participation.Survey: ["surveyquestion"],
    participation.SurveyQuestion: ["surveyanswer"],
    funding.StateGrant: ["statenotice", "stateproof"],
    funding.StateNotice: ["fundscall", "noticecondition"],
    funding.LocalFundingRule: ["decider"],
    funding.FundingApplication: [
        "boardvote",
        "checkanswer",
        "costposition",
        "financeposition",
        "fundingdecision",
        "inquiry",
        "offeredcriterion",
        "payment",
        "proofofuse",
        "repaymentclaim",
    ],
    funding.FundingDecision: ["decidedcost", "decidedfinance", "decisioncondition", "instalment"],
    funding.Payment: ["paymentuse"],
    funding.ProofOfUse: ["inventoryitem", "proofincome", "proofposition", "receipt"],
}

# Records with pages of their own instead of the generic ones.
WITHOUT_KIND = {"Plan", "PlanReview", "ChapterText", "Remark", "RemarkAnswer"}


def record_models() -> set[type[Record]]:
    return {
        model
        for model in apps.get_models()
        if issubclass(model, Record)
        and not issubclass(model, HistoricalChanges)
        and not model._meta.auto_created
        and model.__name__ not in WITHOUT_KIND
        and model._meta.app_label != "trial"  # a room of the tests, which register its kinds themselves
    }


def editable_fields(model: type[Record]) -> list[str]:
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
    return sorted(field.name for field in fields if field.editable and not field.primary_key)


def field_of(kind: RecordKind, name: str) -> models.Field:
    return kind.model._meta.get_field(name)


def test_every_record_model_has_exactly_one_kind():
    assert Counter(kind.model for kind in all_kinds()) == Counter(record_models())


@every_kind
def test_form_groups_hold_every_editable_field_exactly_once(kind):
    assert not {*kind.field_names()} & {*kind.earlier}, "what was said earlier is only read"
    goes_along = {"level", "region", "commune"} if kind.chosen else set()  # set by the area that is chosen
    assert sorted({*kind.field_names(), *goes_along, *kind.earlier}) == editable_fields(kind.model)


@every_kind
def test_columns_filters_and_tags_name_existing_fields(kind):
    assert all(hasattr(kind.model, name) for name in kind.columns)  # fields or properties
    for name in (*kind.filters, *kind.quiet_filters, *kind.tags):
        assert field_of(kind, name)
    assert str(kind.model._default_manager.order_by(*kind.ordering).query)
    if kind.title_field:
        assert field_of(kind, kind.title_field)
        assert kind.title_field not in kind.columns
    assert 1 <= len(kind.columns) <= 5
    assert len(kind.filters) <= MOST_FILTERS
    for names in (kind.columns, kind.filters, kind.tags, [head.label for head in columns_of(kind, None, "")]):
        assert len(names) == len(set(names))


@every_kind
def test_filters_are_choices_relations_or_yes_and_no(kind):
    for name in kind.filters:
        field = field_of(kind, name)
        assert field.choices or field.is_relation or isinstance(field, models.BooleanField), name


@every_kind
def test_marks_name_vague_dates_lanes_and_shapes(kind):
    for mark in kind.marks:
        assert mark.shape in SHAPES
        for name in (mark.begin, mark.end):
            assert not name or isinstance(field_of(kind, name), VagueDateField)
        if mark.lane and not isinstance(mark.lane, Phase):
            assert field_of(kind, mark.lane).choices == Phase.choices
        for name in mark.related:
            assert field_of(kind, name).is_relation
        assert all(f"{{record.{name}}}" in mark.label for name in mark.related)
        assert mark.label.count("{record.") == len(mark.related)


def test_segments_are_unique_and_stable():
    for tenant in (True, False):
        segments = Counter(kind.segment for kind in all_kinds() if kind.is_tenant == tenant)
        assert [segment for segment, count in segments.items() if count > 1] == []
        assert RESERVED_SEGMENTS.isdisjoint(segments)
    assert {model: kind_of(model).segment for model in STABLE_SEGMENTS} == STABLE_SEGMENTS
    assert all(kind.segment.isascii() and kind.segment.replace("-", "").isalnum() for kind in all_kinds())


def test_kinds_of_the_programme_stand_in_their_phases():
    found: dict[Phase | None, set[str]] = {}
    for kind in all_kinds():
        found.setdefault(kind.section, set()).add(kind.model.__name__)
    assert {phase: PHASES[phase] - found.get(phase, set()) for phase in PHASES} == {phase: set() for phase in PHASES}


def test_sub_records_stand_on_the_page_of_their_parent_and_not_in_the_menu():
    found = {kind.model: sorted(child.name for child in children_of(kind)) for kind in all_kinds()}
    assert {model: names for model, names in found.items() if names} == CHILDREN
    assert [kind.name for kind in all_kinds() if kind.in_menu and kind.parent] == []


@every_kind
def test_gap_conditions_can_be_asked(kind):
    for gap in kind.gaps:
        assert str(kind.model._default_manager.filter(gap.condition).query)
    assert len({gap.code for gap in kind.gaps}) == len(kind.gaps)


@every_kind
def test_words_are_there_and_formal(kind):
    texts = [kind.intro, kind.empty_way, *(text for group in kind.groups for text in (group.legend, group.help_text))]
    for text in texts:
        assert text.strip() == text != ""
        assert not {"du", "dein", "deine"} & set(text.lower().split())
    assert all(text.endswith((".", "?")) for text in (kind.intro, kind.empty_way, *(g.help_text for g in kind.groups)))


def test_only_what_comes_with_the_cycle_or_of_controlling_cannot_be_created_or_deleted():
    found = [kind.name for kind in all_kinds() if not (kind.creatable and kind.deletable)]
    assert found == ["phasestate", "targetrevision", "hint"]


def test_planning_content_starts_in_the_current_cycle():
    for kind in all_kinds():
        starts_there = kind.initial is current_cycle_initial
        assert starts_there == (issubclass(kind.model, planning.CycleRecord) and kind.creatable), kind.name


def test_tenant_records_carry_a_mark_for_invented_entries():
    for kind in all_kinds():
        assert ("is_example" in kind.field_names()) == issubclass(kind.model, MunicipalRecord)


def test_a_forgotten_and_a_doubled_field_are_found():
    names = kind_of(planning.Need).field_names()
    assert sorted(names[1:]) != editable_fields(planning.Need)
    assert sorted([*names, names[0]]) != editable_fields(planning.Need)
