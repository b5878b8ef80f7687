"""Models of reporting, in topical files."""

from reporting.models.plan import ChapterText, Plan

__all__ = ["ChapterText", "Plan"]
