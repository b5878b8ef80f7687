"""The Verwendungsnachweis of a Landeszuwendung: notices, calls, own expenses, and the proofs of Träger as annex."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from accounts.models import Municipality
from funding.domain.grants import Standing, in_force, standing
from funding.domain.reckoning.steps import known_total, total
from funding.enums import PaymentState, ProofKind, ProofState, Source
from funding.models import FundsCall, ProofOfUse, StateNotice, StateProof
from funding.queries.budget import budget_of, lines_of
from funding.queries.grants import read_grant
from planning.queries.office import office_lines
from printing.papers.frame import MINISTRY, frame_of, running_origin
from printing.papers.making import document_pdf
from reporting.queries.grants import own_expenses, paid_in_year, proofs_of_year

KIND = "Verwendungsnachweis"


@dataclass(frozen=True, kw_only=True)
class CarrierLine:
    """The proof of a Träger: what was paid out to it, what it spent, what of it is recognised (None: not yet)."""

    case: str
    applicant: str
    title: str
    received: str
    paid: Decimal
    spent: Decimal | None
    recognised: Decimal | None
    example: bool


@dataclass(frozen=True, kw_only=True)
class SpentLine:
    """A line of the Finanzplan with what was planned and what the Kommune spent; None: nothing entered."""

    title: str
    planned: Decimal
    planned_land: Decimal | None
    spent: Decimal | None
    spent_land: Decimal | None
    example: bool


@dataclass(frozen=True, kw_only=True)
class Proved:
    """What the paper says in numbers; ``holding`` is the notice in force."""

    notices: tuple[StateNotice, ...]
    holding: StateNotice | None
    calls: tuple[FundsCall, ...]
    now: Standing
    lines: tuple[SpentLine, ...]
    carriers: tuple[CarrierLine, ...]

    @property
    def planned(self) -> Decimal:
        """All lines."""
        return total(line.planned for line in self.lines)

    @property
    def planned_land(self) -> Decimal | None:
        """What of it the Land is to give."""
        return known_total(line.planned_land for line in self.lines)

    @property
    def spent(self) -> Decimal | None:
        """All that was entered as spent."""
        return known_total(line.spent for line in self.lines)

    @property
    def spent_land(self) -> Decimal | None:
        """What of it was money of the Land."""
        return known_total(line.spent_land for line in self.lines)

    @property
    def received(self) -> Decimal | None:
        """What came in on all calls."""
        return known_total(row.received_amount for row in self.calls)

    @property
    def paid(self) -> Decimal:
        """What was paid out to all Träger."""
        return total(line.paid for line in self.carriers)

    @property
    def carriers_spent(self) -> Decimal | None:
        """What they say they spent."""
        return known_total(line.spent for line in self.carriers)

    @property
    def carriers_recognised(self) -> Decimal | None:
        """What of it is recognised."""
        return known_total(line.recognised for line in self.carriers)

    @property
    def is_example(self) -> bool:
        """Whether anything is invented."""
        lines = [line.example for line in self.lines] + [line.example for line in self.carriers]
        return any([*lines, *(row.is_example for row in (*self.notices, *self.calls))])


def proof_pdf(proof: StateProof, created: datetime) -> bytes:
    """The proof as PDF; ``proof`` comes with grant and municipality. Raises RenderError."""
    place, grant, today = proof.municipality, proof.grant, timezone.localdate(created)
    proved = read_proved(place, grant.year)
    frame = frame_of(
        place,
        KIND,
        as_of=today,
        subject=f"Landeszuwendung {grant.year}",
        example=proof.is_example or proved.is_example,
        office=office_lines(place),
    )
    context = {
        "frame": frame,
        "proof": proof,
        "grant": grant,
        "place": place,
        "proved": proved,
        "addressee": MINISTRY,
        "origin": running_origin(today),
    }
    title = f"{KIND} {grant.year} – {place.name}"
    return document_pdf("reporting/papers/state_proof.html", context, title=title, created=created)


def read_proved(place: Municipality, year: int) -> Proved:
    """Notices, calls and the proofs of Träger of the year."""
    read, today = read_grant(place, year), timezone.localdate()
    paid = paid_in_year(place, year, PaymentState.PAID)
    return Proved(
        notices=tuple(read.notices),
        holding=in_force(read.notices, today),
        calls=tuple(read.calls),
        now=standing(read.notices, read.calls, today),
        lines=tuple(spent_lines(place, year)),
        carriers=tuple(
            carrier_line(row, paid.get(row.application_id)) for row in proofs_of_year(place, year, ProofKind.FINAL)
        ),
    )


def spent_lines(place: Municipality, year: int) -> list[SpentLine]:
    """The lines of the year's Finanzplan that count, with the Kommune's own expenses."""
    budget = budget_of(place, year)
    if budget is None:
        return []
    spent, of_land = own_expenses(budget), own_expenses(budget, source=Source.LAND)
    return [
        SpentLine(
            title=str(line),
            planned=line.total,
            planned_land=line.land,
            spent=spent.get(line.pk),
            spent_land=of_land.get(line.pk),
            example=line.is_example,
        )
        for line in lines_of(budget)
        if line.counts
    ]


def carrier_line(proof: ProofOfUse, paid: Decimal | None) -> CarrierLine:
    """One proof; what is not handed in says nothing."""
    positions = list(proof.positions.all())
    is_recognised = proof.state == ProofState.RECOGNISED
    return CarrierLine(
        case=proof.application.case_number,
        applicant=proof.application.applicant,
        title=proof.application.title,
        received=f"{proof.received_on:%d.%m.%Y}" if proof.received_on else "",
        paid=total((paid,)),
        spent=total(row.actual for row in positions) if positions else None,
        recognised=total(row.actual - (row.cut or 0) for row in positions) if is_recognised else None,
        example=proof.is_example,
    )
