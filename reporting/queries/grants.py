"""A record of the Landeszuwendung with what its paper names."""

from typing import Any

from accounts.models import Municipality


def paper_row(model: Any, municipality: Municipality, pk: int, *joined: str) -> Any:
    """The record of this municipality, or None (one query)."""
    rows = model._default_manager.filter(municipality=municipality, pk=pk)
    return rows.select_related("municipality", *joined).first()
