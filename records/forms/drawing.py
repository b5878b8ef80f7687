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
ASK = "Eingefügten Text gliedern"
# The Enter key in a line presses the first button of a form: it is to save, not to read a text.
BY_ENTER = '<button type="submit" class="default-submit" tabindex="-1" aria-hidden="true">Speichern</button>'
WRONG = '<p class="strong">Das wird anders gedruckt, als es gemeint ist:</p>'
READ_TEXT = (
    '<div class="note read-text" role="status"><p>Text gegliedert: {1}. Noch nicht gespeichert.</p>'
    '<div class="prose" tabindex="0" role="region" aria-label="So wird der Text aussehen">{3}</div>'
    '<textarea name="_vorher-{0}" hidden>\n{2}</textarea>'
    '<button type="submit" class="linkbtn" name="_zurueck" value="{0}" formnovalidate>'
    "Wieder wie eingefügt</button></div>"
)
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


def long_text(widget: Widget) -> str:
    """Several lines in markup, with the button that reads a pasted text, and below it what came of that."""
    name, read = escaped(widget["name"]), widget["read"]
    shown = ""
    if read and read.problem:
        shown = f'<div class="note warn" role="status"><p>{escaped(read.problem)} Noch nicht gespeichert.</p></div>'
    elif read:
        shown = READ_TEXT.format(name, escaped(read.note), escaped(widget["before"]), widget["preview"])
    wrong = "".join(f"<li>{escaped(fault)}</li>" for fault in widget["faults"])
    told = f'<div class="note warn">{WRONG}<ul class="bullets small">{wrong}</ul></div>' if wrong else ""
    asked = f'<button type="submit" class="linkbtn small" name="_gliedern" value="{name}" formnovalidate>{ASK}</button>'
    ways = f'<p class="long-ways">{BY_ENTER}{asked}</p>'
    body = f'{textarea(widget)}{ways}{shown}<div data-faults role="status">{told}</div>'
    return f'<div class="long-text" data-read="{escaped(widget["url"])}">{body}</div>'


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
    "records/widgets/long_text.html": long_text,
} | {
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
