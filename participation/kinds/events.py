"""Events, surveys, findings, process support, network events."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q
from django.utils import timezone

from accounts.enums import Action
from participation.domain.open_surveys import rate_of, standing_of
from participation.enums import EventKind, FindingOrigin, Occurrence
from participation.models import (
    Event,
    EventAttendance,
    Finding,
    NetworkEvent,
    SupportRecord,
    Survey,
    SurveyAnswer,
    SurveyQuestion,
)
from participation.queries.open_surveys import opened_of
from planning.enums import Phase
from planning.kinds.common import DOCUMENTS_GROUP, EXAMPLE_GROUP, SOURCE_GROUP, VALIDITY_GROUP
from records.grid import Grid
from records.kind import Gap, Group, Mark, RecordKind, Way
from records.parts import Fact, FactGroup
from records.registry import register


def return_rate(survey: Survey) -> FactGroup | None:
    """The rate that follows from the numbers; of a survey that is open in the portal, how many have answered."""
    if opened := opened_of(survey):
        told = (rate_of(opened.arrived, survey.sent), standing_of(opened, timezone.localdate()))  # type: ignore[attr-defined]
        return FactGroup("Im Portal", (Fact("Bisher", told),))
    return FactGroup("Quote", (Fact("Rücklaufquote", (survey.return_share,)),)) if survey.return_share else None


def was_read(survey: Survey) -> bool:
    """Whether there are tables."""
    return bool(survey.read_in)


def heard_at(event: Event) -> dict[str, Any]:
    """What a finding that is begun from an event knows."""
    asked = event.kind in (EventKind.INTERVIEW, EventKind.GROUP_INTERVIEW)
    return {"origin": FindingOrigin.INTERVIEW if asked else FindingOrigin.EVENT, "region": event.region_id}


def out_of(origin: FindingOrigin) -> Callable[[Any], dict[str, Any]]:
    """A finding that is begun from a record of this kind has it as its origin."""
    return lambda record: {"origin": origin}


def is_announced(event: Event) -> bool:
    """Everybody reads of it."""
    return event.is_announced


def lies_ahead(event: Any) -> bool:
    """A network event that is still to come."""
    return bool(event.begin) and event.begin.last >= timezone.localdate()


def takes_place(event: Any) -> bool:
    """One that was not cancelled."""
    return not event.is_cancelled


register(
    RecordKind(
        model=Event,
        segment="veranstaltungen",
        section=Phase.NEEDS,
        intro="Wer wann und wo gehört wurde, wie viele es waren und was daraus wurde.",
        empty_way=(
            "mit einer Regionalkonferenz je Planungsregion oder mit Gesprächen bei Trägern und in Gemeinden. Was "
            "dort gesagt wird, wird danach zu Erkenntnissen."
        ),
        ways=(
            Way("Flipchart-Zeilen einfügen", "participation:flipchart"),
            Way("Flipchart-Zeilen einfügen", "participation:flipchart", on="detail", parameter="veranstaltung"),
            Way("Anmeldungen", "participation:sign-up-list", on="detail", icon="people", fits=is_announced),
        ),
        columns=("kind", "begin", "region", "participants", "state"),
        filters=("kind", "region", "phase", "state"),
        tags=("kind", "region", "state"),
        marks=(
            Mark(
                "begin",
                "end",
                shape="participation",
                expected=lambda event: event.state == Occurrence.PLANNED,
                when=lambda event: event.state != Occurrence.CANCELLED,
            ),
        ),
        groups=(
            Group(
                "Veranstaltung",
                "Um welche Art Veranstaltung es geht und zu welcher Phase sie gehört.",
                ("title", ("kind", "phase"), "state"),
            ),
            Group(
                "Wann und wo",
                "Dauert sie einen Tag, lassen Sie das Ende leer.",
                (("begin", "end"), ("starts_at", "place"), "region"),
            ),
            Group(
                "Öffentlich",
                "Angekündigt hat die Veranstaltung eine Seite für alle, auf der man sich ohne Konto anmeldet.",
                ("is_announced", "invitation", ("register_until", "seats")),
            ),
            Group(
                "Teilnehmende",
                "Die Gruppen tragen Sie auf der Seite der Veranstaltung ein.",
                (("participants", "participants_note"),),
            ),
            Group(
                "Ablauf und Ergebnis",
                "Wie gearbeitet wurde und was herauskam.",
                (("method", "moderation"), "summary"),
            ),
            DOCUMENTS_GROUP,
            SOURCE_GROUP,
        ),
    ),
    RecordKind(
        model=EventAttendance,
        inflected="teilnehmenden Gruppen",
        segment="teilnehmende",
        section=Phase.NEEDS,
        title_field="",
        key=("event", "group"),
        parent="event",
        grid=Grid(("group", "count"), each="group", total="participants"),
        in_menu=False,
        intro="Welche Gruppen an Veranstaltungen teilgenommen haben.",
        empty_way=(
            "mit den Gruppen, die da waren: Familien, Träger, Verwaltung, Politik. Die Anzahl darf fehlen. Gruppen "
            "tragen Sie auf der Seite der Veranstaltung ein."
        ),
        empty_link=Way("Veranstaltungen öffnen", "participation:event-list", action=Action.READ),
        columns=("event", "group", "count"),
        filters=("group", "event"),
        tags=("event",),
        groups=(
            Group(
                "Teilnehmende Gruppe",
                "Jede Gruppe einmal je Veranstaltung.",
                ("event", ("group", "count")),
            ),
            EXAMPLE_GROUP,
        ),
    ),
    RecordKind(
        model=Survey,
        segment="befragungen",
        section=Phase.NEEDS,
        intro="Wer befragt wurde, wie viele geantwortet haben und was sich zeigt.",
        empty_way=(
            "mit einem kurzen Fragebogen für Familien. Notieren Sie, wie viele Bögen verschickt und ausgewertet "
            "wurden; so bleibt das Ergebnis einschätzbar."
        ),
        ways=(
            Way(
                "Ergebnisse",
                "participation:survey-results",
                on="detail",
                icon="chart",
                action=Action.READ,
                fits=was_read,
            ),
            Way("Fragebogen im Portal", "participation:survey-form", on="detail", icon="list"),
            Way("Antworten einlesen", "participation:survey-read", on="detail", icon="upload"),
            Way("Flipchart-Zeilen einfügen", "participation:flipchart", on="detail", parameter="befragung"),
        ),
        columns=("target_group", "begin", "sent", "returned", "return_share"),
        further=return_rate,
        marks=(Mark("begin", "end", shape="participation", lane=Phase.NEEDS),),
        groups=(
            Group(
                "Befragung",
                "Wer wie und wann befragt wurde.",
                ("title", ("target_group", "method"), ("begin", "end")),
            ),
            Group(
                "Rücklauf",
                "Aus Versand und Rücklauf ergibt sich die Quote. Fehlt eine Zahl, schreiben Sie, was bekannt ist.",
                (("sent", "returned"), "evaluated", "return_note"),
            ),
            Group(
                "Instrument und Ergebnis",
                "Womit gefragt wurde und was sich im Ganzen zeigt.",
                ("instrument", "summary"),
            ),
            DOCUMENTS_GROUP,
            SOURCE_GROUP,
        ),
    ),
    RecordKind(
        model=SurveyQuestion,
        inflected="ausgewerteten Fragen",
        segment="fragen",
        section=Phase.NEEDS,
        title_field="text",
        parent="survey",
        grid=Grid(("position", "text"), counted="position"),
        in_menu=False,
        intro="Die Fragen der Befragungen und was sich bei jeder zeigt.",
        empty_way=(
            "mit den Fragen, die für Bedarfe wichtig sind; der ganze Bogen muss es nicht sein. Fragen legen Sie auf "
            "der Seite der Befragung an."
        ),
        empty_link=Way("Befragungen öffnen", "participation:survey-list", action=Action.READ),
        columns=("position", "survey", "finding"),
        filters=("survey",),
        tags=("survey",),
        groups=(
            Group(
                "Frage",
                "Der Wortlaut wie im Fragebogen.",
                ("survey", "text", "position", "finding"),
            ),
            EXAMPLE_GROUP,
        ),
    ),
    RecordKind(
        model=SurveyAnswer,
        segment="antworten",
        section=Phase.NEEDS,
        title_field="answer",
        parent="question",
        grid=Grid(("position", "answer", "count", "is_small"), counted="position", also_below=("question__survey",)),
        in_menu=False,
        intro="Wie oft welche Antwort gegeben wurde. Nie steht da eine Zahl unter 5, oder eine, aus der sie folgt.",
        empty_way=(
            "mit den Antworten auf eine Frage und der Zahl der Nennungen. Antworten legen Sie auf der Seite der Frage "
            "an."
        ),
        empty_link=Way("Fragen öffnen", "participation:surveyquestion-list", action=Action.READ),
        columns=("question", "position", "count", "is_small"),
        filters=("question",),
        tags=("question",),
        groups=(
            Group(
                "Antwort",
                "Die Antwort wie im Fragebogen und ihr Platz in der Reihenfolge.",
                ("question", "answer", "position"),
            ),
            Group(
                "Nennungen",
                "Unter 5 Nennungen kreuzen Sie das Feld an und lassen die Zahl leer.",
                (("count", "is_small"),),
            ),
            EXAMPLE_GROUP,
        ),
    ),
    RecordKind(
        model=Finding,
        segment="erkenntnisse",
        section=Phase.NEEDS,
        title_field="text",
        intro="Was gesagt, gelesen oder gezählt wurde. Aus Erkenntnissen entstehen Bedarfe.",
        empty_way=(
            "mit den Flipchart-Zeilen einer Veranstaltung, eine Aussage je Eintrag. Die Klebepunkte tragen Sie "
            "als Punkte ein; geordnet wird später."
        ),
        empty_link=Way("Veranstaltungen öffnen", "participation:event-list", action=Action.READ),
        ways=(
            Way("Erkenntnisse sortieren", "participation:finding-sort", icon="sort"),
            Way("Flipchart-Zeilen einfügen", "participation:flipchart"),
        ),
        columns=("origin", "action_field", "region", "weight", "needs"),
        filters=("action_field", "origin", "event", "region", "life_phases"),
        bulk=("action_field", "life_phases", "region"),
        begun_from=(
            ("event", heard_at),
            ("session", out_of(FindingOrigin.SESSION)),
            ("survey", out_of(FindingOrigin.SURVEY)),
            ("data_source", out_of(FindingOrigin.DATA_SOURCE)),
            ("document", out_of(FindingOrigin.DOCUMENT)),
        ),
        gaps=(Gap("ohne-bedarf", "ohne Bedarf", Q(needs__isnull=True), "Bedarfe zuordnen"),),
        tags=("origin", "action_field", "region"),
        groups=(
            Group(
                "Erkenntnis",
                "Eine Aussage je Eintrag, möglichst im Wortlaut.",
                ("text", "weight"),
            ),
            Group(
                "Woher sie stammt",
                "Wählen Sie die Art und, soweit vorhanden, den Eintrag dazu.",
                ("origin", ("event", "session"), ("survey", "data_source"), "document"),
            ),
            Group(
                "Einordnung",
                "Zu welchem Handlungsfeld und welcher Region die Aussage gehört.",
                (("action_field", "region"), "life_phases"),
            ),
            Group(
                "Was daraus folgt",
                "Eine Erkenntnis kann mehrere Bedarfe belegen.",
                ("needs",),
            ),
            SOURCE_GROUP,
        ),
    ),
    RecordKind(
        model=SupportRecord,
        segment="prozessbegleitung",
        title_field="subject",
        intro="Beratung, Qualifizierung und Moderation, die Ihre Kommune erhält oder um die sie bittet.",
        empty_way=(
            "mit der Bitte um einen ersten Termin: Wobei soll die Prozessbegleitung helfen? Danach steht hier, wer "
            "wann wozu beraten oder moderiert hat."
        ),
        columns=("kind", "begin", "given_by", "next_on", "is_open"),
        filters=("kind", "phase", "is_open"),
        tags=("kind", "phase"),
        marks=(Mark("begin", "end", shape="participation"),),
        groups=(
            Group(
                "Prozessbegleitung",
                "Worum es ging und wer begleitet hat.",
                ("subject", ("kind", "phase"), "given_by"),
            ),
            Group(
                "Wann",
                "Bei einer Begleitung über längere Zeit geben Sie Beginn und Ende an.",
                (("begin", "end"),),
            ),
            Group("Ergebnis", "Was die Begleitung gebracht hat oder was noch offen ist.", ("result", "is_open")),
            Group(
                "Wie es weitergeht",
                "Der nächste Termin steht auf den Startseiten der Kommune und der Prozessbegleitung.",
                (("next_on", "next_subject"),),
            ),
            SOURCE_GROUP,
        ),
    ),
    RecordKind(
        model=NetworkEvent,
        segment="netzwerkveranstaltungen",
        intro="Veranstaltungen des Landesprogramms für alle Kommunen.",
        empty_way=(
            "Legen Sie das nächste Treffen aller Kommunen an, auch wenn nur das Quartal feststeht, und ordnen Sie die "
            "beteiligten Kommunen zu."
        ),
        columns=("begin", "end", "place", "register_until", "municipalities"),
        filters=("municipalities", "is_cancelled"),
        marks=(Mark("begin", "end", shape="participation", lane="", expected=lies_ahead, when=takes_place),),
        groups=(
            Group(
                "Netzwerkveranstaltung",
                "Wann und wo sie stattfindet. Kommende stehen auf allen Startseiten und im Zeitstrahl jeder Kommune.",
                ("title", ("begin", "end"), ("starts_at", "place"), "is_cancelled"),
            ),
            Group(
                "Einladung und Anmeldung",
                "Ohne „Anmeldung bis“ meldet sich niemand im Portal an.",
                ("invitation", ("register_until", "seats")),
            ),
            Group(
                "Inhalt und Beteiligte",
                "Was besprochen wurde und welche Kommunen dabei waren.",
                ("summary", "documentation", "municipalities"),
            ),
            VALIDITY_GROUP,
        ),
    ),
)
