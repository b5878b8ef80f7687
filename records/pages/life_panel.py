"""The life of a record on its own page: where it stands, what can be done, which steps were taken."""

from typing import Any

from accounts.access import Access
from records.kind import RecordKind
from records.life.registry import find_life
from records.life.said import FIELDS
from records.life.table import Life
from records.models.guard import why_locked
from records.pages.life import day, passed_by, stations, steps_open_to
from records.parts import LifePanel, StepNote
from records.queries.steps import steps_of
from records.queue.claims import lasting


def step_url(kind: RecordKind, life: Life, record: Any, action: str) -> str:
    """The page of a step of a kind's record."""
    return f"{kind.url('detail', record.municipality, record.pk)}schritt/{life.slugs[action]}/"


def life_panel(kind: RecordKind, record: Any, access: Access) -> LifePanel | None:
    """What the page shows of the record's life; None for kinds without one."""
    life = find_life(kind.model)
    if life is None:
        return None
    taken = list(steps_of(life.steps, life.owner, record))

    def note(state: str, number: int, here: int) -> str:
        wanted = record.state if number == here else state
        step = next((step for step in taken if step.to_state == wanted), None) if number <= here else None
        return day(step.at) if step else "" if number <= here else life.ahead.get(state, "")

    claimed = lasting(record, access.user)
    ways = [] if claimed else steps_open_to(life, record, access, lambda row, action: step_url(kind, life, row, action))
    return LifePanel(
        stations=tuple(stations(life, record, note, passed_by(life, record, taken))),
        ways=tuple(ways),
        steps=tuple(
            StepNote(
                str(life.actions(step.action).label),
                step.at,
                step.actor_name,
                step.note,
                tuple((label, text) for label, text in step.details.get(FIELDS, []) if text),
            )
            for step in taken
        ),
        locked=why_locked(record),
        claimed=claimed,
    )
