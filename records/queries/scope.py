"""Rows that a person may see in a municipality, whatever their kind: gate 2 for lists, choices and prepared queries."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models

from accounts.access import Access
from accounts.models import Municipality
from accounts.policies import Grants, Right, opened
from records.models.base import MunicipalRecord, ProgrammeRecord, Record
from records.queries.prepared import MUNICIPALITY, USER, Parameter

Place = Municipality | Parameter | None
UNSEEN = "Eintrag, den Sie nicht sehen"


@dataclass(frozen=True)
class Sight:
    """What a person sees of the models that not every reader sees whole; of all others, every row.

    A value without the person in it, so that a prepared query can be kept by it: whoever has the same grants gets the
    same statement, with the own key as a Parameter.
    """

    limits: tuple[tuple[type[Record], Grants], ...] = ()

    def of(self, rows: models.QuerySet[Any], user: Any) -> models.QuerySet[Any]:
        """The rows of a model that are seen; ``user`` is the person's key, or the Parameter for it."""
        for model, grants in self.limits:
            if rows.model is model:
                return rows.filter(opened(grants, user))
        return rows


@cache
def models_seen_in_part() -> tuple[type[Record], ...]:
    """Models whose rows not everybody sees who may open the pages of their place."""
    usual = {True: MunicipalRecord.policy.see, False: ProgrammeRecord.policy.see}
    records = [model for model in apps.get_models() if issubclass(model, Record)]
    return tuple(model for model in records if model.policy.see != usual[issubclass(model, MunicipalRecord)])


def sight_of(access: Access | None, municipality: Municipality | None) -> Sight:
    """What the person sees there today; without a person (documents, jobs) what every reader sees."""
    if access is None:
        return Sight(tuple((model, ()) for model in models_seen_in_part()))
    limited = ((model, model.policy.held(Right.SEE, access, municipality)) for model in models_seen_in_part())
    return Sight(tuple((model, held) for model, held in limited if not any(grant.is_whole for grant in held)))


def key_of(access: Access | None) -> int | None:
    """The person's key, for the Parameter of a prepared query."""
    return access.user.pk if access else None


def sees(access: Access | None, row: Any) -> bool:
    """Whether the person sees a row that was reached over a relation of another one."""
    if type(row) not in models_seen_in_part():
        return True
    return access is not None and row.policy.opens(Right.SEE, access, getattr(row, "municipality", None), row)


def label_seen(access: Access | None, row: Any) -> str:
    """How a row is called where it is named: by its label, or not at all."""
    return str(row) if sees(access, row) else UNSEEN


def rows_in_scope(model: Any, access: Access | None, municipality: Municipality | None) -> models.QuerySet[Any]:
    """Rows of the municipality that the person sees; rows of the programme are open to all."""
    return sight_of(access, municipality).of(rows_of_place(model, municipality), key_of(access))


def rows_in_sight(model: Any, sight: Sight) -> models.QuerySet[Any]:
    """The same for a prepared query, which learns of municipality and person when it runs."""
    return sight.of(rows_of_place(model, MUNICIPALITY), USER)


def rows_of_place(model: Any, municipality: Place) -> models.QuerySet[Any]:
    """Rows of the municipality, whoever sees them; rows of the programme belong to no place."""
    rows: models.QuerySet[Any] = model._default_manager.all()
    if issubclass(model, Record):
        rows = rows.select_related(*model.str_related)
    if issubclass(model, MunicipalRecord):
        return rows.filter(municipality=municipality)
    return rows
