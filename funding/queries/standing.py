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

from funding.enums import (
    Actor,
    ApplicationAction,
    ApplicationState,
    ClaimState,
    DecisionState,
    PaymentState,
    ProjectClass,
    ProofState,
)
from funding.models import (
    ApplicationStep,
    FundingApplication,
    FundingDecision,
    Inquiry,
    Payment,
    ProofOfUse,
    RepaymentClaim,
)
from funding.queries.case_money import to_be_claimed

S = ApplicationState
OVER = (S.CLOSED, S.WITHDRAWN, S.LAPSED, S.REFUSED)


@dataclass(frozen=True)
class Standing:
    """``words`` say what is to be done, ``until`` is the last day for it, None where no day is set."""

    words: str
    actor: Actor
    until: date | None = None

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
    ("decisions", FundingDecision, F("state"), F("proof_due"), NO_DAY),
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

    state: str
    day: date | None
    later: date | None


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
    for pk, name, _, state, day, later in sorted(parts[0].union(*parts[1:], all=True), key=lambda row: row[:3]):
        getattr(cases[pk], name).append(Part(state, day, later))
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


def in_check(case: Case, today: date) -> Standing:
    """Until the check is finished."""
    if case.state == S.SKETCH:
        return Standing("zum Antrag einladen oder absagen", Actor.PLANNER)
    if case.state == S.INVITED:
        return Standing("Antrag einreichen", Actor.PROVIDER, case.closes_on)
    if case.state == S.DRAFT:
        return Standing("Eingang festhalten", Actor.PLANNER)
    asked = [row.day for row in case.inquiries if row.day and row.later is None]
    if asked and min(asked) < today:
        return Standing("entscheiden, wie es ohne die Unterlagen weitergeht", Actor.PLANNER, min(asked))
    if asked:
        return Standing("Unterlagen nachreichen", Actor.PROVIDER, min(asked))
    return Standing("prüfen", Actor.PLANNER)


def before_decision(case: Case) -> Standing:
    """A board advises, the office prepares, a second person releases."""
    states = [row.state for row in case.decisions]
    if DecisionState.PREPARED in states:
        return Standing("Bescheid freigeben", Actor.LEAD)
    if states or case.state == S.ADVISED or case.is_light or case.skips:
        return Standing("Entscheidung vorbereiten", Actor.PLANNER)
    return Standing("beraten", Actor.BOARD)


def after_the_end(case: Case) -> Standing:
    """Nobody acts; only a refusal may still have to be sent."""
    if case.state == S.REFUSED and any(row.state == DecisionState.RELEASED for row in case.decisions):
        return Standing("Ablehnung versenden", Actor.PLANNER)
    return Standing(str(S(case.state).label), Actor.NOBODY)


def after_decision(case: Case, today: date) -> Iterator[Standing]:
    """What is to be done now, the most pressing first; what lies ahead comes last."""
    yield from of_decisions(case)
    yield from of_claims(case)
    yield from of_proofs(case, today)
    yield from of_payments(case, today)
    yield from sorted(ahead(case), key=lambda each: each.until or date.max)
    if case.proofs and all(row.state == ProofState.RECOGNISED for row in case.proofs):
        yield Standing("Vorgang abschließen", Actor.PLANNER)
    yield Standing("läuft; kein Termin gesetzt", Actor.PLANNER)


def of_decisions(case: Case) -> Iterator[Standing]:
    """A change that waits for its release, a notice that is not sent."""
    states = [row.state for row in case.decisions]
    if DecisionState.PREPARED in states:
        yield Standing("Änderungsbescheid freigeben", Actor.LEAD)
    if DecisionState.RELEASED in states:
        yield Standing("Bescheid versenden", Actor.PLANNER)
    if DecisionState.DRAFT in states:
        yield Standing("Änderung vorbereiten", Actor.PLANNER)


CLAIMS: dict[str, tuple[str, Actor]] = {
    ClaimState.DRAFT: ("Anhörung zur Rückforderung senden", Actor.PLANNER),
    ClaimState.HEARD: ("zur Rückforderung Stellung nehmen", Actor.PROVIDER),
    ClaimState.PREPARED: ("Rückforderung freigeben", Actor.LEAD),
    ClaimState.DEMANDED: ("Rückforderung zahlen", Actor.PROVIDER),
}
PROOFS: dict[str, tuple[str, Actor]] = {
    ProofState.RECEIVED: ("Nachweis prüfen", Actor.PLANNER),
    ProofState.ASKED: ("Angaben zum Nachweis nachreichen", Actor.PROVIDER),
    ProofState.CHECKED: ("Nachweis anerkennen", Actor.LEAD),
    OWES: ("Rückforderung vorbereiten", Actor.PLANNER),
}
PAYMENTS: dict[str, tuple[str, Actor]] = {
    PaymentState.PREPARED: ("Auszahlung freigeben", Actor.LEAD),
    PaymentState.RELEASED: ("auszahlen", Actor.CASH_OFFICE),
}


def of_claims(case: Case) -> Iterator[Standing]:
    """Claims that are not over."""
    for row in case.claims:
        if row.state in CLAIMS:
            day = {ClaimState.HEARD: row.day, ClaimState.DEMANDED: row.later}.get(ClaimState(row.state))
            yield Standing(*CLAIMS[ClaimState(row.state)], day)


def of_proofs(case: Case, today: date) -> Iterator[Standing]:
    """Proofs that are here, and those that should be."""
    for row in case.proofs:
        if row.state in PROOFS:
            yield Standing(*PROOFS[row.state])
        elif row.state == ProofState.DUE and (due := row.later or row.day) and due < today:
            yield Standing("Nachweis vorlegen", Actor.PROVIDER, due)


def of_payments(case: Case, today: date) -> Iterator[Standing]:
    """Payments on their way, and those that are due."""
    for row in case.payments:
        if row.state in PAYMENTS:
            yield Standing(*PAYMENTS[row.state], row.day)
        elif row.state == PaymentState.PLANNED and row.day and row.day <= today:
            yield Standing("Auszahlung vorbereiten", Actor.PLANNER, row.day)


def ahead(case: Case) -> Iterator[Standing]:
    """What has a day to come."""
    for row in case.payments:
        if row.state == PaymentState.PLANNED:
            yield Standing("Auszahlung vorbereiten", Actor.PLANNER, row.day)
    for row in case.proofs:
        if row.state == ProofState.DUE:
            yield Standing("Nachweis vorlegen", Actor.PROVIDER, row.later or row.day)
    dues = [row.day for row in case.decisions if row.day and row.state != DecisionState.DRAFT]
    if dues and not case.proofs:
        yield Standing("Nachweis vorlegen", Actor.PROVIDER, dues[-1])
