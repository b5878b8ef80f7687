"""Invented bodies, sessions, resolutions, events, surveys and findings."""

from datetime import date

from exchange.seed.rows import Rows
from exchange.seed.words import BODIES, FINDINGS, PLACES, PROVIDERS, pick, text
from participation.enums import (
    BodyKind,
    EventKind,
    FindingOrigin,
    Legitimises,
    MembershipKind,
    Occurrence,
    Outcome,
    StakeholderGroup,
    SupportKind,
    TaskState,
)
from participation.models import (
    AgendaItem,
    Body,
    BodyMembership,
    Decision,
    Event,
    EventAttendance,
    Finding,
    Resolution,
    Session,
    SupportRecord,
    Survey,
    SurveyAnswer,
    SurveyQuestion,
    Task,
)
from planning.enums import HurdleCategory, Phase
from planning.models import Hurdle, PlanningRegion
from records.vague import VagueDate

SESSIONS, EVENTS, FINDINGS_PER_EVENT = 8, 4, 4
KINDS = (
    BodyKind.EXTERNAL_STEERING,
    BodyKind.INTERNAL_STEERING,
    BodyKind.PLANNING_ADVISORY,
    BodyKind.DISTRICT_COUNCIL,
    BodyKind.YOUTH_COMMITTEE,
    BodyKind.NETWORK,
)


def on(year: int, number: int) -> VagueDate:
    """A day of the year."""
    return VagueDate(date(year, number % 12 + 1, number * 11 % 28 + 1))


def add_bodies(rows: Rows) -> None:
    """Six bodies with five members each."""
    for number, (title, kind) in enumerate(zip(BODIES, KINDS, strict=True)):
        body = rows.add(
            Body,
            title=title,
            kind=kind,
            mandate=text(number),
            first_meeting_on=on(2016, number),
            constituted_on=on(2016, number + 3),
        )
        for seat in range(5):
            rows.add(
                BodyMembership,
                body=body,
                organisation=pick(PROVIDERS, number + seat),
                kind=pick(MembershipKind.values, seat),
                begin=on(2016, number),
            )


def add_participation(rows: Rows, year: int) -> None:
    """A year of sessions, resolutions, events, a survey, support and a hurdle."""
    bodies = rows.of(Body)
    for number in range(SESSIONS):
        add_session(rows, year, number, pick(bodies, number))
    for number in range(3):
        rows.add(
            Resolution,
            body=bodies[3 + number % 2],
            subject=f"{pick(list(Legitimises), number).label} {year}",
            resolved_on=on(year, number * 4 + 2),
            outcome=Outcome.ADOPTED,
            phase=Phase.RESOLUTION,
            votes_for=30,
            votes_against=number,
            legitimises=pick(Legitimises.values, number),
            number=f"{number + 1}/{year}",
        )
    for number in range(EVENTS):
        add_event(rows, year, number)
    add_survey(rows, year)
    for number in range(2):
        rows.add(
            SupportRecord,
            kind=pick(SupportKind.values, number + year),
            phase=pick(Phase.values, number + year),
            subject=f"Begleitung {year}: {pick(list(SupportKind), number).label}",
            begin=on(year, number * 5),
            given_by="Fachstelle",
            result=text(number),
        )
    rows.add(
        Hurdle,
        category=pick(HurdleCategory.values, year),
        title=f"{pick(list(HurdleCategory), year).label} {year}",
        phase=pick(Phase.values, year),
        begin=on(year, 4),
        end=on(year, 7),
        what_helped=text(year, 1),
        is_shared=True,
    )


def add_session(rows: Rows, year: int, number: int, body: Body) -> None:
    """A session with three items, a decision and a task."""
    session = rows.add(
        Session,
        body=body,
        title=f"{number // len(BODIES) + 1}. Sitzung {year}",
        held_on=on(year, number + 1),
        state=Occurrence.HELD,
        phase=pick(Phase.values, number),
        place=pick(PLACES, number),
        attending_count=9 + number,
        summary=text(number),
    )
    for position in range(1, 4):
        rows.add(AgendaItem, session=session, position=position, title=f"Tagesordnungspunkt {position}")
    rows.add(Decision, session=session, text=f"Die Gruppe verständigt sich auf das weitere Vorgehen ({year}).")
    rows.add(
        Task,
        session=session,
        title="Ergebnisse zusammenstellen",
        responsible="Sozialplanung",
        due=on(year, number + 2),
        state=TaskState.DONE,
    )


def add_event(rows: Rows, year: int, number: int) -> None:
    """An event in a region with three groups and what was said."""
    region = pick(rows.of(PlanningRegion), number)
    kind = pick(list(EventKind), number + year)
    event = rows.add(
        Event,
        title=f"{kind.label} {region.title} {year}",
        kind=kind,
        phase=Phase.NEEDS,
        state=Occurrence.HELD,
        begin=on(year, number * 3),
        region=region,
        place=pick(PLACES, number),
        participants=25 + number,
        summary=text(number + year),
    )
    for seat in range(3):
        group = pick(StakeholderGroup.values, number + seat)
        rows.add(EventAttendance, event=event, group=group, count=6 + seat)
    for place in range(FINDINGS_PER_EVENT):
        said = pick(FINDINGS, number * 3 + place + year)
        rows.add(
            Finding,
            text=f"{said} ({region.title}, {year})",
            origin=FindingOrigin.EVENT,
            event=event,
            region=region,
            weight=3 + place,
        )


def add_survey(rows: Rows, year: int) -> None:
    """A survey with two questions of three answers."""
    survey = rows.add(
        Survey,
        title=f"Befragung der Familien {year}",
        target_group="Familien",
        method="Fragebogen",
        begin=on(year, 3),
        end=on(year, 5),
        sent=1200,
        returned=310,
        evaluated=300,
        summary=text(year),
    )
    for position in (1, 2):
        question = rows.add(
            SurveyQuestion, survey=survey, position=position, text=f"Frage {position}: Was fehlt Ihnen?"
        )
        for place, answer in enumerate(("Beratung", "Betreuung", "Busverbindung"), 1):
            rows.add(SurveyAnswer, question=question, position=place, answer=answer, count=40 * place)
