"""What the steps of a decision need, as sentences before the button and refusals after it."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.utils import timezone

from funding.deadlines import add_months
from funding.domain.cases.checklist import items_for
from funding.domain.cases.conditions import ASKED_OF_US, may_do_without_advice
from funding.domain.decisions.quotas import eligible_of, quotas_of
from funding.domain.letters import blocks_of
from funding.domain.reckoning.arithmetic import Check, balance, check_pot
from funding.domain.reckoning.steps import euro, percent, total
from funding.enums import Answer, DecisionState, FinancingKind, TextPlace
from funding.enums import ApplicationState as S
from funding.models import CheckAnswer, FundingDecision
from funding.queries.budget import budget_of, lines_of
from funding.queries.in_force import decided_for, decided_in, granted, land_granted, replaced_by
from funding.queries.local_rules import decider_for, local_rule
from funding.queries.standing import APPEAL_MONTHS
from records.display import label_of
from records.life.table import Attempt, Condition, Unmet, condition


def pot_of(decision: FundingDecision) -> Check:
    """R3: what is decided in the call, with this decision in the place of what it replaces."""
    call = decision.application.call
    others = decided_in(call, without=decision.application).values() if call else ()
    return check_pot([*others, granted(decision)], call.pot if call else None)


EXCEEDS = {
    "share": "Die Zuwendung liegt über der Förderquote der Kommune: {amount} statt höchstens {bound}.",
    "own_share": "Der Eigenanteil ist kleiner, als die Kommune verlangt: {amount} statt mindestens {bound}.",
    "grant": "Die Zuwendung liegt über dem Höchstbetrag der Kommune: {amount} statt höchstens {bound}.",
    "cost": "Die Gesamtausgaben liegen über der Grenze der Kommune: {amount} statt höchstens {bound}.",
    "pot": "Der Topf des Aufrufs reicht nicht: Vergeben wären {amount} von {bound}.",
}


def sentence(check: Check) -> str:
    """What is exceeded, to the cent."""
    assert check.bound is not None
    return EXCEEDS[check.kind].format(amount=euro(check.amount), bound=euro(check.bound))


# ---------------------------------------------------------------- the case
@condition("Der Antrag ist geprüft und beraten")
def case_ready(attempt: Attempt) -> Iterable[Unmet]:
    """The first decision follows the check and the advice, a change follows a decision."""
    case, before = attempt.record.application, replaced_by(attempt.record)
    others = case.decisions.filter(state=DecisionState.PREPARED).exclude(pk=attempt.record.pk)
    if others.exists():
        yield Unmet(
            "other",
            "Zu diesem Antrag liegt schon eine andere Entscheidung zur Freigabe. Holen Sie diese zuerst zurück.",
        )
    if before is not None:
        if case.state not in (S.DECIDED, S.REFUSED):
            yield Unmet(
                "case",
                f"Der Antrag ist {case.get_state_display()}; eine Änderung ist nicht möglich. Legen "
                "Sie für ein neues Vorhaben einen neuen Antrag an.",
            )
    elif case.state not in (S.CHECKED, S.ADVISED):
        yield Unmet("case", f"Der Antrag ist {case.get_state_display()}. Schließen Sie zuerst die Prüfung ab.")
    elif case.state == S.CHECKED and not may_do_without_advice(case):
        text = "Der Antrag ist noch nicht beraten. Halten Sie die Beratung fest, oder warum sie entfällt."
        yield Unmet("advice", text)


@condition("Die Prüfpunkte vor dem Bescheid sind erfüllt")
def final_items(attempt: Attempt) -> Iterable[Unmet]:
    """Every final point has its answer; „nein“ is outweighed by a reason alone. A refusal needs none."""
    if attempt.record.is_refusal:
        return
    case = attempt.record.application
    given = dict(CheckAnswer.objects.filter(application=case).values_list("item", "answer"))
    for item in items_for(case):
        answer = given.get(item.pk, Answer.ASKED_FOR) if item.final else Answer.YES
        if answer == Answer.ASKED_FOR:
            yield Unmet("item", f"Beantworten Sie zuerst den Prüfpunkt „{item.title}“.")
        elif answer == Answer.NO:
            yield Unmet(
                "item_no",
                f"Prüfpunkt mit „nein“ beantwortet: „{item.title}“. Ändern Sie die Antwort, oder "
                "schreiben Sie den Grund.",
                by_reason=True,
            )


# ---------------------------------------------------------------- the decision itself
@condition("Alle Angaben der Entscheidung sind da")
def complete(attempt: Attempt) -> Iterable[Unmet]:
    """What the notice has to say."""
    found: FundingDecision = attempt.record
    needed = ["decided_by", "decided_on"]
    if not found.is_refusal:
        needed += ["financing", "grant", "starts_on", "ends_on", "proof_due"]
        needed += ["share"] if found.financing == FinancingKind.SHARE else []
    else:
        needed += ["reasons"]
    needed += ["change_reason"] if replaced_by(found) else []
    for name in needed:
        if getattr(found, name) in (None, ""):
            yield Unmet("missing", f"Ergänzen Sie zuerst: {label_of(FundingDecision, name)}.")
    if not found.is_refusal and found.grant is not None and not found.grant:
        yield Unmet("nothing", "Bewilligt werden 0,00 €. Wählen Sie „abgelehnt“, wenn nichts bewilligt wird.")
    if found.decided_on and found.decided_on > timezone.localdate(attempt.at):
        yield Unmet("future", "Der Tag der Entscheidung liegt in der Zukunft. Prüfen Sie das Datum.")


@condition("Ausgaben, Finanzierung, Zuwendung und Raten sind auf den Cent gleich")
def balanced(attempt: Attempt) -> Iterable[Unmet]:
    """R1: what is decided balances, and its parts agree with the grant."""
    found: FundingDecision = attempt.record
    if found.is_refusal:
        return
    rows = list(found.finances.values_list("source", "amount"))
    sums = balance(found.costs.values_list("amount", flat=True), (amount for _, amount in rows))
    if not sums.is_balanced or not sums.costs:
        text = f"Die anerkannten Ausgaben sind {euro(sums.costs)}, die Finanzierung {euro(sums.finance)}."
        yield Unmet("balance", text)
    ours = total(amount for source, amount in rows if source in ASKED_OF_US)
    if ours != granted(found):
        text = (
            f"Die Zuwendung ist {euro(granted(found))}, in der Finanzierung stehen von Land und Kommune {euro(ours)}."
        )
        yield Unmet("grant", text)
    parts = list(found.instalments.values_list("amount", flat=True))
    if parts and total(parts) != granted(found):
        yield Unmet(
            "instalments",
            f"Die Raten sind zusammen {euro(total(parts))} statt {euro(granted(found))}. Ändern Sie die Raten.",
        )
    eligible = eligible_of(found.costs.all())
    if granted(found) > eligible:
        text = f"Die Zuwendung ist höher als die zuwendungsfähigen Ausgaben von {euro(eligible)}."
        yield Unmet("eligible", text)
    elif found.financing == FinancingKind.SHARE and found.share is not None:
        yield from share_kept(found, eligible)


def share_kept(found: FundingDecision, eligible: Decimal) -> Iterable[Unmet]:
    """An Anteilfinanzierung grants no more than its share of the eligible expenses."""
    assert found.share is not None
    if granted(found) * 100 > found.share * eligible:
        text = f"Die Zuwendung ist mehr als {percent(found.share)} der zuwendungsfähigen Ausgaben von {euro(eligible)}."
        yield Unmet("share", text)


@condition("Die Förderregeln der Kommune sind eingehalten, soweit sie etwas festlegen")
def within_quotas(attempt: Attempt) -> Iterable[Unmet]:
    """R4, by the rule of the day from which the decision holds; an exception needs a reason."""
    found: FundingDecision = attempt.record
    if found.is_refusal:
        return
    rule = local_rule(found.application.municipality, found.application.project_class, found.dated)
    for check in quotas_of(granted(found), found.costs.all(), found.finances.all(), rule):
        if check.is_met is False:
            yield Unmet(check.kind, sentence(check), by_reason=True)


@condition("Der Topf des Aufrufs reicht, soweit einer festgelegt ist")
def within_pot(attempt: Attempt) -> Iterable[Unmet]:
    """R3; no reason outweighs money that is not there."""
    check = pot_of(attempt.record)
    if check.is_met is False and not attempt.record.is_refusal:
        yield Unmet("pot", sentence(check))


@condition("Die Landesmittel des Finanzplans reichen, soweit es einen gibt")
def within_plan(attempt: Attempt) -> Iterable[Unmet]:
    """R3: what all cases of the year get of the Land; a plan can still be changed, so a reason outweighs it."""
    found: FundingDecision = attempt.record
    case = found.application
    year = None if found.is_refusal else budget_of(case.municipality, case.year)
    if year is None:
        return
    planned = total(line.land for line in lines_of(year) if line.counts)
    given = land_granted([*decided_for(case), found])
    if given > planned:
        text = f"Im Finanzplan {case.year} stehen vom Land {euro(planned)}; bewilligt wären {euro(given)}."
        yield Unmet("plan", text, by_reason=True)


@condition("Zuständig entschieden")
def by_the_right_one(attempt: Attempt) -> Iterable[Unmet]:
    """„Je nach Summe“: who decides by the Kommune's rule."""
    found: FundingDecision = attempt.record
    case = found.application
    rule = local_rule(case.municipality, case.project_class, found.dated)
    decider = decider_for(rule.deciders.select_related("body"), granted(found)) if rule else None
    if decider is not None and found.decided_by.strip() and str(decider) != found.decided_by.strip():
        text = f"Über {euro(granted(found))} entscheidet nach der Förderregel: {decider}."
        yield Unmet("decider", text, by_reason=True)


@condition("Die Fassung folgt auf die vorige")
def follows(attempt: Attempt) -> Iterable[Unmet]:
    """A change does not begin before what it replaces, or it would never be in force."""
    before = replaced_by(attempt.record)
    if before is not None and attempt.record.dated < before.dated:
        yield Unmet(
            "dated",
            f"Die vorige Fassung gilt ab {before.dated:%d.%m.%Y}; diese beginnt früher. Nennen Sie einen späteren Tag.",
        )


@condition("Anschrift und Rechtsbehelfsbelehrung stehen im Bescheid")
def can_be_sent(attempt: Attempt) -> Iterable[Unmet]:
    """What a notice should not lack."""
    case = attempt.record.application
    if not case.address.strip():
        yield Unmet(
            "address",
            "Im Antrag fehlt die Anschrift; der Bescheid ginge ohne sie hinaus. Tragen Sie sie ein, "
            "oder schreiben Sie den Grund.",
            by_reason=True,
        )
    if not blocks_of(case, timezone.localdate(attempt.at))[TextPlace.REMEDY]:
        text = (
            "Zur Rechtsbehelfsbelehrung gilt heute kein Textbaustein; der Bescheid ginge ohne sie "
            "hinaus. Legen Sie einen an, oder schreiben Sie den Grund."
        )
        yield Unmet("remedy", text, by_reason=True)


# ---------------------------------------------------------------- afterwards
def released_on(decision: FundingDecision) -> date | None:
    """The day of the release."""
    at = decision.steps.filter(to_state=DecisionState.RELEASED).order_by("number").values_list("at", flat=True).last()
    return timezone.localdate(at) if at else None


@condition("Nicht vor der Freigabe und nicht in der Zukunft versandt")
def sent_after_release(attempt: Attempt) -> Iterable[Unmet]:
    """A notice is sent after its release."""
    day, released = attempt.values.get("sent_on"), released_on(attempt.record)
    if day and day > timezone.localdate(attempt.at):
        yield Unmet("future", "Der Tag des Versands liegt in der Zukunft. Prüfen Sie das Datum.")
    elif day and released and day < released:
        yield Unmet("early", "Der Tag des Versands liegt vor der Freigabe. Prüfen Sie das Datum.")


def after_sending(name: str) -> Condition:
    """The day of a field is not before the notice was sent, nor ahead."""

    @condition("Nicht vor dem Versand und nicht in der Zukunft")
    def check(attempt: Attempt) -> Iterable[Unmet]:
        day, sent = attempt.values.get(name), attempt.record.sent_on
        if day and day > timezone.localdate(attempt.at):
            yield Unmet("future", "Der Tag liegt in der Zukunft. Prüfen Sie das Datum.")
        elif day and sent and day < sent:
            yield Unmet("early", f"Der Bescheid wurde erst am {sent:%d.%m.%Y} versandt. Prüfen Sie das Datum.")

    return check


@condition("Die Rechtsbehelfsfrist ist verstrichen")
def appeal_over(attempt: Attempt) -> Iterable[Unmet]:
    """A month after the notice was sent („Annahme“: sent is delivered); what is otherwise needs a reason."""
    day, sent = attempt.values.get("final_on"), attempt.record.sent_on
    if day and sent and day <= add_months(sent, APPEAL_MONTHS):
        last = add_months(sent, APPEAL_MONTHS)
        yield Unmet(
            "appeal",
            f"Die Frist endet frühestens am {last:%d.%m.%Y}. Nennen Sie einen späteren Tag, oder "
            "schreiben Sie den Grund.",
            by_reason=True,
        )
