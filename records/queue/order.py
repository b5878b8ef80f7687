"""Whose turn it is: people take turns, each with the oldest of the own jobs."""

from collections import Counter
from collections.abc import Iterable, Mapping

from records.queue.jobs import Job, folder, is_worked_on, unfinished

TURN = ".turn"


def in_turn(waiting: Iterable[Job], running: Iterable[Job], turns: Mapping[int, float]) -> list[Job]:
    """The jobs in the order in which they will begin. ``turns``: when each person's last job began.

    Whoever has fewer jobs at work or before comes first; among equals the one whose turn is longer ago.
    """
    before = Counter(job.person for job in running)
    ranked = []
    for job in sorted(waiting, key=lambda job: job.asked_at):
        ranked.append((before[job.person], turns.get(job.person, 0.0), job.asked_at, job.name, job))
        before[job.person] += 1
    return [job for *_, job in sorted(ranked, key=lambda each: each[:4])]


def standing() -> tuple[list[Job], list[Job]]:
    """The jobs that wait, in their order, and those at work."""
    waiting: list[Job] = []
    running: list[Job] = []
    for job in unfinished():
        (running if is_worked_on(job.name) else waiting).append(job)
    return in_turn(waiting, running, {job.person: turn_of(job.person) for job in waiting}), running


def turn_of(person: int) -> float:
    """When a job of this person began last; 0 where none did."""
    try:
        return (folder() / f"{person}{TURN}").stat().st_mtime
    except FileNotFoundError:
        return 0.0


def note_turn(person: int) -> None:
    """A job of this person begins."""
    (folder() / f"{person}{TURN}").touch()
