"""A measure with what its Steckbrief names besides the content of the plan."""

from accounts.models import Municipality
from planning.models import Measure

BIGGEST_KEY = 2**63 - 1


def measure_of(municipality: Municipality, pk: int) -> Measure | None:
    """Gate 2: a measure of this municipality with its cycle, or None."""
    if pk > BIGGEST_KEY:
        return None
    rows = Measure.objects.filter(municipality=municipality, pk=pk)
    return rows.select_related("municipality", "cycle__predecessor").first()


def resolution_lines(measure: Measure) -> list[str]:
    """„Kreistag, 15.12.2017: beschlossen“ for the resolutions about the measure (one query)."""
    rows = measure.resolutions.select_related("body").order_by("resolved_on", "pk")
    return [f"{row.body}, {row.resolved_on}: {row.get_outcome_display()}" for row in rows]
