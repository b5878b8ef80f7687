"""Who wrote what an edition is made of, by the history of the records; they do not release it (docs/product.md §5)."""

from collections import defaultdict
from datetime import UTC, datetime
from functools import cache

from django.apps import apps
from django.db import connection
from django.db.models import Q

from accounts.models import User
from planning.models.cycle import CycleRecord
from plans.enums import PlanAction
from plans.models import ChapterText, Plan, PlanEvent, PlanVersion
from records.models import MunicipalRecord
from records.queries.prepared import MUNICIPALITY, Parameter, Prepared
from records.queries.writers import written_by

BEFORE_ALL = datetime(1, 1, 2, tzinfo=UTC)  # where nothing was frozen yet, everything counts
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
    editions = PlanVersion.objects.filter(municipality=plan.municipality_id, plan__cycle=plan.cycle_id)
    last = dict(editions.order_by("frozen_at").values_list("plan", "frozen_at"))
    since, of_cycle = (
        connection.ops.adapt_datetimefield_value(moment or BEFORE_ALL)
        for moment in (last.get(plan.pk), max(last.values(), default=None))
    )
    values = {"plan": plan.pk, "cycle": plan.cycle_id, "since": since, "of_cycle": of_cycle}
    found: dict[int, set[str]] = defaultdict(set)
    for person, what in written().run(plan.municipality, **values):
        found[person].add(what)
    proposed = PlanEvent.objects.filter(plan=plan, edition=plan.edition, action=PlanAction.PROPOSE)
    for (person,) in proposed.filter(actor__isnull=False).values_list("actor"):
        found[person].add("zur Freigabe gegeben")
    return {person: sorted(what) for person, what in found.items()}


@cache
def written() -> Prepared:
    """Person and kind of what was written, for every kind."""
    plan, since, of_cycle = Parameter("plan"), Parameter("since"), Parameter("of_cycle")
    frame = (written_by(Plan, Q(id=plan), since), written_by(ChapterText, Q(plan=plan), since))
    here, in_cycle = Q(municipality=MUNICIPALITY), Q(municipality=MUNICIPALITY, cycle=Parameter("cycle"))
    records = (
        written_by(model, in_cycle if issubclass(model, CycleRecord) else here, of_cycle) for model in record_models()
    )
    return Prepared.union(Prepared.of(rows) for rows in (*frame, *records))


def in_words(writers: dict[int, list[str]]) -> str:
    """„Planung Kyffhäuserkreis (Bedarfe, Maßnahmen); Leitung Kyffhäuserkreis (Kapiteltexte)“, by function."""
    people = User.objects.filter(pk__in=writers).order_by("username")
    return "; ".join(f"{person} ({', '.join(writers[person.pk])})" for person in people)
