"""What of decisions about applications is open: notices to release and to send, and what they demand."""

from django.db.models import F

from accounts.enums import Action
from funding.enums import Actor, DecisionState
from funding.models import DecisionCondition, FundingDecision
from funding.waiting import day_of, note, open_money
from records.waiting import tell_record

NOTICE_GIVEN = (DecisionState.RELEASED, DecisionState.SENT, DecisionState.FINAL)
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
