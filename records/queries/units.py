"""What numbers are counted in, read from the records that say it."""

from collections.abc import Iterable
from typing import Any


def units_of(target: Any, column: str, pks: Iterable[int]) -> dict[int, str]:
    """By key; the keys come from rows that were reached through the gates (one query)."""
    return {
        pk: str(unit or "") for pk, unit in target._default_manager.filter(pk__in=list(pks)).values_list("pk", column)
    }
