"""What of decisions about applications is open: notices to release and to send, and what they demand."""

from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat

from accounts.enums import Action
from funding.enums import Actor, ApplicationState, DecisionState, PaymentState
from funding.models import DecisionCondition, FundingDecision, Payment
from funding.queries.standing import APPEAL_MONTHS
from funding.queries.use_until import later
from funding.waiting.sources import day_of, note, open_money
from records.fields import VagueDateField
from records.waiting import tell_record

PAID_OUT = (PaymentState.RELEASED, PaymentState.PAID)
NOTICE_GIVEN = (DecisionState.RELEASED, DecisionState.SENT, DecisionState.FINAL)


def in_appeal() -> QuerySet[Any]:
    """The last decision of a case while it is not final and nothing is paid out, with the end of the month."""
    newer = FundingDecision.objects.filter(application=OuterRef("application"), pk__gt=OuterRef("pk"))
    going = Payment.objects.filter(application=OuterRef("application"), state__in=PAID_OUT)
    rows = FundingDecision.objects.filter(state=DecisionState.SENT, sent_on__isnull=False)
    rows = rows.filter(~Exists(newer), ~Exists(going), application__state=ApplicationState.DECIDED)
    until = later(Cast("sent_on", CharField()), Value(APPEAL_MONTHS), "month")
    return rows.annotate(appeal_until=Concat(until, Value("D"), output_field=VagueDateField()))


SOURCES = (
    open_money(
        "decision-to-release",
        lambda: FundingDecision.objects.filter(state=DecisionState.PREPARED),
        tell_record(FundingDecision, "Freigeben?", page="detail"),
        Actor.LEAD,
        rights=(Action.RELEASE,),
        told_to=Action.WRITE,
        since="changed_at",
        note=note("liegt zur Freigabe"),
    ),
    open_money(
        "decision-to-send",
        lambda: FundingDecision.objects.filter(state=DecisionState.RELEASED),
        tell_record(FundingDecision, "Versandt?", page="detail"),
        Actor.PLANNER,
        told_to=Action.WRITE,
        since="changed_at",
        note=note("freigegeben, noch nicht versandt"),
    ),
    open_money(
        "decision-appeal",
        in_appeal,
        tell_record(FundingDecision, "Verzicht da?", page="detail"),
        Actor.PROVIDER,
        rights=(),
        told_to=Action.WRITE,
        day="appeal_until",
        note=note("kann auf Rechtsbehelfe verzichten"),
    ),
    open_money(
        "decision-to-become-final",
        in_appeal,
        tell_record(FundingDecision, "Bestandskräftig?", page="detail"),
        Actor.PLANNER,
        told_to=None,
        day="appeal_until",
        note=note("Rechtsbehelfsfrist vorbei"),
    ),
    open_money(
        "decision-condition",
        lambda: DecisionCondition.objects.filter(
            done_on__isnull=True, due__isnull=False, decision__state__in=NOTICE_GIVEN
        ),
        tell_record(DecisionCondition, "Erfüllt?"),
        Actor.PROVIDER,
        told_to=Action.WRITE,
        day=day_of(F("due")),
        note="decision__label",
    ),
)
