"""The part of the table of rights (access_table) that speaks of reports, papers, and answers of surveys."""

from typing import Any

from participation.models import Event, Session, Survey

Table = dict[str, tuple[set[str], int, int]]

ROWS: dict[str, Any] = {
    **{f"reporting:session-{paper}": Session for paper in ("invitation", "minutes", "calendar")},
    **dict.fromkeys(("reporting:event-attendance", "participation:sign-up-list", "participation:sign-up-csv"), Event),
    **{f"participation:survey-{page}": Survey for page in ("read", "results", "tables-csv", "finding", "text")},
    **{f"participation:survey-{page}": Survey for page in ("form", "words", "preview")},
    "reporting:survey-notice": Survey,
}


def reports_other(readers: set[str], writers: set[str], sees_all: set[str]) -> Table:
    """Who opens them, and what they answer to GET and to POST without content."""
    return {
        "reporting:event-attendance": (writers, 200, 405),
        "reporting:survey-notice": (writers, 302, 405),  # it is not open
        "participation:sign-up-list": (writers, 200, 302),
        "participation:sign-up-csv": (writers, 200, 405),
        "participation:survey-read": (writers, 200, 422),
        "participation:survey-form": (writers, 200, 422),
        "participation:survey-words": (writers, 404, 404),  # names no language
        "participation:survey-preview": (writers, 200, 405),
        "participation:survey-results": (readers, 200, 405),
        "participation:survey-tables-csv": (readers, 200, 405),
        "participation:survey-finding": (writers, 405, 404),  # names no cell: tests/participation/test_surveys.py
        "participation:survey-text": (writers, 405, 302),
        "reporting:session-invitation": (readers, 200, 405),
        "reporting:session-minutes": (readers, 200, 405),
        "reporting:session-calendar": (readers, 200, 405),
        "reporting:plan-finance-pdf": (readers, 200, 405),
        "reporting:plan-finance-xlsx": (readers, 200, 405),
        "reporting:measure-sheet": (readers, 200, 405),
        "reporting:library": (readers, 200, 405),
        "reporting:progress-report": (readers, 200, 405),
        "reporting:family-report": (readers, 200, 405),
        "reporting:state-report": (sees_all, 200, 405),
        "reporting:state-report-pdf": (sees_all, 200, 405),
        "reporting:report-draft": (writers, 200, 405),
        "reporting:report-edition": (readers, 404, 405),  # nothing is released; what is: tests/reporting
    }
