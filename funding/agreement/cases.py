"""What agrees in the case of a Träger: votes with what they recommend, requests for papers with their days."""

from collections.abc import Iterator

from funding.domain.cases.conditions import asked_grant
from funding.enums import Recommendation
from funding.models import (
    BoardVote,
    Call,
    DecisionCondition,
    FundingApplication,
    Inquiry,
    ProofOfUse,
    Receipt,
    RepaymentClaim,
)
from records.models.agreement import Links, asks, happened, of_its_own, refuses
from records.templatetags.german import euro

Said = Iterator[tuple[str, str]]

happened(Inquiry, "sent_on", "answered_on")
happened(DecisionCondition, "done_on")

of_its_own(FundingApplication, "received_on")
of_its_own(Inquiry, "answer")
of_its_own(Call, "withdrawn_on")
of_its_own(ProofOfUse, "extended_to", "extension_reason")
of_its_own(Receipt, "number")
of_its_own(RepaymentClaim, "answer")


@refuses(Inquiry)
def answered_after_asked(inquiry: Inquiry, links: Links) -> Said:
    """An answer before the request."""
    if inquiry.answered_on and inquiry.sent_on and inquiry.answered_on < inquiry.sent_on:
        yield "answered_on", f"Nachgefordert wurde erst am {inquiry.sent_on:%d.%m.%Y}. Prüfen Sie beide Daten."


@asks(BoardVote)
def votes_fit_recommendation(vote: BoardVote, links: Links) -> Said:
    """Votes that say something else than the recommendation."""
    yes, no = vote.votes_for, vote.votes_against
    if yes is None or no is None:
        return
    favours = vote.recommendation in (Recommendation.FOR, Recommendation.PARTLY)
    if favours and no >= yes:
        yield "votes_for", f"„{vote.get_recommendation_display()}“ mit {yes} Ja- und {no} Nein-Stimmen. Stimmt das?"
    if vote.recommendation == Recommendation.AGAINST and yes > no:
        yield "votes_against", f"„nicht befürwortet“ mit {yes} Ja- und {no} Nein-Stimmen. Stimmt das?"


@asks(BoardVote)
def amount_fits_recommendation(vote: BoardVote, links: Links) -> Said:
    """An amount that says something else than the recommendation, or than was applied for."""
    if vote.amount is None:
        if vote.recommendation == Recommendation.PARTLY:
            yield "amount", "„teilweise befürwortet“ ohne empfohlenen Betrag. Stimmt das?"
        return
    if vote.recommendation in (Recommendation.AGAINST, Recommendation.LATER) and vote.amount:
        text = f"„{vote.get_recommendation_display()}“, aber ein Betrag von {euro(vote.amount)}. Stimmt das?"
        yield "amount", text
    if vote.application_id and vote.amount > (asked := asked_grant(vote.application)):
        yield "amount", f"Empfohlen sind {euro(vote.amount)}, beantragt nur {euro(asked)}. Stimmt das?"
