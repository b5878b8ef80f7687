"""Whether the steps of a record still are what they were: numbers, chain and table. For checks of what is stored."""

from collections.abc import Iterator
from typing import Any

from records.life.table import Life


def broken_links(row: Any, number: int, previous: str) -> Iterator[str]:
    """Consecutive numbers, and the checksum of the row before."""
    if row.number != number:
        yield f"Die laufende Nummer ist {row.number} statt {number}: Davor fehlt etwas, oder etwas ist doppelt."
    if row.previous_sha256 != previous:
        yield "Die Kette ist unterbrochen: Die Prüfnummer davor ist eine andere."


def next_number(number: Any, expected: int) -> int:
    """The number that comes next; goes on from a hole, so that one hole is one line."""
    return number + 1 if isinstance(number, int) else expected + 1


def follows(life: Life, step: Any, state: str) -> bool:
    """True where the table has this step from the state to which the one before led."""
    move = life.moves.get(step.action)
    return move is not None and step.from_state == state and state in move.origins and step.to_state == move.target
