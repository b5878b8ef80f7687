"""An approved application becomes a measure of the plan, linked or created, with the criteria that it offered."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from funding.enums import ApplicationAction
from funding.models import FundingApplication
from planning.enums import MeasureState
from planning.models import CriterionValue, Measure, PlanningCycle, QualityCriterion
from records.domain.saving import create_record
from records.life.moving import take_step
from records.vague import DAY, VagueDate

LINKED = ("goals", "needs", "life_phases", "regions", "target_groups")
MARK = "is_example"
TAKEN_OVER = "Aus dem bewilligten Antrag übernommen"


@transaction.atomic
def take_over_criteria(application: FundingApplication, measure: Measure, actor: User | None) -> int:
    """Let the measure have the offered criteria that it does not have by name, each with its target for the year.

    Without ``actor`` nobody wrote them: what a released notice brings is the Träger's offer, and who releases it may
    still release the plan. Returns how many were added. Raises PermissionDenied, ValidationError.
    """
    known = set(measure.criteria.values_list("title", flat=True))
    offered = [each for each in application.criteria.all() if each.title not in known]
    for each in offered:
        shared = {"municipality": application.municipality, MARK: application.is_example}
        told = {name: getattr(each, name) for name in ("title", "kind", "unit", "baseline", "method")}
        criterion = create_record(QualityCriterion(measure=measure, **shared, **told), actor=actor, reason=TAKEN_OVER)
        if each.target is not None:
            value = CriterionValue(criterion=criterion, year=application.year, target=each.target, **shared)
            create_record(value, actor=actor, reason=TAKEN_OVER)
    return len(offered)


@transaction.atomic
def make_measure(application: FundingApplication, actor: User) -> Measure:
    """A measure out of an approved application, which is assigned to it; the criteria follow with the step.

    Raises ValidationError (no cycle holds the year, no Handlungsfeld), StepRefused, StaleRecord, PermissionDenied.
    """
    if application.measure_id is not None:
        raise ValidationError("Der Antrag gehört schon zu einer Maßnahme. Ändern Sie diese.")
    year = application.year
    cycles = PlanningCycle.objects.filter(municipality=application.municipality)
    cycle = cycles.filter(first_year__lte=year, last_year__gte=year).first()
    if cycle is None:
        raise ValidationError(f"Es gibt keinen Planungszyklus, in dem {year} liegt. Ordnen Sie eine Maßnahme zu.")
    if application.action_field is None:
        raise ValidationError("Der Antrag nennt kein Handlungsfeld. Ordnen Sie eine Maßnahme zu.")
    measure = Measure(
        municipality=application.municipality,
        cycle=cycle,
        title=application.title,
        description=application.description,
        action_field=application.action_field,
        provider=application.provider,
        state=MeasureState.PLANNED,
        begin=VagueDate(application.starts_on, DAY) if application.starts_on else None,
        end=VagueDate(application.ends_on, DAY) if application.ends_on else None,
        is_example=application.is_example,
    )
    links = {name: list(getattr(application, name).all()) for name in LINKED}
    links["goals"] = [goal for goal in links["goals"] if goal.cycle_id == cycle.pk]
    links["needs"] = [need for need in links["needs"] if need.cycle_id == cycle.pk]
    create_record(measure, actor=actor, links=links)
    take_step(
        record=application,
        action=ApplicationAction.ASSIGN,
        actor=actor,
        version=application.version,
        values={"measure": measure},
    )
    return measure
