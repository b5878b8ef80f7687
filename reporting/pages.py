"""What the page of a report shows."""

from django.urls import reverse

from accounts.access import Access
from accounts.enums import Action
from plans.content import groups_of_four
from records.parts import Link
from records.registry import kind_of
from reporting.enums import SECTIONS, ReportState
from reporting.models import Report, ReportText
from reporting.queries.frozen import editions_of, texts_of

FORMS = ("pdf", "json")


def report_parts(report: Report, access: Access) -> dict[str, object]:
    """What the page of a report shows besides its texts: the draft, chapters to write for, editions with checksums."""
    key = [report.municipality.slug, report.pk]
    may_write = access.allows(Action.WRITE, report.municipality) and report.state != ReportState.RELEASED
    return {
        "draft_url": reverse("reporting:report-draft", args=key) if may_write else "",
        "to_write": chapters_to_write(report) if may_write and report.state == ReportState.DRAFT else [],
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


def chapters_to_write(report: Report) -> list[Link]:
    """The chapters of this kind of report that have no own text yet, each with its form (one query)."""
    written = texts_of(report)
    form = f"{kind_of(ReportText).url('create', report.municipality)}?report={report.pk}"
    return [
        Link(str(section.label), f"{form}&section={section}")
        for section in SECTIONS[report.kind]
        if section not in written
    ]
