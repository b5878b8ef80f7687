"""What the office leaves out of a proof, with its reasons, and its note; stored as one and undone as one."""

from dataclasses import dataclass
from decimal import Decimal

from accounts.models import User
from funding.models import ProofOfUse, ProofPosition
from records.domain.batches import Recorder, record_batch


@dataclass(frozen=True)
class Cut:
    """Of a position: consent to its overrun, what is not recognised, and why."""

    position: ProofPosition
    consent: bool
    cut: Decimal | None
    reason: str


def save_cuts(*, proof: ProofOfUse, cuts: list[Cut], note: str, actor: User) -> Recorder:
    """Raises PermissionDenied, RecordLocked, ValidationError."""
    summary = f"Prüfung des Nachweises „{proof.application.title}“ gespeichert"
    with record_batch(municipality=proof.municipality, actor=actor, summary=summary) as recorder:
        if proof.note != note:
            proof.note = note
            recorder.update(proof, version=proof.version)
        for each in cuts:
            row = each.position
            if (row.consent, row.cut, row.reason) != (each.consent, each.cut, each.reason):
                row.consent, row.cut, row.reason = each.consent, each.cut, each.reason
                recorder.update(row, version=row.version)
    return recorder
