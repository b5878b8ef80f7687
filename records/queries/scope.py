"""Rows that a municipality may choose from, whatever their kind."""

from typing import Any

from django.db import models

from accounts.models import Municipality
from records.models.base import MunicipalRecord, Record
from records.queries.prepared import Parameter


def rows_in_scope(model: Any, municipality: Municipality | Parameter | None) -> models.QuerySet[Any]:
    """Rows of the municipality; rows of the programme are open to all."""
    rows: models.QuerySet[Any] = model._default_manager.all()
    if issubclass(model, Record):
        rows = rows.select_related(*model.str_related)
    if issubclass(model, MunicipalRecord):
        return rows.filter(municipality=municipality)
    return rows
