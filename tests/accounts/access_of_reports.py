"""The part of the table of rights (access_table) that speaks of reports and papers."""

Table = dict[str, tuple[set[str], int, int]]

SIGN_UPS = ("participation:sign-up-list", "participation:sign-up-csv")


def reports_other(readers: set[str], writers: set[str], sees_all: set[str]) -> Table:
    """Who opens them, and what they answer to GET and to POST without content."""
    return {
        "reporting:event-attendance": (writers, 200, 405),
        "participation:sign-up-list": (writers, 200, 302),
        "participation:sign-up-csv": (writers, 200, 405),
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
