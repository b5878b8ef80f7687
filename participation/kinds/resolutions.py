"""Resolutions with the bodies that consulted before."""

from typing import Any

from accounts.enums import Action
from participation.enums import Advice, Legitimises, Occurrence, Outcome
from participation.models import Consultation, Resolution, Session
from planning.enums import Phase
from planning.kinds.common import DOCUMENTS_GROUP, SOURCE_GROUP
from planning.models import PlanningCycle
from records.grid import Grid
from records.kind import Group, Mark, RecordKind, Way
from records.models.agreement import is_ahead
from records.registry import register

FOLLOWED = ("body", "subject", "kind", "phase", "legitimises", "cycle", "first_year", "last_year")
FOLLOWED_LINKS = ("posts", "mission_statements", "measures", "constituted_bodies")


def from_session(session: Session) -> dict[str, Any]:
    """What a resolution that is begun from a session knows; before the session it is expected."""
    outcome = Outcome.EXPECTED if session.state == Occurrence.PLANNED else Outcome.ADOPTED
    return {"body": session.body_id, "resolved_on": session.held_on, "phase": session.phase, "outcome": outcome}


def consulted_in(session: Session) -> dict[str, Any]:
    """What a consultation that is begun from a session knows; before the session it is planned."""
    outcome = Advice.EXPECTED if session.state == Occurrence.PLANNED else Advice.RECOMMENDED
    return {"body": session.body_id, "consulted_on": session.held_on, "outcome": outcome}


def from_earlier(earlier: Resolution) -> dict[str, Any]:
    """What a resolution takes over from the deferred or earlier one in the place of which it stands."""
    fields: dict[str, Any] = {name: earlier._meta.get_field(name) for name in FOLLOWED}
    taken: dict[str, Any] = {name: field.value_from_object(earlier) for name, field in fields.items()}
    taken |= {name: [row.pk for row in getattr(earlier, name).all()] for name in FOLLOWED_LINKS}
    day = earlier.said("deferred_to")
    return taken | {"resolved_on": day, "outcome": Outcome.EXPECTED if is_ahead(day) else Outcome.ADOPTED}


def from_cycle(cycle: PlanningCycle) -> dict[str, Any]:
    """A resolution that is begun from a planning cycle is one on its plans."""
    return {"legitimises": Legitimises.PLAN}


register(
    RecordKind(
        model=Resolution,
        segment="beschluesse",
        section=Phase.RESOLUTION,
        title_field="subject",
        intro="Was die politischen Gremien beschlossen haben und was dadurch legitimiert ist.",
        empty_way=(
            "mit dem Beschluss zur Teilnahme am Landesprogramm und dem zur Planerstelle. Auch Beschlüsse, die Sie "
            "erst erwarten, gehören hierher; die Stimmen tragen Sie nach."
        ),
        columns=("body", "resolved_on", "outcome", "legitimises", "first_year"),
        filters=("body", "outcome", "legitimises", "kind", "phase"),
        tags=("outcome", "legitimises", "phase"),
        begun_from=(("session", from_session), ("follows", from_earlier), ("cycle", from_cycle)),
        marks=(
            Mark(
                "resolved_on",
                shape="resolution",
                label="{record.body}: {title}",
                related=("body",),
                expected=lambda resolution: resolution.outcome == Outcome.EXPECTED,
                when=lambda resolution: resolution.follows_id is None,
                chain="uid",
            ),
            Mark(
                "resolved_on",
                shape="resolution",
                label="{record.body}: {title} (Folgebeschluss)",
                related=("body",),
                expected=lambda resolution: resolution.outcome == Outcome.EXPECTED,
                when=lambda resolution: resolution.follows_id is not None,
                chain="uid",
            ),
            Mark(
                "deferred_to",
                shape="resolution",
                label="{record.body}: {title}",
                related=("body",),
                expected=lambda resolution: True,
                when=lambda resolution: resolution.outcome == Outcome.DEFERRED,
                until_named_by="follows_id",
            ),
        ),
        groups=(
            Group(
                "Beschluss",
                "Wer hat wann worüber beschlossen? Das Gremium ist das, das zuletzt entscheidet; wer vorher beraten "
                "hat, tragen Sie auf der Seite des Beschlusses unter „Vorberatungen“ ein.",
                ("subject", ("body", "session"), ("resolved_on", "number"), ("kind", "phase")),
            ),
            Group(
                "Ausgang",
                "Wie abgestimmt wurde, soweit bekannt: in einem Wort, in Zahlen oder beides.",
                (("outcome", "deferred_to"), "follows", ("vote", "votes_for"), ("votes_against", "votes_abstained")),
            ),
            Group(
                "Was er legitimiert",
                "Wofür der Beschluss die Grundlage ist. Beschließt er Pläne, nennen Sie die Jahre oder den Zyklus; "
                "nur diese Pläne können damit freigegeben werden.",
                (
                    "legitimises",
                    ("first_year", "last_year"),
                    "cycle",
                    ("posts", "constituted_bodies"),
                    "mission_statements",
                    "measures",
                ),
            ),
            Group("Wortlaut", "Der Text oder die Fundstelle.", ("text", "link")),
            DOCUMENTS_GROUP,
            SOURCE_GROUP,
        ),
    ),
    RecordKind(
        model=Consultation,
        segment="vorberatungen",
        title_field="",
        parent="resolution",
        grid=Grid(("body", "consulted_on", "outcome", "vote", "votes_for", "votes_against", "votes_abstained")),
        in_menu=False,
        intro="Welche Gremien einen Beschluss vorberaten haben (Beratungsfolge).",
        empty_way=(
            "mit den Ausschüssen, die vor Kreistag oder Stadtrat beraten. Vorberatungen legen Sie auf der Seite des "
            "Beschlusses an."
        ),
        empty_link=Way("Beschlüsse öffnen", "participation:resolution-list", action=Action.READ),
        columns=("consulted_on", "outcome", "vote", "resolution"),
        filters=("body", "outcome"),
        tags=("outcome",),
        begun_from=(("session", consulted_in),),
        marks=(
            Mark(
                "consulted_on",
                shape="resolution",
                lane=Phase.RESOLUTION,
                label="{record.body}: Vorberatung „{record.resolution}“",
                related=("body", "resolution"),
                expected=lambda consultation: consultation.outcome == Advice.EXPECTED,
                chain="resolution__uid",
            ),
        ),
        groups=(
            Group(
                "Vorberatung",
                "Welches Gremium hat vor der Entscheidung beraten, und was rät es?",
                ("resolution", ("body", "session"), ("consulted_on", "outcome"), "note"),
            ),
            Group(
                "Abstimmung",
                "Soweit bekannt: in einem Wort, in Zahlen oder beides.",
                (("vote", "votes_for"), ("votes_against", "votes_abstained")),
            ),
            SOURCE_GROUP,
        ),
    ),
)
