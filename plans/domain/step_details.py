"""What a step of a plan notes besides its text: the facts as they were then."""

from datetime import date, datetime
from typing import Any

from plans.enums import PlanAction
from plans.models import PlanVersion
from plans.queries.resolutions import legitimation_of
from plans.queries.versions import submission_deadline
from records.life.moving import BERLIN
from records.life.table import Attempt, Unmet

SECOND_PERSON = "second_person"  # the code of what hinders those who wrote the content


def details_of(action: str, attempt: Attempt, version: PlanVersion | None, outweighed: list[Unmet]) -> dict[str, Any]:
    """Of a release its checksum, resolution, outweighed findings and whether nobody else looked at it; of a submission
    its file and the deadline.
    """
    if action == PlanAction.RELEASE:
        return {
            "sha256": version.sha256 if version else "",
            "resolution": legitimation_of(attempt.record, attempt.at.astimezone(BERLIN).date()).in_words,
            "outweighed": [each.text for each in outweighed if each.code != SECOND_PERSON],
            "alone": any(each.code == SECOND_PERSON for each in outweighed),
        }
    if action == PlanAction.SUBMIT:
        deadline = submission_deadline(attempt.record.year)
        due = deadline.due.last if deadline else None
        return {
            "pdf_sha256": version.pdf_sha256 if version else "",
            "deadline": due.isoformat() if due else "",
            "deadline_title": str(deadline) if deadline else "",
            "late": is_late(attempt.at, due),
        }
    return {}


def is_late(at: datetime, due: date | None) -> bool:
    """True after the last second of the day in Berlin on which the deadline ends; without deadline nothing is late."""
    return due is not None and at.astimezone(BERLIN).date() > due
