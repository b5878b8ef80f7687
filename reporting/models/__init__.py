"""Models of reporting, in topical files."""

from reporting.models.barriers import BarrierReport
from reporting.models.plan import ChapterText, Plan

__all__ = ["BarrierReport", "ChapterText", "Plan"]
