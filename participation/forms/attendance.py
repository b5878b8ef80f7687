"""The table of stakeholder groups with their numbers."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from participation.domain.attendance import Present
from participation.enums import StakeholderGroup
from participation.models import EventAttendance
from records.text import whole_number

BIGGEST = 1_000_000
WRONG = "Geben Sie die Anzahl als Zahl ein, zum Beispiel 3."


@dataclass(frozen=True)
class GroupRow:
    """A group in the table: ``came`` without number means that nobody counted; ``version`` is the one shown."""

    code: str
    label: str
    typed: str
    came: bool
    version: int
    error: str = ""

    @property
    def count(self) -> int | None:
        """The number, or None where there is none or a wrong one."""
        number = whole_number(self.typed)
        return number if number is not None and number <= BIGGEST else None

    def present(self) -> Present:
        """What the domain stores."""
        return Present(came=self.came or self.count is not None, count=self.count, version=self.version)


def shown_rows(stored: Mapping[str, EventAttendance]) -> list[GroupRow]:
    """All groups as they are stored."""
    rows = []
    for code, label in StakeholderGroup.choices:
        row = stored.get(code)
        typed = "" if row is None or row.count is None else str(row.count)
        rows.append(GroupRow(code, label, typed, row is not None and row.count is None, row.version if row else 0))
    return rows


def typed_rows(post: QueryDict) -> list[GroupRow]:
    """All groups as they were sent; a wrong number carries its sentence."""
    rows = []
    for code, label in StakeholderGroup.choices:
        typed = post.get(f"anzahl-{code}", "").strip()
        row = GroupRow(code, label, typed, f"da-{code}" in post, whole_number(post.get(f"stand-{code}")) or 0)
        rows.append(GroupRow(code, label, typed, row.came, row.version, WRONG if typed and row.count is None else ""))
    return rows


def total_of(rows: list[GroupRow]) -> int:
    """The sum of what was counted."""
    return sum(row.count or 0 for row in rows)
