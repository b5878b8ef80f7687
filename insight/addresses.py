"""Addresses of pages whose choice stands in the query."""

from django.http import QueryDict


def with_query(query: QueryDict, url: str, changes: dict[str, str | None]) -> str:
    """The address with some parameters changed; None removes one."""
    changed = query.copy()
    for name, value in changes.items():
        if value is None:
            changed.pop(name, None)
        else:
            changed[name] = value
    return f"{url}?{changed.urlencode()}" if changed else url
