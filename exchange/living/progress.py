"""How far a municipality has come: phases, steps, measures, values of the years, hurdles, requests."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal

from exchange.living.calendar import month_of, on
from exchange.living.place import Place
from participation.enums import SupportKind
from participation.models import SupportRecord
from planning.enums import HurdleCategory, MeasureState, Phase, Progress, StepState
from planning.models import (
    CriterionValue,
    Hurdle,
    Milestone,
    PhaseState,
    PlanningCycle,
    PlanningStep,
    QualityCriterion,
    StepTemplate,
)

# Steps by the end of the uid in the catalogue: month of begin in the year before the cycle, and weeks.
BEFORE = {
    "auftrag-02": (1, 5),
    "auftrag-08": (2, 3),
    "bestand-04": (2, 4),
    "bestand-05": (3, 14),
    "bedarf-02": (4, 9),
    "bedarf-07": (5, 4),
    "ziele-04": (6, 4),
    "massnahmen-02": (7, 5),
    "massnahmen-06": (8, 4),
}
# Steps around today: days from today to the planned end, weeks, and what is known of it.
AROUND = {
    "umsetzung-09": (75, 26, StepState.RUNNING),
    "umsetzung-04": (-35, 8, StepState.DONE),
    "umsetzung-05": (-12, 6, StepState.RUNNING),
    "umsetzung-06": (46, 6, StepState.OPEN),
    "beschluss-01": (-80, 2, StepState.DONE),
    "beschluss-06": (24, 4, StepState.OPEN),
    "controlling-01": (95, 6, StepState.OPEN),
    "controlling-02": (120, 6, StepState.OPEN),
    "controlling-04": (140, 4, StepState.OPEN),
    "bedarf-01": (38, 4, StepState.RUNNING),
}
HURDLES = (
    (
        HurdleCategory.ABSENCE,
        "Längerer Ausfall in der Sozialplanung",
        "Die Vertretung übernimmt Termine, für Auswertungen fehlt die Zeit.",
        "Eine Übergabeliste mit Fristen und Ansprechfunktionen, die laufend gepflegt wird.",
    ),
    (
        HurdleCategory.WORKLOAD,
        "Mehrere Fachplanungen zur gleichen Zeit",
        "Jugendhilfeplanung und Pflegeplanung binden dieselben Personen.",
        "Gemeinsame Beteiligungstermine für alle Fachplanungen.",
    ),
    (
        HurdleCategory.LEADERSHIP,
        "Wechsel an der Spitze der Verwaltung",
        "Zusagen müssen neu besprochen werden.",
        "Ein Gespräch mit Kurzfassung des Plans in den ersten Wochen nach dem Wechsel.",
    ),
    (
        HurdleCategory.DATA,
        "Zahlen der Träger kommen spät",
        "Ist-Werte liegen erst im Frühsommer vor.",
        "Ein einfacher Meldebogen mit fünf Feldern und ein fester Termin im Januar.",
    ),
)


def mark_phases(place: Place, states: Mapping[Phase, tuple[Progress, date | None, date | None]]) -> None:
    """Set the states of phases of the current cycle."""
    for row in place.rows.of(PhaseState):
        if row.cycle == place.cycle and row.phase in states:
            state, begin, end = states[Phase(row.phase)]
            begun, ended = month_of(begin) if begin else row.begin, month_of(end) if end else None
            place.change(row, state=state, begin=begun, end=ended)


def close_planning(place: Place, year: int) -> None:
    """The phases before the plan is resolved are done, each in its months of the year."""
    months = {
        Phase.MANDATE: (1, 2),
        Phase.INVENTORY: (2, 5),
        Phase.NEEDS: (3, 6),
        Phase.GOALS: (5, 7),
        Phase.MEASURES: (6, 9),
    }
    done = {phase: (Progress.DONE, date(year, begin, 1), date(year, end, 1)) for phase, (begin, end) in months.items()}
    mark_phases(place, done)


def begin_measures(place: Place) -> None:
    """The plan is approved: measures begin; one still waits for its grant."""
    first = place.calendar.first
    for number, measure in enumerate(place.measures()):
        if measure.state in (MeasureState.RESOLVED, MeasureState.PLANNED, MeasureState.APPROVED):
            waits = number == place.number % 6
            place.change(measure, state=MeasureState.APPLIED if waits else MeasureState.RUNNING)
    mark_phases(
        place,
        {
            Phase.RESOLUTION: (Progress.DONE, date(first - 1, 8, 1), date(first - 1, 11, 1)),
            Phase.IMPLEMENTATION: (Progress.RUNNING, date(first, 1, 1), None),
        },
    )


def change_costs(place: Place) -> None:
    """Two measures cost more in the next year, and the one that waited has begun."""
    measures = place.measures()
    for number, measure in enumerate(measures):
        raised = number in (place.number % 5, (place.number + 3) % 5) and measure.yearly_cost is not None
        cost = measure.yearly_cost
        if raised and cost is not None:
            cost = round(cost * Decimal("1.03") / 100) * Decimal(100)
        state = MeasureState.RUNNING if measure.state == MeasureState.APPLIED else MeasureState(measure.state)
        if state != measure.state or cost != measure.yearly_cost:
            place.change(measure, state=state, yearly_cost=cost, reason="Finanzplan für das nächste Jahr")


def report_values(place: Place, year: int, *, share: int = 1, cycle: PlanningCycle | None = None) -> None:
    """Actual values of a year: most targets are reached, some are not; of ``share`` values one is known."""
    for number, value in enumerate(values_of(place, year, cycle or place.cycle)):
        if number % share or value.target is None:
            continue
        percent = (104, 97, 88, 112, 100, 73)[(number + place.number + year) % 6]
        actual = (value.target * percent / 100).quantize(Decimal(1))
        missed = percent < 80
        comment = "Personalwechsel beim Träger; das Angebot pausierte im Sommer." if missed else ""
        place.change(value, actual=actual, comment=comment, reason="Jahresmeldung der Träger")


def values_of(place: Place, year: int, cycle: PlanningCycle) -> list[CriterionValue]:
    """The values of a year of the cycle's criteria."""
    rows = [row for row in place.rows.of(CriterionValue) if row.year == year]
    return [row for row in rows if row.criterion.measure.cycle_id == cycle.pk]


def reach_milestones(place: Place, limit: date) -> None:
    """What was planned for before that day is reached."""
    for milestone in place.rows.of(Milestone):
        planned = milestone.planned_on
        if planned and planned.last < limit and milestone.state in (StepState.OPEN, StepState.RUNNING):
            place.change(milestone, state=StepState.DONE, reached_on=planned)


def add_first_steps(place: Place, templates: dict[str, StepTemplate]) -> None:
    """What was done in the year before the cycle; the weeks differ from place to place."""
    for ending, (month, weeks) in BEFORE.items():
        begin = date(place.calendar.first - 1, month, 2 + place.number % 20)
        end = begin + timedelta(days=7 * (weeks + (place.number * 5 + month) % 7 - 2))
        step = step_from(place, templates[f"schritt-{ending}"], StepState.DONE)
        step.begin, step.end = on(begin), on(end)
        step.planned_begin, step.planned_end = month_of(begin), month_of(end)


def add_current_steps(place: Place, templates: dict[str, StepTemplate]) -> None:
    """What is done, under way, late and ahead around today."""
    for ending, (days, weeks, state) in AROUND.items():
        end = place.calendar.ahead(days + place.number * 3 % 17)
        is_late = days < 0 and state == StepState.RUNNING
        step = step_from(place, templates[f"schritt-{ending}"], state)
        if is_late and place.number % 3:
            step.state = StepState.DONE
        begin = end - timedelta(days=7 * weeks)
        step.planned_begin, step.planned_end = month_of(begin), on(end)
        if step.state == StepState.DONE:
            step.begin, step.end = on(begin), on(min(end, place.calendar.ago(2)))
        elif step.state == StepState.RUNNING:
            step.begin = on(min(begin, place.calendar.ago(5)))


def step_from(place: Place, template: StepTemplate, state: StepState) -> PlanningStep:
    """A step of the catalogue in the current cycle."""
    return place.rows.add(
        PlanningStep,
        cycle=place.cycle,
        template=template,
        phase=template.phase,
        position=template.position,
        title=template.title,
        guidance=template.guidance,
        decision_needed=template.decision,
        responsible="Sozialplanung",
        state=state,
    )


def add_today(place: Place) -> None:
    """Hurdles and requests of these days."""
    rows, calendar, number = place.rows, place.calendar, place.number
    category, title, description, what_helped = HURDLES[number % len(HURDLES)]
    is_open = number % 5 == 3
    begin = calendar.ago(75 + number) if is_open else date(calendar.first, 3 + number % 5, 1)
    rows.add(
        Hurdle,
        category=category,
        title=title,
        phase=Phase.IMPLEMENTATION,
        description=description,
        what_helped="" if is_open else what_helped,
        begin=month_of(begin),
        end=None if is_open else month_of(begin + timedelta(days=120)),
        is_shared=number % 2 == 0,
    )
    if number % 5 == 2:
        rows.add(
            SupportRecord,
            kind=SupportKind.REQUEST,
            phase=Phase.CONTROLLING,
            subject="Begleitung der Auswertungsgespräche mit den Trägern",
            begin=on(calendar.ago(12 + number)),
            is_open=True,
        )


def extend_values(place: Place, years: Iterable[int]) -> None:
    """Targets of the years where criteria of the cycle have none yet; the last known one goes on."""
    values = place.rows.of(CriterionValue)
    for criterion in place.rows.of(QualityCriterion):
        if criterion.measure.cycle_id != place.cycle.pk:
            continue
        known = {value.year for value in values if value.criterion_id == criterion.pk}
        last = last_target(criterion, values)
        for year in years:
            if last is not None and year not in known:
                place.rows.add(CriterionValue, criterion=criterion, year=year, target=last)


def last_target(criterion: QualityCriterion, values: list[CriterionValue]) -> Decimal | None:
    """The newest target of the criterion, or of the one that it was taken over from."""
    names = (criterion.title, criterion.measure.title)
    same = [v for v in values if (v.criterion.title, v.criterion.measure.title) == names and v.target is not None]
    return max(same, key=lambda value: value.year).target if same else None


def add_milestones(place: Place) -> None:
    """Milestones of running measures around today, of which one is late."""
    titles = ("Jahresgespräch mit dem Träger geführt", "Auswertung im Beirat vorgestellt", "Öffentlicher Bericht")
    for number, measure in enumerate(place.measures()[:4]):
        day = place.calendar.ahead((-38, 33, 72, 110)[number])
        place.rows.add(Milestone, measure=measure, title=titles[number % 3], planned_on=month_of(day))
