"""What other parts do to a case."""

from datetime import datetime

from accounts.models import User
from funding.domain.cases.conditions import NEGATIVE
from funding.enums import ApplicationAction, ApplicationState, Recommendation
from funding.models import BoardVote, FundingApplication, FundingDecision
from records.life.moving import take_step

UNDECIDED = (ApplicationState.CHECKED, ApplicationState.ADVISED)


def mark_decided(
    application: FundingApplication, decision: FundingDecision, actor: User | None, at: datetime | None = None
) -> None:
    """The step of the application that belongs to the release of a decision; call it in the transaction of that one.

    A change of what was decided before leaves the application where it stands. Raises StepRefused (not checked, not
    advised), StaleRecord, PermissionDenied.
    """
    application.refresh_from_db()
    if decision.edition not in (None, 1) and application.state not in UNDECIDED:
        return
    refused = decision.outcome in NEGATIVE
    action = ApplicationAction.REFUSE if refused else ApplicationAction.DECIDE
    take_step(record=application, action=action, actor=actor, version=application.version, at=at)


def take_advice_back(vote: BoardVote, actor: User | None) -> None:
    """The step back that belongs to the last vote that goes, or is put off; call it in the transaction that writes it.

    Where a decision is prepared already it stays as it is: what a second person looks at does not change.
    """
    case = FundingApplication.objects.filter(pk=vote.application_id, state=ApplicationState.ADVISED).first()
    if case is None or case.votes.exclude(recommendation=Recommendation.LATER).exists() or case.decisions.exists():
        return
    action, note = ApplicationAction.TAKE_ADVICE_BACK, "Das Votum ist zurückgenommen oder zurückgestellt."
    take_step(record=case, action=action, actor=actor, version=case.version, note=note)


def mark_advised(application: FundingApplication, actor: User | None, at: datetime | None = None) -> None:
    """The step of the application that belongs to a vote; call it in the transaction that stores the vote."""
    application.refresh_from_db()
    take_step(record=application, action=ApplicationAction.ADVISE, actor=actor, version=application.version, at=at)
