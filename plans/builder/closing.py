"""Chapters 10 and 11: Zeitstrahl, Quellen."""

from collections.abc import Iterable

from plans import bodies
from plans.builder.basis import Basis
from plans.builder.substance import source_lines
from plans.enums import ChapterCode
from plans.models import ChapterText


def timeline_body(basis: Basis) -> bodies.TimelineBody:
    """Chapter 10."""
    return bodies.TimelineBody(entries=basis.entries)


def sources_body(basis: Basis, texts: Iterable[ChapterText]) -> bodies.SourcesBody:
    """Chapter 11: sources, contradictions that a dated record names, chapters left out."""
    contradictions = {
        (entry.title, entry.contradiction): bodies.Contradiction(
            subject=entry.title, when=entry.when, source=entry.source, contradiction=entry.contradiction
        )
        for entry in basis.entries
        if entry.contradiction
    }
    reasons = {ChapterCode(text.chapter): text.left_out_reason for text in texts if text.left_out}
    left_out = [
        bodies.LeftOut(number=code.number, title=str(code.label), reason=reasons[code])
        for code in ChapterCode
        if code in reasons
    ]
    return bodies.SourcesBody(
        sources=source_lines(basis), contradictions=tuple(contradictions.values()), left_out=tuple(left_out)
    )
