"""Chapter 8: criteria with every target that was agreed, what was said about measures and goals, what is decided."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from planning.achieved import reports_in, revisions_in
from planning.enums import CriterionKind, MeasureState
from planning.models import CarryOver, CriterionValue, GoalResult, MeasureReview, QualityCriterion
from plans import bodies
from plans.builder.basis import Basis
from printing.templatetags.papers import zahl


def controlling_body(basis: Basis, *, until: int | None = None) -> bodies.ControllingBody:
    """Chapter 8: criteria in the order of the measures (three queries more).

    Of controlling what was said up to the year before, or up to ``until``: a plan is made before its own year is over.
    """
    last = basis.year - 1 if until is None else until
    lines, decisions = criterion_lines(basis), decisions_by_subject(basis, last)
    goals = sorted(basis.goals, key=lambda goal: goal.number or 0)
    return bodies.ControllingBody(
        criteria=tuple(line for measure in basis.measures for line in lines.get(measure.pk, ())),
        measures_without=tuple(
            str(row) for row in basis.measures if row.pk not in lines and row.state != MeasureState.DROPPED
        ),
        reviews=tuple(
            said_lines(basis.measures, said_by_year(basis, last, MeasureReview, "measure", "meaning"), decisions)
        ),
        results=tuple(
            said_lines(
                goals,
                said_by_year(basis, last, GoalResult, "goal", "text"),
                decisions,
            )
        ),
    )


Decided = dict[tuple[str, int, int], CarryOver]  # by kind and key of the subject and year
Said = dict[int, dict[int, tuple[str, bool]]]  # by key of the subject and year: the text, and whether it is invented


def decisions_by_subject(basis: Basis, last: int) -> Decided:
    """What was decided about measures and goals until that year (one query)."""
    rows = CarryOver.objects.filter(municipality=basis.municipality, year__lte=last)
    return {
        (name, pk, row.year): row
        for row in rows
        for name, pk in (("measure", row.measure_id), ("goal", row.goal_id))
        if pk is not None
    }


def said_by_year(basis: Basis, last: int, model: Any, name: str, text: str) -> Said:
    """What was said about measures or goals until that year (one query)."""
    found: Said = defaultdict(dict)
    rows = model.objects.filter(municipality=basis.municipality, year__lte=last)
    for pk, year, said, example in rows.values_list(f"{name}_id", "year", text, "is_example"):
        found[pk][year] = said, example
    return found


def said_lines(subjects: Iterable[Any], said: Said, decisions: Decided) -> Iterator[bodies.ReviewLine]:
    """A line for each subject and year of which something was said or decided."""
    for row in subjects:
        name = row._meta.model_name
        years = {*said.get(row.pk, ()), *(year for kind, pk, year in decisions if (kind, pk) == (name, row.pk))}
        for year in sorted(years):
            meaning, example = said.get(row.pk, {}).get(year, ("", False))
            decision = decisions.get((name, row.pk, year))
            yield bodies.ReviewLine(
                code=row.code,
                title=row.title,
                year=year,
                meaning=meaning,
                decision=str(decision.get_decision_display()) if decision else "",
                reason=decision.reason if decision else "",
                uid=row.uid,
                example=example or bool(decision and decision.is_example),
            )


def criterion_lines(basis: Basis) -> dict[int, tuple[bodies.CriterionLine, ...]]:
    """Criteria by measure: one line per year up to the plan's, or one without year."""
    found: dict[int, list[bodies.CriterionLine]] = {}
    for row in basis.criteria:
        years = sorted((value for value in row.values.all() if value.year <= basis.year), key=lambda value: value.year)
        lines = [criterion_line(basis, row, value) for value in years]
        found.setdefault(row.measure_id, []).extend(lines or [criterion_line(basis, row, None)])
    return {pk: tuple(lines) for pk, lines in found.items()}


def criterion_line(basis: Basis, row: QualityCriterion, value: CriterionValue | None) -> bodies.CriterionLine:
    """A criterion in one year; the kind without its explanation („Output“)."""
    return bodies.CriterionLine(
        measure=basis.measure_by_key[row.measure_id].code,
        code=row.code,
        title=row.title,
        kind=CriterionKind(row.kind).label.split(" (")[0],
        unit=row.unit,
        year=value.year if value else None,
        baseline=row.baseline,
        target=value.target if value else None,
        actual=value.actual if value else None,
        comment=value.comment if value else "",
        changes=changes_of(row, value.year) if value else (),
        share=share_of(row, value.year) if value else "",
        **basis.mark(row),
    )


def changes_of(row: QualityCriterion, year: int) -> tuple[bodies.TargetChange, ...]:
    """Every change of the year's target, one after the other."""
    return tuple(
        bodies.TargetChange(old=each.old, new=each.new, reason=each.reason, decided_on=each.decided_on)
        for each in revisions_in(row, year)
    )


def share_of(row: QualityCriterion, year: int) -> str:
    """„38 von 120“; of several periods „38 von 120 und 22 von 60“."""
    both = [each for each in reports_in(row, year) if each.numerator is not None and each.denominator is not None]
    return " und ".join(f"{zahl(each.numerator)} von {zahl(each.denominator)}" for each in both)
