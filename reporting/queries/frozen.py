"""Released editions of reports, and the texts of a report."""

from django.db.models import Q

from accounts.models import Municipality
from plans.pages.known_files import KnownFile
from reporting.models import FrozenReport, Report, ReportText


def report_of(municipality: Municipality, pk: int) -> Report | None:
    """Gate 2: a report of this municipality, or None."""
    return Report.objects.filter(municipality=municipality, pk=pk).select_related("municipality").first()


def reports_of_year(municipality: Municipality, year: int) -> dict[str, Report]:
    """By kind (one query)."""
    return {row.kind: row for row in Report.objects.filter(municipality=municipality, year=year)}


def edition_of(municipality: Municipality, pk: int, edition: int) -> FrozenReport | None:
    """A released edition with its bytes, or None."""
    return FrozenReport.objects.filter(municipality=municipality, report=pk, edition=edition).first()


def editions_of(report: Report) -> list[FrozenReport]:
    """The released editions without their bytes, the newest first (one query)."""
    return list(FrozenReport.objects.filter(report=report).defer("data", "pdf").order_by("-edition"))


def texts_of(report: Report) -> dict[str, str]:
    """The own texts by chapter (one query)."""
    return dict(ReportText.objects.filter(report=report).order_by().values_list("section", "text"))


def edition_with_sum(sha256: str) -> FrozenReport | None:
    """The edition whose PDF or data have this checksum, whoever asks (one query)."""
    rows = FrozenReport.objects.select_related("municipality", "report")
    return rows.filter(Q(pdf_sha256=sha256) | Q(data_sha256=sha256)).order_by("pk").last()


def known_report(sha256: str) -> KnownFile | None:
    """A released edition, as „Fassung prüfen“ names it."""
    found = edition_with_sum(sha256)
    if found is None:
        return None
    newer = FrozenReport.objects.filter(report=found.report_id, edition__gt=found.edition).exists()
    return KnownFile(
        str(found), found.municipality.full_name, found.made_at, has_newer=newer, is_intact=found.is_intact()
    )
