"""The records of a Landeszuwendung, read in a fixed number of queries."""

from dataclasses import dataclass, field

from accounts.models import Municipality
from funding.models import FundsCall, NoticeCondition, StateGrant, StateNotice, StateProof


@dataclass
class GrantRecords:
    """A grant with all that belongs to it, each in the order of its days; nothing where there is no grant."""

    grant: StateGrant | None = None
    notices: list[StateNotice] = field(default_factory=list)
    conditions: list[NoticeCondition] = field(default_factory=list)
    calls: list[FundsCall] = field(default_factory=list)
    proof: StateProof | None = None


def read_grant(municipality: Municipality, year: int) -> GrantRecords:
    """The grant of a year (five queries)."""
    grant = StateGrant.objects.filter(municipality=municipality, year=year).first()
    if grant is None:
        return GrantRecords()
    return GrantRecords(
        grant=grant,
        notices=list(grant.notices.order_by("dated", "pk")),
        conditions=list(NoticeCondition.objects.filter(notice__grant=grant).order_by("due", "pk")),
        calls=list(FundsCall.objects.filter(notice__grant=grant).order_by("requested_on", "pk")),
        proof=grant.proofs.first(),
    )


def grant_years(municipality: Municipality) -> list[int]:
    """The years for which there is a grant, the newest first (one query)."""
    return list(StateGrant.objects.filter(municipality=municipality).order_by("-year").values_list("year", flat=True))
