"""What documents besides the plan need in addition to the tags of ``plan_document``."""

from django import template
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from reporting.documents.frame import for_head
from reporting.documents.numbering import DocumentNumbering

register = template.Library()


@register.simple_tag(takes_context=True)
def kapitel(context: Context, title: str) -> SafeString:
    """A chapter's heading inside ``<section class="kap">``: on a page of its own, listed in the contents."""
    numbers: DocumentNumbering = context["nummern"]
    entry = numbers.chapter(title)
    return format_html(
        '<h1 id="{}" data-kurz="{}  {}" data-bm="{} {}"><span class="nr">{}</span> {}</h1>',
        entry.anchor,
        entry.number,
        for_head(title),
        entry.number,
        title,
        entry.number,
        title,
    )
