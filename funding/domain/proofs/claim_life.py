"""The life of a claim on one screen: heard, put forward by one person, demanded by another, open until paid."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from accounts.enums import Action
from funding.domain.papers import freeze_paper
from funding.domain.payments.claim_interest import NOT_SET, interest_of, segments_of
from funding.domain.payments.conditions import day_of
from funding.domain.proofs.papers import claim_content, draw_claim
from funding.domain.reckoning.interest import MissingRate
from funding.domain.reckoning.steps import NOTHING, euro, total
from funding.enums import ClaimAction, ClaimGround, ClaimState
from funding.models import ClaimStep, FundingApplication, RepaymentClaim
from funding.queries.case_money import claimed, paid_out
from records.errors import StepRefused
from records.life.people import another_person
from records.life.table import Attempt, Life, Move, Unmet, condition

A, S = ClaimAction, ClaimState
WRITE, RELEASE = Action.WRITE, Action.RELEASE
ANSWER_DAYS, PAY_DAYS = 14, 30  # suggested in the forms, which a person may change
TOO_MUCH = "Zurückgefordert wären {}; ausgezahlt sind {}."
NOTHING_CLAIMED = "Nennen Sie den Betrag, der zurückgefordert wird."


def too_much(claim: RepaymentClaim) -> str:
    """Why more would be claimed than was paid out; empty where it is not."""
    paid = total(paid_out(claim.application).values_list("amount", flat=True))
    asked = claimed(claim.application, claim.pk) + claim.principal
    return TOO_MUCH.format(euro(asked), euro(paid)) if asked > paid else ""


@condition("Der Betrag ist höchstens das, was ausgezahlt wurde")
def within_paid(attempt: Attempt) -> Iterable[Unmet]:
    """Only what was paid comes back; money used late is claimed with its interest alone."""
    claim = attempt.record
    if not claim.principal and claim.ground != ClaimGround.LATE:
        yield Unmet("principal", NOTHING_CLAIMED)
    if text := too_much(claim):
        yield Unmet("paid", text)


@condition("Die Tage der Anhörung passen")
def heard_in_order(attempt: Attempt) -> Iterable[Unmet]:
    """Heard until today, with time to answer."""
    heard, until = attempt.values.get("heard_on"), attempt.values.get("answer_until")
    if isinstance(heard, date) and heard > day_of(attempt):
        yield Unmet("future", "Der Tag der Anhörung liegt in der Zukunft. Prüfen Sie das Datum.")
    if isinstance(heard, date) and isinstance(until, date) and until <= heard:
        yield Unmet("until", "Die Frist zur Äußerung endet, bevor sie beginnt. Nennen Sie einen späteren Tag.")


@condition("Der Träger hat sich geäußert, oder die Frist ist vorbei")
def answered(attempt: Attempt) -> Iterable[Unmet]:
    """Nobody is passed over (§ 28 VwVfG)."""
    claim = attempt.record
    if not claim.answer and claim.answer_until and claim.answer_until >= day_of(attempt):
        yield Unmet(
            "answer",
            f"Der Träger kann sich noch bis {claim.answer_until:%d.%m.%Y} äußern. Warten Sie so lange, "
            "oder schreiben Sie den Grund.",
            by_reason=True,
        )


@condition("Die Zinsen lassen sich ausrechnen")
def interest_known(attempt: Attempt) -> Iterable[Unmet]:
    """Every Basiszinssatz of the time is entered; what is not set needs a reason."""
    until = attempt.values.get("due") or attempt.values.get("paid_on") or day_of(attempt)
    try:
        found = interest_of(attempt.record, until)
    except MissingRate as error:
        yield Unmet("rate", str(error))
        return
    if found is None:
        yield Unmet("interest", NOT_SET.format(attempt.record.application.year), by_reason=True)


@condition("Die Tage der Forderung passen")
def due_in_order(attempt: Attempt) -> Iterable[Unmet]:
    """Demanded until today, due later."""
    demanded, due = attempt.values.get("demanded_on"), attempt.values.get("due")
    if isinstance(demanded, date) and demanded > day_of(attempt):
        yield Unmet("future", "Der Tag der Forderung liegt in der Zukunft. Prüfen Sie das Datum.")
    if isinstance(demanded, date) and isinstance(due, date) and due <= demanded:
        yield Unmet("due", "Die Forderung wird fällig, bevor sie gestellt ist. Nennen Sie einen späteren Tag.")


@condition("Der Tag der Zahlung liegt nicht in der Zukunft")
def paid_until_today(attempt: Attempt) -> Iterable[Unmet]:
    """What lies ahead has not been paid."""
    day = attempt.values.get("paid_on")
    if isinstance(day, date) and day > day_of(attempt):
        yield Unmet("future", "Der Tag der Zahlung liegt in der Zukunft. Prüfen Sie das Datum.")


def days_of_hearing(record: RepaymentClaim) -> dict[str, Any]:
    """From today, with two weeks to answer."""
    today = timezone.localdate()
    return {"heard_on": today, "answer_until": today + timedelta(days=ANSWER_DAYS)}


def days_of_demand(record: RepaymentClaim) -> dict[str, Any]:
    """From today, with thirty days to pay."""
    today = timezone.localdate()
    return {"demanded_on": today, "due": today + timedelta(days=PAY_DAYS)}


def paid_today(record: RepaymentClaim) -> dict[str, Any]:
    """Paid today, unless another day is given."""
    return {"paid_on": timezone.localdate()}


MOVES: dict[str, Move] = {
    A.HEAR: Move(
        (S.DRAFT,),
        S.HEARD,
        WRITE,
        (within_paid, heard_in_order),
        meaning="Der Träger ist angehört worden und kann sich äußern. Seine Äußerung tragen Sie danach ein.",
        done="Anhörung festgehalten.",
        fields=("heard_on", "answer_until"),
        initial=days_of_hearing,
    ),
    A.PREPARE: Move(
        (S.HEARD,),
        S.PREPARED,
        WRITE,
        (within_paid, answered),
        meaning="Die Rückforderung geht an eine zweite Person und ändert sich so lange nicht.",
        done="Rückforderung vorgelegt.",
        asks="Grund, warum nicht gewartet wird",
        reason_only=True,
        locks=True,
    ),
    A.RETURN: Move(
        (S.PREPARED,),
        S.HEARD,
        RELEASE,
        meaning="Die Rückforderung lässt sich wieder ändern.",
        done="Rückforderung zurückgegeben.",
        asks="Was zu ändern ist",
        must_say=True,
    ),
    A.DEMAND: Move(
        (S.PREPARED,),
        S.DEMANDED,
        RELEASE,
        (another_person(A.PREPARE, content=True), within_paid, due_in_order, interest_known),
        meaning="Betrag und Zinsen bis zum Tag vor der Fälligkeit werden gefordert und bleiben so stehen.",
        done="Rückforderung freigegeben.",
        prepare=lambda attempt: draw_claim(attempt.record, attempt.values["due"], attempt.at),
        doing="Der Erstattungsbescheid zu „{record.application}“ wird festgeschrieben",
        asks="Grund, warum ohne Zinsen gefordert wird",
        reason_only=True,
        locks=True,
        fields=("demanded_on", "due"),
        initial=days_of_demand,
    ),
    A.PAY: Move(
        (S.DEMANDED,),
        S.PAID,
        WRITE,
        (paid_until_today, interest_known),
        meaning="Der Träger hat gezahlt. Die Zinsen laufen bis zum Tag vor der Zahlung.",
        done="Zahlung festgehalten.",
        asks="Grund, warum keine Zinsen gerechnet werden",
        reason_only=True,
        locks=True,
        fields=("paid_on",),
        initial=paid_today,
    ),
    A.WAIVE: Move(
        (S.DRAFT, S.HEARD, S.PREPARED, S.DEMANDED),
        S.WAIVED,
        RELEASE,
        (another_person(A.PREPARE, content=True),),
        meaning="Der Betrag wird nicht zurückgefordert.",
        done="Auf die Rückforderung ist verzichtet.",
        asks="Grund",
        must_say=True,
        locks=True,
    ),
}
UNTIL = {S.DEMANDED: "due", S.PAID: "paid_on"}


def reckoned(move: Move, record: RepaymentClaim) -> dict[str, Any]:
    """Interest and its segments, to the day before it is due or was paid; nothing where nothing is set."""
    until = getattr(record, UNTIL.get(move.target, "pk"))  # type: ignore[call-overload]
    if not isinstance(until, date):
        return {}
    try:
        found = interest_of(record, until)
    except MissingRate:
        return {}  # the condition says so
    return {"interest": found.amount, "segments": segments_of(found)} if found else {"interest": None, "segments": []}


def columns_of(action: str, attempt: Attempt, prepared: Any, outweighed: list[Unmet]) -> dict[str, Any]:
    """What a reason outweighed, and the interest as it stood; a demand holds the case until the end.

    Raises StepRefused.
    """
    claim, details, frozen = attempt.record, {}, {}
    if action == A.DEMAND:
        FundingApplication.objects.select_for_update().get(pk=claim.application_id)
        if text := too_much(claim):
            raise StepRefused([text])
        content = claim_content(claim, attempt.values["due"], prepared.at)
        paper = freeze_paper(prepared, application=claim.application, subject=claim, content=content)
        frozen = {"number": paper.number, "sha256": paper.data_sha256, "pdf_sha256": paper.pdf_sha256}
    if action in (A.DEMAND, A.PAY):
        stored = RepaymentClaim.objects.get(pk=claim.pk)
        details = {"principal": str(claim.principal), "interest": str(stored.interest or NOTHING), **frozen}
    if outweighed:
        details["outweighed"] = [each.text for each in outweighed]  # type: ignore[assignment]
    return {"details": details} if details else {}


LIFE = Life(
    model=RepaymentClaim,
    steps=ClaimStep,
    owner="claim",
    states=S,
    actions=A,
    moves=MOVES,
    start=S.DRAFT,
    says={
        S.DRAFT: "Die Rückforderung ist in Vorbereitung. Hören Sie den Träger an.",
        S.HEARD: "Der Träger kann sich äußern. Danach legen Sie die Rückforderung vor.",
        S.PREPARED: "Die Rückforderung liegt zur Freigabe. Eine zweite Person fordert oder gibt zurück.",
        S.DEMANDED: (
            "Die Rückforderung ist gestellt und wartet auf die Zahlung des Trägers. Halten "
            "Sie sie fest, wenn sie da ist."
        ),
        S.PAID: "Der Träger hat gezahlt. Es ist nichts mehr zu tun.",
        S.WAIVED: "Auf die Rückforderung ist verzichtet. Es ist nichts mehr zu tun.",
    },
    slugs={
        A.HEAR: "anhoerung",
        A.PREPARE: "vorlegen",
        A.RETURN: "zurueckgeben",
        A.DEMAND: "fordern",
        A.PAY: "bezahlt",
        A.WAIVE: "verzicht",
    },
    row=(S.DRAFT, S.HEARD, S.PREPARED, S.DEMANDED, S.PAID),
    stands_at={S.WAIVED: S.PAID},
    ahead={S.DEMANDED: "durch die Leitung", S.PAID: "durch den Träger"},
    main=(A.DEMAND, A.HEAR, A.PREPARE, A.PAY),
    sets=reckoned,
    columns=columns_of,
)
