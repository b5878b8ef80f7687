"""Who wrote what an edition is made of, by the history of the records; they do not release it (docs/product.md §5)."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet

from accounts.models import User
from planning.models.cycle import CycleRecord
from plans.enums import PlanAction
from plans.models import ChapterText, Plan, PlanEvent, PlanVersion
from records.models import MunicipalRecord
from records.queries.writers import written_by

FRAME = (Plan, ChapterText)  # what belongs to the plan itself


@cache
def record_models() -> tuple[type[MunicipalRecord], ...]:
    """Every kind of record of a municipality: any of them may stand in a plan, in its timeline or as a name."""
    found = [model for model in apps.get_models() if issubclass(model, MunicipalRecord) and model.in_dossier]
    return tuple(model for model in found if model not in FRAME)


def writers_of(plan: Plan) -> dict[int, list[str]]:
    """What each person wrote since the edition before was frozen, in words: kinds of records, texts (3 queries).

    Records count since the last edition of any plan of the cycle, for that one was made of them too.
    """
    parts = list(_written(plan))
    rows = parts[0].union(*parts[1:])
    found: dict[int, set[str]] = defaultdict(set)
    for person, what in rows:
        found[person].add(what)
    proposed = PlanEvent.objects.filter(plan=plan, edition=plan.edition, action=PlanAction.PROPOSE)
    for (person,) in proposed.filter(actor__isnull=False).values_list("actor"):
        found[person].add("zur Freigabe gegeben")
    return {person: sorted(what) for person, what in found.items()}


def _written(plan: Plan) -> Iterator[QuerySet[Any]]:
    """Person and kind of what was written, for each kind."""
    editions = PlanVersion.objects.filter(municipality=plan.municipality_id, plan__cycle=plan.cycle_id)
    last = dict(editions.order_by("frozen_at").values_list("plan", "frozen_at"))
    of_cycle = max(last.values(), default=None)
    yield written_by(Plan, Q(id=plan.pk), last.get(plan.pk))
    yield written_by(ChapterText, Q(plan=plan.pk), last.get(plan.pk))
    for model in record_models():
        of = Q(municipality=plan.municipality_id)
        yield written_by(model, of & Q(cycle=plan.cycle_id) if issubclass(model, CycleRecord) else of, of_cycle)


def in_words(writers: dict[int, list[str]]) -> str:
    """„Planung Kyffhäuserkreis (Bedarfe, Maßnahmen); Leitung Kyffhäuserkreis (Kapiteltexte)“, by function."""
    people = User.objects.filter(pk__in=writers).order_by("username")
    return "; ".join(f"{person} ({', '.join(writers[person.pk])})" for person in people)
