"""The life of a plan on one screen: who may do what when (docs/product.md §5, §7).

``MOVES`` is the only table of steps. ``unmet`` names what still hinders a step: the page shows it before the button,
plans.domain.steps raises it after. A step without entry for the plan's state does not exist.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from accounts.enums import Action
from accounts.models import User
from plans.checks import findings_of
from plans.enums import PlanAction, PlanState
from plans.models import Plan
from plans.queries.versions import adopted_resolution, authors_of_draft, remarks_of, versions_of

BERLIN = ZoneInfo("Europe/Berlin")  # days begin and end there, wherever the server stands


@dataclass(frozen=True)
class Unmet:
    """What hinders a step, as a sentence. ``by_reason``: with a written reason the step is possible all the same."""

    code: str
    text: str
    by_reason: bool = False


@dataclass(frozen=True)
class Attempt:
    """A step that somebody wants to take at a time."""

    plan: Plan
    actor: User | None
    at: datetime


Condition = Callable[[Attempt], Iterable[Unmet]]


# ---------------------------------------------------------------- conditions
def second_person(attempt: Attempt) -> Iterable[Unmet]:
    """Four eyes: who wrote the edition or put it forward does not release it."""
    if attempt.actor is not None and attempt.actor.pk in authors_of_draft(attempt.plan):
        yield Unmet("second_person", "Sie haben an dieser Fassung mitgeschrieben. Eine zweite Person gibt sie frei.")


def resolution(attempt: Attempt) -> Iterable[Unmet]:
    """The political legitimation is a fact with a date."""
    if adopted_resolution(attempt.plan, attempt.at.astimezone(BERLIN).date()) is None:
        yield Unmet("resolution", "Der Beschluss, der diesen Plan legitimiert, ist nicht erfasst.")


def no_blocking_finding(attempt: Attempt) -> Iterable[Unmet]:
    """Findings that block by the programme's setting; a written reason lets the plan pass."""
    for finding in findings_of(attempt.plan):
        if finding.blocking and finding.excusable:
            yield Unmet(finding.code, finding.text, by_reason=True)


def remark(attempt: Attempt) -> Iterable[Unmet]:
    """A plan goes back with remarks, or the municipality would not know why."""
    version = versions_of(attempt.plan).first()
    if version is None or not remarks_of(version).exists():
        yield Unmet("remark", "Schreiben Sie mindestens eine Anmerkung zu einem Kapitel.")


# ---------------------------------------------------------------- the table
@dataclass(frozen=True)
class Move:
    """A step: from which states to which, with which right, on which conditions.

    ``asks`` labels the text that belongs to the step (empty: none), ``must_say`` demands it. ``next_edition``: a new
    edition begins. ``frozen``: the step changes the state of the frozen edition, not only that of the plan.
    """

    origins: tuple[PlanState, ...]
    target: PlanState
    right: Action
    conditions: tuple[Condition, ...] = ()
    asks: str = ""
    must_say: bool = False
    next_edition: bool = False
    frozen: bool = True


A, S = PlanAction, PlanState
WRITE, RELEASE, REVIEW = Action.WRITE, Action.RELEASE, Action.REVIEW

MOVES: dict[PlanAction, Move] = {
    A.PROPOSE: Move((S.DRAFT,), S.PROPOSED, WRITE, asks="Hinweis an die Leitung", frozen=False),
    A.TAKE_BACK: Move((S.PROPOSED,), S.DRAFT, WRITE, asks="Was noch zu tun ist", frozen=False),
    A.RELEASE: Move(
        (S.DRAFT, S.PROPOSED),
        S.RELEASED,
        RELEASE,
        (second_person, resolution, no_blocking_finding),
        asks="Begründung, warum der Plan trotz der Befunde freigegeben wird",
    ),
    A.WITHDRAW: Move((S.RELEASED,), S.DRAFT, RELEASE, asks="Grund", must_say=True, next_edition=True),
    A.SUBMIT: Move((S.RELEASED,), S.SUBMITTED, WRITE, asks="Begleitschreiben"),
    A.BEGIN_REVIEW: Move((S.SUBMITTED,), S.IN_REVIEW, REVIEW),
    A.RETURN: Move((S.IN_REVIEW,), S.RETURNED, REVIEW, (remark,), asks="Zusammenfassung für die Kommune"),
    A.APPROVE: Move((S.IN_REVIEW,), S.APPROVED, REVIEW, asks="Nebenbestimmungen"),
    A.REVISE: Move((S.RETURNED,), S.DRAFT, WRITE, next_edition=True, frozen=False),
    A.PUBLISH: Move((S.APPROVED,), S.PUBLISHED, RELEASE),
    A.UNPUBLISH: Move((S.PUBLISHED,), S.APPROVED, RELEASE, asks="Grund", must_say=True),
    A.AMEND: Move(
        (S.APPROVED, S.PUBLISHED),
        S.DRAFT,
        WRITE,
        asks="Grund der Änderung",
        must_say=True,
        next_edition=True,
        frozen=False,
    ),
}


def unmet(action: PlanAction, attempt: Attempt) -> list[Unmet]:
    """What still hinders the step, in the order of the table; rights and states are not among it."""
    return [missing for condition in MOVES[action].conditions for missing in condition(attempt)]


def actions_from(state: str) -> list[PlanAction]:
    """The steps that exist in a state."""
    return [action for action, move in MOVES.items() if state in move.origins]
