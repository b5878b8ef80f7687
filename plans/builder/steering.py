"""Chapter 2: Steuerung und Beteiligung. Chapter 9: Beschlüsse."""

from collections.abc import Iterator

from django.db.models import Count, Prefetch, QuerySet

from participation.enums import POLITICAL_BODIES, Occurrence, Outcome
from participation.models import (
    Body,
    Consultation,
    Event,
    NetworkEvent,
    Resolution,
    Session,
    SupportRecord,
    Survey,
    SurveyQuestion,
)
from participation.pages.surveys import shown
from plans import bodies
from plans.builder.basis import Basis, mark
from printing.templatetags.papers import lang
from records.vague import VagueDate

BECOMING = ("idea_on", "first_meeting_on", "rules_on", "constituted_on", "dissolved_on")


def steering_body(basis: Basis) -> bodies.SteeringBody:
    """All of chapter 2 (eleven queries)."""
    return bodies.SteeringBody(
        bodies=steering_groups(basis),
        sittings=sittings(basis),
        events=events(basis),
        surveys=surveys(basis),
        support=tuple(
            bodies.Support(
                kind=row.get_kind_display(),
                begin=row.begin,
                end=row.end,
                subject=row.subject,
                given_by=row.given_by,
                phase=row.get_phase_display(),
                result=row.result,
                **mark(row),
            )
            for row in basis.own(SupportRecord).order_by("begin", "pk")
            if basis.belongs(row.begin)
        ),
        networking=tuple(
            bodies.Support(
                kind="Vernetzung",
                begin=row.begin,
                end=row.end,
                subject=row.title,
                given_by=row.place,
                phase="",
                result=row.summary,
            )
            for row in NetworkEvent.objects.filter(municipalities=basis.municipality).order_by("begin", "pk")
            if basis.belongs(row.begin)
        ),
    )


def steering_groups(basis: Basis) -> tuple[bodies.SteeringGroup, ...]:
    """Bodies of the planning with their members; political bodies speak through their resolutions."""
    rows = basis.own(Body).exclude(kind__in=POLITICAL_BODIES).select_related("predecessor")
    rows = rows.prefetch_related("memberships").order_by("first_meeting_on", "sort_key", "pk")
    there = [row for row in rows if basis.belongs(begun_on(row), planned=True)]
    return tuple(
        bodies.SteeringGroup(
            title=row.title,
            kind=row.get_kind_display(),
            mandate=row.mandate,
            state=row.get_state_display(),
            predecessor=str(row.predecessor or ""),
            becoming=tuple(
                bodies.Fact(label=str(row._meta.get_field(name).verbose_name), value=lang(row.said(name)))
                for name in BECOMING
                if row.said(name) and not basis.came_later(row.said(name))
            ),
            members=tuple(
                bodies.Member(
                    organisation=seat.organisation,
                    kind=seat.get_kind_display(),
                    begin=seat.begin,
                    end=seat.end,
                    **mark(seat),
                )
                for seat in sorted(row.memberships.all(), key=lambda seat: seat.pk)
                if basis.belongs(seat.begin, planned=True)
            ),
            **mark(row),
        )
        for row in basis.as_then(there)
    )


def begun_on(row: Body) -> VagueDate | None:
    """The first that is known of a body."""
    known = [getattr(row, name) for name in BECOMING if getattr(row, name)]
    return min(known, key=lambda day: day.first) if known else None


def sittings(basis: Basis) -> tuple[bodies.Sitting, ...]:
    """Sessions in order of time; cancelled ones are left out."""
    rows = basis.own(Session).exclude(state=Occurrence.CANCELLED).select_related("body")
    return tuple(
        bodies.Sitting(
            held_on=row.held_on,
            body=str(row.body),
            title=row.title,
            state=row.get_state_display(),
            place=row.place,
            attending=attending(row),
            moderation=row.moderation,
            summary=row.said("summary"),
            agenda=tuple(item.title for item in sorted(row.agenda.all(), key=lambda item: (item.position, item.pk))),
            decisions=tuple(item.text for item in sorted(row.decisions.all(), key=lambda item: item.pk)),
            **mark(row),
        )
        for row in rows.prefetch_related("agenda", "decisions", "attending_members").order_by("held_on", "pk")
        if basis.belongs(row.held_on, expected=row.state == Occurrence.PLANNED)
    )


def attending(row: Session) -> str:
    """„Jugendamt; Kirche; weitere: Schulamt (12 Personen)“; names of persons are never printed."""
    if row.state != Occurrence.HELD:
        return ""
    seats = sorted(row.attending_members.all(), key=lambda seat: (seat.kind, seat.sort_key, seat.pk))
    parts = list(dict.fromkeys(seat.organisation for seat in seats))
    if row.attending:
        parts.append(f"weitere: {row.attending}" if parts else row.attending)
    number = row.attending_count
    count = "" if number is None else f"{number} {'Person' if number == 1 else 'Personen'}"
    return f"{'; '.join(parts)} ({count})" if parts and count else "; ".join(parts) or count


def events(basis: Basis) -> tuple[bodies.Participation, ...]:
    """Events in order of time; cancelled ones are left out."""
    rows = basis.own(Event).exclude(state=Occurrence.CANCELLED).select_related("region")
    rows = rows.annotate(finding_count=Count("findings")).prefetch_related("attendance")
    return tuple(
        bodies.Participation(
            title=row.title,
            kind=row.get_kind_display(),
            begin=row.begin,
            end=row.end,
            state=row.get_state_display(),
            region=str(row.region or ""),
            place=row.place,
            participants=row.said("participants"),
            participants_note=row.said("participants_note"),
            groups=tuple(
                bodies.Group(name=group.get_group_display(), count=group.count)
                for group in sorted(row.attendance.all(), key=lambda group: group.pk)
                if row.state == Occurrence.HELD
            ),
            method=row.method,
            moderation=row.moderation,
            summary=row.said("summary"),
            findings=row.finding_count,
            **mark(row),
        )
        for row in rows.order_by("begin", "pk")
        if basis.belongs(row.begin, expected=row.state == Occurrence.PLANNED)
    )


def surveys(basis: Basis) -> tuple[bodies.SurveySummary, ...]:
    """Surveys with their return rate in per cent, one decimal."""
    found = []
    for row in basis.own(Survey).prefetch_related(Prefetch("questions", told_questions())).order_by("begin", "pk"):
        if not basis.belongs(row.begin):
            continue
        found.append(
            bodies.SurveySummary(
                title=row.title,
                target_group=row.target_group,
                method=row.method,
                begin=row.begin,
                end=row.end,
                sent=row.sent,
                returned=row.returned,
                evaluated=row.evaluated,
                rate=row.return_rate,
                note=row.return_note,
                summary=row.summary,
                tables=tuple(table for question in row.questions.all() for table in answer_tables(question)),
                **mark(row),
            )
        )
    return tuple(found)


def told_questions() -> QuerySet[SurveyQuestion]:
    """Questions with tables of which somebody has written what they show: the others are too many for a plan."""
    rows = SurveyQuestion.objects.exclude(finding="").filter(tables__isnull=False)
    return rows.order_by("position", "pk")


def answer_tables(question: SurveyQuestion) -> Iterator[bodies.AnswerTable]:
    """Its protected tables, as its page shows them."""
    for table, told in zip(shown(question.tables, ""), question.tables or (), strict=True):
        yield bodies.AnswerTable(
            question=question.text,
            finding=question.finding,
            group=told["group"],
            heads=tuple(table.heads),
            rows=tuple(
                bodies.AnswerRow(
                    label=label,
                    cells=tuple(f"{cell.text} ({cell.share})" if cell.share else cell.text for cell in cells),
                )
                for label, cells in table.rows
            ),
            base=tuple(table.base),
        )


def resolutions_body(basis: Basis) -> bodies.ResolutionsBody:
    """Chapter 9 (two queries)."""
    return bodies.ResolutionsBody(
        resolutions=tuple(
            bodies.ResolutionLine(
                resolved_on=row.resolved_on,
                body=str(row.body),
                number=row.number,
                subject=row.subject,
                kind=row.get_kind_display(),
                outcome=row.get_outcome_display(),
                deferred_to=row.said("deferred_to"),
                votes=row.votes_in_words,
                legitimises=row.get_legitimises_display(),
                text=row.text,
                plans=row.plans_named,
                follows=f"{row.follows.subject}, {lang(row.follows.resolved_on)}" if row.follows else "",
                consultations=consultations(basis, row),
                **mark(row),
            )
            for row in basis.own(Resolution)
            .select_related("body", "cycle", "follows")
            .prefetch_related(Prefetch("consultations", Consultation.objects.select_related("body")))
            .order_by("resolved_on", "pk")
            if basis.belongs(row.resolved_on, expected=row.outcome == Outcome.EXPECTED)
        )
    )


def consultations(basis: Basis, row: Resolution) -> tuple[bodies.ConsultationLine, ...]:
    """The Beratungsfolge before the resolution."""
    steps = sorted(row.consultations.all(), key=lambda step: (step.consulted_on, step.pk))
    return tuple(
        bodies.ConsultationLine(
            consulted_on=step.consulted_on,
            body=str(step.body),
            outcome=step.get_outcome_display(),
            votes=step.votes_in_words,
            note=step.note,
            **mark(step),
        )
        for step in steps
        if basis.belongs(step.consulted_on, expected=step.outcome == Outcome.EXPECTED)
    )
