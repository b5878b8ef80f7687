"""The part of the table of rights (access_table) that speaks of advisers and of the exchange of experience."""

from typing import Any

from participation.models import NetworkEvent
from tests.cast import PEOPLE

WRITERS = {"planner", "lead"}
READERS = {"planner", "lead", "adviser", "ministry", "admin"}
EVERYBODY_INSIDE = set(PEOPLE)
ADVISED = {*WRITERS, "adviser"}  # advice is between them
# Hints are seen by those who give and those who answer them; written by advisers.
SEEN_BY: dict[str, set[str]] = {"hint": ADVISED}
HINTS_WRITTEN: dict[str, dict[str, set[str]]] = {
    "hint": {"create": {"adviser"}, "update": set(), "delete": set(), "bulk_delete": {"adviser"}}  # one's own only
}
WITHOUT_IMPORT = {"hint", "networkregistration"}
STEPS = {"share": WRITERS, "support": ADVISED}
OTHER: dict[str, tuple[set[str], int, int]] = {
    "plans:lead-remark-create": ({"lead"}, 200, 422),
    "plans:lead-remark-update": ({"lead"}, 404, 404),
    "participation:hint-create": ({"adviser"}, 404, 404),  # names no place; those are in tests/participation
    "participation:question-list": (WRITERS, 200, 405),
    "participation:question-create": (WRITERS, 200, 422),
    "participation:question": (WRITERS, 404, 404),  # none asked yet: tests/participation/test_questions.py
    "participation:question-close": (WRITERS, 405, 404),
    "reporting:network-calendar": (EVERYBODY_INSIDE, 200, 405),
    **{f"overview:{page}": (EVERYBODY_INSIDE, 200, 405) for page in ("exchange", "durations", "network")},
    **{f"overview:{page}-here": (READERS, 200, 405) for page in ("exchange", "durations", "network")},
    "overview:experience": (EVERYBODY_INSIDE, 404, 405),  # nothing is released: tests/overview/test_exchange.py
    "overview:experience-here": (READERS, 404, 405),
}
OTHER["exchange:statistics"] = (WRITERS, 200, 422)
OTHER["exchange:statistics-programme"] = ({"ministry"}, 200, 422)
OTHER["overview:advice"] = ({"adviser"}, 200, 405)
for page in ("year", "pdf", "csv"):
    OTHER[f"overview:advice-{page}"] = ({"adviser"}, 404, 405)  # of a year long ago: tests/overview
ROWS: dict[str, Any] = {"reporting:network-calendar": NetworkEvent}
WITHOUT_ROW = (
    "participation:question",
    "participation:question-close",
    "overview:experience",
    "overview:experience-here",
)
