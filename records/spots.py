"""Places of the portal that somebody can speak about: a record, a chapter; and what other rooms show at them.

A place is named by a key („need/12“, „plan/5/needs“). Rooms say how the keys of their own pages are found, and what
stands besides on the page of a place; whoever draws such a page asks here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from accounts.access import Access
from accounts.models import Municipality
from records.kind import RecordKind
from records.pages.rows import get_row
from records.registry import all_kinds
from records.text import whole_number


@dataclass(frozen=True)
class Spot:
    """A place: key, what it is called, its page."""

    key: str
    label: str
    url: str


@dataclass(frozen=True)
class Panel:
    """What a room shows at a place; the template gets ``data`` as ``panel``."""

    template: str
    data: Any


Finder = Callable[[Municipality, Access, list[str]], Spot | None]
Shown = Callable[[Spot, Municipality, Access], Panel | None]
_finders: dict[str, Finder] = {}
_shown: list[Shown] = []


def register_spots(word: str, finder: Finder) -> None:
    """Say how places are found whose key begins with the word; the finder gets the rest of the key in pieces."""
    _finders[word] = finder


def register_panel(shown: Shown) -> None:
    """Add what stands at every place; nothing where the function returns None."""
    _shown.append(shown)


def panels_at(spot: Spot, municipality: Municipality | None, access: Access) -> list[Panel]:
    """What stands at a place of a municipality."""
    if municipality is None:
        return []
    return [panel for shown in _shown if (panel := shown(spot, municipality, access))]


def spot_of(kind: RecordKind, municipality: Municipality | None, record: Any) -> Spot:
    """The place of a record."""
    return Spot(f"{kind.name}/{record.pk}", f"{kind.label} „{record}“", kind.url("detail", municipality, record.pk))


def find_spot(key: str, municipality: Municipality, access: Access) -> Spot | None:
    """The place with this key, where it exists in the municipality and the person sees it (one query)."""
    word, *rest = key.split("/")
    if word in _finders:
        return _finders[word](municipality, access, rest)
    kind = next((kind for kind in all_kinds() if kind.is_tenant and kind.name == word), None)
    pk = whole_number(rest[0]) if len(rest) == 1 else None
    if kind is None or pk is None:
        return None
    try:
        return spot_of(kind, municipality, get_row(kind, municipality, pk, access))
    except Http404:
        return None
