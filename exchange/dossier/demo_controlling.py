"""The controlling of the demonstration: 2018 and 2019 of a model municipality, and the Sachbericht of 2018 released.

The values are those of the dossiers; what was said about them, and a target that was revised twice, are invented and
marked as examples.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Protocol

from django.db import transaction

from accounts.models import Municipality, User
from exchange.dated import at_ten, written_on
from exchange.dossier import demo_life
from planning.domain.controlling import say_values
from planning.enums import CarryDecision, Counting, MeasureState
from planning.models import (
    CarryOver,
    CriterionValue,
    Goal,
    GoalResult,
    Measure,
    MeasureReview,
    PlanningCycle,
    QualityCriterion,
)
from records.domain.batches import Recorder, record_batch
from records.life.moving import take_step
from records.vague import VagueDate
from reporting.enums import ReportAction, ReportKind, ReportSection
from reporting.models import Report, ReportText

YEARS = {2018: date(2019, 3, 26), 2019: date(2020, 2, 18)}  # when each was spoken about
PERSONS = {"16065": "kyf", "16077": "abg"}
COUNTED = ("Sitzungen", "Fälle", "Beratungen", "Haushalte", "Stück", "Personen", "Kalender", "Besuche")
EXAMPLE = "(Beispiel)"


class Pair(Protocol):
    """Who writes and who releases."""

    @property
    def planner(self) -> User: ...

    @property
    def lead(self) -> User: ...


# A criterion whose target for 2019 was agreed otherwise twice: number, new target, day, reason.
REVISED = {
    "16065": (
        "massnahme-rufbus-kriterium-1",
        (
            (Decimal(320), date(2019, 4, 3), "Der Probebetrieb lief erst ab August; die Linie West kam später dazu."),
            (Decimal(280), date(2019, 9, 11), "Zwei Haltestellen sind wegen einer Baustelle bis Jahresende entfallen."),
        ),
    ),
    "16077": (
        "massnahme-besuchsdienst-kriterium-1",
        (
            (Decimal(35), date(2019, 5, 8), "Die zweite Schulung des Jahres ist auf den Herbst verschoben."),
            (Decimal(32), date(2019, 10, 16), "Drei Ehrenamtliche sind aus gesundheitlichen Gründen ausgeschieden."),
        ),
    ),
}
REACHED_2019 = {
    "massnahme-rufbus-kriterium-1": 265,
    "massnahme-besuchsdienst-kriterium-1": 33,
    "massnahme-beirat-kriterium-1": 2,
    "massnahme-elternkind-kriterium-1": 6,
    "massnahme-familienzentrum-kriterium-1": 7180,
}
TEXTS: dict[int, dict[ReportSection, str]] = {
    2018: {
        ReportSection.OVERVIEW: "2018 war das erste Jahr der Umsetzung. Der Bericht stellt gegenüber, was geplant war "
        "und was wurde. (Beispieltext der Vorführung)",
        ReportSection.MEASURES: "Wo ein Zielwert nicht erreicht ist, steht der Grund daneben; wie es weitergeht, ist "
        "im Controlling mit den Trägern besprochen. (Beispieltext der Vorführung)",
        ReportSection.RESULTS: "Die Ziele sind auf mehrere Jahre angelegt. Nach einem Jahr zeigen sich Anfänge. "
        "(Beispieltext der Vorführung)",
    },
    2019: {
        ReportSection.OVERVIEW: "2019 liefen die Maßnahmen das erste ganze Jahr. (Beispieltext der Vorführung)",
    },
}


@transaction.atomic
def load_controlling(ags: str, year: int) -> bool:
    """Speak about a year, once. Returns False where it has happened already.

    2019 comes after the plan of that year was released, which knows nothing of what came of it.
    """
    municipality, day = Municipality.objects.get(ags=ags), YEARS[year]
    if MeasureReview.objects.filter(municipality=municipality, year=year).exists():
        return False
    planner = demo_life.People(PERSONS[ags]).planner
    cycle = PlanningCycle.objects.filter(municipality=municipality, first_year__lte=2018).latest("first_year")
    if year == 2018:
        with written_on(day):
            mark_counts(municipality, planner)
    else:
        revise(municipality, ags, planner)
    with written_on(day), batch_of(municipality, planner, f"Controlling {year} besprochen") as batch:
        speak(batch, cycle, year)
    report = write_report(municipality, planner, year, day, TEXTS[year])
    if year == 2018:
        release_report(report, demo_life.People(PERSONS[ags]), days=(date(2019, 3, 29), date(2019, 4, 1)))
    return True


def batch_of(municipality: Municipality, actor: User, summary: str):  # type: ignore[no-untyped-def]
    """One action of the planner."""
    return record_batch(municipality=municipality, actor=actor, summary=summary)


def mark_counts(municipality: Municipality, actor: User) -> None:
    """Say which criteria count something, so that their values are added up."""
    rows = QualityCriterion.objects.filter(municipality=municipality, unit__in=COUNTED)
    with batch_of(municipality, actor, "Zählweise ergänzt") as batch:
        for row in rows.select_related("municipality", "measure__cycle"):
            row.counting = Counting.COUNT
            batch.update(row, version=row.version)


def revise(municipality: Municipality, ags: str, actor: User) -> None:
    """A target of 2019 is agreed otherwise, and once more."""
    uid, changes = REVISED[ags]
    for target, day, reason in changes:
        rows = CriterionValue.objects.select_related("municipality", "criterion__measure__cycle")
        value = rows.get(municipality=municipality, criterion__uid=uid, year=2019)
        with written_on(day), batch_of(municipality, actor, "Zielwert geändert") as batch:
            say_values(
                batch,
                value,
                {
                    "target": target,
                    "reason": f"{reason} {EXAMPLE}",
                    "comment": value.comment,
                    "decided_on": VagueDate(day),
                },
            )


def speak(batch: Recorder, cycle: PlanningCycle, year: int) -> None:
    """A sentence and a decision for each measure, words for the goals that measures serve."""
    own = {"municipality": cycle.municipality, "is_example": True}
    rows = Measure.objects.filter(cycle=cycle).prefetch_related("criteria__values", "goals").order_by("number")
    for measure in (row for row in rows if row.falls_in(year)):
        values = list(values_in(batch, measure, year))
        missed = next((value for value in values if is_missed(value)), None)
        batch.create(MeasureReview(measure=measure, year=year, meaning=meaning_of(measure, values, missed), **own))
        decision, reason = decision_of(measure, missed)
        batch.create(CarryOver(measure=measure, year=year, decision=decision, reason=reason, **own))
    goals = Goal.objects.filter(cycle=cycle, measures__isnull=False).distinct().order_by("number")
    for goal in goals.prefetch_related("measures__criteria__values"):
        batch.create(GoalResult(goal=goal, year=year, text=reached_by(goal, year), **own))


def reached_by(goal: Goal, year: int) -> str:
    """What the values of the goal's measures say of it; the report puts the numbers beside it."""
    known = [
        value
        for measure in goal.measures.all()
        for criterion in measure.criteria.all()
        for value in criterion.values.all()
        if value.year == year and value.actual is not None and value.target is not None
    ]
    missed = sum(is_missed(value) for value in known)
    if not known:
        return "Der Träger meldet seine Werte mit dem Sachbericht."
    if not missed:
        return f"Was für {year} vorgesehen war, ist erreicht."
    return "Zum Teil erreicht." if missed < len(known) else f"{year} noch nicht erreicht; der Anlauf brauchte länger."


def values_in(batch: Recorder, measure: Measure, year: int) -> Iterator[CriterionValue]:
    """The values of the year; those of 2019 are reported now."""
    for criterion in measure.criteria.all():
        for value in criterion.values.all():
            if value.year != year:
                continue
            value.criterion = criterion
            reached = REACHED_2019.get(criterion.uid) if year == 2019 else None
            if reached is not None and value.actual is None:
                value.actual = Decimal(reached)
                if is_missed(value):
                    value.comment = f"Erst im Herbst voll angelaufen. {EXAMPLE}"
                batch.update(value, version=value.version)
            yield value


def is_missed(value: CriterionValue) -> bool:
    """Whether the people of the demonstration speak of a target that was not reached."""
    if value.actual is None or value.target is None:
        return False
    base = value.criterion.baseline
    return value.actual > value.target if base is not None and value.target < base else value.actual < value.target


GOES_ON = (
    "Das Angebot wird angenommen wie geplant; der Träger will es fortführen.",
    "Es läuft wie vorgesehen, der Aufwand war richtig geschätzt.",
    "Die Nachfrage ist stabil; am Zuschnitt ändert sich nichts.",
)
TAKES_LONGER = (
    "Der Anfang ist gemacht, es dauert länger als gedacht.",
    "Das Soll war für das erste Jahr zu hoch angesetzt.",
    "Am Bedarf liegt es nicht, der Anlauf brauchte Zeit.",
)


def meaning_of(measure: Measure, values: list[CriterionValue], missed: CriterionValue | None) -> str:
    """„Was heißt das?“, as a planner might have put it."""
    if measure.state == MeasureState.FINISHED:
        return "Das Ergebnis liegt vor und wird genutzt."
    if missed is not None:
        why = missed.comment.removesuffix(EXAMPLE).strip()
        return f"{TAKES_LONGER[(measure.number or 0) % 3]} {why}".strip()
    if any(value.actual is not None for value in values):
        return GOES_ON[(measure.number or 0) % 3]
    return "Werte liegen noch nicht vor; der Träger meldet sie mit seinem Sachbericht."


def decision_of(measure: Measure, missed: CriterionValue | None) -> tuple[CarryDecision, str]:
    """What becomes of the measure in the next cycle."""
    if measure.state == MeasureState.FINISHED:
        return CarryDecision.END, "Abgeschlossen; das Ergebnis liegt vor."
    if missed is not None:
        return CarryDecision.CHANGE, "Zielwert und Zeitplan an den Anlauf anpassen."
    return CarryDecision.CONTINUE, ""


def write_report(
    municipality: Municipality, planner: User, year: int, day: date, texts: dict[ReportSection, str]
) -> Report:
    """The Sachbericht of a year with its own texts."""
    own = {"municipality": municipality, "is_example": True}
    with written_on(day), batch_of(municipality, planner, f"Sachbericht {year} geschrieben") as batch:
        report = batch.create(Report(kind=ReportKind.PROGRESS, year=year, **own))
        for section, text in texts.items():
            batch.create(ReportText(report=report, section=section, text=text, **own))
    return report


def release_report(report: Report, people: Pair, days: tuple[date, date]) -> None:
    """It is put forward by the planner and released by the Leitung."""
    for action, actor, day in zip(
        (ReportAction.PROPOSE, ReportAction.RELEASE), (people.planner, people.lead), days, strict=True
    ):
        with written_on(day):
            report.refresh_from_db()
            values = {"released_on": VagueDate(day)} if action == ReportAction.RELEASE else {}
            take_step(record=report, action=action, actor=actor, version=report.version, at=at_ten(day), values=values)
