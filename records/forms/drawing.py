"""The usual widgets, written in one go: a form has thirty, and a template each costs ten times as much.

Other widgets keep their templates. What stands around a widget: records.templatetags.fields.
"""

from collections.abc import Callable
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.utils.safestring import mark_safe

from records.templatetags.choices import option_tags, tick_tags
from records.templatetags.tables import escaped

Widget = dict[str, Any]
BY_US = frozenset({"step", "min", "max"})  # of numbers, which are text fields
INPUT, SELECT, TICK = (f' class="{name}"' for name in ("kern-form-input__input", "kern-form-input__select", "ck"))


class FieldRenderer(TemplatesSetting):
    """Django's renderer, which asks here first."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """The HTML of a widget."""
        write = WRITERS.get(template_name)
        return mark_safe(write(context["widget"])) if write else super().render(template_name, context, request)


def attributes(widget: Widget, without: frozenset[str] = frozenset()) -> str:
    """Further attributes; those that are False are left out, those that are True have no value."""
    return "".join(
        f" {name}" if value is True else f' {name}="{escaped(value)}"'
        for name, value in widget["attrs"].items()
        if value is not False and name not in without
    )


def valued(widget: Widget) -> str:
    """The value, where there is one."""
    return "" if widget["value"] is None else f' value="{escaped(widget["value"])}"'


def classed(widget: Widget, usual: str = INPUT) -> str:
    """The usual class, unless the field has one of its own."""
    return "" if widget["attrs"].get("class") else usual


def text(widget: Widget) -> str:
    """One line."""
    kind, name = escaped(widget["type"]), escaped(widget["name"])
    return f'<input type="{kind}" name="{name}"{classed(widget)}{valued(widget)}{attributes(widget)}>'


def hidden(widget: Widget) -> str:
    """A value that nobody sees."""
    return f'<input type="hidden" name="{escaped(widget["name"])}"{valued(widget)}{attributes(widget)}>'


def number(widget: Widget) -> str:
    """A text field on purpose: browsers throw away what is no number, and nothing typed may be lost."""
    head = f'<input type="text" inputmode="decimal"{INPUT} name="{escaped(widget["name"])}"'
    return f"{head}{valued(widget)}{attributes(widget, BY_US)}>"


def checkbox(widget: Widget) -> str:
    """A tick."""
    head = f'<input type="checkbox"{classed(widget, TICK)} name="{escaped(widget["name"])}"'
    return f"{head}{valued(widget)}{attributes(widget)}>"


def textarea(widget: Widget) -> str:
    """Several lines; browsers drop the first line break."""
    head = f'<textarea name="{escaped(widget["name"])}"{classed(widget)}{attributes(widget)}>'
    return f"{head}\n{escaped(widget['value'] or '')}</textarea>"


def select(widget: Widget) -> str:
    """One of several."""
    head = f'<select{classed(widget, SELECT)} name="{escaped(widget["name"])}"{attributes(widget)}>'
    return f'<div class="kern-form-input__select-wrapper">{head}{option_tags(widget["optgroups"])}</select></div>'


def ticks(widget: Widget) -> str:
    """Several of several."""
    none = '<p class="none">Noch nichts zur Auswahl.</p>'
    return f'<div class="checks">{tick_tags(widget["optgroups"]) or none}</div>'


def radios(widget: Widget) -> str:
    """One of few."""
    return f'<div class="choices">{tick_tags(widget["optgroups"])}</div>'


LINES = ("text", "email", "url", "tel", "search", "password", "date", "time", "datetime", "color")
WRITERS: dict[str, Callable[[Widget], str]] = {
    f"django/forms/widgets/{name}.html": write
    for name, write in {
        **dict.fromkeys(LINES, text),
        "hidden": hidden,
        "number": number,
        "checkbox": checkbox,
        "textarea": textarea,
        "select": select,
        "checkbox_select": ticks,
        "radio": radios,
    }.items()
}
