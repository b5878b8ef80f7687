"""Sentences for what came differently: stored together, undone together."""

from collections.abc import Mapping, Sequence

from accounts.models import User
from funding.domain.budget.comparing import Compared
from funding.models import BudgetExplanation, BudgetYear
from records.domain.batches import record_batch
from records.models import Batch


def explain(
    *, year: BudgetYear, rows: Sequence[Compared], typed: Mapping[int, str], actor: User, form_key: str
) -> Batch | None:
    """Store the sentences that are new or changed; an emptied one is deleted. None where nothing changed.

    Raises PermissionDenied, ValidationError, RecordLocked, StaleRecord, DuplicateSubmission.
    """
    changed = [row for row in rows if typed[row.line.pk] != row.text]
    if not changed:
        return None
    summary = f"{year}: {len(changed)} Begründungen"
    with record_batch(municipality=year.municipality, actor=actor, summary=summary, form_key=form_key) as batch:
        for row in changed:
            text, said = typed[row.line.pk], row.explanation
            if said is None:
                batch.create(BudgetExplanation(municipality=year.municipality, line=row.line, text=text))
            elif text:
                said.text = text
                batch.update(said, version=said.version)
            else:
                batch.delete(said, version=said.version)
    return batch.batch
