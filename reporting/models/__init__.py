"""Models of reports with a life."""

from reporting.models.reports import FrozenReport, Report, ReportStep, ReportText

__all__ = ["FrozenReport", "Report", "ReportStep", "ReportText"]
