"""What a payment needs before money goes out."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.utils import timezone

from funding.deadlines import Term, use_until
from funding.domain.reckoning.steps import NOTHING, euro
from funding.enums import DecisionState, GrantOutcome, PaymentAction
from funding.models import FundingApplication, FundingDecision, Payment, PaymentStep
from funding.queries.case_money import on_its_way, overdue_proofs
from funding.queries.in_force import in_force
from planning.models import FundingRule
from planning.queries.funding_rules import rule_of
from records.life.table import Attempt, Unmet, condition

NO_DECISION = "Für diesen Antrag gilt an diesem Tag keine Bewilligung. Prüfen Sie den Tag und den Bescheid."
NOT_FINAL = "Der Bescheid vom {:%d.%m.%Y} ist nicht bestandskräftig, und ein Rechtsbehelfsverzicht fehlt."
TOO_MUCH = "Mit dieser Auszahlung wären {} angewiesen; bewilligt sind {}."
TOO_FAR = "Das Geld würde bis {:%d.%m.%Y} verwendet; ausgezahlt wird nur, was bis {:%d.%m.%Y} gebraucht wird."
NOT_CHECKED = "Wie bald Geld zu verwenden ist, ist für {} nicht festgelegt, deshalb nicht geprüft"


def day_of(attempt: Attempt) -> date:
    """The day of the step in Berlin."""
    return timezone.localdate(attempt.at)


def granting_of(application: FundingApplication, day: date) -> FundingDecision | None:
    """The decision in force that grants, or None."""
    found = in_force(application, day)
    return None if found is None or found.outcome == GrantOutcome.REFUSED else found


def granting(payment: Payment, day: date) -> FundingDecision | None:
    """The one that carries the payment."""
    return granting_of(payment.application, day)


def term_of(rule: FundingRule) -> Term | None:
    """Within what time money must be used; None where nothing is set."""
    if rule.use_within is None:
        return None
    return Term(rule.use_within, "days" if rule.use_unit == "days" else "months")


def is_final(decision: FundingDecision, day: date) -> bool:
    """Whether nothing can be brought against the decision any more on the day."""
    days = [each for each in (decision.final_on, decision.waiver_on) if each is not None]
    return decision.state == DecisionState.FINAL or any(each <= day for each in days)


def too_much(payment: Payment, day: date) -> str:
    """Why the payment does not fit into the grant in force; empty where it does."""
    found = granting(payment, day)
    grant: Decimal = found.grant if found and found.grant is not None else NOTHING
    asked = on_its_way(payment.application, payment.pk) + payment.amount
    return TOO_MUCH.format(euro(asked), euro(grant)) if asked > grant else ""


def of_decision(attempt: Attempt) -> str:
    """Which decision carries the payment; said where one does."""
    found = granting(attempt.record, day_of(attempt))
    dated = f" vom {found.dated:%d.%m.%Y}" if found else ""
    return f"Der Bescheid{dated} ist bestandskräftig, oder auf Rechtsbehelfe ist verzichtet"


@condition(of_decision)
def decision_final(attempt: Attempt) -> Iterable[Unmet]:
    """Money goes out on a decision against which nothing can be brought any more (BayVwV 7.1; Thüringen Annahme)."""
    found = granting(attempt.record, day_of(attempt))
    if found is None:
        yield Unmet("decision", NO_DECISION)
    elif not is_final(found, day_of(attempt)):
        yield Unmet("final", NOT_FINAL.format(found.dated))


@condition("Die Auszahlungen bleiben in der Bewilligung")
def within_grant(attempt: Attempt) -> Iterable[Unmet]:
    """What is released and paid is at most the grant in force on the day."""
    if text := too_much(attempt.record, day_of(attempt)):
        yield Unmet("grant", text)


def need_in_words(attempt: Attempt) -> str:
    """Until when the money is used, or that no time is set."""
    case = attempt.record.application
    if term_of(rule_of(case.municipality_id, case.year)) is None:
        return NOT_CHECKED.format(case.year)
    return f"Bedarf genannt, verwendet bis {attempt.record.needed_until:%d.%m.%Y}"


@condition(need_in_words)
def need_in_time(attempt: Attempt) -> Iterable[Unmet]:
    """Only what is needed soon is paid out (VV 7.2; the time is a setting)."""
    payment, case = attempt.record, attempt.record.application
    if not payment.need or payment.needed_until is None:
        yield Unmet("need", "Nennen Sie, wofür das Geld gebraucht und bis wann es verwendet wird.")
        return
    last = use_until(day_of(attempt), term_of(rule_of(case.municipality_id, case.year)))
    if last is not None and payment.needed_until > last:
        yield Unmet("use", TOO_FAR.format(payment.needed_until, last))


@condition("Die Bankverbindung des Trägers ist bekannt")
def has_account(attempt: Attempt) -> Iterable[Unmet]:
    """The cash office must know where the money goes."""
    if not attempt.record.application.iban:
        yield Unmet("iban", "Tragen Sie zuerst am Antrag die IBAN des Trägers ein.")


@condition("Kein Nachweis desselben Trägers ist überfällig")
def no_overdue_proof(attempt: Attempt) -> Iterable[Unmet]:
    """Who owes a proof gets no further money without a reason."""
    for proof in overdue_proofs(attempt.record.application, day_of(attempt)):
        day = proof.extended_to or proof.due
        yield Unmet(
            "proof",
            f"Seit {day:%d.%m.%Y} überfällig: {proof}. Erinnern Sie den Träger, oder schreiben Sie den Grund.",
            by_reason=True,
        )


@condition("Der Tag der Auszahlung liegt zwischen Freigabe und heute")
def paid_after_release(attempt: Attempt) -> Iterable[Unmet]:
    """The cash office pays what was released, and not in the future."""
    day = attempt.values.get("paid_on")
    if not isinstance(day, date):
        return
    step = PaymentStep.objects.filter(payment=attempt.record, action=PaymentAction.RELEASE).last()
    if day > day_of(attempt):
        yield Unmet("future", "Der Tag der Auszahlung liegt in der Zukunft. Prüfen Sie das Datum.")
    elif step and day < timezone.localdate(step.at):
        yield Unmet("early", f"Freigegeben ist erst seit {timezone.localdate(step.at):%d.%m.%Y}. Prüfen Sie das Datum.")
