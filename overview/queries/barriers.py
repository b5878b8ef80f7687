"""Reported barriers, for the administration."""

from django.db.models import QuerySet

from overview.models import BarrierReport


def barrier_reports() -> QuerySet[BarrierReport]:
    """All of them: open ones first, the newest first."""
    return BarrierReport.objects.all()
