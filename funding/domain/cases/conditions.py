"""What the steps of an application need."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils import timezone

from funding.domain.reckoning.steps import euro, total
from funding.enums import ApplicationAction, DecisionState, GrantOutcome, MoneySource, PaymentState, Stages
from funding.enums import ApplicationState as S
from funding.models import ApplicationStep, BoardVote, FundingApplication, FundingDecision, Inquiry, Payment
from funding.queries.local_rules import decider_for, local_rule
from participation.models import Session
from records.life.table import Attempt, Unmet, condition
from records.registry import kind_of

ASKED_OF_US = (MoneySource.LAND, MoneySource.MUNICIPAL)  # what a Träger applies for
OUT = (DecisionState.RELEASED, DecisionState.SENT, DecisionState.FINAL)
NEGATIVE = (GrantOutcome.REFUSED,)


def check_url(application: FundingApplication) -> str:
    """The page of the check list."""
    return reverse("funding:check", args=[application.municipality.slug, application.pk])


def balance_of(application: FundingApplication) -> tuple[Decimal, Decimal]:
    """Costs and financing, summed (two queries)."""
    costs = total(application.costs.values_list("amount", flat=True))
    return costs, total(application.finances.values_list("amount", flat=True))


def asked_grant(application: FundingApplication) -> Decimal:
    """What the Träger applies for (one query)."""
    return total(application.finances.filter(source__in=ASKED_OF_US).values_list("amount", flat=True))


def released_decision(application: FundingApplication, *, refused: bool) -> bool:
    """Whether a decision of that sort is out."""
    rows = FundingDecision.objects.filter(application=application, state__in=OUT)
    return (rows.filter(outcome__in=NEGATIVE) if refused else rows.exclude(outcome__in=NEGATIVE)).exists()


def may_do_without_advice(application: FundingApplication) -> bool:
    """A Mikroprojekt, or somebody has written down why no board advises."""
    if application.is_light:
        return True
    return ApplicationStep.objects.filter(application=application, action=ApplicationAction.SKIP_ADVICE).exists()


# ---------------------------------------------------------------- receiving
@condition("Der Tag des Eingangs liegt nicht in der Zukunft")
def received_until_today(attempt: Attempt) -> Iterable[Unmet]:
    """What lies ahead has not been received."""
    day = attempt.values.get("received_on")
    if isinstance(day, date) and day > timezone.localdate(attempt.at):
        yield Unmet("future", "Der Tag des Eingangs liegt in der Zukunft. Prüfen Sie das Datum.")


@condition("In der Frist des Aufrufs eingegangen")
def within_call(attempt: Attempt) -> Iterable[Unmet]:
    """A day on which the call is open at any time counts; later ones need a reason."""
    call, day = attempt.record.call, attempt.values.get("received_on") or attempt.record.received_on
    if call is None or not isinstance(day, date):
        return
    if call.withdrawn_on and call.withdrawn_on <= day:
        yield Unmet(
            "withdrawn",
            f"Der Aufruf ist seit {call.withdrawn_on:%d.%m.%Y} zurückgezogen. Prüfen Sie das Datum, "
            "oder schreiben Sie den Grund.",
            by_reason=True,
        )
    elif day > call.closes_on:
        yield Unmet(
            "late",
            f"Der Aufruf schloss am {call.closes_on:%d.%m.%Y}; der Antrag kam später. Prüfen Sie das "
            "Datum, oder schreiben Sie den Grund.",
            by_reason=True,
        )
    elif day < call.opens_on:
        yield Unmet(
            "early",
            f"Der Aufruf öffnet erst am {call.opens_on:%d.%m.%Y}. Prüfen Sie das Datum, oder schreiben Sie den Grund.",
            by_reason=True,
        )


@condition("Verfahren eingehalten")
def sketch_first(attempt: Attempt) -> Iterable[Unmet]:
    """Where the Kommune asks for a sketch first, an application follows an invitation."""
    record = attempt.record
    if record.state != S.DRAFT:
        return
    day = attempt.values.get("received_on") or timezone.localdate(attempt.at)
    rule = local_rule(record.municipality, record.project_class, day)
    if rule and rule.stages == Stages.SKETCH:
        text = "Die Förderregel verlangt zuerst eine Skizze und die Einladung zum Antrag."
        yield Unmet("sketch", text, by_reason=True)


# ---------------------------------------------------------------- checking
@condition("Eine Nachforderung mit Frist ist erfasst")
def inquiry_open(attempt: Attempt) -> Iterable[Unmet]:
    """Without a request nobody knows what is missing."""
    if not Inquiry.objects.filter(application=attempt.record, answered_on__isnull=True).exists():
        text = "Erfassen Sie zuerst, was bis wann nachzureichen ist."
        yield Unmet("inquiry", text, way=("Nachforderung erfassen", check_url(attempt.record)))


@condition("Alle Nachforderungen sind beantwortet")
def inquiries_answered(attempt: Attempt) -> Iterable[Unmet]:
    """What is not answered can be done without for a reason."""
    rows = Inquiry.objects.filter(application=attempt.record, answered_on__isnull=True)
    for title in rows.values_list("title", flat=True):
        yield Unmet(
            "inquiries",
            f"Noch nicht beantwortet: „{title}“. Tragen Sie die Antwort ein, oder schreiben Sie den Grund.",
            by_reason=True,
        )


@condition("Ausgaben und Finanzierung sind auf den Cent gleich")
def balanced(attempt: Attempt) -> Iterable[Unmet]:
    """A decision can still balance them; who goes on says why."""
    costs, finances = balance_of(attempt.record)
    if costs != finances:
        text = f"Die Ausgaben sind {euro(costs)}, die Finanzierung {euro(finances)}."
        yield Unmet("balance", text, by_reason=True)


# ---------------------------------------------------------------- advice and decision
@condition("Ein Votum liegt vor")
def voted(attempt: Attempt) -> Iterable[Unmet]:
    """Of any session."""
    if not BoardVote.objects.filter(application=attempt.record).exists():
        way = ("Sitzungen öffnen", kind_of(Session).url("list", attempt.record.municipality))
        yield Unmet("vote", "Erfassen Sie zuerst auf der Seite der Sitzung ihr Votum.", way=way)


@condition("Über diesen Betrag entscheidet eine Stelle")
def office_decides(attempt: Attempt) -> Iterable[Unmet]:
    """By the limits of the rule; where a board decides, it is not passed over."""
    record = attempt.record
    rule = local_rule(record.municipality, record.project_class, timezone.localdate(attempt.at))
    decider = decider_for(rule.deciders.select_related("body"), asked_grant(record)) if rule else None
    if decider is not None and decider.body_id is not None:
        yield Unmet(
            "decider", f"Über {euro(asked_grant(record))} entscheidet: {decider}. Halten Sie die Beratung dort fest."
        )


@condition("Beraten, oder ohne Beratung möglich")
def advised(attempt: Attempt) -> Iterable[Unmet]:
    """A board has advised, or it is written down why none does; Mikroprojekte need neither."""
    if attempt.record.state == S.CHECKED and not may_do_without_advice(attempt.record):
        yield Unmet(
            "advice", "Der Antrag ist noch nicht beraten. Halten Sie die Beratung fest, oder warum sie entfällt."
        )


@condition("Keine Entscheidung liegt zur Freigabe")
def nothing_prepared(attempt: Attempt) -> Iterable[Unmet]:
    """What the decision rests on does not change while a second person looks at it."""
    if FundingDecision.objects.filter(application=attempt.record, state=DecisionState.PREPARED).exists():
        yield Unmet("prepared", "Zu diesem Antrag liegt eine Entscheidung zur Freigabe. Holen Sie sie zuerst zurück.")


@condition("Keine Auszahlung liegt zur Freigabe oder bei der Kasse")
def no_payment_on_its_way(attempt: Attempt) -> Iterable[Unmet]:
    """Two people agree on a payment and its account: nobody exchanges the account behind the second one."""
    under_way = (PaymentState.PREPARED, PaymentState.RELEASED)
    for payment in Payment.objects.filter(application=attempt.record, state__in=under_way):
        state, way = payment.get_state_display(), kind_of(Payment).url("detail", payment.municipality, payment.pk)
        text = f"Eine Auszahlung über {euro(payment.amount)} ist schon weiter: {state}. Holen Sie sie zuerst zurück."
        yield Unmet("payment", text, way=("Auszahlung öffnen", way))


@condition("Es ist nichts ausgezahlt")
def nothing_paid(attempt: Attempt) -> Iterable[Unmet]:
    """Money that is out comes back by a claim, not by a withdrawal."""
    going = (PaymentState.RELEASED, PaymentState.PAID)
    if Payment.objects.filter(application=attempt.record, state__in=going).exists():
        yield Unmet("paid", "Es ist schon Geld angewiesen. Was zurückkommt, regeln Sie mit Nachweis und Rückforderung.")
