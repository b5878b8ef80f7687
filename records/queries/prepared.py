"""Queries compiled once per process and run for one municipality after another.

Unions over many tables cost more time to compile than to run; navigation, filter bars and the red thread need one on
every page. The query is built for a stand-in key, which is exchanged for the municipality's when it runs.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import connection
from django.db.models import QuerySet

STAND_IN = -987_654_321  # no municipality has this key

Built = QuerySet[Any] | None
_compiled: dict[tuple[str, Any], tuple[str, tuple[Any, ...]] | None] = {}


def prepared_rows(
    key: Any,
    build: Callable[[int], Built],
    municipality_pk: int | None,
    texts: Mapping[str, str] | None = None,
) -> list[tuple[Any, ...]]:
    """Rows of the query that ``build`` makes for a municipality's key; ``key`` names it in the process.

    The query must not depend on anything but the key (no dates of today). A ``build`` that returns None has no rows.
    ``texts`` exchanges parameters which are stand-ins too, such as the patterns of a search.
    """
    exchanged: Mapping[Any, Any] = {STAND_IN: municipality_pk, **(texts or {})}
    name = (connection.vendor, key)
    if name not in _compiled:
        query = build(STAND_IN)
        _compiled[name] = None if query is None else query.query.sql_with_params()
    compiled = _compiled[name]
    if compiled is None:
        return []
    sql, params = compiled
    with connection.cursor() as cursor:
        cursor.execute(sql, [exchanged.get(param, param) for param in params])
        return cursor.fetchall()
