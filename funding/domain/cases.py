"""What other parts do to a case."""

from datetime import datetime

from accounts.models import User
from funding.domain.case_conditions import NEGATIVE
from funding.enums import ApplicationAction, ApplicationState
from funding.models import FundingApplication, FundingDecision
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


def mark_advised(application: FundingApplication, actor: User | None, at: datetime | None = None) -> None:
    """The step of the application that belongs to a vote; call it in the transaction that stores the vote."""
    application.refresh_from_db()
    take_step(record=application, action=ApplicationAction.ADVISE, actor=actor, version=application.version, at=at)
