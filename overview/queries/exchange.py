"""What the exchange of experience shows: experiences as others read them, by subject. Nothing is ranked."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from participation.enums import Topic
from participation.models import Experience
from participation.queries.exchange import (
    about,
    fields_in_use,
    life_phases_in_use,
    places_in_use,
    released,
)
from planning.enums import Phase
from records.parts import FilterField, Option
from records.text import whole_number

QUERY, LONGEST_QUERY, MOST_WORDS = "q", 200, 8


@dataclass(frozen=True)
class Shown:
    """An experience exactly as others read it; nothing else of the municipality leaves it."""

    title: str
    place: str
    topic: str
    phase: str
    action_field: str
    life_phases: tuple[str, ...]
    description: str
    helped: str
    advice: str
    released_on: date | None
    is_example: bool


def shown(experience: Experience) -> Shown:
    """The words of an experience."""
    return Shown(
        title=experience.title,
        place=experience.municipality.name,
        topic=experience.get_topic_display(),
        phase=experience.get_phase_display() if experience.phase else "",
        action_field=str(experience.action_field or ""),
        life_phases=tuple(str(phase) for phase in experience.life_phases.all()),
        description=experience.description,
        helped=experience.helped,
        advice=experience.advice,
        released_on=experience.released_on,
        is_example=experience.is_example,
    )


@dataclass(frozen=True)
class Found:
    """The experiences that the address asks for, and what it can be asked by."""

    query: str
    rows: QuerySet[Experience]
    filters: tuple[FilterField, ...]
    is_narrowed: bool


def found_by(query: QueryDict) -> Found:
    """Released experiences by words, kind, phase, Handlungsfeld, Lebensphase and municipality."""
    text = " ".join(query.get(QUERY, "").replace("\x00", "").split())[:LONGEST_QUERY]
    rows = about(released(), text.split()[:MOST_WORDS])
    filters, is_narrowed = [], bool(text)
    for name, label, everything, column, options in subjects():
        chosen = next((value for value, _ in options if value == query.get(name)), "")
        if chosen:
            rows, is_narrowed = rows.filter(**{column: whole_number(chosen) or chosen}), True
        choices = [("", everything), *options]
        filters.append(FilterField(name, label, tuple(Option(v, text_, v == chosen) for v, text_ in choices)))
    return Found(text, rows.distinct(), tuple(filters), is_narrowed)


def subjects() -> list[tuple[str, str, str, str, list[tuple[str, str]]]]:
    """Parameter, label, its first choice, column and choices of every filter; only those that lead somewhere."""

    def keys(rows: QuerySet[Any]) -> list[tuple[str, str]]:
        return [(str(row.pk), str(row)) for row in rows]

    def names(choices: Any) -> list[tuple[str, str]]:
        return [(str(value), str(label)) for value, label in choices]

    return [
        ("art", "Art der Erfahrung", "Alle Arten", "topic", names(Topic.choices)),
        ("phase", "Phase", "Alle Phasen", "phase", names(Phase.choices)),
        ("feld", "Handlungsfeld", "Alle Handlungsfelder", "action_field", keys(fields_in_use())),
        ("lebensphase", "Lebensphase", "Alle Lebensphasen", "life_phases", keys(life_phases_in_use())),
        ("kommune", "Kommune", "Alle Kommunen", "municipality", keys(places_in_use())),
    ]
