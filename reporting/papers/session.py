"""Invitation, minutes and calendar entry of a session: what is recorded, and nothing besides.

Functions and organisations are named, persons are not: minutes travel further than the portal.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.utils import timezone

from participation.enums import MembershipKind, Occurrence, Outcome
from participation.models import BodyMembership, Decision, Finding, Resolution, Session, Task
from participation.queries.sessions import was_member
from planning.queries.office import office_lines
from printing.papers.frame import Frame, frame_of
from printing.papers.making import document_pdf
from printing.templatetags.papers import lang
from records.text import fold
from records.vague import VagueDate

INVITATION, MINUTES = "Einladung", "Protokoll"
STATE_NOTES = {
    (INVITATION, Occurrence.CANCELLED): "Diese Sitzung ist abgesagt.",
    (MINUTES, Occurrence.CANCELLED): "Diese Sitzung ist abgesagt.",
    (MINUTES, Occurrence.PLANNED): "Vorlage: Die Sitzung hat noch nicht stattgefunden.",
}


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A labelled value of the session."""

    label: str
    value: str


@dataclass(frozen=True, kw_only=True)
class SeatGroup:
    """Members of one kind: „berufen“ with organisations or functions."""

    kind: str
    seats: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Point:
    """A line with a number, its words and a note; ``example`` marks an invented one."""

    number: str
    words: str
    note: str
    example: bool


@dataclass(frozen=True, kw_only=True)
class Item(Point):
    """An item of the agenda with what came of it: result, decisions and tasks that stand below it."""

    result: str
    decisions: tuple[str, ...]
    tasks: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ResolutionLine:
    """A formal resolution with its votes as recorded; ``votes`` is empty where none are."""

    number: str
    subject: str
    kind: str
    outcome: str
    votes: str
    text: str
    example: bool


@dataclass(frozen=True, kw_only=True)
class TaskLine:
    """What somebody has to do, until when."""

    title: str
    responsible: str
    due: VagueDate | None
    state: str
    result: str
    example: bool


@dataclass(frozen=True, kw_only=True)
class FindingLine:
    """What was said or weighted in the session."""

    text: str
    action_field: str
    weight: int | None
    example: bool


@dataclass(frozen=True, kw_only=True)
class SessionPaper:
    """Everything that invitation and minutes of a session can say."""

    title: str
    body: str
    when: str
    state: str
    facts: tuple[Fact, ...]
    invited: str
    members: tuple[SeatGroup, ...]
    attending: tuple[SeatGroup, ...]
    attending_others: str
    attending_count: int | None
    agenda: tuple[Item, ...]
    summary: str
    decisions: tuple[Point, ...]
    resolutions: tuple[ResolutionLine, ...]
    tasks: tuple[TaskLine, ...]
    findings: tuple[FindingLine, ...]
    documents: tuple[str, ...]
    example: bool

    @property
    def is_planned(self) -> bool:
        """True before the session."""
        return self.state == Occurrence.PLANNED

    @property
    def missing(self) -> tuple[str, ...]:
        """What minutes should say and the record does not."""
        present = self.attending or self.attending_others or self.attending_count is not None
        parts = (
            ("Anwesende", present),
            ("Tagesordnung", self.agenda),
            ("Verlauf und Ergebnis", self.summary.strip()),
            ("Festlegungen", self.decisions or self.resolutions or any(item.decisions for item in self.agenda)),
            ("Aufgaben", self.tasks or any(item.tasks for item in self.agenda)),
        )
        return tuple(name for name, found in parts if not found)

    @property
    def expected(self) -> tuple[ResolutionLine, ...]:
        """Resolutions that the session is to pass."""
        return tuple(line for line in self.resolutions if line.outcome == Outcome.EXPECTED.label)


def session_paper(session: Session) -> SessionPaper:
    """From the record as ``session_with_papers`` reads it."""
    seats = [seat for seat in session.body.memberships.all() if was_member(seat, session.held_on)]
    facts = (
        ("Gremium", str(session.body)),
        ("Datum", lang(session.held_on)),
        ("Beginn", clock(session)),
        ("Ort", session.place),
        ("Moderation", session.moderation),
        ("Methode", session.method),
        ("Phase", session.get_phase_display()),
    )
    return SessionPaper(
        title=session.title,
        body=str(session.body),
        when=lang(session.held_on),
        state=session.state,
        facts=tuple(Fact(label=label, value=value) for label, value in facts if value),
        invited=session.invited,
        members=seat_groups(seats),
        attending=seat_groups(list(session.attending_members.all()) if session.state == Occurrence.HELD else []),
        attending_others=session.said("attending"),
        attending_count=session.said("attending_count"),
        agenda=agenda(session),
        summary=session.said("summary"),
        decisions=numbered(row for row in session.decisions.all() if row.agenda_item_id is None),
        resolutions=tuple(resolution_line(row) for row in session.resolutions.all()),
        tasks=tuple(task_line(row) for row in session.tasks.all() if row.agenda_item_id is None),
        findings=tuple(finding_line(row) for row in session.findings.all()),
        documents=tuple(str(document) for document in session.documents.all()),
        example=session.is_example,
    )


def clock(session: Session) -> str:
    """„17:30 Uhr“; empty where no time is recorded."""
    return f"{session.starts_at} Uhr" if session.starts_at else ""


def agenda(session: Session) -> tuple[Item, ...]:
    """The items with what came of them; before the session nothing has."""
    is_held = session.state == Occurrence.HELD
    return tuple(
        Item(
            number=str(item.position),
            words=item.title,
            note=item.note,
            example=item.is_example,
            result=item.result if is_held else "",
            decisions=tuple(row.text for row in session.decisions.all() if row.agenda_item_id == item.pk),
            tasks=tuple(task_words(row) for row in session.tasks.all() if row.agenda_item_id == item.pk),
        )
        for item in session.agenda.all()
    )


def task_words(row: Task) -> str:
    """„Einladung versenden (Sozialplanung, bis Mai 2019, offen)“."""
    due = f"bis {lang(row.due)}" if row.due else ""
    return f"{row.title} ({', '.join(part for part in (row.responsible, due, row.get_state_display()) if part)})"


def seat_groups(seats: list[BodyMembership]) -> tuple[SeatGroup, ...]:
    """The seats by kind, the chair first, each organisation once."""
    order = MembershipKind.values
    ordered = sorted(seats, key=lambda seat: (order.index(seat.kind), seat.sort_key, seat.pk))
    return tuple(
        SeatGroup(kind=str(MembershipKind(kind).label), seats=tuple(dict.fromkeys(seat.organisation for seat in found)))
        for kind, found in groupby(ordered, key=lambda seat: seat.kind)
    )


def numbered(rows: Iterable[Decision]) -> tuple[Point, ...]:
    """Decisions in the order of the record, numbered."""
    return tuple(
        Point(number=str(place), words=row.text, note=row.note, example=row.is_example)
        for place, row in enumerate(rows, 1)
    )


def resolution_line(row: Resolution) -> ResolutionLine:
    """A resolution; a deferred one says until when."""
    deferred_to = row.said("deferred_to")
    deferred = f" auf {lang(deferred_to)}" if deferred_to else ""
    return ResolutionLine(
        number=row.number,
        subject=row.subject,
        kind=row.get_kind_display(),
        outcome=f"{row.get_outcome_display()}{deferred}",
        votes=row.votes_in_words,
        text=row.text,
        example=row.is_example,
    )


def task_line(row: Task) -> TaskLine:
    """A task."""
    return TaskLine(
        title=row.title,
        responsible=row.responsible,
        due=row.due,
        state=row.get_state_display(),
        result=row.result,
        example=row.is_example,
    )


def finding_line(row: Finding) -> FindingLine:
    """A finding with its Handlungsfeld."""
    return FindingLine(
        text=row.text, action_field=str(row.action_field or ""), weight=row.weight, example=row.is_example
    )


def name_of(session: Session) -> str:
    """„1. Sitzung des Beirats“, or „2. Sitzung · Planungsbeirat“ where the title does not say of which body."""
    longest = max(str(session.body).split(), key=len, default="")
    is_named = bool(longest) and fold(longest) in fold(session.title)
    return session.title if is_named else f"{session.title} · {session.body}"


def frame_for(session: Session, kind: str) -> Frame:
    """The frame of a paper: „Einladung“, below it the session, when and where."""
    state = STATE_NOTES.get((kind, Occurrence(session.state)), "")
    when = ", ".join(part for part in (lang(session.held_on), clock(session), session.place) if part)
    return frame_of(
        session.municipality,
        kind,
        as_of=timezone.localdate(),
        subject=name_of(session),
        note=f"{when}. {state}" if state else when,
        example=session.is_example,
        office=office_lines(session.municipality),
    )


def title_of(session: Session, kind: str) -> str:
    """The title of the PDF."""
    return f"{kind}: {name_of(session)}, {lang(session.held_on)}"


def invitation_pdf(session: Session, created: datetime) -> bytes:
    """The invitation. Raises RenderError."""
    return _pdf("reporting/papers/invitation.html", session, INVITATION, created)


def minutes_pdf(session: Session, created: datetime) -> bytes:
    """The minutes. Raises RenderError."""
    return _pdf("reporting/papers/minutes.html", session, MINUTES, created)


def _pdf(template: str, session: Session, kind: str, created: datetime) -> bytes:
    context = {"frame": frame_for(session, kind), "paper": session_paper(session)}
    return document_pdf(template, context, title=title_of(session, kind), created=created)
