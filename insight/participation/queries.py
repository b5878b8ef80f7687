"""Who was heard: events with their groups, sessions with guests, surveys, findings and the needs they led to."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db.models import CharField, QuerySet, Value
from django.utils import timezone

from accounts.models import Municipality
from participation.enums import MembershipKind, Occurrence, StakeholderGroup
from participation.models import BodyMembership, Event, EventAttendance, Finding, Session, Survey
from planning.models import ActionField, LifePhase, Need
from records.models import stand_ins
from records.queries.prepared import MUNICIPALITY, Prepared
from records.vague import VagueDate

UNDATED = 0  # stands for the year of what has no date


@dataclass(frozen=True)
class FoundNeed:
    """A need that rests on findings."""

    pk: int
    title: str


@dataclass(frozen=True)
class Found:
    """A finding; ``source`` names the kind and key of the record in which it was said.

    Lebensphasen are pairs of the key by which they are ordered and the label.
    """

    pk: int
    source: tuple[str, int] | None
    action_field: str
    region: str
    life_phases: tuple[tuple[str, str], ...]
    needs: tuple[FoundNeed, ...]


@dataclass(frozen=True)
class Heard:
    """An occasion on which people were heard; ``groups`` are numbers by group, None where nobody counted."""

    kind: str
    pk: int
    title: str
    when: VagueDate | None
    note: str = ""
    region: str = ""
    is_example: bool = False
    participants: int | None = None
    participants_note: str = ""
    groups: dict[str, int | None] = field(default_factory=dict)
    guests: tuple[str, ...] = ()
    findings: tuple[Found, ...] = ()
    sent: int | None = None
    returned: int | None = None
    evaluated: int | None = None

    @property
    def year(self) -> int:
        """The year in which it began, UNDATED where that is not known."""
        return self.when.year if self.when else UNDATED

    @property
    def needs(self) -> tuple[FoundNeed, ...]:
        """Needs that rest on what was said here, each once."""
        return tuple(dict.fromkeys(need for finding in self.findings for need in finding.needs))


@dataclass(frozen=True)
class Voices:
    """Everything that was heard, by kind, in the order of time."""

    events: list[Heard]
    sessions: list[Heard]
    surveys: list[Heard]
    planned: int  # events that have not taken place yet

    @property
    def all(self) -> list[Heard]:
        return [*self.events, *self.sessions, *self.surveys]

    def within(self, first: int | None, last: int | None) -> "Voices":
        """What began in these years; what has no date only where no years are named."""

        def fits(heard: Heard) -> bool:
            if not heard.year:
                return not first and not last
            return (first or 0) <= heard.year <= (last or 10_000)

        events, sessions, surveys = (list(filter(fits, rows)) for rows in (self.events, self.sessions, self.surveys))
        return Voices(events, sessions, surveys, self.planned)


def read_voices(municipality: Municipality) -> Voices:
    """All of it in seven queries."""
    own = {"municipality": municipality}
    findings: dict[tuple[str, int] | None, list[Found]] = defaultdict(list)
    for finding in read_findings(municipality):
        findings[finding.source].append(finding)

    def said(kind: str, pk: int) -> tuple[Found, ...]:
        return tuple(findings[kind, pk])

    groups: dict[int, dict[str, int | None]] = defaultdict(dict)
    for event, group, count in EventAttendance.objects.filter(**own).values_list("event_id", "group", "count"):
        groups[event][group] = count
    states = [Occurrence.HELD, Occurrence.PLANNED]
    events = by_time(Event.objects.filter(state__in=states, **own).select_related("region"))
    return Voices(
        events=[
            Heard(
                "event",
                event.pk,
                event.title,
                event.begin,
                str(event.get_kind_display()),
                event.region.label if event.region else "",
                event.is_example,
                event.participants,
                event.participants_note,
                in_catalogue_order(groups[event.pk]),
                findings=said("event", event.pk),
            )
            for event in events
            if event.state == Occurrence.HELD
        ],
        sessions=read_sessions(municipality, said),
        surveys=[
            Heard(
                "survey",
                survey.pk,
                survey.title,
                survey.begin,
                survey.target_group,
                is_example=survey.is_example,
                participants_note=survey.return_note,
                findings=said("survey", survey.pk),
                sent=survey.sent,
                returned=survey.returned,
                evaluated=survey.evaluated,
            )
            for survey in by_time(Survey.objects.filter(**own))
        ],
        planned=sum(event.state == Occurrence.PLANNED for event in events),
    )


def by_time(rows: QuerySet[Any]) -> list[Any]:
    """In the order of their beginning; what has no date comes last on every database."""
    return sorted(rows.order_by("sort_key", "pk"), key=lambda row: (row.begin is None, row.begin and row.begin.stored))


def in_catalogue_order(groups: dict[str, int | None]) -> dict[str, int | None]:
    """Groups in the order of the programme's list."""
    return {group: groups[group] for group in StakeholderGroup.values if group in groups}


def read_sessions(municipality: Municipality, said: Any) -> list[Heard]:
    """Sessions that took place with guests, or in which something was found out (two queries)."""
    guests: dict[int, list[BodyMembership]] = defaultdict(list)
    seats = BodyMembership.objects.filter(municipality=municipality, kind=MembershipKind.GUEST)
    for seat in seats.order_by("sort_key", "pk"):
        guests[seat.body_id].append(seat)
    rows = Session.objects.filter(municipality=municipality, state=Occurrence.HELD).select_related("body")
    found = []
    for session in rows.order_by("held_on", "pk"):
        present = tuple(seat.organisation for seat in guests[session.body_id] if covers(seat, session.held_on))
        findings = said("session", session.pk)
        if present or findings:
            found.append(
                Heard(
                    "session",
                    session.pk,
                    session.title,
                    session.held_on,
                    session.body.title,
                    is_example=session.is_example,
                    participants=session.attending_count,
                    guests=present,
                    findings=findings,
                )
            )
    return found


def covers(seat: BodyMembership, day: VagueDate) -> bool:
    """True where the seat was held on that day, as far as vague dates tell."""
    begun = seat.begin is None or seat.begin.first <= day.last
    return begun and (seat.end is None or seat.end.last >= day.first)


def read_findings(municipality: Municipality) -> list[Found]:
    """Findings with their Lebensphasen and needs, under the catalogues' entries that hold today (four queries)."""
    today = timezone.localdate()
    fields = stand_ins(ActionField.objects.all(), (today, today))
    life_phases = stand_ins(LifePhase.objects.all(), (today, today))
    phases: dict[int, list[tuple[str, str]]] = defaultdict(list)
    needs: dict[int, list[FoundNeed]] = defaultdict(list)
    successors: dict[int, FoundNeed] = {}
    for what, pk, target, label, _ in sorted(links_statement().run(municipality), key=in_order):
        if what == "phase":
            heir = life_phases[target]
            phases[pk].append((heir.sort_key, heir.label))
        elif what == "need":
            needs[pk].append(FoundNeed(target, label))
        else:
            successors[target] = FoundNeed(pk, label)
    rows = Finding.objects.filter(municipality=municipality).order_by("pk")
    columns = ("pk", "event_id", "session_id", "survey_id", "action_field_id", "region__label")
    return [
        Found(
            pk,
            source_of(event, session, survey),
            fields[action_field].label if action_field else "",
            region or "",
            tuple(dict.fromkeys(phases[pk])),
            tuple(dict.fromkeys(newest(need, successors) for need in needs[pk])),
        )
        for pk, event, session, survey, action_field, region in rows.values_list(*columns)
    ]


def newest(need: FoundNeed, successors: dict[int, FoundNeed]) -> FoundNeed:
    """The need as the latest cycle has it, so that what is carried over counts once."""
    seen = {need.pk}
    while (following := successors.get(need.pk)) and following.pk not in seen:
        need = following
        seen.add(need.pk)
    return need


def source_of(event: int | None, session: int | None, survey: int | None) -> tuple[str, int] | None:
    """The occasion on which something was said, or None for what was read."""
    named = (("event", event), ("session", session), ("survey", survey))
    return next(((kind, pk) for kind, pk in named if pk), None)


def in_order(row: tuple[str, int, int, str, str]) -> tuple[str, int, str, str]:
    """Links of a record by the order of what they lead to."""
    what, pk, _, label, order = row
    return what, pk, order, label


@cache
def links_statement() -> Prepared:
    """Rows of (what, key, key, label, order): Lebensphasen and needs of findings; needs and what they carry on."""

    def named(what: str, rows: Any) -> Any:
        return rows.order_by().annotate(what=Value(what, output_field=CharField()))

    phases: Any = Finding.life_phases.through
    needs: Any = Finding.needs.through
    parts = [
        named("phase", phases.objects.filter(finding__municipality=MUNICIPALITY)).values_list(
            "what", "finding_id", "lifephase_id", "lifephase__label", "lifephase__sort_key"
        ),
        named("need", needs.objects.filter(finding__municipality=MUNICIPALITY)).values_list(
            "what", "finding_id", "need_id", "need__label", "need__sort_key"
        ),
        named("successor", Need.objects.filter(municipality=MUNICIPALITY, predecessor__isnull=False)).values_list(
            "what", "pk", "predecessor_id", "label", "sort_key"
        ),
    ]
    return Prepared.of(parts[0].union(*parts[1:], all=True))
