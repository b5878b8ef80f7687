"""Beginning a planning cycle, and carrying it on into the next one."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction

from accounts.models import Municipality, User
from accounts.policies import Right
from planning.domain.steps import add_template_steps
from planning.enums import GoalLevel, MeasureState, NeedState, Phase
from planning.models import CycleRecord, PhaseState, PlanningCycle
from planning.queries.carry_over import CLOSED_MEASURES
from planning.queries.open_content import open_content
from planning.queries.steps import valid_templates
from records.domain import saving
from records.models import Record, Succeeded, in_force

TOO_EARLY = "Die Fortschreibung beginnt nach dem bisherigen Planungszyklus. Geben Sie ein Jahr ab {year} an."
ENDS_EARLIER = "Die Fortschreibung endet nicht vor dem bisherigen Planungszyklus. Geben Sie ein Jahr ab {year} an."
HAS_SUCCESSOR = "Dieser Planungszyklus ist schon fortgeschrieben. Arbeiten Sie im nachfolgenden weiter."
OWN_COLUMNS = {
    "id",
    "uid",
    "version",
    "created_at",
    "changed_at",
    "created_by",
    "changed_by",
    "label",
    "search_text",
    "sort_key",
    "cycle",
    "predecessor",
}


def start_cycle(
    *,
    municipality: Municipality,
    title: str,
    first_year: int,
    last_year: int,
    actor: User | None,
    predecessor: PlanningCycle | None = None,
) -> PlanningCycle:
    """Begin a cycle with its eight phases, and the first one with the steps of the catalogue.

    Raises PermissionDenied, ValidationError.
    """
    cycle = PlanningCycle(
        municipality=municipality, title=title, first_year=first_year, last_year=last_year, predecessor=predecessor
    )
    return create_cycle(cycle, actor=actor)


@transaction.atomic
def create_cycle(
    cycle: PlanningCycle,
    *,
    actor: User | None,
    links: saving.LinkMap | None = None,
    reason: str = "",
    form_key: str = "",
) -> PlanningCycle:
    """As records.domain.saving.create_record; phases come along, and the catalogue's steps in a first cycle."""
    saving.require(Right.CREATE, cycle, actor)
    check_succession(cycle)
    saving.create_record(cycle, actor=actor, links=links, reason=reason, form_key=form_key)
    for phase in Phase:
        state = PhaseState(municipality=cycle.municipality, cycle=cycle, phase=phase, is_example=cycle.is_example)
        saving.create_record(state, actor=actor)
    if cycle.predecessor is None:
        add_template_steps(cycle=cycle, templates=valid_templates(cycle.span()), actor=actor)
    return cycle


def check_succession(cycle: PlanningCycle) -> None:
    """A cycle is carried on once, and not backwards in time; the years may overlap. Raises ValidationError."""
    if cycle.predecessor is None:
        return
    # The lock makes a second person wait who carries on the same cycle at the same moment.
    before = PlanningCycle.objects.select_for_update().get(pk=cycle.predecessor.pk)
    if before.municipality_id != cycle.municipality_id:
        raise ValidationError({"predecessor": "Wählen Sie einen Eintrag der eigenen Kommune."})
    if PlanningCycle.objects.filter(predecessor=before).exists():
        raise ValidationError({"predecessor": HAS_SUCCESSOR})
    errors = {}
    if cycle.first_year is not None and cycle.first_year <= before.first_year:
        errors["first_year"] = TOO_EARLY.format(year=before.first_year + 1)
    if cycle.last_year is not None and cycle.last_year < before.last_year:
        errors["last_year"] = ENDS_EARLIER.format(year=before.last_year)
    if errors:
        raise ValidationError(errors)


@transaction.atomic
def continue_cycle(
    *,
    cycle: PlanningCycle,
    title: str,
    first_year: int,
    last_year: int,
    actor: User | None,
    without: Collection[str] = (),
) -> PlanningCycle:
    """The Fortschreibung: a new cycle with copies of what is still open (planning.queries.open_content).

    Copies name what they were taken from (``predecessor``); links between planning content lead to the copies, and end
    where their target is not carried over. Of quality criteria the target values of the new years come along. Findings
    follow by participation.domain.cycle. ``without`` as in carry_over. Raises PermissionDenied, ValidationError.
    """
    new = start_cycle(
        municipality=cycle.municipality,
        title=title,
        first_year=first_year,
        last_year=last_year,
        actor=actor,
        predecessor=cycle,
    )
    carry_over(cycle, new, actor=actor, without=without)
    return new


@transaction.atomic
def carry_over(cycle: PlanningCycle, new: PlanningCycle, *, actor: User | None, without: Collection[str] = ()) -> None:
    """Copy what is open into a cycle that has nothing yet; ``without`` names models that stay behind (``need``).

    Raises PermissionDenied, ValidationError.
    """
    content = open_content(cycle, without)
    copier = Copier(new, actor=actor, reason=f"Fortschreibung von „{cycle}“")
    levels = list(GoalLevel.values)
    copier.copy_open(content.needs, {NeedState.COVERED}, state=NeedState.CONFIRMED)
    copier.copy_all(content.swot_entries)
    copier.copy_all(content.family_concepts)
    copier.copy_all(content.mission_statements)
    copier.copy_all(sorted(content.goals, key=lambda goal: levels.index(goal.level)))
    planned = {"state": MeasureState.PLANNED, "not_done_reason": "", "begin": None, "end": None}
    copier.copy_open(content.measures, {*CLOSED_MEASURES}, **planned)
    copier.copy_all(content.milestones)
    criteria = list(content.criteria)
    copier.copy_all(criteria)
    for criterion in criteria:
        for value in criterion.values.all():
            if value.target is not None and value.year >= new.first_year:
                copier.copy(value, actual=None, comment="")
    copier.copy_all(content.steps)


class Copier:
    """Copies records into a cycle and remembers what became of what, so that later copies point to earlier ones."""

    def __init__(self, cycle: PlanningCycle, *, actor: User | None, reason: str) -> None:
        self.cycle, self.actor, self.reason = cycle, actor, reason
        self.copies: dict[tuple[type[models.Model], int], Record] = {}

    def copy_all(self, records: Any) -> None:
        """Copy one after the other."""
        for record in records:
            self.copy(record)

    def copy_open(self, records: Any, closed: set[str], **anew: Any) -> None:
        """The same, but what is closed and goes on all the same by a decision begins anew, when nobody has said yet."""
        for record in records:
            self.copy(record, **(anew if record.state in closed else {}))

    def copy(self, record: Record, **changes: Any) -> Record:
        """Store a copy with its links; ``changes`` are values that differ."""
        model = type(record)
        columns = [field for field in model._meta.concrete_fields if field.name not in OWN_COLUMNS]
        values: dict[str, Any] = {field.attname: self._value(field, record) for field in columns}
        if issubclass(model, CycleRecord):
            values["cycle"] = self.cycle
        if any(field.name == "predecessor" for field in model._meta.fields):
            values["predecessor"] = record
        links = {field.name: self._targets(getattr(record, field.name).all()) for field in model.link_fields()}
        copy = saving.create_record(
            model(**values | changes), actor=self.actor, links=links, reason=self.reason, as_it_was=True
        )
        self.copies[model, record.pk] = copy
        return copy

    def _value(self, field: models.Field, record: Record) -> Any:
        """The key of the copy where the column points to a copied record, that of what follows an ended entry, else
        the value as it stands."""
        value = getattr(record, field.attname)
        if isinstance(field, models.ForeignKey) and value is not None and issubclass(field.related_model, Succeeded):
            return self._followed(getattr(record, field.name)).pk
        copy = self.copies.get((field.related_model, value)) if isinstance(field, models.ForeignKey) else None
        return copy.pk if copy is not None else value

    def _targets(self, targets: Any) -> list[models.Model]:
        """Copies instead of planning content of the old cycle; what was not carried over is left out."""
        found: list[models.Model] = []
        for target in targets:
            copy = self.copies.get((type(target), target.pk))
            if copy is not None:
                found.append(copy)
            elif not isinstance(target, CycleRecord):
                found.append(self._followed(target))
        return list(dict.fromkeys(found))

    def _followed(self, target: Any) -> Any:
        """What holds in the new cycle in the place of an entry of a catalogue; without a successor the entry stays."""
        span = self.cycle.span()
        return in_force(target, span) if isinstance(target, Succeeded) else target
