"""Where the phases of cycles stood on a day, reckoned from what is stored: their dates first, then their history."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone

from planning.enums import Progress
from planning.models import PhaseState
from records.life.moving import BERLIN
from records.queries.past import held_then

BEGUN = (Progress.RUNNING, Progress.RESTING)


@dataclass(frozen=True)
class Stood:
    """The state on the day; ``is_sure`` is False where neither dates nor the history know it and today's is shown."""

    state: Progress
    is_sure: bool = True


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
    open_ones = [row.pk for row in rows if by_dates(row, day) is None]
    then = held_then(PhaseState, open_ones, "state", end_of(day)) if open_ones else {}
    return {row.pk: stood(row, day, then[row.pk].value if row.pk in then else None) for row in rows}


def by_dates(row: PhaseState, day: date) -> Progress | None:
    """What the dates alone say: before the begin, after the end; None in between and without dates."""
    if row.begin is not None and row.begin.first > day:
        return Progress.NOT_STARTED
    if row.end is not None and row.end.last < day:
        return Progress.DONE
    return None


def stood(row: PhaseState, day: date, recorded: str | None) -> Stood:
    """A phase on the day; ``recorded`` is the state that the portal knew on that day, None where it knew none."""
    said, ends_later, now = by_dates(row, day), row.end is not None, Progress(row.state)
    if said is not None:
        return Stood(said)
    if recorded in BEGUN:
        return Stood(Progress(recorded))
    if recorded == Progress.DONE:
        return Stood(Progress.RUNNING if ends_later else Progress.DONE)
    if now == Progress.NOT_STARTED or (recorded is not None and row.begin is None):
        return Stood(Progress.NOT_STARTED)
    if row.begin is not None and (ends_later or now == Progress.RUNNING):
        return Stood(Progress.RUNNING)
    return Stood(Progress.RUNNING if ends_later else now, is_sure=False)
