"""The application for the Landeszuwendung of a year: what is applied for, what the Finanzplan says, and it as annex."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from funding.domain.reckoning.steps import known_total, ratio, total
from funding.enums import Source
from funding.models import BudgetLine, BudgetYear, StateGrant
from funding.queries.budget import budget_of, lines_of
from planning.queries.office import office_lines
from plans.builder.basis import WITHOUT_FIELD_HEAD
from printing.papers.frame import MINISTRY, frame_of, running_origin
from printing.papers.making import document_pdf
from records.templatetags.german import number
from reporting.queries.state_money import sums_of

KIND = "Antrag auf Landeszuwendung"


@dataclass(frozen=True, kw_only=True)
class PlannedLine:
    """A line of the annex: its amounts by source, in the order of the sources."""

    title: str
    amounts: tuple[Decimal | None, ...]
    total: Decimal
    example: bool


@dataclass(frozen=True, kw_only=True)
class PlannedGroup:
    """The lines of a Handlungsfeld with their sums."""

    title: str
    lines: tuple[PlannedLine, ...]
    sums: tuple[Decimal | None, ...]
    total: Decimal


@dataclass(frozen=True, kw_only=True)
class FinanceTable:
    """A Finanzplan as the paper shows it; ``sources`` are those that any line names, with their sums and shares."""

    state: str
    heads: tuple[str, ...]
    groups: tuple[PlannedGroup, ...]
    sources: tuple[tuple[str, Decimal, str], ...]
    total: Decimal
    land: Decimal
    land_of_public: str

    @property
    def all_lines(self) -> tuple[PlannedLine, ...]:
        """Every line."""
        return tuple(line for group in self.groups for line in group.lines)


def application_pdf(grant: StateGrant, created: datetime) -> bytes:
    """The application as PDF; ``grant`` comes with its municipality. Raises RenderError."""
    place, today = grant.municipality, timezone.localdate(created)
    budget = budget_of(place, grant.year)
    plan = plan_of(budget, lines_of(budget)) if budget else None
    frame = frame_of(
        place,
        KIND,
        as_of=today,
        subject=f"Förderjahr {grant.year}",
        example=grant.is_example or bool(plan and any(line.example for line in plan.all_lines)),
        office=office_lines(place),
    )
    context = {
        "frame": frame,
        "grant": grant,
        "place": place,
        "plan": plan,
        "differs": bool(plan and grant.applied_amount is not None and plan.land != grant.applied_amount),
        "addressee": MINISTRY,
        "origin": running_origin(today),
        "period": (date(grant.year, 1, 1), date(grant.year, 12, 31)),
    }
    title = f"{KIND} {grant.year} – {place.name}"
    return document_pdf("reporting/papers/grant_application.html", context, title=title, created=created)


def plan_of(budget: BudgetYear, lines: Iterable[BudgetLine]) -> FinanceTable:
    """What counts in the year, by Handlungsfeld; sums are sums of the lines."""
    counted = [line for line in lines if line.counts]
    sums = sums_of(counted)
    whole, land = total(sums.values()), sums[Source.LAND]
    used = [source for source in Source if sums[source] or any(line.amounts[source] is not None for line in counted)]
    fields = sorted({field.sort_key: field for line in counted if (field := line.field)}.items())
    by_field = [(str(field), [line for line in counted if line.field == field]) for _, field in fields]
    by_field.append((WITHOUT_FIELD_HEAD, [line for line in counted if line.field is None]))
    return FinanceTable(
        state=str(budget.get_state_display()),
        heads=tuple(str(source.label) for source in used),
        groups=tuple(group_of(title, rows, used) for title, rows in by_field if rows),
        sources=tuple((str(source.label), sums[source], percent(sums[source], whole)) for source in used),
        total=whole,
        land=land,
        land_of_public=percent(land, land + sums[Source.MUNICIPAL]),
    )


def group_of(title: str, lines: list[BudgetLine], used: list[Source]) -> PlannedGroup:
    """The lines of a Handlungsfeld."""
    sums = sums_of(lines)
    return PlannedGroup(
        title=title,
        lines=tuple(
            PlannedLine(
                title=str(line),
                amounts=tuple(line.amounts[source] for source in used),
                total=line.total,
                example=line.is_example,
            )
            for line in lines
        ),
        sums=tuple(known_total(line.amounts[source] for line in lines) for source in used),
        total=total(sums.values()),
    )


def percent(part: Decimal, whole: Decimal) -> str:
    """„59,4642 %“, or a dash of nothing."""
    found = ratio(part, whole)
    return "–" if found is None else f"{number(found)} %"
