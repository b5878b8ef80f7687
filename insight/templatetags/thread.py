"""Nodes of the thread's drawing, written in one go: there are hundreds, and template loops cost ten times as much."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from insight.thread.drawing import NODE_HEIGHT, PADDING, Box, at

register = template.Library()

CURRENT = mark_safe(' aria-current="true"')
NOTE = mark_safe(' class="note"')
HERE = (
    '<rect class="net-here" x="{}" y="{}" width="38" height="16" rx="3" />'
    '<text class="net-here-word" x="{}" y="{}">hier</text>'
)


@register.filter
def unlocalized(value: float) -> str:
    """A coordinate with a point."""
    return at(value)


@register.filter
def net_node(box: Box) -> SafeString:
    """A node as a link with its full text; a gap that the person cannot mend is no link."""
    node = box.node
    lines = format_html_join(
        "",
        '<text{} x="{}" y="{}">{}</text>',
        ((NOTE if line.is_note else "", at(box.x + PADDING), line.y, line.text) for line in box.lines),
    )
    right = box.x + box.width - 46
    here = format_html(HERE, at(right), at(box.y - 10), at(right + 19), at(box.y + 2)) if node.is_here else ""
    tag, address = ("a", format_html('href="{}"', node.url)) if node.url else ("g", "")
    return format_html(
        '<{} {}{} class="net-node {}" data-n="{}" aria-label="{}"><title>{}</title>'
        '<rect x="{}" y="{}" width="{}" height="{}" rx="4" />{}{}</{}>',
        tag,
        address,
        CURRENT if node.is_here else "",
        box.classes,
        node.key,
        node.full,
        node.full,
        at(box.x),
        at(box.y),
        at(box.width),
        NODE_HEIGHT,
        lines,
        here,
        tag,
    )
