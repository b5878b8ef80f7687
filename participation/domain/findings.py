"""After a conference: many findings entered, sorted and dropped at once. Needs made of them are in needs.py."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from accounts.models import Municipality, User
from participation.domain.lines import Line
from participation.models import Finding
from participation.queries.findings import Origin
from planning.models import ActionField, LifePhase, PlanningRegion
from records.domain.batches import Recorder, record_batch
from records.models import Batch


@dataclass(frozen=True)
class Sorting:
    """What a person chose for one finding. ``version`` is the one they saw; ``life_phases`` None leaves these alone."""

    finding: Finding
    version: int
    action_field: ActionField | None
    weight: int | None
    life_phases: tuple[LifePhase, ...] | None = None


@dataclass(frozen=True)
class Outcome:
    """What was stored; ``stale`` are findings that somebody else had changed meanwhile and that stay as they are."""

    batch: Batch
    count: int
    stale: tuple[Finding, ...] = field(default=())


def add_findings(
    *,
    municipality: Municipality,
    actor: User,
    lines: Sequence[Line],
    origin: Origin,
    region: PlanningRegion | None,
    form_key: str = "",
) -> Batch:
    """Store pasted lines as findings, in their order. Raises PermissionDenied, ValidationError, DuplicateSubmission."""
    summary = f"{counted(len(lines))} eingefügt"
    with record_batch(municipality=municipality, actor=actor, summary=summary, form_key=form_key) as recorder:
        for line in lines:
            finding = Finding(
                text=line.text, weight=line.weight, action_field=line.action_field, region=region, **origin.values()
            )
            finding.is_example = bool(origin.record and origin.record.is_example)
            recorder.create(finding)
    return stored(recorder)


def sort_findings(
    *, municipality: Municipality, actor: User, sortings: Iterable[Sorting], form_key: str = ""
) -> Outcome:
    """Store Handlungsfeld, weight and Lebensphasen of many findings.

    Raises PermissionDenied, ValidationError, StaleRecord (saved in the same moment), DuplicateSubmission.
    """
    with record_batch(municipality=municipality, actor=actor, summary="", form_key=form_key) as recorder:
        count, stale = apply_sortings(recorder, sortings)
        recorder.summary = f"{counted(count)} zugeordnet"
    return Outcome(stored(recorder), count, stale)


def discard_findings(
    *, municipality: Municipality, actor: User, findings: Sequence[Finding], form_key: str = ""
) -> Batch:
    """Delete findings that support no need; can be undone. Raises PermissionDenied, StaleRecord, RecordInUse."""
    summary = f"{counted(len(findings))} verworfen"
    with record_batch(municipality=municipality, actor=actor, summary=summary, form_key=form_key) as recorder:
        for finding in findings:
            recorder.delete(finding, version=finding.version)
    return stored(recorder)


def apply_sortings(recorder: Recorder, sortings: Iterable[Sorting]) -> tuple[int, tuple[Finding, ...]]:
    """Write what differs; a finding that has another version than the one seen is left alone and returned."""
    count, stale = 0, []
    for sorting in sortings:
        finding = sorting.finding
        links: dict[str, Any] = {}
        if sorting.life_phases is not None and set(sorting.life_phases) != set(finding.life_phases.all()):
            links["life_phases"] = sorting.life_phases
        same = (finding.action_field_id, finding.weight) == (
            sorting.action_field.pk if sorting.action_field else None,
            sorting.weight,
        )
        if same and not links:
            continue
        if finding.version != sorting.version:
            stale.append(finding)
            continue
        finding.action_field, finding.weight = sorting.action_field, sorting.weight
        recorder.update(finding, version=finding.version, links=links)
        count += 1
    return count, tuple(stale)


def stored(recorder: Recorder) -> Batch:
    """The batch of a recorder whose block is over."""
    assert recorder.batch is not None
    return recorder.batch


def counted(count: int, ending: str = "") -> str:
    """„1 Erkenntnis“, „60 Erkenntnisse“; with the ending „n“ after „aus“."""
    return f"{count} {'Erkenntnis' if count == 1 else f'Erkenntnisse{ending}'}"
