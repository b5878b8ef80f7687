"""What participation contributes to the Fortschreibung of a cycle."""

from dataclasses import dataclass

from participation.models import Finding
from planning.models import PlanningCycle
from planning.queries.open_content import PARTS, open_content


@dataclass(frozen=True)
class Carried:
    """A kind whose open records go on into the next cycle: its name in the form, number, and what they are called.

    Without ``name`` it cannot be chosen: parts go with their record, findings with the needs that they support.
    """

    name: str
    label: str
    count: int
    titles: tuple[str, ...] = ()


def carried_over(cycle: PlanningCycle) -> list[Carried]:
    """All that goes on into the next cycle, and the findings that go on supporting it."""
    content = open_content(cycle)
    found = []
    for rows in content.in_order():
        titles = tuple(rows.prefetch_related(None).values_list("label", flat=True))
        name = str(rows.model._meta.model_name)
        found.append(
            Carried("" if name in PARTS else name, str(rows.model._meta.verbose_name_plural), len(titles), titles)
        )
    findings = Finding.objects.filter(needs__in=content.needs.prefetch_related(None)).distinct().count()
    return [*found, Carried("", "Erkenntnisse, die weiter Bedarfe belegen", findings)]
