"""The Landeszuwendungen of a year of all municipalities: facts by name, without ranking."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from accounts.models import Municipality
from funding.domain.grants import standing
from funding.models import FundsCall, StateGrant, StateNotice, StateProof
from records.vague import VagueDate
from reporting.queries.state_report import municipalities_of


@dataclass(frozen=True)
class MoneyRow:
    """A municipality's amounts as they stand today; None where nobody has said so."""

    municipality: Municipality
    example: bool
    applied: Decimal | None
    granted: Decimal | None
    called: Decimal | None
    received: Decimal | None
    submitted_on: VagueDate | None
    recognised: Decimal | None

    @property
    def amounts(self) -> tuple[Decimal | None, ...]:
        """In the order of the columns."""
        return self.applied, self.granted, self.called, self.received, self.recognised


def money_rows(year: int, today: date) -> list[MoneyRow]:
    """Every municipality that existed in the year, by name (five queries)."""
    grants = {grant.municipality_id: grant for grant in StateGrant.objects.filter(year=year)}
    notices: dict[int, list[StateNotice]] = defaultdict(list)
    calls: dict[int, list[FundsCall]] = defaultdict(list)
    for notice in StateNotice.objects.filter(grant__year=year):
        notices[notice.municipality_id].append(notice)
    for call in FundsCall.objects.filter(notice__grant__year=year):
        calls[call.municipality_id].append(call)
    proofs = {proof.municipality_id: proof for proof in StateProof.objects.filter(grant__year=year)}
    return [
        row_of(place, grants.get(place.pk), notices[place.pk], calls[place.pk], proofs.get(place.pk), today)
        for place in municipalities_of(year)
    ]


def money_of(place: Municipality, today: date) -> list[tuple[int, MoneyRow]]:
    """The grants of one municipality by year, the newest first (four queries)."""
    notices: dict[int, list[StateNotice]] = defaultdict(list)
    calls: dict[int, list[FundsCall]] = defaultdict(list)
    for notice in StateNotice.objects.filter(municipality=place):
        notices[notice.grant_id].append(notice)
    for call in FundsCall.objects.filter(municipality=place).select_related("notice"):
        calls[call.notice.grant_id].append(call)
    proofs = {proof.grant_id: proof for proof in StateProof.objects.filter(municipality=place)}
    grants = StateGrant.objects.filter(municipality=place).order_by("-year")
    return [
        (grant.year, row_of(place, grant, notices[grant.pk], calls[grant.pk], proofs.get(grant.pk), today))
        for grant in grants
    ]


def row_of(
    place: Municipality,
    grant: StateGrant | None,
    notices: list[StateNotice],
    calls: list[FundsCall],
    proof: StateProof | None,
    today: date,
) -> MoneyRow:
    """One row from what was read."""
    now = standing(notices, calls, today)
    return MoneyRow(
        municipality=place,
        example=bool(grant and grant.is_example),
        applied=grant.applied_amount if grant else None,
        granted=now.granted,
        called=now.called if calls else None,
        received=now.received if any(call.received_on for call in calls) else None,
        submitted_on=proof.submitted_on if proof else None,
        recognised=proof.recognised if proof else None,
    )


def sums_of(rows: Iterable[MoneyRow]) -> list[Decimal | None]:
    """The sum of every column over what was said; None where nobody has said anything."""
    columns = zip(*(row.amounts for row in rows), strict=True)
    said = [[value for value in column if value is not None] for column in columns]
    return [sum(values, Decimal("0.00")) if values else None for values in said]


def money_years(today: date) -> list[int]:
    """The years with a grant, and the present and the next one, the newest first (one query)."""
    with_grant = StateGrant.objects.order_by().values_list("year", flat=True).distinct()
    return sorted({*with_grant, today.year, today.year + 1}, reverse=True)
