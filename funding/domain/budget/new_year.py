"""A Finanzplan for a new year: proposed from the last one, or from measures and posts; stored as one batch."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from accounts.models import Municipality, User
from funding.models import BudgetLine, BudgetYear
from funding.models.budget import TYPED
from funding.queries.budget import lines_of, years_of
from planning.models import Measure, PlannerPost, PlanningCycle
from records.amounts import written
from records.domain.batches import record_batch
from records.models import Batch

COPIED = ("title", "measure", "planner_post", "action_field", "provider", "cost_kind", "eligible", "note", "is_example")
AMOUNTS = (*TYPED, "open")
NOT_RUNNING = "Die Maßnahme läuft in diesem Jahr nicht."


@dataclass(frozen=True)
class Proposed:
    """A line for the new year; ``why_not`` says why it is left out unless somebody wants it."""

    number: int
    line: BudgetLine
    why_not: str = ""

    @property
    def shown(self) -> str:
        """What the line comes to, or a dash where nothing is said."""
        return written(self.line.total) if self.line.has_amount else "–"


@dataclass(frozen=True)
class Proposal:
    """What a new year may begin with; ``source`` is the year that it comes from, None: measures and posts."""

    cycle: PlanningCycle
    year: int
    source: BudgetYear | None
    lines: tuple[Proposed, ...]


def proposal_for(municipality: Municipality, cycle: PlanningCycle, year: int) -> Proposal:
    """From the newest Finanzplan before the year; where there is none, one line for each measure and post."""
    earlier = [row for row in years_of(municipality) if row.year < year and row.cycle_id == cycle.pk]
    if not earlier:
        return Proposal(cycle, year, None, tuple(from_measures(cycle, year)))
    source = earlier[-1]
    lines = [
        Proposed(number, copy_of(line), "" if line.measure is None or line.measure.runs_in(year) else NOT_RUNNING)
        for number, line in enumerate(lines_of(source))
    ]
    return Proposal(cycle, year, source, tuple(lines))


def copy_of(line: BudgetLine) -> BudgetLine:
    """The line without its year."""
    names = (*COPIED, *AMOUNTS, "position")
    return BudgetLine(municipality=line.municipality, **{name: getattr(line, name) for name in names})


def from_measures(cycle: PlanningCycle, year: int) -> list[Proposed]:
    """A line for each planner post and each measure of the year; what was said as yearly cost is „noch offen“."""
    posts = PlannerPost.objects.filter(municipality=cycle.municipality, is_lsz_post=True).order_by("begin", "pk")
    measures = Measure.objects.filter(cycle=cycle).select_related("action_field", "provider")
    found: list[BudgetLine] = [line_for(post, year, planner_post=post) for post in posts if lasts_in(post, year)]
    rows = [measure for measure in measures.order_by("action_field__sort_key", "sort_key") if measure.runs_in(year)]
    found += [line_for(measure, year, measure=measure) for measure in rows]
    return [Proposed(number, line) for number, line in enumerate(named_once(found))]


def lasts_in(post: PlannerPost, year: int) -> bool:
    """Whether the post exists in the year."""
    begun = post.begin is None or post.begin.first.year <= year
    return begun and (post.end is None or post.end.last.year >= year)


def line_for(subject: Any, year: int, **relation: Any) -> BudgetLine:
    """A line of a measure or a post."""
    return BudgetLine(
        municipality=subject.municipality,
        title=subject.title,
        open=subject.yearly_cost,
        is_example=subject.is_example,
        **relation,
    )


def named_once(lines: list[BudgetLine]) -> list[BudgetLine]:
    """Two lines of one name and no Kostenart would be one: the second is counted."""
    seen: dict[str, int] = {}
    for line in lines:
        seen[line.title] = count = seen.get(line.title, 0) + 1
        if count > 1:
            line.title = f"{line.title} ({count})"
    return lines


def create_year(
    *,
    proposal: Proposal,
    municipality: Municipality,
    actor: User,
    wanted: Collection[int],
    with_amounts: bool,
    form_key: str,
) -> tuple[BudgetYear, Batch]:
    """Store the year with the wanted lines. Raises PermissionDenied, ValidationError, DuplicateSubmission."""
    summary = f"Finanzplan {proposal.year} angelegt"
    with record_batch(municipality=municipality, actor=actor, summary=summary, form_key=form_key) as batch:
        year = batch.create(BudgetYear(municipality=municipality, cycle=proposal.cycle, year=proposal.year))
        for proposed in proposal.lines:
            if proposed.number not in wanted:
                continue
            line = proposed.line
            line.budget_year = year
            if not with_amounts:
                for name in AMOUNTS:
                    setattr(line, name, None)
            batch.create(line)
    assert batch.batch is not None
    return year, batch.batch
