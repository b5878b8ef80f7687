"""Sessions, resolutions, events, surveys and what was said in them, year by year and around today."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from exchange.living.calendar import month_of, on
from exchange.living.place import Place, shifted
from participation.enums import (
    Advice,
    BodyKind,
    BodyState,
    EventKind,
    FindingOrigin,
    Legitimises,
    Occurrence,
    Outcome,
    StakeholderGroup,
    SupportKind,
    TaskState,
    VoteResult,
)
from participation.models import (
    AgendaItem,
    Body,
    Consultation,
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
from planning.enums import Phase
from planning.models import Need

TASK_DAYS = 30  # from a session to what it gave somebody to do


@dataclass(frozen=True)
class Sitting:
    """What a session is about. ``tasks`` are titles with who is responsible."""

    phase: Phase
    agenda: tuple[str, ...]
    results: tuple[str, ...]
    summary: str
    decision: str
    task: tuple[str, str]


@cache
def sittings() -> dict[str, Sitting]:
    """What the sessions are about, by the time of the year or the occasion (sittings.json)."""
    stored = json.loads((Path(__file__).parent / "sittings.json").read_text(encoding="utf-8"))
    made: dict[str, Sitting] = {}
    for name, said in stored.items():
        texts: dict[str, Any] = {key: tuple(v) if isinstance(v, list) else v for key, v in said.items()}
        made[name] = Sitting(**texts | {"phase": Phase(said["phase"])})
    return made


BY_MONTH = {3: "spring", 6: "summer", 9: "autumn"}


def meet(place: Place, until: date) -> None:
    """Add everything dated after what was added last, up to and including that day."""
    for year in range(place.calendar.first - 1, place.calendar.focus + 1):
        meet_in_year(place, year, until)
    place.since = until


def wanted(place: Place, day: date, until: date) -> bool:
    """Whether the day belongs to this part of the story."""
    return place.since < day <= until


def meet_in_year(place: Place, year: int, until: date) -> None:
    """The regular sessions, conference, survey, advice and the plan's resolution of a year."""
    for number, (month, sitting) in enumerate(BY_MONTH.items(), 1):
        day = shifted(place, year, month, 9)
        if wanted(place, day, until):
            add_session(place, place.board, f"{number}. Sitzung {year}", day, sittings()[sitting])
    day = shifted(place, year, 10, 2)
    if wanted(place, day, until):
        add_session(place, place.group, f"Abstimmung im Herbst {year}", day, sittings()["internal"])
    day = shifted(place, year, 5, 5)
    if wanted(place, day, until):
        add_conference(place, day)
    day = shifted(place, year, 4, 12)
    if wanted(place, day, until):
        add_support(place, day)
    day = shifted(place, year, 2, 6)
    if year % 3 == place.number % 3 and wanted(place, day, until):
        add_survey(place, day)


def add_session(place: Place, body: Body, title: str, day: date, sitting: Sitting) -> Session:
    """A session with its agenda; where it was held also what came of it."""
    rows, is_held = place.rows, place.calendar.is_over(day)
    session = rows.add(
        Session,
        body=body,
        title=title,
        held_on=on(day),
        starts_at="17:00" if body == place.board else "09:00",
        state=Occurrence.HELD if is_held else Occurrence.PLANNED,
        phase=sitting.phase,
        place="Rathaus, Ratssaal" if place.is_city else "Landratsamt, Sitzungssaal",
        invited="Gäste aus den Fachämtern",
        attending="Mitglieder und Gäste nach Teilnahmeliste" if is_held else "",
        attending_count=9 + (place.number + day.month) % 6 if is_held else None,
        moderation="Sozialplanung",
        summary=sitting.summary if is_held else "",
    )
    for position, (item, result) in enumerate(zip(sitting.agenda, sitting.results, strict=True), 1):
        rows.add(AgendaItem, session=session, position=position, title=item, result=result if is_held else "")
    if is_held and sitting.decision:
        rows.add(Decision, session=session, text=sitting.decision)
        add_task(place, session, day + timedelta(days=TASK_DAYS), sitting.task)
    return session


def add_task(place: Place, session: Session, due: date, task: tuple[str, str]) -> None:
    """What fell due some weeks ago is done; what was due lately is open still in every other municipality."""
    title, responsible = task
    is_late = place.calendar.ago(60) < due < place.calendar.day and place.number % 2 == 0
    is_done = place.calendar.is_over(due) and not is_late
    place.rows.add(
        Task,
        session=session,
        title=title,
        responsible=responsible,
        due=on(due),
        state=TaskState.DONE if is_done else TaskState.OPEN,
        result="Erledigt und im Beirat berichtet." if is_done else "",
    )


def add_conference(place: Place, day: date) -> None:
    """A conference in one of the regions with three groups and what they said about the subjects."""
    regions = place.regions()
    region = regions[(place.number + day.year) % len(regions)]
    is_held = place.calendar.is_over(day)
    event = place.rows.add(
        Event,
        title=f"Regionalkonferenz {region.title} {day.year}",
        kind=EventKind.REGIONAL_CONFERENCE,
        phase=Phase.NEEDS,
        state=Occurrence.HELD if is_held else Occurrence.PLANNED,
        begin=on(day),
        region=region,
        place="Bürgerhaus",
        participants=28 + (place.number * 5 + day.year) % 19 if is_held else None,
        method="Thementische mit Klebepunkten",
        moderation="Prozessbegleitung",
        summary="An sechs Thementischen wurden Angebote bewertet und Bedarfe gewichtet." if is_held else "",
    )
    if not is_held:
        return
    for number, group in enumerate(
        (StakeholderGroup.FAMILIES, StakeholderGroup.WELFARE, StakeholderGroup.COMMUNE_STAFF)
    ):
        place.rows.add(EventAttendance, event=event, group=group, count=7 + (place.number + number * 3 + day.year) % 8)
    needs = [row for row in place.rows.of(Need) if row.cycle == place.cycle and row.pk and row.title in place.voices]
    for number, need in enumerate(needs):
        add_finding(place, need, event, number + day.year)


def add_finding(place: Place, need: Need, event: Event, number: int) -> None:
    """A sentence of the conference that supports a need."""
    said = place.voices[need.title]
    place.rows.add(
        Finding,
        text=said[number % len(said)],
        origin=FindingOrigin.EVENT,
        event=event,
        region=event.region,
        action_field=need.action_fields.first(),
        weight=3 + (place.number + number * 5) % 14,
        links={"needs": [need]},
    )


def add_support(place: Place, day: date) -> None:
    """Advice of the year."""
    kind = (SupportKind.MODERATION, SupportKind.TRAINING, SupportKind.ADVICE)[(place.number + day.year) % 3]
    subject = {
        SupportKind.MODERATION: "Moderation der Auswertung mit den Trägern",
        SupportKind.TRAINING: "Qualitätskriterien formulieren und messen",
        SupportKind.ADVICE: "Beratung zur Fortschreibung des Plans",
    }[kind]
    place.rows.add(
        SupportRecord,
        kind=kind,
        phase=Phase.CONTROLLING,
        subject=subject,
        begin=on(day),
        given_by="Prozessbegleitung",
        result="Ergebnisse und nächste Schritte sind festgehalten." if place.calendar.is_over(day) else "",
    )


def add_survey(place: Place, day: date) -> None:
    """A survey of families; around today it is under way and nothing is counted yet."""
    end = day + timedelta(days=50)
    is_over = place.calendar.is_over(end)
    sent = 900 + 50 * (place.number % 9)
    returned = sent * (22 + place.number % 13) // 100
    survey = place.rows.add(
        Survey,
        title=f"Familienbefragung {day.year}",
        target_group="Familien mit Kindern unter 18 Jahren",
        method="Fragebogen auf Papier und im Internet",
        begin=on(day),
        end=month_of(end),
        sent=sent,
        returned=returned if is_over else None,
        evaluated=returned - 6 if is_over else None,
        summary="Am häufigsten gewünscht werden kurze Wege zu Beratung und Betreuung in Randzeiten." if is_over else "",
    )
    question = place.rows.add(
        SurveyQuestion, survey=survey, position=1, text="Welche Angebote fehlen Ihnen am Wohnort?"
    )
    answers = (
        "Betreuung in Randzeiten und Ferien",
        "Beratung in der Nähe",
        "Treffpunkte für Jugendliche",
        "Busverbindungen",
    )
    for position, answer in enumerate(answers, 1):
        count = returned * (46 - 9 * position) // 100
        place.rows.add(
            SurveyAnswer, question=question, position=position, answer=answer, count=count if is_over else None
        )


def add_resolution(
    place: Place, years: range, day: date, outcome: Outcome = Outcome.ADOPTED, **more: Any
) -> Resolution:
    """What legitimises the plans of these years, and the advice that came before it; ``more`` are further columns."""
    rows, is_adopted = place.rows, outcome == Outcome.ADOPTED
    first, last = years[0], years[-1]
    against = place.number % 4
    resolution = rows.add(
        Resolution,
        body=place.council,
        subject=f"Fachspezifischer integrierter Plan {first}" + (f" bis {last}" if last > first else ""),
        resolved_on=on(day),
        outcome=outcome,
        legitimises=Legitimises.PLAN,
        first_year=first,
        last_year=last if last > first else None,
        number=f"{day.year}/{day.month * 9 + place.number}" if is_adopted else "",
        vote=(VoteResult.MAJORITY if against else VoteResult.UNANIMOUS) if is_adopted else "",
        votes_for=27 + place.number % 11 if is_adopted and against else None,
        votes_against=against if is_adopted and against else None,
        votes_abstained=place.number % 3 if is_adopted and against else None,
        text="Der Plan wird beschlossen; die Verwaltung wird beauftragt, ihn beim Ministerium einzureichen."
        if is_adopted
        else "",
        **more,
    )
    for body, before in zip(committees(place), (27, 13), strict=True):
        consulted = day - timedelta(days=before)
        is_over = place.calendar.is_over(consulted)
        rows.add(
            Consultation,
            resolution=resolution,
            body=body,
            consulted_on=on(consulted),
            outcome=Advice.RECOMMENDED if is_over else Advice.EXPECTED,
            vote=VoteResult.UNANIMOUS if is_over else "",
        )
    return resolution


def put_off(place: Place, years: range, day: date, until: date) -> Resolution:
    """A vote that the council defers by a session, and the follow-up in which it adopts."""
    deferred = add_resolution(place, years, day, Outcome.DEFERRED, deferred_to=month_of(until))
    return add_resolution(place, years, until, follows=deferred, wave=1)


def committees(place: Place) -> list[Body]:
    """Who consults before the council decides, in this order; founded where they are missing."""
    last = BodyKind.SOCIAL_COMMITTEE if place.is_city else BodyKind.DISTRICT_COMMITTEE
    known = {body.kind: body for body in reversed(place.rows.of(Body))}
    return [
        known.get(kind) or place.rows.add(Body, title=kind.label, kind=kind, state=BodyState.CONSTITUTED)
        for kind in (BodyKind.YOUTH_COMMITTEE, last)
    ]


def meet_around_today(place: Place) -> None:
    """A session some days ago whose task is due, and one in the next days with its agenda."""
    calendar, number = place.calendar, place.number
    add_session(place, place.board, "Sitzung zur Fortschreibung", calendar.ago(9 + number % 11), sittings()["recent"])
    add_session(place, place.board, "Sitzung zum neuen Jahr", calendar.ahead(8 + number % 13), sittings()["next"])
