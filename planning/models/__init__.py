"""Models of planning, in topical files."""

from planning.models.catalogue import ActionField, Deadline, Indicator, IndicatorBreak, LifePhase, StepTemplate
from planning.models.controlling import CarryOver, CriterionReport, GoalResult, MeasureReview, TargetRevision
from planning.models.cycle import CycleRecord, EntryLevel, Hurdle, PhaseState, PlanningCycle, PlanningStep
from planning.models.deadlines import KeptDeadline
from planning.models.figures import IndicatorValue, OwnIndicator, OwnValue, QuotedFigure, ReportedIndicator
from planning.models.goals import FamilyConcept, Goal, MissionStatement
from planning.models.inventory import Commune, DataSource, Offer, PlanningRegion, Provider, TargetGroup
from planning.models.measures import CriterionValue, Measure, Milestone, QualityCriterion
from planning.models.needs import Need, SwotEntry
from planning.models.office import Office
from planning.models.rules import CheckRule, FundingRule
from planning.models.start import (
    Agreement,
    Certificate,
    Document,
    LinkedStrategy,
    PlannerPost,
    PriorProgramme,
    StartingCondition,
)
from planning.models.statistics import (
    Area,
    AreaChange,
    OfficialCorrection,
    OfficialSeries,
    OfficialValue,
    StatImport,
)

__all__ = [
    "ActionField",
    "Agreement",
    "Area",
    "AreaChange",
    "CarryOver",
    "Certificate",
    "CheckRule",
    "Commune",
    "CriterionReport",
    "CriterionValue",
    "CycleRecord",
    "DataSource",
    "Deadline",
    "Document",
    "EntryLevel",
    "FamilyConcept",
    "FundingRule",
    "Goal",
    "GoalResult",
    "Hurdle",
    "Indicator",
    "IndicatorBreak",
    "IndicatorValue",
    "KeptDeadline",
    "LifePhase",
    "LinkedStrategy",
    "Measure",
    "MeasureReview",
    "Milestone",
    "MissionStatement",
    "Need",
    "Offer",
    "Office",
    "OfficialCorrection",
    "OfficialSeries",
    "OfficialValue",
    "OwnIndicator",
    "OwnValue",
    "PhaseState",
    "PlannerPost",
    "PlanningCycle",
    "PlanningRegion",
    "PlanningStep",
    "PriorProgramme",
    "Provider",
    "QualityCriterion",
    "QuotedFigure",
    "ReportedIndicator",
    "StartingCondition",
    "StatImport",
    "StepTemplate",
    "SwotEntry",
    "TargetGroup",
    "TargetRevision",
]
