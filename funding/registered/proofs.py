"""What payments, proofs and claims add to the pages of the rooms below."""

from funding.domain.payments.life import LIFE as PAYMENT_LIFE
from funding.domain.proofs.claim_life import LIFE as CLAIM_LIFE
from funding.domain.proofs.life import LIFE as PROOF_LIFE
from funding.enums import ProofState
from funding.happenings import SOURCES as HAPPENINGS
from funding.models import FundingDecision, Payment, ProofOfUse, RepaymentClaim
from funding.pages.case_sections import register_case_section
from funding.pages.money_sections import claim_section, payment_section, proof_section
from funding.pages.next_step import part_parts
from funding.waiting.parts import SOURCES
from records.happenings import register_happenings
from records.kind import Way
from records.life.registry import register_life
from records.places import Menu, Page, register_pages
from records.registry import add_ways, show_by
from records.waiting import register_waiting


def is_awaited(proof: ProofOfUse) -> bool:
    """The Träger acts, and may do so under its link."""
    return proof.state in (ProofState.DUE, ProofState.ASKED)


def is_entered(proof: ProofOfUse) -> bool:
    """What the Träger says is still written down."""
    return is_awaited(proof) or proof.state == ProofState.RECEIVED


def is_in_check(proof: ProofOfUse) -> bool:
    """The office looks at it."""
    return proof.state in (ProofState.RECEIVED, ProofState.CHECKED)


def is_recognised(proof: ProofOfUse) -> bool:
    """It stands."""
    return proof.state == ProofState.RECOGNISED


for life in (PAYMENT_LIFE, PROOF_LIFE, CLAIM_LIFE):
    register_life(life)
register_pages(Page("Auszahlungen", "funding:payments", Menu.MONEY, 5))
register_pages(Page("Nachweise", "funding:proofs", Menu.MONEY, 6))
add_ways(Payment, Way("Mehrere auf einmal", "funding:payments", icon="list"))
add_ways(
    ProofOfUse,
    Way("Link für den Träger", "funding:proof-check", on="detail", icon="link", fits=is_awaited),
    Way("Nachweis prüfen", "funding:proof-check", on="detail", icon="ok", fits=is_in_check),
    Way("Ergebnis ansehen", "funding:proof-check", on="detail", icon="ok", fits=is_recognised),
    Way("Angaben erfassen", "funding:proof-entry", on="detail", icon="pencil", fits=is_entered),
)
PART = "funding/case_part.html"
for model, name in (
    (FundingDecision, "decisions"),
    (Payment, "payments"),
    (ProofOfUse, "proofs"),
    (RepaymentClaim, "claims"),
):
    show_by(model, PART, part_parts(name))
register_case_section("auszahlungen", 40, payment_section, (Payment,), part="payments")
register_case_section("nachweise", 50, proof_section, (ProofOfUse,), part="proofs")
register_case_section("rueckforderungen", 60, claim_section, (RepaymentClaim,), part="claims")
register_waiting(*SOURCES)
register_happenings(*HAPPENINGS)
