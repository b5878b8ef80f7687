"""Which decision is in force on a day: the last released version that has begun, never a sum of versions (R13)."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet, Sum

from funding.enums import DecisionState, GrantOutcome, MoneySource
from funding.models import Call, DecidedFinance, FundingApplication, FundingDecision

OUT = (DecisionState.RELEASED, DecisionState.SENT, DecisionState.FINAL)
NOTHING = Decimal("0.00")


def released() -> QuerySet[FundingDecision]:
    """Every decision that is out."""
    return FundingDecision.objects.filter(state__in=OUT)


def all_in_force(applications: Iterable[FundingApplication], day: date) -> dict[int, FundingDecision]:
    """By the key of the application what holds on the day (one query); none before the first version."""
    rows = released().filter(application__in=applications, dated__lte=day)
    return {row.application_id: row for row in rows.order_by("dated", "edition")}


def in_force(application: FundingApplication, day: date) -> FundingDecision | None:
    """What holds for one application on the day (one query)."""
    return all_in_force([application], day).get(application.pk)


def replaced_by(decision: FundingDecision) -> FundingDecision | None:
    """The newest version that is out besides this one and, where this is out, before it (one query)."""
    rows = released().filter(application=decision.application_id).exclude(pk=decision.pk)
    if decision.edition is not None:
        rows = rows.filter(edition__lt=decision.edition)
    return rows.order_by("edition").last()


def next_edition(decision: FundingDecision) -> int:
    """The number of the version that the decision becomes (one query)."""
    before = replaced_by(decision)
    return before.edition + 1 if before is not None and before.edition else 1


def granted(decision: FundingDecision | None) -> Decimal:
    """What a decision grants; a refusal, and none, grant nothing."""
    return decision.grant if decision is not None and decision.grant is not None else NOTHING


def decided_in(call: Call, *, without: FundingApplication | None = None) -> dict[int, Decimal]:
    """By the key of the application what the newest versions of a call grant (one query)."""
    rows = released().filter(application__call=call).order_by("edition")
    if without is not None:
        rows = rows.exclude(application=without)
    return {row.application_id: granted(row) for row in rows}


def land_granted(decisions: Iterable[FundingDecision]) -> Decimal:
    """What decisions grant of the money of the Land, as their financing says (one query)."""
    given = [row.pk for row in decisions if row.outcome != GrantOutcome.REFUSED]
    rows = DecidedFinance.objects.filter(decision__in=given, source=MoneySource.LAND)
    return rows.aggregate(all=Sum("amount"))["all"] or NOTHING


def decided_for(application: FundingApplication) -> list[FundingDecision]:
    """The newest versions of all other cases of the same municipality and year (one query)."""
    rows = released().filter(application__municipality=application.municipality_id, application__year=application.year)
    newest = {row.application_id: row for row in rows.exclude(application=application).order_by("edition")}
    return list(newest.values())
