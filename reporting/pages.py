"""What the page of a report shows."""

from django.urls import reverse

from accounts.access import Access
from accounts.enums import Action
from plans.content import groups_of_four
from records.parts import Link
from reporting.enums import ReportState
from reporting.models import Report
from reporting.queries.frozen import editions_of

FORMS = ("pdf", "json")


def report_parts(report: Report, access: Access) -> dict[str, object]:
    """What the page of a report shows besides its texts: the draft, and the editions with their checksums."""
    key = [report.municipality.slug, report.pk]
    may_write = access.allows(Action.WRITE, report.municipality) and report.state != ReportState.RELEASED
    return {
        "draft_url": reverse("reporting:report-draft", args=key) if may_write else "",
        "editions": [
            {
                "edition": row,
                "groups": groups_of_four(row.pdf_sha256),
                "files": [
                    Link(form.upper(), reverse("reporting:report-edition", args=[*key, row.edition, form]))
                    for form in FORMS
                ],
            }
            for row in editions_of(report)
        ],
    }
