"""Queries that are built once per process and then run with other values.

Building a union of eight selections costs Django 3 ms, running it 0.2 ms; what everybody opens every day uses finished
statements. A Parameter in the queryset stands for what changes. Rows come as the database gives them, without the
conversions of model fields.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Expression, QuerySet

from accounts.models import Municipality


class Parameter(Expression):
    """Stands in a queryset for a value that comes when the query runs.

    It reaches the statement's parameters as itself, so no value of the database can be taken for it.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self,)


MUNICIPALITY = Parameter("municipality")
USER = Parameter("user")  # the key of the person who asks


@dataclass(frozen=True)
class Prepared:
    """SQL with its parameters, kept by whoever makes it (``functools.cache``).

    It must depend on nothing but Parameters and the kinds of records, which never change; not on today.
    """

    sql: str
    params: tuple[Any, ...]

    @classmethod
    def of(cls, rows: QuerySet[Any]) -> "Prepared":
        """The statement of a queryset that chooses its columns by values_list."""
        sql, params = rows.query.sql_with_params()
        return cls(sql, tuple(params))

    @classmethod
    def union(cls, parts: Iterable["Prepared"]) -> "Prepared":
        """The rows of all parts, which choose the same columns."""
        listed = list(parts)
        sql = " UNION ALL ".join(part.sql for part in listed)
        return cls(sql, tuple(param for part in listed for param in part.params))

    def bound(self, municipality: Municipality | None, **values: Any) -> "Prepared":
        """The same statement with its values, to be joined with others; not to be kept."""
        given = {MUNICIPALITY.name: municipality.pk if municipality else None, **values}
        params = (given[param.name] if isinstance(param, Parameter) else param for param in self.params)
        return Prepared(self.sql, tuple(params))

    def run(self, municipality: Municipality | None, **values: Any) -> list[tuple[Any, ...]]:
        """The rows for this municipality; other Parameters take the value of their name (one query)."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.bound(municipality, **values).params)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
