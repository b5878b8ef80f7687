"""Votes, decisions and notices about the applications of the model municipalities, invented and marked as examples."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from accounts.models import Municipality, User
from exchange.dated import at_ten, written_on
from exchange.dossier.demo_budget import CENTS
from exchange.dossier.demo_cases import enter
from funding.domain.cases.advice import mark_advised
from funding.domain.decisions.proposals import Proposal, proposal_for
from funding.enums import ApplicationState, Recommendation, TextPlace
from funding.enums import DecisionAction as A
from funding.models import (
    BoardVote,
    DecidedCost,
    DecidedFinance,
    FrozenPaper,
    FundingApplication,
    FundingDecision,
    Instalment,
    TextBlock,
)
from participation.enums import Occurrence
from participation.models import Body, Session
from records.domain.saving import create_record
from records.life.moving import take_step
from records.vague import VagueDate

HELD, DECIDED, RELEASED, SENT, FINAL = (
    date(2018, 11, 14),
    date(2018, 12, 3),
    date(2018, 12, 10),
    date(2018, 12, 12),
    date(2019, 1, 14),
)
BLOCKS: tuple[tuple[TextPlace, str, str], ...] = (
    (TextPlace.OPENING, "Anrede", "Sehr geehrte Damen und Herren,\n\nüber Ihren Antrag ist entschieden (Beispiel)."),
    (TextPlace.GRANT, "Zweck", "Die Zuwendung ist zweckgebunden und wird nur für das genannte Vorhaben verwendet."),
    (TextPlace.CONDITIONS, "ANBest-P", "Die ANBest-P sind Bestandteil dieses Bescheids (Beispiel, Annahme)."),
    (TextPlace.PAYMENT, "Abruf", "Die Zuwendung wird auf Abruf ausgezahlt, wenn der Bescheid bestandskräftig ist."),
    (TextPlace.PROOF, "Nachweis", "Der Nachweis besteht aus Sachbericht und zahlenmäßigem Nachweis."),
    (TextPlace.REFUSAL, "Kein Anspruch", "Auf die Förderung besteht kein Rechtsanspruch (Beispiel)."),
    (
        TextPlace.REMEDY,
        "Rechtsbehelfsbelehrung",
        "Gegen diesen Bescheid kann innerhalb eines Monats nach Bekanntgabe Widerspruch bei der Behörde erhoben "
        "werden, die ihn erlassen hat (Beispiel, Annahme).",
    ),
)
REFUSED = "Dorfkümmerer für fünf Ortsteile"
CHANGED = "Eltern-Kind-Kurse in den Gemeinden"
WAITING = "Pflegelotsen in drei Gemeinden"
WHY = "Beispiel: Die Anschrift steht in der Akte."
RATES = {
    CHANGED: (date(2019, 2, 1), date(2019, 4, 1), date(2019, 7, 1), date(2019, 10, 1)),
    "Familienfrühstück im Quartier": (date(2019, 2, 1), date(2019, 5, 2), date(2019, 9, 2)),
}
AT_ONCE = (date(2019, 2, 1),)


@transaction.atomic
def load_decisions(ags: str) -> int:
    """Advise, decide and release once; returns how many papers went out (0: they were there)."""
    place = Municipality.objects.get(ags=ags)
    cases = FundingApplication.objects.filter(municipality=place, is_example=True)
    ready = list(cases.filter(state=ApplicationState.CHECKED).order_by("pk"))
    if FundingDecision.objects.filter(municipality=place).exists() or not ready:
        return 0
    planner, lead = (User.objects.get(username=f"{who}-{SHORT[ags]}") for who in ("planung", "leitung"))
    with written_on(date(2018, 7, 2)):
        for number, (where, title, text) in enumerate(BLOCKS, 1):
            block = TextBlock(municipality=place, is_example=True, place=where, title=title, text=text)
            block.position, block.valid_from = number * 10, date(2018, 7, 1)
            create_record(block, actor=planner)
    advise(place, planner, [case for case in ready if not case.is_light])
    for case in ready:
        case.refresh_from_db()
        decide(case, planner, lead)
    return FrozenPaper.objects.filter(municipality=place).count()


SHORT = {"16065": "kyf", "16077": "abg"}


def advise(place: Municipality, planner: User, cases: list[FundingApplication]) -> None:
    """One session about all of them."""
    body = Body.objects.filter(municipality=place).order_by("pk").first()
    with written_on(HELD):
        session = enter(
            Session,
            place,
            planner,
            body=body,
            title="Beratung der Anträge für 2019",
            held_on=VagueDate.from_iso(HELD.isoformat()),
            state=Occurrence.HELD,
            phase="implementation",
        )
        for case in cases:
            against = case.title == REFUSED
            votes = {"votes_for": 2, "votes_against": 8} if against else {"votes_for": 10, "votes_against": 0}
            votes |= {"abstentions": 1, "biased": 0 if against else 1}
            advice = Recommendation.AGAINST if against else Recommendation.FOR
            enter(BoardVote, place, planner, application=case, session=session, recommendation=advice, **votes)
            mark_advised(case, planner, at_ten(HELD))


def decide(case: FundingApplication, planner: User, lead: User) -> None:
    """Prepared by the planner, released by the Leitung; one waits, one is changed later."""
    proposal = proposal_for(case)
    found = proposal.decision
    found.dated, found.decided_on = date(2019, 1, 1), found.decided_on or DECIDED
    if found.decided_on > DECIDED:
        found.decided_on = DECIDED
    if found.is_refusal:
        found.decided_by = found.decided_by or "Fachdienst Soziales"
        found.reasons = "Beispiel: Das Gremium hat das Vorhaben nicht befürwortet; die Mittel reichen nicht für alle."
    elif found.grant:
        proposal.rows[Instalment] = instalments(case, found.grant)
    keep(proposal, planner, DECIDED)
    move(found, A.PREPARE, planner, DECIDED, WHY)
    if case.title == WAITING:
        return
    move(found, A.RELEASE, lead, RELEASED, WHY)
    move(found, A.SEND, planner, SENT, sent_on=SENT)
    if not found.is_refusal:
        move(found, A.BECOME_FINAL, planner, FINAL, final_on=FINAL)
    if case.title == CHANGED:
        change(case, planner, lead)


def instalments(case: FundingApplication, grant: Decimal) -> list[Instalment]:
    """The grant in equal rates of whole cents; the last one has the rest."""
    days = RATES.get(case.title, AT_ONCE)
    part = (grant / len(days)).quantize(CENTS, "ROUND_DOWN")
    rows = [Instalment(municipality=case.municipality, planned_on=day, amount=part) for day in days]
    rows[-1].amount = grant - part * (len(days) - 1)
    return rows


def change(case: FundingApplication, planner: User, lead: User) -> None:
    """From July on fewer courses: the next version, whose amount takes the place of the first."""
    begun, day = date(2019, 6, 17), date(2019, 6, 24)
    proposal = proposal_for(case)
    found = proposal.decision
    found.dated, found.decided_on = date(2019, 7, 1), begun
    less = Decimal("1600.00")
    assert found.grant is not None
    found.grant -= less
    found.change_reason = "Beispiel: Es finden weniger Kurstermine statt als geplant."
    for model, which in ((DecidedCost, 0), (DecidedFinance, 0), (Instalment, -1)):
        proposal.rows[model][which].amount -= less
    keep(proposal, planner, begun)
    move(found, A.PREPARE, planner, begun, WHY)
    move(found, A.RELEASE, lead, day, WHY)
    move(found, A.SEND, planner, day, sent_on=day)


def keep(proposal: Proposal, planner: User, day: date) -> None:
    """Store a decision with its rows."""
    with written_on(day):
        proposal.decision.is_example = True
        create_record(proposal.decision, actor=planner)
        for rows in proposal.rows.values():
            for row in rows:
                row.decision, row.is_example = proposal.decision, True
                create_record(row, actor=planner)


def move(found: Any, action: str, actor: User, day: date, note: str = "", **values: Any) -> None:
    """A step of the record on its day; a reason only where something is open."""
    found.refresh_from_db()
    with written_on(day):
        take_step(
            record=found, action=action, actor=actor, version=found.version, note=note, at=at_ten(day), values=values
        )
    found.refresh_from_db()
