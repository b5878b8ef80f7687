"""Options of selects and lists of ticks, in one go: forms offer hundreds of records and template loops are slow."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from records.parts import Option
from records.templatetags.tables import escaped

register = template.Library()

OPTION = '<option value="{}"{}>{}</option>'
BOX = '<label class="choice"><input class="ck" type="checkbox" name="{}" value="{}"{}> <span>{}</span></label>'
TICK = (
    '<label class="choice" for="{id}"><input type="{type}" class="ck" name="{name}" value="{value}" id="{id}"{state}>'
    "<span>{label}</span></label>"
)


def state(option: dict[str, Any], word: str) -> str:
    """The boolean attributes of an option."""
    chosen = f" {word}" if option["selected"] else ""
    return chosen + (" disabled" if option["attrs"].get("disabled") else "")


def grouped(groups: Iterable[Any], head: str, foot: str, render: Any) -> SafeString:
    """All options of Django's option groups, with the group's name around or above them."""
    parts: list[str] = []
    for name, options, _ in groups:
        parts += [format_html(head, name)] if name else []
        parts += [render(option) for option in options]
        parts += [foot] if name else []
    return mark_safe("".join(parts))


@register.filter
def option_tags(groups: Iterable[Any]) -> SafeString:
    """The ``<option>`` elements of a select widget's option groups."""
    return grouped(
        groups,
        '<optgroup label="{}">',
        "</optgroup>",
        lambda option: OPTION.format(escaped(option["value"]), state(option, "selected"), escaped(option["label"])),
    )


@register.filter
def tick_tags(groups: Iterable[Any]) -> SafeString:
    """Labelled check boxes or radio buttons of a widget's option groups."""

    def tick(option: dict[str, Any]) -> str:
        return TICK.format(
            id=escaped(option["attrs"].get("id", "")),
            type=escaped(option["type"]),
            name=escaped(option["name"]),
            value=escaped(option["value"]),
            state=state(option, "checked"),
            label=escaped(option["label"]),
        )

    return grouped(groups, '<p class="choices-head">{}</p>', "", tick)


@register.filter
def choose(pairs: Iterable[tuple[str, str]], chosen: Any) -> SafeString:
    """The ``<option>`` elements of value and label pairs, one of them chosen."""
    return mark_safe(
        "".join(
            OPTION.format(escaped(value), " selected" if str(value) == str(chosen) else "", escaped(label))
            for value, label in pairs
        )
    )


@register.filter
def chosen_option(options: Iterable[Option], chosen: str) -> SafeString:
    """The ``<option>`` elements of a cell, one of them chosen."""
    return choose(((option.value, option.label) for option in options), chosen)


@register.filter
def ticks(options: Iterable[Option], name: str) -> SafeString:
    """Labelled check boxes of one name."""
    return mark_safe(
        "".join(
            BOX.format(
                escaped(name), escaped(option.value), " checked" if option.selected else "", escaped(option.label)
            )
            for option in options
        )
    )


@register.filter
def filter_options(options: Iterable[Option]) -> SafeString:
    """The ``<option>`` elements of a filter."""
    return mark_safe(
        "".join(
            OPTION.format(escaped(option.value), " selected" if option.selected else "", escaped(option.label))
            for option in options
        )
    )
