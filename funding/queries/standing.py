"""Where a case stands in one line: what is to be done, who acts next, and until when.

After the decision the state of the application says no more; decision, payments, proofs and claims do. For any number
of cases in the same number of queries.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Case as Choice
from django.db.models import CharField, DateField, F, QuerySet, Value, When
from django.db.models.functions import Cast
from django.utils import timezone

from funding.deadlines import add_months
from funding.enums import (
    Actor,
    ApplicationAction,
    ApplicationState,
    ClaimAction,
    ClaimState,
    DecisionAction,
    DecisionState,
    PaymentAction,
    PaymentState,
    ProjectClass,
    ProofAction,
    ProofState,
    Recommendation,
)
from funding.models import (
    ApplicationStep,
    BoardVote,
    FundingApplication,
    FundingDecision,
    Inquiry,
    Payment,
    ProofOfUse,
    RepaymentClaim,
)
from funding.queries.case_money import to_be_claimed

A, S = ApplicationAction, ApplicationState
APPEAL_MONTHS = 1  # § 70 VwGO; without the instruction about it a year (§ 58 Abs. 2 VwGO): then a reason says so
# Pages on which something is done that is no step.
CHECK_PAGE, VOTE_PAGE, DECISION_PAGE = "check", "votes", "decision"
PAYMENT_PAGE, PROOFS_PAGE, PROOF_PAGE, CLAIM_PAGE = "payments", "proofs", "proof-check", "proof-claim"
OVER = (S.CLOSED, S.WITHDRAWN, S.LAPSED, S.REFUSED)


@dataclass(frozen=True)
class Standing:
    """``words`` say what is to be done, ``until`` is the last day for it, None where no day is set.

    ``step`` is the step that does it, or the page on which it is done (funding.pages.next_step), empty where nobody
    acts; ``of`` is the part of the case that goes on, with its key, empty for the application itself.
    """

    words: str
    actor: Actor
    until: date | None = None
    step: str = ""
    of: tuple[str, int] = ("", 0)

    def is_late(self, today: date) -> bool:
        """Whether the day has passed."""
        return self.until is not None and self.until < today and self.actor != Actor.NOBODY

    @property
    def line(self) -> str:
        """„Träger: Unterlagen nachreichen, bis 14.05.2027“; a case that is over says its state alone."""
        who = "" if self.actor == Actor.NOBODY else f"{self.actor.label}: "
        return f"{who}{self.words}" + (f", bis {self.until:%d.%m.%Y}" if self.until else "")


@dataclass
class Case:
    """What was read about one application; rows in the order in which they came into being."""

    state: str
    is_light: bool
    closes_on: date | None
    skips: list["Part"] = field(default_factory=list)
    votes: list["Part"] = field(default_factory=list)
    inquiries: list["Part"] = field(default_factory=list)
    decisions: list["Part"] = field(default_factory=list)
    payments: list["Part"] = field(default_factory=list)
    proofs: list["Part"] = field(default_factory=list)
    claims: list["Part"] = field(default_factory=list)


OWES = "owes"  # what a proof says instead of its state where money goes back and nobody claims it
NO_DAY = Cast(Value(None), DateField())
# Of each part its state and up to two days: asked until and answered; due, and put off to.
PARTS: tuple[tuple[str, Any, Any, Any, Any], ...] = (
    ("inquiries", Inquiry, Value("", output_field=CharField()), F("until"), F("answered_on")),
    ("votes", BoardVote, F("recommendation"), NO_DAY, NO_DAY),
    ("decisions", FundingDecision, F("state"), F("proof_due"), F("sent_on")),
    ("payments", Payment, F("state"), F("planned_on"), NO_DAY),
    (
        "proofs",
        ProofOfUse,
        Choice(When(to_be_claimed(), then=Value(OWES)), default=F("state")),
        F("due"),
        F("extended_to"),
    ),
    ("claims", RepaymentClaim, F("state"), F("answer_until"), F("due")),
    ("skips", ApplicationStep, F("action"), NO_DAY, NO_DAY),
)


@dataclass(frozen=True)
class Part:
    """A row below an application."""

    name: str
    pk: int
    state: str
    day: date | None
    later: date | None

    @property
    def of(self) -> tuple[str, int]:
        """What a Standing says of it."""
        return self.name, self.pk


def standing(application: FundingApplication) -> Standing:
    """Of one application."""
    return standings([application.pk])[application.pk]


def standings(pks: Iterable[int], today: date | None = None) -> dict[int, Standing]:
    """By the key of the application, in two queries."""
    keys, day = list(pks), today or timezone.localdate()
    return {pk: stands(case, day) for pk, case in read_cases(keys).items()}


def read_cases(keys: list[int]) -> dict[int, Case]:
    """What standings need to know (two queries)."""
    rows = FundingApplication.objects.filter(pk__in=keys).order_by()
    told = rows.values_list("pk", "state", "project_class", "call__closes_on")
    cases = {pk: Case(state, kind == ProjectClass.MICRO, closes) for pk, state, kind, closes in told}
    parts = [part_rows(keys, *part) for part in PARTS]
    for pk, name, key, state, day, later in sorted(parts[0].union(*parts[1:], all=True), key=lambda row: row[:3]):
        getattr(cases[pk], name).append(Part(name, key, state, day, later))
    return cases


def part_rows(keys: list[int], name: str, model: Any, state: Any, day: Any, later: Any) -> QuerySet[Any]:
    """Application, name of the part, key, state and days."""
    rows = model.objects.filter(application__in=keys).order_by()
    if model is ApplicationStep:
        rows = rows.filter(action=ApplicationAction.SKIP_ADVICE)
    said = Cast(state, CharField())
    rows = rows.annotate(s_part=Value(name, output_field=CharField()), s_state=said, s_day=day, s_later=later)
    found: QuerySet[Any] = rows.values_list("application", "s_part", "pk", "s_state", "s_day", "s_later")
    return found


def stands(case: Case, today: date) -> Standing:
    """The first thing that somebody has to do."""
    if case.state in OVER:
        return after_the_end(case)
    if case.state == S.DECIDED:
        return next(after_decision(case, today))
    if case.state in (S.CHECKED, S.ADVISED):
        return before_decision(case)
    return in_check(case, today)


def standing_of(case: Case, of: tuple[str, int], today: date) -> Standing | None:
    """What is to be done about one part of the case; None where it waits for nobody."""
    if case.state == S.DECIDED:
        told = after_decision(case, today)
    else:
        told = iter([stands(case, today)])
    return next((each for each in told if each.of == of), None)


def in_check(case: Case, today: date) -> Standing:
    """Until the check is finished."""
    if case.state == S.SKETCH:
        return Standing("zum Antrag einladen oder absagen", Actor.PLANNER, step=A.INVITE)
    if case.state == S.INVITED:
        return Standing("Antrag einreichen", Actor.PROVIDER, case.closes_on, A.RECEIVE)
    if case.state == S.DRAFT:
        return Standing("Eingang festhalten", Actor.PLANNER, step=A.RECEIVE)
    asked = [row.day for row in case.inquiries if row.day and row.later is None]
    step = A.ANSWER if case.state == S.ASKED else CHECK_PAGE if case.is_light else A.ASK
    if asked and min(asked) < today:
        words = "entscheiden, wie es ohne die Unterlagen weitergeht"
        return Standing(words, Actor.PLANNER, min(asked), A.ANSWER if case.state == S.ASKED else CHECK_PAGE)
    if asked:
        return Standing("Unterlagen nachreichen", Actor.PROVIDER, min(asked), step)
    begins = case.state == S.RECEIVED and not case.is_light
    step = A.ANSWER if case.state == S.ASKED else A.BEGIN_CHECK if begins else A.FINISH_CHECK
    return Standing("prüfen", Actor.PLANNER, step=step)


def before_decision(case: Case) -> Standing:
    """A board advises, the office prepares, a second person releases."""
    for row in case.decisions:
        if row.state == DecisionState.PREPARED:
            return Standing("Bescheid freigeben", Actor.LEAD, step=DecisionAction.RELEASE, of=row.of)
    if case.decisions or case.state == S.ADVISED or case.is_light or case.skips:
        return Standing("Entscheidung vorbereiten", Actor.PLANNER, step=DECISION_PAGE)
    voted = any(row.state != Recommendation.LATER for row in case.votes)
    return Standing("beraten", Actor.BOARD, step=A.ADVISE if voted else VOTE_PAGE)


def after_the_end(case: Case) -> Standing:
    """Nobody acts; only a refusal may still have to be sent."""
    for row in case.decisions:
        if case.state == S.REFUSED and row.state == DecisionState.RELEASED:
            return Standing("Ablehnung versenden", Actor.PLANNER, step=DecisionAction.SEND, of=row.of)
    return Standing(str(S(case.state).label), Actor.NOBODY)


def after_decision(case: Case, today: date) -> Iterator[Standing]:
    """What is to be done now, the most pressing first; what lies ahead comes last."""
    yield from of_decisions(case)
    yield from of_claims(case, today)
    yield from of_proofs(case, today)
    yield from until_final(case, today)
    yield from of_payments(case, today)
    yield from sorted(ahead(case), key=lambda each: each.until or date.max)
    if case.proofs and all(row.state == ProofState.RECOGNISED for row in case.proofs):
        yield Standing("Vorgang abschließen", Actor.PLANNER, step=A.CLOSE)
    yield Standing("läuft; kein Termin gesetzt", Actor.PLANNER, step=PAYMENT_PAGE)


def of_decisions(case: Case) -> Iterator[Standing]:
    """A change that waits for its release, a notice that is not sent."""
    found = {row.state: row.of for row in case.decisions}
    if DecisionState.PREPARED in found:
        of = found[DecisionState.PREPARED]
        yield Standing("Änderungsbescheid freigeben", Actor.LEAD, step=DecisionAction.RELEASE, of=of)
    if DecisionState.RELEASED in found:
        of = found[DecisionState.RELEASED]
        yield Standing("Bescheid versenden", Actor.PLANNER, step=DecisionAction.SEND, of=of)
    if DecisionState.DRAFT in found:
        yield Standing("Änderung vorbereiten", Actor.PLANNER, step=DECISION_PAGE)


def until_final(case: Case, today: date) -> Iterator[Standing]:
    """Nothing is paid out before the notice is final: the Träger may waive, else the month passes."""
    last = case.decisions[-1] if case.decisions else None
    going = any(row.state in (PaymentState.RELEASED, PaymentState.PAID) for row in case.payments)
    if last is None or going or last.state != DecisionState.SENT or last.later is None:
        return
    until = add_months(last.later, APPEAL_MONTHS)
    if until < today:
        step = DecisionAction.BECOME_FINAL
        yield Standing("Bestandskraft festhalten", Actor.PLANNER, step=step, of=last.of)
    else:
        words = "auf Rechtsbehelfe verzichten; sonst endet die Frist"
        yield Standing(words, Actor.PROVIDER, until, DecisionAction.WAIVE, last.of)


CLAIMS: dict[str, tuple[str, Actor, str]] = {
    ClaimState.DRAFT: ("Anhörung zur Rückforderung senden", Actor.PLANNER, ClaimAction.HEAR),
    ClaimState.HEARD: ("zur Rückforderung Stellung nehmen", Actor.PROVIDER, ClaimAction.PREPARE),
    ClaimState.PREPARED: ("Rückforderung freigeben", Actor.LEAD, ClaimAction.DEMAND),
    ClaimState.DEMANDED: ("Rückforderung zahlen", Actor.PROVIDER, ClaimAction.PAY),
}
# The days to answer are over.
HEARD_OUT: tuple[str, Actor, str] = ("Rückforderung vorlegen", Actor.PLANNER, ClaimAction.PREPARE)
PROOFS: dict[str, tuple[str, Actor, str]] = {
    ProofState.RECEIVED: ("Nachweis prüfen", Actor.PLANNER, PROOF_PAGE),
    ProofState.ASKED: ("Angaben zum Nachweis nachreichen", Actor.PROVIDER, ProofAction.ANSWER),
    ProofState.CHECKED: ("Nachweis anerkennen", Actor.LEAD, ProofAction.RECOGNISE),
    OWES: ("Rückforderung vorbereiten", Actor.PLANNER, CLAIM_PAGE),
}
PAYMENTS: dict[str, tuple[str, Actor, str]] = {
    PaymentState.PREPARED: ("Auszahlung freigeben", Actor.LEAD, PaymentAction.RELEASE),
    PaymentState.RELEASED: ("auszahlen", Actor.CASH_OFFICE, PaymentAction.PAY),
}


def of_claims(case: Case, today: date) -> Iterator[Standing]:
    """Claims that are not over."""
    for row in case.claims:
        if row.state == ClaimState.HEARD and row.day and row.day < today:
            words, actor, step = HEARD_OUT
            yield Standing(words, actor, step=step, of=row.of)
        elif row.state in CLAIMS:
            words, actor, act = CLAIMS[row.state]
            day = {ClaimState.HEARD: row.day, ClaimState.DEMANDED: row.later}.get(ClaimState(row.state))
            yield Standing(words, actor, day, act, row.of)


def of_proofs(case: Case, today: date) -> Iterator[Standing]:
    """Proofs that are here, and those that should be."""
    for row in case.proofs:
        if row.state in PROOFS:
            words, actor, step = PROOFS[row.state]
            yield Standing(words, actor, step=step, of=row.of)
        elif row.state == ProofState.DUE and (due := row.later or row.day) and due < today:
            yield proof_to_come(row)


def proof_to_come(row: Part) -> Standing:
    """A proof that is awaited."""
    until = row.later or row.day
    return Standing("Nachweis vorlegen", Actor.PROVIDER, until, ProofAction.RECEIVE, row.of)


def payment_to_prepare(row: Part) -> Standing:
    """A payment that is planned."""
    return Standing("Auszahlung vorbereiten", Actor.PLANNER, row.day, PaymentAction.PREPARE, row.of)


def of_payments(case: Case, today: date) -> Iterator[Standing]:
    """Payments on their way, and those that are due."""
    for row in case.payments:
        if row.state in PAYMENTS:
            words, actor, step = PAYMENTS[row.state]
            yield Standing(words, actor, row.day, step, row.of)
        elif row.state == PaymentState.PLANNED and row.day and row.day <= today:
            yield payment_to_prepare(row)


def ahead(case: Case) -> Iterator[Standing]:
    """What has a day to come."""
    yield from (payment_to_prepare(row) for row in case.payments if row.state == PaymentState.PLANNED)
    yield from (proof_to_come(row) for row in case.proofs if row.state == ProofState.DUE)
    dues = [row.day for row in case.decisions if row.day and row.state != DecisionState.DRAFT]
    if dues and not case.proofs:
        yield Standing("Nachweis vormerken", Actor.PLANNER, step=PROOFS_PAGE)
