"""What participation contributes to the Fortschreibung of a cycle."""

from participation.models import Finding
from planning.models import PlanningCycle
from planning.queries.open_content import open_content


def carried_over(cycle: PlanningCycle) -> list[tuple[str, int]]:
    """German name and number of all that goes on into the next cycle, and of the findings that go on supporting it."""
    content = open_content(cycle)
    findings = Finding.objects.filter(needs__in=content.needs.prefetch_related(None)).distinct().count()
    return [*content.counts(), ("Erkenntnisse, die weiter Bedarfe belegen", findings)]
