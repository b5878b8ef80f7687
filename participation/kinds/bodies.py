"""Bodies with members, sessions with agenda, decisions and tasks."""

from typing import Any

from accounts.enums import Action
from participation.enums import BodyState, Occurrence
from participation.models import AgendaItem, Body, BodyMembership, Decision, Session, Task
from participation.models.bodies import ENDED
from planning.enums import Phase
from planning.kinds.common import DOCUMENTS_GROUP, EXAMPLE_GROUP, SOURCE_GROUP
from records.grid import Grid
from records.kind import Group, Mark, RecordKind, Way
from records.registry import register

BECOMING = {BodyState.IDEA, BodyState.FORMING}


def as_last_time(body: Body) -> dict[str, Any]:
    """What a session that is begun from a body knows: the phase and the place of the one before."""
    last = body.sessions.order_by("-held_on", "-pk").first()
    return {"phase": last.phase, "place": last.place} if last else {}


def of_its_session(item: AgendaItem) -> dict[str, Any]:
    """What is begun from an item of the agenda belongs to the session."""
    return {"session": item.session_id}


def succeeding(body: Body) -> dict[str, Any]:
    """A body that another one becomes is of its kind."""
    return {"kind": body.kind}


register(
    RecordKind(
        model=Body,
        segment="gremien",
        begun_from=(("predecessor", succeeding),),
        intro="Wer steuert, berät und beschließt, und wie die Gremien entstanden sind.",
        empty_way=(
            "mit einer externen und einer internen Steuerungsgruppe, dazu Kreistag und Jugendhilfeausschuss. Auch ein "
            "Beirat, der erst eine Idee ist, gehört hierher."
        ),
        ways=(Way("Sitzung nacherfassen", "participation:session-catch-up", on="detail", parameter="gremium"),),
        columns=("kind", "state", "first_meeting_on", "constituted_on"),
        filters=("kind", "state"),
        tags=("kind", "state"),
        marks=(
            Mark("idea_on", lane=Phase.MANDATE, label="{title}: Idee"),
            Mark("first_meeting_on", lane=Phase.MANDATE, label="{title}: erstes Treffen"),
            Mark("rules_on", lane=Phase.MANDATE, label="{title}: Geschäftsordnung"),
            Mark(
                "constituted_on",
                lane=Phase.MANDATE,
                label="{title}: Konstituierung",
                expected=lambda body: body.state in BECOMING,
            ),
            Mark(
                "dissolved_on",
                lane=Phase.MANDATE,
                label="{title}: Auflösung oder Übergang",
                when=lambda body: body.state in ENDED,
            ),
        ),
        groups=(
            Group(
                "Gremium",
                "Wie es heißt, was es soll und woraus es hervorgegangen ist.",
                ("title", ("kind", "state"), "mandate", "predecessor"),
            ),
            Group(
                "Entstehung",
                "Von der Idee bis zur Konstituierung. Lassen Sie leer, was es nicht gab.",
                (("idea_on", "first_meeting_on"), ("rules_on", "constituted_on"), "dissolved_on"),
            ),
            DOCUMENTS_GROUP,
            SOURCE_GROUP,
        ),
    ),
    RecordKind(
        model=BodyMembership,
        segment="mitglieder",
        title_field="organisation",
        parent="body",
        grid=Grid(("organisation", "kind", "person_name", "begin", "end")),
        in_menu=False,
        intro="Wer in den Gremien sitzt, nach Organisation oder Funktion.",
        empty_way=(
            "mit den Organisationen und Funktionen am Tisch, zum Beispiel Jugendamt, Wohlfahrtsverbände, "
            "Gleichstellungsbeauftragte. Mitglieder legen Sie auf der Seite des Gremiums an; Namen sind nicht nötig."
        ),
        empty_link=Way("Gremien öffnen", "participation:body-list", action=Action.READ),
        columns=("body", "kind", "begin", "end"),
        filters=("body", "kind"),
        tags=("body", "kind"),
        groups=(
            Group(
                "Mitglied",
                "Organisation oder Funktion genügt. Der Name ist freiwillig und wird nach der Amtszeit gelöscht.",
                ("body", "organisation", ("kind", "person_name")),
            ),
            Group("Amtszeit", "Wechselt die Besetzung, endet dieser Eintrag.", (("begin", "end"),)),
            SOURCE_GROUP,
        ),
    ),
    RecordKind(
        model=Session,
        segment="sitzungen",
        intro="Was die Gremien wann beraten haben und was als Nächstes ansteht.",
        empty_way=(
            "mit der nächsten Sitzung, auch wenn nur der Monat feststeht. Tagesordnung, Festlegungen und Aufgaben "
            "ergänzen Sie auf ihrer Seite."
        ),
        empty_link=Way("Gremien öffnen", "participation:body-list", action=Action.READ),
        ways=(
            Way("Sitzung nacherfassen", "participation:session-catch-up"),
            Way("Flipchart-Zeilen einfügen", "participation:flipchart", on="detail", parameter="sitzung"),
        ),
        begun_from=(("body", as_last_time),),
        upstream=("body", "documents"),
        columns=("body", "held_on", "state", "phase", "place"),
        filters=("body", "state", "phase"),
        tags=("body", "phase", "state"),
        marks=(
            Mark(
                "held_on",
                shape="session",
                label="{record.body}: {title}",
                related=("body",),
                expected=lambda session: session.state == Occurrence.PLANNED,
                when=lambda session: session.state != Occurrence.CANCELLED,
            ),
        ),
        groups=(
            Group(
                "Sitzung",
                "Welches Gremium tagt, wann und wo.",
                (("body", "title"), ("held_on", "starts_at"), "place", ("state", "phase")),
            ),
            Group(
                "Teilnehmende",
                "Nach Organisation oder Funktion, ohne Namen.",
                ("invited", "attending_members", "attending", "attending_count"),
            ),
            Group(
                "Ablauf",
                "Tagesordnung, Festlegungen und Aufgaben legen Sie auf der Seite der Sitzung an.",
                (("method", "moderation"), "summary"),
            ),
            DOCUMENTS_GROUP,
            SOURCE_GROUP,
        ),
    ),
    RecordKind(
        model=AgendaItem,
        segment="tagesordnungspunkte",
        parent="session",
        grid=Grid(("position", "title", "note", "result"), counted="position"),
        in_menu=False,
        intro="Die Punkte der Tagesordnungen.",
        empty_way=(
            "mit wenigen Punkten: Stand der Planung, was zu entscheiden ist, nächste Schritte. Tagesordnungspunkte "
            "legen Sie auf der Seite der Sitzung an."
        ),
        empty_link=Way("Sitzungen öffnen", "participation:session-list", action=Action.READ),
        columns=("position", "session", "note"),
        filters=("session",),
        groups=(
            Group(
                "Tagesordnungspunkt",
                "Die Nummer bestimmt die Reihenfolge.",
                ("session", "title", "position", "note", "result"),
            ),
            EXAMPLE_GROUP,
        ),
    ),
    RecordKind(
        model=Decision,
        segment="festlegungen",
        title_field="text",
        parent="session",
        begun_from=(("agenda_item", of_its_session),),
        in_menu=False,
        intro="Worauf sich Sitzungen verständigt haben, ohne dass es ein förmlicher Beschluss war.",
        empty_way=(
            "mit einem Satz je Festlegung, so wie er im Protokoll steht. Festlegungen tragen Sie auf der Seite der "
            "Sitzung ein."
        ),
        empty_link=Way("Sitzungen öffnen", "participation:session-list", action=Action.READ),
        columns=("session", "note"),
        filters=("session",),
        groups=(
            Group("Festlegung", "Ein Satz, der für sich verständlich ist.", ("session", "agenda_item", "text", "note")),
            EXAMPLE_GROUP,
        ),
    ),
    RecordKind(
        model=Task,
        segment="aufgaben",
        parent="session",
        begun_from=(("agenda_item", of_its_session),),
        in_menu=False,
        intro="Was aus den Sitzungen zu tun ist.",
        empty_way=(
            "mit dem, was nach einer Sitzung zu erledigen ist, mit Funktion und Termin. Aufgaben tragen Sie auf der "
            "Seite der Sitzung ein."
        ),
        empty_link=Way("Sitzungen öffnen", "participation:session-list", action=Action.READ),
        columns=("responsible", "due", "state", "session"),
        filters=("state", "session"),
        bulk=("state",),
        tags=("state",),
        groups=(
            Group(
                "Aufgabe",
                "Wer erledigt was bis wann? Nennen Sie Funktionen, keine Namen.",
                ("session", "agenda_item", "title", ("responsible", "due")),
            ),
            Group("Stand", "Was daraus geworden ist.", ("state", "result")),
            EXAMPLE_GROUP,
        ),
    ),
)
