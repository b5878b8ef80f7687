"""Marked words of a comparison: ``del`` and ``ins``, on the screen also said."""

from collections.abc import Iterable
from datetime import date

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from plans.enums import ChangeKind
from plans.shapes import SAME, Comparison, Run
from printing.templatetags.papers import DASH, lang
from records.vague import VagueDate

register = template.Library()

SPOKEN = {"del": "gestrichen: ", "ins": "eingefügt: "}


@register.filter
def worte(runs: Iterable[Run], mode: str = "") -> SafeString:
    """The runs in a row. With mode „screen“ a screen reader says what is struck out and what is put in."""
    return mark_safe(" ".join(one(run, spoken=mode == "screen") for run in runs))  # built by format_html


def one(run: Run, *, spoken: bool) -> SafeString:
    """A run; line breaks stay."""
    text = format_html_join(mark_safe("<br>"), "{}", ((line,) for line in run.text.split("\n")))
    if run.kind == SAME or run.kind not in SPOKEN:
        return text
    said = format_html('<span class="kern-sr-only">{}</span>', SPOKEN[run.kind]) if spoken else ""
    return format_html("<{0}>{1}{2}</{0}>", mark_safe(run.kind), said, text)


@register.filter
def tag_lang(iso: str) -> str:
    """„31. Dezember 2018“ from an ISO date; nothing where there is none."""
    return lang(VagueDate(date.fromisoformat(iso))) if iso else ""


@register.filter
def zeichen(kind: str) -> str:
    """„+ neu“, „± geändert“, „− entfallen“; „–“ where a frozen comparison names no kind that is known."""
    if kind not in ChangeKind.values:
        return DASH
    kind = ChangeKind(kind)
    return f"{kind.sign} {kind.label}"


@register.filter
def aenderungen_titel(changes: Comparison) -> str:
    """The caption of the table."""
    return f"Änderungen gegenüber {changes.old_label}"


@register.filter
def wort(kind: str) -> str:
    """„neu“, „geändert“, „entfallen“."""
    return str(ChangeKind(kind).label)


@register.filter
def kante(kind: str) -> str:
    """The class of the edge that goes with the word."""
    return {"added": "add", "changed": "chg", "dropped": "del"}[kind]
