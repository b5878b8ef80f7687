"""Findings as groups of lines on the page that sorts them: frozen data for the template."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import Municipality
from participation.forms.sorting import NONE, SortInput, seen_state
from participation.models import Finding
from planning.models import ActionField
from records.registry import kind_of


@dataclass(frozen=True)
class Row:
    """A finding: ``seen`` is its stored state, ``action_field`` and ``weight`` what stands in its controls."""

    pk: int
    number: int
    text: str
    url: str
    seen: str
    action_field: str
    weight: str
    points: int
    need_count: int
    marked: bool
    error: str
    note: str


@dataclass(frozen=True)
class Group:
    """The findings of one Handlungsfeld, or (``key`` 0) those without; ``number`` is the key that assigns it."""

    key: str
    title: str
    number: int
    rows: tuple[Row, ...]

    @property
    def points(self) -> int:
        """The weight of all."""
        return sum(row.points for row in self.rows)

    @property
    def is_mixed(self) -> bool:
        """True where some findings of the group support a need already and others do not."""
        return len({row.need_count > 0 for row in self.rows}) > 1


def build_groups(
    municipality: Municipality, findings: Sequence[Finding], fields: Sequence[ActionField], sent: SortInput
) -> list[Group]:
    """Unsorted findings first, then the Handlungsfelder; in each those without need first, as they were entered."""
    marked = {finding.pk for finding in sent.marked}
    rows: dict[str, list[Row]] = {NONE: [], **{str(one.pk): [] for one in fields}}
    for number, finding in enumerate(findings, start=1):
        rows[str(finding.action_field_id or NONE)].append(row_of(municipality, number, finding, sent, marked))
    for group in rows.values():
        group.sort(key=lambda row: row.need_count > 0)
    groups = [Group(NONE, "Noch nicht zugeordnet", 0, tuple(rows[NONE]))]
    return groups + [Group(str(one.pk), str(one), one.number, tuple(rows[str(one.pk)])) for one in fields]


def row_of(municipality: Municipality, number: int, finding: Finding, sent: SortInput, marked: set[int]) -> Row:
    """One line, with what was typed where it is shown again."""
    typed = sent.typed.get(finding.pk)
    weight = "" if finding.weight is None else str(finding.weight)
    return Row(
        pk=finding.pk,
        number=number,
        text=finding.text,
        url=kind_of(Finding).url("detail", municipality, finding.pk),
        seen=seen_state(finding),
        action_field=typed.action_field if typed else str(finding.action_field_id or NONE),
        weight=typed.weight if typed else weight,
        points=finding.weight or 0,
        need_count=finding.need_count,  # type: ignore[attr-defined]
        marked=finding.pk in marked,
        error=typed.error if typed else "",
        note=" · ".join(phase.title for phase in finding.life_phases.all()),
    )
