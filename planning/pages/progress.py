"""How far the phases of a cycle are, as signs and in words."""

from collections.abc import Iterable

from planning.enums import Progress

# The signs of static/icons.svg.
PROGRESS_CODES = {
    Progress.DONE: "done",
    Progress.RUNNING: "run",
    Progress.RESTING: "rest",
    Progress.NOT_STARTED: "none",
}


def phases_in_words(codes: Iterable[str], wanted: Iterable[Progress]) -> str:
    """Phase numbers by state: „läuft: 2, 3; ruht: 4“."""
    listed = list(codes)
    parts = []
    for progress in wanted:
        numbers = [str(index) for index, code in enumerate(listed, start=1) if code == PROGRESS_CODES[progress]]
        if numbers:
            parts.append(f"{progress.label}: {', '.join(numbers)}")
    return "; ".join(parts)
