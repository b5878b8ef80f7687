"""What payments, proofs and claims show on the page of an application."""

from typing import Any

from django.urls import reverse

from accounts.access import Access
from accounts.enums import Action
from funding.models import FundingApplication, Payment, ProofOfUse, RepaymentClaim
from funding.pages.case_sections import Section
from records.parts import Link
from records.registry import kind_of

TEMPLATE = "funding/_case_money.html"


def rows_of(model: Any, case: FundingApplication, rows: Any) -> list[tuple[Any, str]]:
    """Records of the case with their pages."""
    kind = kind_of(model)
    return [(row, kind.url("detail", case.municipality, row.pk)) for row in rows]


def payment_section(case: FundingApplication, access: Access) -> Section | None:
    """Payments with their states (one query)."""
    rows = rows_of(Payment, case, case.payments.all())
    place = case.municipality
    ways = (Link("Auszahlungen", reverse("funding:payments", args=[place.slug])),)
    may = access.allows(Action.WRITE, place)
    return Section("auszahlungen", "Auszahlungen", TEMPLATE, {"payments": rows}, ways=ways * may) if rows else None


def proof_section(case: FundingApplication, access: Access) -> Section | None:
    """Proofs with what was recognised (one query)."""
    rows = rows_of(ProofOfUse, case, case.proofs.all())
    ways = tuple(
        Link("Nachweis prüfen", reverse("funding:proof-check", args=[case.municipality.slug, row.pk]))
        for row, _ in rows[:1]
    )
    return Section("nachweise", "Nachweise", TEMPLATE, {"proofs": rows}, ways=ways) if rows else None


def claim_section(case: FundingApplication, access: Access) -> Section | None:
    """Claims with their interest (one query)."""
    rows = rows_of(RepaymentClaim, case, case.claims.all())
    return Section("rueckforderungen", "Rückforderungen", TEMPLATE, {"claims": rows}) if rows else None
