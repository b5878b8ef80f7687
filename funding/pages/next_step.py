"""The one main button of a page of a case: the step that the head line names, for who has the right to take it.

The head line (funding.queries.standing) says what is to be done; what a Träger, a board or the cash office does is
written down by the office, so that its button is that of the office. Steps that are pointless now are no ways either.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils import timezone

from accounts.access import Access
from accounts.enums import Action
from funding.domain.cases.checklist import open_points
from funding.enums import ApplicationAction as A
from funding.models import FundingApplication, FundingDecision, Payment, ProofOfUse, RepaymentClaim
from funding.pages.claim_interest import interest_lines
from funding.queries.case_money import ON_ITS_WAY
from funding.queries.standing import (
    CHECK_PAGE,
    CLAIM_PAGE,
    DECISION_PAGE,
    PAYMENT_PAGE,
    PROOF_PAGE,
    PROOFS_PAGE,
    VOTE_PAGE,
    Case,
    Standing,
    read_cases,
    standing_of,
)
from participation.models import Session
from records.life.registry import life_of
from records.pages.life_panel import step_url
from records.parts import DetailPage, Link, StepLink
from records.registry import kind_of

MODELS: dict[str, Any] = {
    "": FundingApplication,
    "decisions": FundingDecision,
    "payments": Payment,
    "proofs": ProofOfUse,
    "claims": RepaymentClaim,
}
LABELS = {
    CHECK_PAGE: "Antrag prüfen",
    VOTE_PAGE: "Voten einer Sitzung erfassen",
    DECISION_PAGE: "Entscheidung vorbereiten",
    PAYMENT_PAGE: "Auszahlungen ansehen",
    PROOFS_PAGE: "Nachweis vormerken",
    PROOF_PAGE: "Nachweis prüfen",
    CLAIM_PAGE: "Rückforderung vorbereiten",
}
OF_THE_CASE = (CHECK_PAGE, DECISION_PAGE)


def next_step(application: FundingApplication, found: Standing, access: Access) -> Link | None:
    """The step of the head line; None where nobody acts, and for who has not the right."""
    if not found.step:
        return None
    if found.step in LABELS:
        may = access.allows(Action.WRITE, application.municipality)
        return Link(LABELS[found.step], page_url(application, found)) if may else None
    name, pk = found.of
    model = MODELS[name]
    life = life_of(model)
    if not access.allows(life.moves[found.step].right, application.municipality):
        return None
    if found.step == A.FINISH_CHECK and open_points(application):
        return next_step(application, replace(found, step=CHECK_PAGE), access)
    place = model(pk=pk, municipality=application.municipality) if pk else application
    return Link(str(life.actions(found.step).label), step_url(kind_of(model), life, place, found.step))


def page_url(application: FundingApplication, found: Standing) -> str:
    """The page on which something is done that is no step."""
    slug = application.municipality.slug
    if found.step == VOTE_PAGE:
        return kind_of(Session).url("list", application.municipality)
    if found.step in OF_THE_CASE:
        return reverse(f"funding:{found.step}", args=[slug, application.pk])
    if found.step in (PROOF_PAGE, CLAIM_PAGE):  # a claim is begun beside the reckoning from which it follows
        return reverse(f"funding:{PROOF_PAGE}", args=[slug, found.of[1]])
    return reverse(f"funding:{found.step}", args=[slug])


def with_step(page: DetailPage, main: Link | None, hidden: frozenset[str] = frozenset()) -> DetailPage:
    """The page of a record with this main button and its other steps but those at the ``hidden`` addresses."""
    if page.life is None or page.life.claimed:
        return page
    first = (StepLink(main.label, main.url, main=True),) if main else ()
    known = {*hidden, *(way.url for way in first)}
    others = tuple(replace(way, main=False) for way in page.life.ways if way.url not in known)
    buttons = tuple(button for button in page.buttons if button.url not in known)
    return replace(page, buttons=buttons, life=replace(page.life, ways=(*first, *others)))


def not_now(application: FundingApplication, case: Case) -> frozenset[str]:
    """Addresses of steps that the state of the application has, and its decision, votes or payments refuse."""
    found = {A.CLOSE, A.DECIDE, A.REFUSE}  # closing is offered where it is the next step
    if not case.votes or case.decisions or case.skips:
        found.add(A.ADVISE)
    if case.decisions or case.skips:
        found.add(A.SKIP_ADVICE)
    if any(row.state in ON_ITS_WAY for row in case.payments):
        found.add(A.WITHDRAW)
    kind, life = kind_of(FundingApplication), life_of(FundingApplication)
    return frozenset(step_url(kind, life, application, action) for action in found)


# ---------------------------------------------------------------- the pages of parts of a case
def part_parts(name: str) -> Callable[[Any, Access], Mapping[str, Any]]:
    """What stands on the page of a decision, payment, proof or claim: its own line and the button that it names."""

    def parts(record: Any, access: Access) -> Mapping[str, Any]:
        case = read_cases([record.application_id])[record.application_id]
        today = timezone.localdate()
        found = standing_of(case, (name, record.pk), today)

        def change(page: DetailPage) -> DetailPage:
            return with_step(page, next_step(record.application, found, access)) if found else page

        interest = interest_lines(record) if isinstance(record, RepaymentClaim) else ()
        late = bool(found and found.is_late(today))
        return {"standing": found, "is_late": late, "change": change, "interest": interest}

    return parts
