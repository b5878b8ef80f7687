"""Measures made from a goal in one step, with the Träger and Zielgruppen that they name."""

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import User
from planning.enums import ProviderKind
from planning.models import Goal, Measure, Provider, TargetGroup
from planning.queries.goals import heritage_of
from records.domain.batches import Recorder, record_batch
from records.models import Batch, held
from records.queries.names import find_by_titles, name_key


@dataclass(frozen=True)
class TypedNames:
    """Träger and Zielgruppen by name; those that are not in the inventory yet are created."""

    provider: str = ""
    provider_kind: str = ProviderKind.INDEPENDENT
    target_groups: tuple[str, ...] = ()


def create_measure_for(
    *,
    goal: Goal,
    measure: Measure,
    target_groups: Iterable[TargetGroup],
    names: TypedNames,
    actor: User,
    form_key: str = "",
) -> tuple[Measure, Batch]:
    """Store a measure of the goal's cycle that serves the goal and takes over its needs, and what these concern.

    Raises PermissionDenied, ValidationError, DuplicateSubmission.
    """
    heritage = heritage_of(goal)
    measure.cycle = goal.cycle
    with record_batch(municipality=goal.municipality, actor=actor, summary="", form_key=form_key) as batch:
        if names.provider:
            measure.provider = provider_named(goal, names, batch)
        links = {
            "goals": [goal],
            "needs": heritage.needs,
            "life_phases": held(heritage.life_phases, measure.span()),
            "regions": heritage.regions,
            "target_groups": [*target_groups, *groups_named(goal, names, batch)],
        }
        batch.create(
            measure, links={name: list({row.pk: row for row in rows}.values()) for name, rows in links.items()}
        )
        batch.summary = f"Maßnahme „{measure}“ angelegt"
    assert batch.batch is not None
    return measure, batch.batch


def provider_named(goal: Goal, names: TypedNames, batch: Recorder) -> Provider:
    """The Träger of that name, found or new."""
    found = find_by_titles(Provider, goal.municipality, [names.provider])
    known = found.get(name_key(names.provider))
    return known or batch.create(Provider(title=names.provider, kind=names.provider_kind))


def groups_named(goal: Goal, names: TypedNames, batch: Recorder) -> list[TargetGroup]:
    """The Zielgruppen of these names, found or new, each once."""
    wanted = {name_key(name): name for name in reversed(names.target_groups)}
    found = find_by_titles(TargetGroup, goal.municipality, list(names.target_groups))
    return [
        found[key] if key in found else batch.create(TargetGroup(title=wanted[key]))
        for key in dict.fromkeys(name_key(name) for name in names.target_groups)
    ]
