"""Whether a frozen edition is still what its checksums say, taken by itself (chains: plans.domain.verifying)."""

import json

from plans.models import PlanVersion
from plans.queries.stored import read_part
from printing.pdf.embedded import holds
from records.models.steps import chained, digest

SUMS = {
    "content": "Die Plandaten passen nicht zu ihrer Prüfnummer.",
    "pages": "Die Leseseiten passen nicht zu ihrer Prüfnummer.",
    "pdf": "Die PDF-Datei passt nicht zu ihrer Prüfnummer.",
}
HEADER = "Die Angaben zur Fassung passen nicht zu ihrer Prüfnummer."
UNLIKE = "Die Plandaten nennen {}, die Fassung {}."
NOTHING = "nichts"
NOT_INSIDE = "Die plan.json in der PDF-Datei ist eine andere als die Plandaten."
UNREADABLE = "Die Plandaten sind nicht lesbar."


def is_header_intact(version: PlanVersion) -> bool:
    """Whether the small columns are what the version's own checksum covers; reads no large column."""
    try:
        return chained(version.header()) == version.sha256
    except (TypeError, ValueError, AttributeError):
        return False


def damages_of(version: PlanVersion) -> list[str]:
    """What is wrong with an edition, as German sentences; empty when every byte is as it was released."""
    found = [] if is_header_intact(version) else [HEADER]
    parts = {name: read_part(version, name) for name in SUMS}
    right = {name for name, data in parts.items() if digest(data) == getattr(version, f"{name}_sha256")}
    found += [sentence for name, sentence in SUMS.items() if name not in right]
    if "content" in right:
        found += _contradictions(version, parts["content"])
    if {"content", "pdf"} <= right and not holds(parts["pdf"], parts["content"]):
        found.append(NOT_INSIDE)
    return found


def _contradictions(version: PlanVersion, content: bytes) -> list[str]:
    """Where the plan's data name another plan than the version does."""
    try:
        document = json.loads(content)
        inside = [document["plan"].get(name) for name in ("ags", "year", "edition")]
        inside += [document.get(name) for name in ("schema", "template_version")]
    except (ValueError, KeyError, TypeError, AttributeError):
        return [UNREADABLE]
    outside = (
        version.municipality.ags,
        version.year,
        version.edition,
        version.schema,
        version.template_version,
    )
    return [UNLIKE.format(NOTHING if a is None else a, b) for a, b in zip(inside, outside, strict=True) if a != b]
