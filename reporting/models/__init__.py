"""Models of reporting, in topical files."""

from reporting.models.barriers import BarrierReport
from reporting.models.exports import PlanExport, PlanExportItem
from reporting.models.plan import ChapterText, Plan
from reporting.models.remarks import Remark, RemarkAnswer
from reporting.models.version import PlanEvent, PlanVersion

__all__ = [
    "BarrierReport",
    "ChapterText",
    "Plan",
    "PlanEvent",
    "PlanExport",
    "PlanExportItem",
    "PlanVersion",
    "Remark",
    "RemarkAnswer",
]
