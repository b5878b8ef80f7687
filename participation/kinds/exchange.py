"""Experiences that a municipality writes down and may release, and registrations for network events."""

from typing import Any

from participation.domain.registrations import register_for_event, still_open
from participation.enums import Topic
from participation.models import Event, Experience, NetworkDocument, NetworkRegistration
from planning.kinds.common import EXAMPLE_GROUP, VALIDITY_GROUP
from planning.models import Hurdle, Measure
from records.kind import Group, RecordKind
from records.registry import register


def of_hurdle(hurdle: Hurdle) -> dict[str, Any]:
    """The words of a hurdle, to be looked over before others read them."""
    return taken(hurdle, Topic.HURDLE, hurdle.description) | {"phase": hurdle.phase, "helped": hurdle.what_helped}


def of_event(event: Event) -> dict[str, Any]:
    """What came of an event, and how people worked there."""
    method = f"Methode: {event.method}" if event.method else ""
    words = "\n\n".join(filter(None, (method, str(event.said("summary") or ""))))
    return taken(event, Topic.FORMAT, words) | {"phase": event.phase}


def of_measure(measure: Measure) -> dict[str, Any]:
    """What a measure is about."""
    return taken(measure, Topic.MEASURE, measure.description) | {"action_field": measure.action_field_id}


def taken(record: Any, topic: Topic, description: str) -> dict[str, Any]:
    """What every experience takes over."""
    return {"title": record.title, "topic": topic, "description": description, "is_example": record.is_example}


register(
    RecordKind(
        model=Experience,
        segment="erfahrungen",
        intro=(
            "Was Ihre Kommune gelernt hat, in eigenen Worten. Andere Kommunen lesen davon nur, was Sie freigeben, und "
            "nur, solange die Freigabe besteht."
        ),
        empty_way=(
            "mit einer Hürde und dem, was geholfen hat, oder mit einem Format, das sich bewährt hat. Auf der Seite der "
            "Hürde, der Veranstaltung oder der Maßnahme beginnt die Erfahrung mit deren Text."
        ),
        columns=("topic", "phase", "action_field", "state", "released_on"),
        filters=("topic", "phase", "action_field", "state"),
        tags=("topic", "state"),
        upstream=(),
        begun_from=(("hurdle", of_hurdle), ("event", of_event), ("measure", of_measure)),
        groups=(
            Group(
                "Erfahrung",
                "Schreiben Sie so, dass andere es ohne Ihre Akten verstehen. Nennen Sie Funktionen, keine Namen.",
                ("title", ("topic", "phase"), "description", "helped", "advice"),
            ),
            Group(
                "Worüber man sie findet",
                "Andere suchen nach Worten, Phase, Handlungsfeld und Lebensphase.",
                ("action_field", "life_phases"),
            ),
            Group(
                "Woraus sie entstanden ist",
                "Der Eintrag selbst bleibt in Ihrer Kommune; andere sehen ihn nicht.",
                ("hurdle", "event", "measure"),
            ),
            EXAMPLE_GROUP,
        ),
    ),
    RecordKind(
        model=NetworkDocument,
        segment="netzwerkunterlagen",
        parent="event",
        in_menu=False,
        intro="Was von Netzwerkveranstaltungen des Landesprogramms festgehalten ist: Folien, Protokolle, Fotos.",
        empty_way="Auf der Seite einer Netzwerkveranstaltung laden Sie die erste Unterlage hoch.",
        columns=("event", "original_name", "changed_at"),
        filters=("event",),
        groups=(
            Group("Unterlage", "Alle, die eine Rolle haben, lesen sie.", ("event", "title", "description")),
            Group("Datei", "PDF, Text- oder Tabellendokument oder Bild.", ("file",)),
            VALIDITY_GROUP,
        ),
    ),
    RecordKind(
        model=NetworkRegistration,
        segment="netzwerkanmeldungen",
        title_field="",
        in_menu=False,
        create=register_for_event,
        offered=(("event", still_open),),
        intro="Womit sich Ihre Kommune zu Netzwerkveranstaltungen des Landesprogramms angemeldet hat.",
        empty_way="auf der Seite einer Netzwerkveranstaltung, zu der eingeladen ist.",
        columns=("people", "functions"),
        filters=("event",),
        groups=(
            Group(
                "Anmeldung",
                "Die Veranstalter sehen Kommune, Zahl und Funktionen.",
                ("event", ("people", "functions"), "note"),
            ),
            EXAMPLE_GROUP,
        ),
    ),
)
