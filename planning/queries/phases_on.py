"""Where the phases of cycles stood on a day, reckoned from what is stored: their dates first, then their history."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone

from planning.enums import Progress
from planning.models import PhaseState
from records.life.moving import BERLIN
from records.vague import VagueDate

BEGUN = (Progress.RUNNING, Progress.RESTING)


@dataclass(frozen=True)
class Stood:
    """The state on the day; ``is_sure`` is False where neither dates nor the history know it and today's is shown."""

    state: Progress
    is_sure: bool = True


@dataclass(frozen=True)
class Recorded:
    """A phase as the history has it; ``is_known`` is False for what was recorded only after the day."""

    state: Progress
    begin: VagueDate | None
    end: VagueDate | None
    is_known: bool


def end_of(day: date) -> datetime:
    """The last moment of the day in the portal's time."""
    return datetime.combine(day, time.max, BERLIN)


def states_on(rows: Iterable[PhaseState], day: date) -> dict[int, Stood]:
    """By key where each phase stood; of today and later what is stored, of days before in one query at most.

    A period counts if the day may lie in it: a vague date begins with its first day and ends with its last.
    """
    rows = list(rows)
    if day >= timezone.localdate():
        return {row.pk: Stood(Progress(row.state)) for row in rows}
    open_ones = [row.pk for row in rows if by_dates(row, day) != Progress.DONE]
    recorded = recorded_on(open_ones, day) if open_ones else {}
    return {row.pk: stood(row, day, recorded.get(row.pk)) for row in rows}


def recorded_on(pks: list[int], day: date) -> dict[int, Recorded]:
    """What the history held at the end of the day, of phases entered later what it held first (one query)."""
    kept = PhaseState.history.filter(id__in=pks).order_by("history_date", "history_id")
    found: dict[int, Recorded] = {}
    for pk, state, begin, end, at in kept.values_list("id", "state", "begin", "end", "history_date"):
        known = at <= end_of(day)
        if known or pk not in found:
            found[pk] = Recorded(Progress(state), begin, end, known)
    return found


def by_dates(row: PhaseState | Recorded, day: date) -> Progress | None:
    """What the dates alone say: before the begin, after the end; None in between and without dates."""
    if row.begin is not None and row.begin.first > day:
        return Progress.NOT_STARTED
    if row.end is not None and row.end.last < day:
        return Progress.DONE
    return None


def stood(row: PhaseState, day: date, recorded: Recorded | None) -> Stood:
    """A phase on the day: by its dates as they are now, and where these are silent by what was recorded then."""
    said, then = by_dates(row, day), recorded if recorded is not None and recorded.is_known else None
    if said == Progress.DONE:
        return Stood(said)
    if said == Progress.NOT_STARTED:  # begun again later, or not begun before
        return Stood((by_dates(then, day) or then.state) if then is not None else said)
    if then is not None and then.state in BEGUN:
        return Stood(then.state)
    if then is not None and then.state == Progress.DONE:
        return Stood(Progress.DONE if row.end is None else Progress.RUNNING)
    return in_between(row, recorded.state if recorded else None)


def in_between(row: PhaseState, first: Progress | None) -> Stood:
    """A phase whose dates include the day or are missing, and which was not recorded as begun by then.

    ``first`` is what the history held then, or first where the phase was entered later.
    """
    now = Progress(row.state)
    if now == Progress.NOT_STARTED or (first == Progress.NOT_STARTED and row.begin is None):
        return Stood(Progress.NOT_STARTED)
    if row.begin is not None and (row.end is not None or Progress.RUNNING in (now, first)):
        return Stood(Progress.RUNNING)
    return Stood(Progress.RUNNING if row.end is not None else now, is_sure=False)
