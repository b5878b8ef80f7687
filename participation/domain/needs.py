"""Needs that follow from findings: a new one of many marked findings, or more evidence for one that is there."""

from collections import Counter
from collections.abc import Iterable, Sequence

from accounts.models import Municipality, User
from participation.domain.findings import Outcome, Sorting, apply_sortings, counted, stored
from participation.models import Finding
from planning.models import ActionField, Need
from records.domain.batches import Recorder, record_batch
from records.models import held


def form_need(
    *,
    municipality: Municipality,
    actor: User,
    need: Need,
    action_field: ActionField | None,
    findings: Sequence[Finding],
    sortings: Iterable[Sorting] = (),
    form_key: str = "",
) -> Outcome:
    """Create a need whose evidence the findings are; it takes over their Lebensphasen and regions.

    Findings without Handlungsfeld take over that of the need; ``sortings`` are stored along. Raises PermissionDenied,
    ValidationError, StaleRecord (a finding was saved in the same moment), DuplicateSubmission.
    """
    summary = f"Bedarf „{need}“ aus {counted(len(findings), 'n')} gebildet"
    with record_batch(municipality=municipality, actor=actor, summary=summary, form_key=form_key) as recorder:
        count, stale = apply_sortings(recorder, sortings)
        frequent = most_frequent_field(findings)
        phases = [phase for finding in findings for phase in finding.life_phases.all()]
        chosen = action_field or next(iter(held([frequent] if frequent else [], need.span())), None)
        need.is_example = all(finding.is_example for finding in findings)
        recorder.create(
            need,
            links={
                "action_fields": [chosen] if chosen else [],
                "life_phases": held(phases, need.span()),
                "regions": {finding.region for finding in findings if finding.region},
            },
        )
        _support(recorder, need, findings, chosen)
    return Outcome(stored(recorder), count, stale)


def support_need(
    *,
    municipality: Municipality,
    actor: User,
    need: Need,
    findings: Sequence[Finding],
    sortings: Iterable[Sorting] = (),
    form_key: str = "",
) -> Outcome:
    """Link findings to a need that is there; the need itself stays as it is. Raises as form_need."""
    summary = f"{counted(len(findings))} zum Bedarf „{need}“ hinzugefügt"
    with record_batch(municipality=municipality, actor=actor, summary=summary, form_key=form_key) as recorder:
        count, stale = apply_sortings(recorder, sortings)
        _support(recorder, need, findings, None)
    return Outcome(stored(recorder), count, stale)


def most_frequent_field(findings: Iterable[Finding]) -> ActionField | None:
    """The Handlungsfeld of most of the findings; among equals the one with the lowest number."""
    found = Counter(finding.action_field for finding in findings if finding.action_field)
    return min(found, key=lambda one: (-found[one], one.number), default=None)


def _support(recorder: Recorder, need: Need, findings: Iterable[Finding], action_field: ActionField | None) -> None:
    for finding in findings:
        needs = list(finding.needs.all())
        if need not in needs:
            finding.action_field = finding.action_field or action_field
            recorder.update(finding, version=finding.version, links={"needs": [*needs, need]})
