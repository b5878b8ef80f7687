"""What agrees in bodies and participation: sessions with bodies and members, votes with outcomes, numbers with sums."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone
from django.utils.text import capfirst

from participation.enums import POLITICAL_BODIES, BodyKind, BodyState, FindingOrigin, Occurrence, Outcome, VoteResult
from participation.models import (
    AgendaItem,
    Body,
    BodyMembership,
    Consultation,
    DataGap,
    Decision,
    Event,
    EventAttendance,
    Finding,
    NetworkEvent,
    Resolution,
    Session,
    SupportRecord,
    Survey,
    SurveyAnswer,
    SurveyQuestion,
    Task,
)
from participation.models.bodies import ENDED
from participation.models.events import SMALLEST_GROUP
from participation.models.resolutions import CONSULTED, DECIDED, overlap
from participation.queries.sessions import was_member
from records.display import label_of
from records.models.agreement import Links, asks, happened, is_ahead, linked, of_its_own, others, refuses
from records.models.base import OnlyIn
from records.templatetags.german import number

Said = Iterator[tuple[str, str]]
HELD = OnlyIn("state", frozenset({Occurrence.HELD}))
STANDING = POLITICAL_BODIES | {BodyKind.NETWORK}  # nobody enters when these came into being
MET = frozenset({BodyState.WORKING, BodyState.CONSTITUTED, *ENDED})

happened(Session, "held_on", only=HELD)
happened(Event, "begin", "end", only=HELD)
happened(Resolution, "resolved_on", only=OnlyIn("outcome", DECIDED))
happened(Consultation, "consulted_on", only=OnlyIn("outcome", CONSULTED))
happened(Body, "idea_on", "rules_on")
happened(Body, "constituted_on", only=OnlyIn("state", frozenset({BodyState.CONSTITUTED, *ENDED})))
happened(Body, "first_meeting_on", only=OnlyIn("state", MET))
happened(Body, "dissolved_on", only=OnlyIn("state", ENDED))

of_its_own(Resolution, "outcome", "session", "number", "follows", "link")
of_its_own(Consultation, "outcome", "session", "note")
of_its_own(Session, "state", "attending_members")
of_its_own(AgendaItem, "result")
of_its_own(Task, "state", "result")
of_its_own(Event, "state", "is_announced")
of_its_own(NetworkEvent, "is_cancelled", "summary", "documentation")
of_its_own(Survey, "begin", "end", "sent", "returned", "evaluated", "return_note", "summary")
of_its_own(SupportRecord, "result", "is_open", "next_on", "next_subject")
of_its_own(DataGap, "closed_on", "closed_by_survey", "closed_by_event", "closed_by_source")


# ---------------------------------------------------------------- bodies, members, sessions
@asks(Body, "constituting_resolutions")
def body_becomes_when(body: Body, links: Links) -> Said:
    """State and dates of a body, and the resolution that constituted it."""
    if body.state == BodyState.CONSTITUTED and not body.constituted_on and body.kind not in STANDING:
        yield "constituted_on", "Das Gremium ist konstituiert. Wann war das? Ein ungenaues Datum genügt."
    if body.state in ENDED and not body.dissolved_on:
        yield "dissolved_on", f"Das Gremium ist {body.get_state_display()}. Wann war das? Ein ungenaues Datum genügt."
    for resolution in others(body, "constituting_resolutions") if body.constituted_on else ():
        if body.constituted_on.last < resolution.resolved_on.first:
            day = resolution.resolved_on
            yield "constituted_on", f"Konstituiert vor dem Beschluss „{resolution}“ ({day}). Stimmt das Datum?"


def life_of(body: Body) -> tuple[Any, Any]:
    """The first and the last day on which the body can have met; None where nobody said."""
    dates = [day for day in (body.idea_on, body.first_meeting_on, body.constituted_on) if day]
    ended = body.dissolved_on.last if body.dissolved_on and body.state in ENDED else None
    return min((day.first for day in dates), default=None), ended


@asks(BodyMembership, "body")
def seat_within_body(seat: BodyMembership, links: Links) -> Said:
    """A seat in the life of its body."""
    if is_ahead(seat.begin):
        yield "begin", f"Die Amtszeit beginnt erst {seat.begin}. Steht die Besetzung schon fest?"
    if not seat.body_id:
        return
    first, last = life_of(seat.body)
    if first and seat.begin and seat.begin.last < first:
        yield "begin", f"Das Mitglied gehörte dem Gremium seit {seat.begin} an, also vor seinem Entstehen. Stimmt das?"
    if last and seat.end and seat.end.first > last:
        yield "end", f"Die Amtszeit endet nach der Auflösung des Gremiums ({seat.body.dissolved_on}). Stimmt das?"
    if last and seat.begin and seat.begin.first > last:
        yield "begin", f"Die Amtszeit beginnt nach der Auflösung des Gremiums ({seat.body.dissolved_on}). Stimmt das?"


@refuses(Session, "body", "attending_members__body")
def of_another_body(session: Session, links: Links) -> Said:
    """Members of other bodies are no attending members."""
    seats = linked(session, links, "attending_members") if session.body_id else []
    strange = [str(seat) for seat in seats if seat.body_id != session.body_id]
    if strange:
        named = ", ".join(strange[:5])
        yield "attending_members", f"Nicht Mitglied von „{session.body}“: {named}. Entfernen Sie die Häkchen."


@asks(Session, "body", "attending_members", "resolutions", "tasks")
def session_with_its_people(session: Session, links: Links) -> Said:
    """A session with those present, the life of its body, its resolutions and tasks."""
    if not session.body_id or not session.held_on:
        return
    seats = linked(session, links, "attending_members") if session.state == Occurrence.HELD else []
    gone = [str(seat) for seat in seats if not was_member(seat, session.held_on)]
    if gone:
        yield (
            "attending_members",
            f"{capfirst(session.held_on.with_word)} nicht im Amt: {', '.join(gone[:5])}. Waren sie anwesend?",
        )
    count = session.attending_count
    if count is not None and count < len(seats):
        yield "attending_count", f"{len(seats)} Mitglieder sind angekreuzt, gezählt sind {count}. Stimmt die Zahl?"
    first, last = life_of(session.body)
    if first and session.held_on.last < first:
        yield "held_on", f"Die Sitzung liegt vor dem Entstehen von „{session.body}“. Stimmt das Datum?"
    if last and session.held_on.first > last:
        yield "held_on", f"„{session.body}“ ist seit {session.body.dissolved_on} aufgelöst. Stimmt das Datum?"
    for resolution in others(session, "resolutions"):
        if resolution.body_id != session.body_id or not overlap(resolution.resolved_on, session.held_on):
            words = f"Der Beschluss „{resolution}“ nennt {resolution.resolved_on} oder ein anderes Gremium"
            yield "held_on", f"{words}. Ändern Sie ihn danach auch?"
    for task in others(session, "tasks"):
        yield from due_before(task, session)


def due_before(task: Task, session: Session) -> Said:
    """A task that was to be done before it was given."""
    if task.due and session.held_on and task.due.last < session.held_on.first:
        yield (
            "due",
            f"Die Aufgabe „{task}“ ist {task.due} fällig, die Sitzung ist {session.held_on.with_word}. Stimmt das?",
        )


@asks(Task, "session")
def task_after_session(task: Task, links: Links) -> Said:
    """A task with the session that gave it."""
    if task.session_id:
        yield from due_before(task, task.session)


@refuses(Decision, "agenda_item")
@refuses(Task, "agenda_item")
def item_of_the_session(row: Decision | Task, links: Links) -> Said:
    """Decisions and tasks stand below an item of their own session."""
    if row.agenda_item and row.agenda_item.session_id != row.session_id:
        yield "agenda_item", "Dieser Tagesordnungspunkt gehört zu einer anderen Sitzung. Wählen Sie einen der eigenen."


# ---------------------------------------------------------------- votes
@asks(Resolution, "body__memberships")
def votes_with_outcome(row: Resolution, links: Links) -> Said:
    """Votes that say something else than the outcome."""
    if row.outcome not in DECIDED:
        return
    for_, against = row.votes_for, row.votes_against
    if for_ is not None and against is not None:
        if row.outcome == Outcome.ADOPTED and against >= for_:
            yield "outcome", f"Beschlossen mit {for_} Ja und {against} Nein: Stimmen Ausgang und Stimmen?"
        if row.outcome == Outcome.REJECTED and for_ > against:
            yield "outcome", f"Abgelehnt mit {for_} Ja und {against} Nein: Stimmen Ausgang und Stimmen?"
    yield from votes_in_body(row)


@asks(Resolution, "follows")
def rejected_in_the_place_of_an_adopted_one(row: Resolution, links: Links) -> Said:
    """A proposal that was rejected changes nothing: what was adopted before goes on holding."""
    if row.follows_id and row.follows and row.outcome == Outcome.REJECTED and row.follows.outcome == Outcome.ADOPTED:
        earlier = f"der beschlossene „{row.follows}“ ({row.follows.resolved_on})"
        yield "outcome", f"Abgelehnt heißt: {earlier} gilt weiter. Ist das so gemeint?"


@asks(Consultation, "body__memberships")
def consulting_votes(row: Consultation, links: Links) -> Said:
    """The votes of a consulting body."""
    if row.outcome in CONSULTED:
        yield from votes_in_body(row)


def votes_in_body(row: Resolution | Consultation) -> Said:
    """Votes that contradict the word for them, or the number of seats."""
    if row.vote == VoteResult.MAJORITY and row.votes_for and row.votes_against == 0 and not row.votes_abstained:
        yield "vote", "Mehrheitlich, aber ohne Nein-Stimme und Enthaltung: War es einstimmig?"
    given = [n for n in (row.votes_for, row.votes_against, row.votes_abstained) if n is not None]
    seats = len(row.body.memberships.all()) if given and row.body_id else 0
    if seats and sum(given) > seats:
        yield "votes_for", f"{sum(given)} Stimmen, aber „{row.body}“ hat {seats} Mitglieder. Stimmen die Zahlen?"


# ---------------------------------------------------------------- events, surveys, findings
@asks(Event, "attendance")
def event_with_its_groups(event: Event, links: Links) -> Said:
    """An event with the groups that came."""
    if event.state == Occurrence.HELD and not event.begin:
        yield "begin", "Die Veranstaltung hat stattgefunden. Wann war das? Ein ungenaues Datum genügt."
    counted = sum(group.count or 0 for group in others(event, "attendance"))
    if event.participants is not None and counted > event.participants:
        yield (
            "participants",
            f"Die Gruppen ergeben {number(counted)} Teilnehmende, insgesamt sind {number(event.participants)} genannt.",
        )


@asks(EventAttendance, "event__attendance")
def group_within_event(group: EventAttendance, links: Links) -> Said:
    """The same from the side of a group."""
    event = group.event if group.event_id else None
    if event is None or group.count is None or event.participants is None or not event.pk:
        return
    others_ = sum(each.count or 0 for each in event.attendance.all() if each.pk != group.pk)
    if others_ + group.count > event.participants:
        total = others_ + group.count
        yield (
            "count",
            f"Die Gruppen ergeben {number(total)} Teilnehmende, insgesamt sind {number(event.participants)} genannt.",
        )


@refuses(SupportRecord)
def support_to_come(support: SupportRecord, links: Links) -> Said:
    """What came of advice that is still to be given."""
    if is_ahead(support.begin) and support.result.strip():
        yield (
            "begin",
            "Das Datum liegt in der Zukunft; ein Ergebnis gibt es erst danach. Ändern Sie eines von beiden.",
        )


@refuses(Resolution)
def deferred_backwards(row: Resolution, links: Links) -> Said:
    """A vote that was put off to a day before it."""
    day = row.said("deferred_to")
    if day and row.resolved_on and day.last < row.resolved_on.first:
        yield (
            "deferred_to",
            f"Vertagt wird auf einen Tag nach {row.resolved_on}. Geben Sie ein späteres Datum an.",
        )


@refuses(Survey)
def returned_before_it_began(survey: Survey, links: Links) -> Said:
    """Questionnaires that came back before the survey began."""
    if survey.begin and survey.begin.first > timezone.localdate() and (survey.returned or survey.evaluated):
        yield "begin", "Die Befragung beginnt erst; einen Rücklauf gibt es danach. Ändern Sie Datum oder Zahlen."


def answers_given(survey: Survey) -> int | None:
    """How many questionnaires an answer can have been chosen in."""
    return survey.evaluated if survey.evaluated is not None else survey.returned


def few_hidden(question: SurveyQuestion, answers: Iterable[SurveyAnswer], whole: int | None) -> str:
    """Why the numbers that are shown tell those that are hidden, where all are known; else an empty sentence.

    One hidden number is what is left of the whole; several that are fewer than five together are hardly more hidden.
    """
    rows = list(answers)
    shown = [row for row in rows if row.count is not None]
    hidden = sum(row.is_small and row.count is None for row in rows)
    if whole is None or not hidden or len(shown) + hidden < len(rows):
        return ""
    left = whole - sum(row.count or 0 for row in shown)
    if not hidden <= left < SMALLEST_GROUP:
        return ""
    words = (
        f"Von {number(whole)} ausgewerteten Bögen bleiben bei „{question}“ nach den gezeigten Zahlen {left}: "
        "So ließe sich errechnen, was verborgen ist."
    )
    smallest = min((row for row in shown if row.count), key=lambda row: row.count or 0, default=None)
    return f"{words} Verbergen Sie auch „{smallest}“ (Häkchen setzen, Zahl leeren)." if smallest else words


@refuses(Survey, "questions__answers")
def hidden_answers_of_survey(survey: Survey, links: Links) -> Said:
    """Numbers of answers that are hidden, and can be worked out from the number of questionnaires."""
    for question in others(survey, "questions"):
        if sentence := few_hidden(question, question.answers.all(), answers_given(survey)):
            yield "evaluated", sentence


@refuses(SurveyAnswer, "question__survey", "question__answers")
def hidden_answers(answer: SurveyAnswer, links: Links) -> Said:
    """The same from the side of an answer; and answers beside protected tables, which would tell what these hide."""
    question = answer.question if answer.question_id else None
    if question is None:
        return
    if question.tables:
        yield (
            "question",
            "Zu dieser Frage gibt es geschützte Tabellen. Getippte Zahlen daneben verrieten, was sie "
            "verbergen. Wählen Sie eine andere Frage.",
        )
    rows = [row for row in question.answers.all() if row.pk != answer.pk]
    if sentence := few_hidden(question, [*rows, answer], answers_given(question.survey)):
        yield "count", sentence


@asks(Survey, "questions__answers")
def survey_with_its_answers(survey: Survey, links: Links) -> Said:
    """A survey with the answers to its questions."""
    most = answers_given(survey)
    for question in others(survey, "questions") if most is not None else ():
        for answer in question.answers.all():
            if answer.count is not None and answer.count > most:
                words = f"„{answer}“ hat {number(answer.count)} Nennungen, ausgewertet sind {number(most)} Bögen"
                yield "evaluated", f"{words}. Stimmen die Zahlen?"


@asks(SurveyAnswer, "question__survey")
def answer_within_survey(answer: SurveyAnswer, links: Links) -> Said:
    """The same from the side of an answer."""
    survey = answer.question.survey if answer.question_id and answer.question.survey_id else None
    most = answers_given(survey) if survey else None
    if answer.count is not None and most is not None and answer.count > most:
        yield "count", f"{number(answer.count)} Nennungen, ausgewertet sind {number(most)} Bögen. Stimmen die Zahlen?"


ORIGINS = {
    FindingOrigin.EVENT: ("event",),
    FindingOrigin.INTERVIEW: ("event",),
    FindingOrigin.SESSION: ("session",),
    FindingOrigin.SURVEY: ("survey",),
    FindingOrigin.DATA_SOURCE: ("data_source",),
    FindingOrigin.DOCUMENT: ("document",),
}


@asks(Finding)
def finding_from_its_origin(finding: Finding, links: Links) -> Said:
    """A finding whose origin is another than what it is linked with."""
    names = ("event", "session", "survey", "data_source", "document")
    given = [name for name in names if getattr(finding, f"{name}_id")]
    own = ORIGINS.get(FindingOrigin(finding.origin), ()) if finding.origin in FindingOrigin.values else ()
    if given and own and not set(own) & set(given):
        labels = ", ".join(label_of(Finding, name) for name in given)
        yield (
            "origin",
            f"Die Herkunft ist „{finding.get_origin_display()}“, verknüpft ist: {labels}. Stimmt die Herkunft?",
        )
