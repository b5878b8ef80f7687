"""The ways of the navigation, written in one go: fifty of them stand on every page."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString, mark_safe

from accounts.addresses import address
from lsz_portal.navigation import NavLink, NavPhase
from records.templatetags.tables import escaped

register = template.Library()

PHASE = (
    '<li><a href="{}"{}><span class="n">{}</span><span>{}</span> <svg class="i g glyph{}" role="img" aria-label="{}">'
    '<use href="{}#i-{}"></use></svg></a>{}</li>'
)


@register.simple_tag
def way(route: str) -> str:
    """The address of a page that takes nothing, as ``url`` gives it, worked out once."""
    return address(route)


@register.simple_tag
def nav_phases(phases: Iterable[NavPhase], path: str, icons: str) -> SafeString:
    """The phases with their states; the open one with its kinds of records."""
    parts = []
    for phase in phases:
        current = ' aria-current="page"' if phase.url == path else ""
        off = " off" if phase.code in ("rest", "none") else ""
        state = (escaped(phase.state_label), escaped(icons), escaped(phase.code))
        items = nav_links(phase.items) if phase.items else ""
        parts.append(PHASE.format(escaped(phase.url), current, phase.number, escaped(phase.label), off, *state, items))
    return mark_safe(f"<ul>{''.join(parts)}</ul>")


@register.filter
def nav_links(links: Iterable[NavLink]) -> SafeString:
    """A list of ways; the current page is told, and the number of records where it is known."""
    parts = []
    for link in links:
        current = ' aria-current="page"' if link.current else ""
        count = f'<span class="c">{link.count}</span>' if link.count else ""
        parts.append(f'<li><a href="{escaped(link.url)}"{current}>{escaped(link.label)} {count}</a></li>')
    return mark_safe(f"<ul>{''.join(parts)}</ul>")
