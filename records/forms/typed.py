"""What somebody typed in a form: shown again, compared with what is stored, and a stored value as if it were typed."""

from typing import Any

from django import forms
from django.http import QueryDict

from records.vague_form import VagueDateWidget, parts_of

TECHNICAL = frozenset({"version", "form_key"})


def show_typed(form: forms.BaseForm, typed: QueryDict) -> None:
    """Show raw fields as first values of an unbound form; files cannot be shown again."""
    for name, field in form.fields.items():
        prefixed = form.add_prefix(name)
        if isinstance(field, forms.FileField) or field.widget.value_omitted_from_data(typed, {}, prefixed):
            continue
        form.initial[name] = field.widget.value_from_datadict(typed, {}, prefixed)


def says_something_new(form: forms.BaseForm) -> bool:
    """Whether a bound form differs from what it was opened with; ends of lines and blanks around texts do not count.

    ``has_rows`` tells that something stands in rows beside the form (records.views.kept).
    """
    sent: Any = form.data
    plain = sent.copy()
    for name, values in sent.lists():
        plain.setlist(name, [value.replace("\r\n", "\n") for value in values])
    form.data = plain
    for name, value in form.initial.items():
        if isinstance(value, str):
            form.initial[name] = value.replace("\r\n", "\n").strip()
    return not TECHNICAL.issuperset(form.changed_data) or getattr(form, "has_rows", False)


def as_sent(form: forms.BaseForm, name: str) -> dict[str, list[str]]:
    """What a browser sends for an untouched field of an unbound form, by the names of its controls."""
    bound = form[name]
    value, widget, sent_name = bound.value(), bound.field.widget, bound.html_name
    if isinstance(widget, VagueDateWidget):
        return {f"{sent_name}_{part}": [text] for part, text in parts_of(value).items()}
    if isinstance(widget, forms.CheckboxInput):
        return {sent_name: ["on"] if value else []}
    if isinstance(widget, forms.FileInput):
        return {sent_name: []}
    shown = widget.format_value(value)
    return {sent_name: shown if isinstance(shown, list) else ["" if shown is None else str(shown)]}
