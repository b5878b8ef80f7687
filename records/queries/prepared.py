"""Prepared queries, as the rooms above know them; roles are read with them too (accounts.queries.prepared)."""

from accounts.queries.prepared import MUNICIPALITY, USER, Parameter, Prepared, PreparedRows, in_places, keys_of

__all__ = ["MUNICIPALITY", "USER", "Parameter", "Prepared", "PreparedRows", "in_places", "keys_of"]
