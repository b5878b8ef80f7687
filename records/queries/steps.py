"""The steps that a record has taken."""

from typing import Any

from django.db.models import QuerySet

from records.models import MunicipalRecord, StepRow


def steps_of(model: type[StepRow], owner: str, record: MunicipalRecord) -> QuerySet[Any]:
    """The newest first; ``owner`` names the relation of the steps to their record."""
    return model._default_manager.filter(**{owner: record}).order_by("-number")
