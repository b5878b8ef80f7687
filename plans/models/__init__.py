"""Models of plans, in topical files."""

from plans.models.exports import PlanExport, PlanExportItem
from plans.models.plan import ChapterText, Plan
from plans.models.remarks import Remark, RemarkAnswer
from plans.models.review import PlanReview
from plans.models.version import PlanEvent, PlanVersion

__all__ = [
    "ChapterText",
    "Plan",
    "PlanEvent",
    "PlanExport",
    "PlanExportItem",
    "PlanReview",
    "PlanVersion",
    "Remark",
    "RemarkAnswer",
]
