"""The addresses of the portal as the URL configuration has them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Route:
    """One address: ``planning:need-list``, its pattern and its view."""

    name: str
    pattern: str
    view: Callable[..., Any]

    @property
    def is_public(self) -> bool:
        """True where Django lets everybody in without log-in."""
        return getattr(self.view, "login_required", True) is False


@cache
def routes() -> tuple[Route, ...]:
    """Every address of the portal."""
    return tuple(routes_in(get_resolver().url_patterns))


def routes_in(patterns: list[Any], prefix: str = "", namespace: str = "") -> Iterator[Route]:
    """Those of these patterns, nested ones too."""
    for entry in patterns:
        if isinstance(entry, URLResolver):
            inside = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from routes_in(entry.url_patterns, f"{prefix}{entry.pattern}", inside)
        elif isinstance(entry, URLPattern):
            yield Route(f"{namespace}{entry.name}", f"{prefix}{entry.pattern}", entry.callback)
