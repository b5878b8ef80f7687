"""Whether released reports are what was released: editions against their hashes, steps along their chain."""

from collections.abc import Iterator

from django.db.models import Prefetch

from records.life.chain import broken_links, follows, next_number
from reporting.domain.report_life import LIFE
from reporting.enums import ReportAction
from reporting.models import FrozenReport, Report, ReportStep


def problems_of_reports() -> Iterator[str]:
    """A sentence for everything that is not as it was."""
    steps = Prefetch("steps", ReportStep.objects.order_by("number"))
    for report in Report.objects.select_related("municipality").prefetch_related(steps).order_by("pk").iterator(50):
        name = f"{report.municipality.ags} {report}"
        editions = {row.edition: row for row in FrozenReport.objects.filter(report=report)}
        yield from (f"{row}: anders als seine Prüfnummer." for row in editions.values() if not row.is_intact())
        yield from (f"{name}: {text}" for text in broken_steps(report, editions))


def broken_steps(report: Report, editions: dict[int, FrozenReport]) -> Iterator[str]:
    """The steps along their chain, where the report stands, and that each release has its edition."""
    state, previous, number = str(LIFE.start), "", 1
    for step in report.steps.all():
        yield from broken_links(step, number, previous)
        if not follows(LIFE, step, state) or not step.is_intact():
            yield f"Schritt {step.number} schließt nicht an oder passt nicht zu seiner Prüfnummer."
        if step.action == ReportAction.RELEASE:
            frozen = editions.get(step.details.get("edition", 0))
            if frozen is None or frozen.data_sha256 != step.details.get("sha256"):
                yield f"Schritt {step.number}: Die freigegebene Ausgabe fehlt oder ist eine andere."
        state, previous, number = step.to_state, step.sha256, next_number(step.number, number)
    if report.state != state:
        yield "Der Stand ist ein anderer als der, zu dem der letzte Schritt führte."
