"""What helps in a phase: its open steps with guidance and decisions, and what is missing in its records."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Count, F, QuerySet, Subquery, Value
from django.urls import reverse
from django.utils import timezone

from accounts.access import Access
from accounts.models import Municipality
from planning.enums import Phase
from planning.models import PlanningStep
from planning.models.cycle import CycleRecord
from planning.queries.cycles import current_cycle_key
from planning.queries.steps import open_steps
from records.kind import Gap, RecordKind
from records.parts import Link
from records.queries.prepared import MUNICIPALITY, Parameter, Prepared
from records.queries.scope import Sight, key_of, rows_in_sight, sight_of
from records.registry import all_kinds, kind_of

STEPS_SHOWN = 4


@dataclass(frozen=True)
class StepHelp:
    """A step that is still to be done."""

    link: Link
    state: str
    guidance: str
    decision: str


@dataclass(frozen=True)
class Missing:
    """„3 Bedarfe ohne Ziel“, and the way to mend it."""

    label: str
    action: Link


@dataclass(frozen=True)
class PhaseHelp:
    """What the help of a phase shows."""

    phase: Phase
    url: str
    steps: tuple[StepHelp, ...]
    more_steps: int
    missing: tuple[Missing, ...]
    catalogue_url: str


def phase_help(municipality: Municipality, phase: Phase, access: Access) -> PhaseHelp:
    """Read what helps in the phase (two queries at most)."""
    steps, kind = open_steps(municipality, phase), kind_of(PlanningStep)
    return PhaseHelp(
        phase=phase,
        url=phase_url(municipality, phase),
        steps=tuple(
            StepHelp(
                Link(step.title, kind.url("detail", municipality, step.pk)),
                str(step.get_state_display()),
                step.guidance,
                "" if step.decision_taken else step.decision_needed,
            )
            for step in steps[:STEPS_SHOWN]
        ),
        more_steps=max(0, len(steps) - STEPS_SHOWN),
        missing=tuple(missing_in(municipality, phase, access)),
        catalogue_url=f"{reverse('planning:step-add', kwargs={'slug': municipality.slug})}?phase={phase.slug}",
    )


def phase_url(municipality: Municipality, phase: Phase) -> str:
    """The page of the phase."""
    return reverse("planning:phase", kwargs={"slug": municipality.slug, "phase": phase.slug})


def gaps_of(phase: Phase) -> Iterator[tuple[RecordKind, Gap]]:
    """Gaps in the records of a phase, and those of others that are mended in it."""
    for kind in all_kinds():
        for gap in kind.gaps:
            if gap.action and kind.is_tenant and phase in (kind.section, gap.mended_in):
                yield kind, gap


def missing_in(municipality: Municipality, phase: Phase, access: Access) -> list[Missing]:
    """The gaps of the phase with the number of records that have them; what is complete is left out.

    Of planning content only the present cycle counts: nobody mends what is closed.
    """
    gaps = list(gaps_of(phase))
    statement = gaps_statement(phase, sight_of(access, municipality)) if gaps else None
    values = {"user": key_of(access), "year": timezone.localdate().year}
    counts = {name: (cycle, n) for name, cycle, n in (statement.run(municipality, **values) if statement else ())}
    found = []
    for kind, gap in gaps:
        cycle, count = counts.get(f"{kind.name}/{gap.code}", (0, 0))
        if count:
            label = f"{count} {kind.label if count == 1 else kind.plural} {gap.label}"
            url = f"{kind.url('list', municipality)}?luecke={gap.code}" + (f"&cycle={cycle}" if cycle else "")
            found.append(Missing(label, Link(gap.action, url)))
    return found


@cache
def gaps_statement(phase: Phase, sight: Sight) -> Prepared:
    """Name of each gap of the phase, the present cycle where records belong to one, and how many records have it."""
    parts = []
    present = Subquery(current_cycle_key(MUNICIPALITY, Parameter("year")))
    for kind, gap in gaps_of(phase):
        rows: QuerySet[Any] = rows_in_sight(kind.model, sight).filter(gap.condition).order_by()
        is_planned = issubclass(kind.model, CycleRecord)
        rows = rows.filter(cycle=present) if is_planned else rows
        named = rows.annotate(
            gap_name=Value(f"{kind.name}/{gap.code}"), in_cycle=F("cycle_id") if is_planned else Value(0)
        )
        counted = named.values("gap_name", "in_cycle").annotate(row_count=Count("pk", distinct=True))
        parts.append(counted.values_list("gap_name", "in_cycle", "row_count"))
    return Prepared.of(parts[0].union(*parts[1:], all=True))
