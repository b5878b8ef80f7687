"""Addresses of pages, worked out once: a page leads to fifty others, most of them from every page."""

from functools import lru_cache

from django.urls import get_script_prefix, reverse

KEPT = 4096


def address(route: str, *args: str | int) -> str:
    """The address of a route, as ``reverse`` gives it."""
    return _address(get_script_prefix(), route, args)


@lru_cache(KEPT)
def _address(prefix: str, route: str, args: tuple[str | int, ...]) -> str:
    return reverse(route, args=args)
