"""What a plan still lacks before it is released."""

from dataclasses import dataclass

from reporting.enums import ChapterCode
from reporting.models import Plan
from reporting.queries.plans import conditions_of


@dataclass(frozen=True)
class Finding:
    """Something to mend, with the way to it; ``blocking`` by the programme's setting."""

    code: str
    chapter: ChapterCode | None
    text: str
    note: str
    url: str
    count: int
    blocking: bool


def findings_of(plan: Plan) -> list[Finding]:
    """Everything to mend, in the order of the chapters."""
    found = [condition for condition in conditions_of(plan, []) if condition.code != "ok"]
    return [
        Finding("resolution" if c.code == "stop" else "gap", None, c.text, c.note, c.url, 1, c.code == "stop")
        for c in found
    ]
