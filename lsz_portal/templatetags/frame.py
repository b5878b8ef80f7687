"""The ways of the navigation, written in one go: forty of them stand on every page."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString, mark_safe

from lsz_portal.navigation import NavLink
from records.templatetags.tables import escaped

register = template.Library()


@register.filter
def nav_links(links: Iterable[NavLink]) -> SafeString:
    """A list of ways; the current page is told, and the number of records where it is known."""
    parts = []
    for link in links:
        current = ' aria-current="page"' if link.current else ""
        count = f'<span class="c">{link.count}</span>' if link.count else ""
        parts.append(f'<li><a href="{escaped(link.url)}"{current}>{escaped(link.label)} {count}</a></li>')
    return mark_safe(f"<ul>{''.join(parts)}</ul>")
