"""Chapters 10 and 11: Zeitstrahl, Quellen."""

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from insight.timeline import TimelineEntry
from plans import bodies
from plans.builder.basis import Basis
from plans.builder.substance import source_lines
from plans.enums import ChapterCode
from plans.models import ChapterText


def timeline_body(basis: Basis) -> bodies.TimelineBody:
    """Chapter 10."""
    return bodies.TimelineBody(entries=basis.entries)


def sources_body(basis: Basis, texts: Iterable[ChapterText], others: Iterable[Any]) -> bodies.SourcesBody:
    """Chapter 11: sources, contradictions of whatever the plan prints, chapters left out.

    ``others`` are the bodies of the other chapters.
    """
    reasons = {ChapterCode(text.chapter): text.left_out_reason for text in texts if text.left_out}
    left_out = [
        bodies.LeftOut(number=code.number, title=str(code.label), reason=reasons[code])
        for code in ChapterCode
        if code in reasons
    ]
    return bodies.SourcesBody(
        sources=source_lines(basis),
        contradictions=contradictions(basis.entries, others),
        left_out=tuple(left_out),
    )


def contradictions(entries: Iterable[TimelineEntry], others: Iterable[Any]) -> tuple[bodies.Contradiction, ...]:
    """What another source says otherwise: of dated records, then of entries without a date. The same words once."""
    found: dict[str, list[bodies.Contradiction]] = {}
    dated = set()
    for entry in entries:
        if entry.contradiction:
            dated.add(entry.record_uid)
            row = bodies.Contradiction(
                subject=entry.title, when=entry.when, source=entry.source, contradiction=entry.contradiction
            )
            found.setdefault(entry.contradiction, []).append(row)
    for held in entries_in(list(others)):
        if held.contradiction and held.uid not in dated:
            row = bodies.Contradiction(
                subject=name_of(held), when="", source=held.source, contradiction=held.contradiction
            )
            found.setdefault(held.contradiction, []).append(row)
    return tuple(
        replace(rows[0], subject="; ".join(dict.fromkeys(row.subject for row in rows))) for rows in found.values()
    )


def entries_in(value: Any) -> Iterator[bodies.Entry]:
    """Every entry of frozen values, whatever holds it."""
    if isinstance(value, bodies.Entry):
        yield value
    if isinstance(value, tuple | list):
        for item in value:
            yield from entries_in(item)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from entries_in(getattr(value, field.name))


def name_of(entry: bodies.Entry) -> str:
    """How an entry is called: the first of its fields that names it."""
    names = ("title", "indicator", "subject", "organisation", "text", "label")
    return next((str(getattr(entry, name)) for name in names if getattr(entry, name, "")), "")
