"""How far the phases of a cycle are, as signs and in words."""

from collections.abc import Collection, Iterable

from planning.enums import Progress

# The signs of static/icons.svg.
PROGRESS_CODES = {
    Progress.DONE: "done",
    Progress.RUNNING: "run",
    Progress.RESTING: "rest",
    Progress.NOT_STARTED: "none",
}
UNSURE = "*"  # at a phase whose state on the day nobody has recorded


def phases_in_words(codes: Iterable[str], wanted: Iterable[Progress], unsure: Collection[int] = ()) -> str:
    """Phase numbers by state: „läuft: 2, 3; ruht: 4“; those of ``unsure`` with a star."""
    listed = list(codes)
    parts = []
    for progress in wanted:
        numbers = [
            f"{index}{UNSURE if index in unsure else ''}"
            for index, code in enumerate(listed, start=1)
            if code == PROGRESS_CODES[progress]
        ]
        if numbers:
            parts.append(f"{progress.label}: {', '.join(numbers)}")
    return "; ".join(parts)
