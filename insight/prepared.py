"""Queries that are built once per process and then run with other values.

Building a union of eight selections costs Django 3 ms, running it 0.2 ms; pages that everybody opens every day use
finished statements. A placeholder in the queryset stands for what changes: ANY_PLACE for the municipality, or a value
of the caller's own. Rows come as the database gives them, without the conversions of model fields.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from accounts.models import Municipality

ANY_PLACE = -(2**62)  # no municipality has this key


@dataclass(frozen=True)
class Prepared:
    """SQL with its parameters; some of them are placeholders."""

    sql: str
    params: tuple[Any, ...]

    @classmethod
    def of(cls, rows: QuerySet[Any]) -> "Prepared":
        """The statement of a queryset that chooses its columns by values_list."""
        sql, params = rows.query.sql_with_params()
        return cls(sql, tuple(params))

    def run(self, municipality: Municipality, values: Mapping[Any, Any] | None = None) -> list[tuple[Any, ...]]:
        """The rows for this municipality, with the placeholders replaced by ``values`` (one query)."""
        replaced = {ANY_PLACE: municipality.pk, **(values or {})}
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [replaced.get(param, param) for param in self.params])
            return cursor.fetchall()


def anywhere() -> Municipality:
    """The municipality in a queryset that is to be prepared."""
    return Municipality(pk=ANY_PLACE)
