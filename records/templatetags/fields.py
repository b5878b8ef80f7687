"""A field of a form for the template pack of crispy-forms (templates/kern/field.html), written in one go."""

from collections.abc import Iterator
from typing import Any

from django import template
from django.forms import BaseForm
from django.utils.safestring import SafeString, mark_safe

from records.templatetags.tables import escaped

register = template.Library()

NOTE = ' <span class="kern-label__optional">– {}</span>'
ERROR = (
    '<p class="kern-error"{}><span class="kern-icon kern-icon--danger" aria-hidden="true"></span>'
    '<span class="kern-body">{}</span></p>'
)
CREATE = (
    '<div class="withbtn">{}<button type="submit" class="addbtn" name="_create_related" value="{}" formnovalidate>'
    '<span class="kern-icon kern-icon--add kern-icon--small" aria-hidden="true"></span>{}</button></div>'
)


@register.simple_tag
def error_links(*groups: Any) -> SafeString:
    """What is wrong in forms, or in lists of them, each sentence as a link to its field."""
    told = "".join(
        f'<li><a href="#{escaped(target)}">{escaped(text)}</a></li>' if target else f"<li>{escaped(text)}</li>"
        for group in groups
        for target, text in faults_in(group)
    )
    return mark_safe(f'<ul class="sum">{told}</ul>')


def faults_in(group: Any) -> Iterator[tuple[str, str]]:
    """Id of the control and sentence; of what belongs to no field the sentence alone."""
    if isinstance(group, BaseForm):
        for name, sentences in group.errors.items():
            field = group[name] if name in group.fields else None
            label = field.field.widget.attrs.get("aria-label") or field.label if field else ""
            yield from ((field.auto_id, f"{label}: {said}") if field else ("", str(said)) for said in sentences)
        return
    yield from (("", str(said)) for said in getattr(group, "non_form_errors", list)())
    row = getattr(group, "row_name", "Zeile")
    for number, form in enumerate(group, 1):
        yield from ((target, f"{row} {number}, {said}") for target, said in faults_in(form))


@register.filter
def field_html(field: Any) -> SafeString:
    """A field with label, help and errors; ids as Django's aria-describedby expects them."""
    if field.is_hidden:
        return mark_safe(str(field))
    errors, help_text, ident = field.errors, field.help_text, escaped(field.auto_id)
    style, only = "field field--error" if errors else "field", only_in(field.field)
    label = escaped(field.label) + duty(field.field)
    hint = f'<div class="kern-hint" id="{ident}_helptext">{help_text}</div>' if help_text else ""
    told = "".join(
        ERROR.format("" if place else f' id="{ident}_error"', escaped(error)) for place, error in enumerate(errors)
    )
    if field.use_fieldset:
        ids = [f"{ident}_helptext "] * bool(help_text) + [f"{ident}_error"] * bool(errors)
        described = f' aria-describedby="{"".join(ids)}"' if ids else ""
        head = f'<fieldset class="{style}" id="{ident}" tabindex="-1"{only}{described}><legend>{label}</legend>'
        return mark_safe(f"{head}{hint}{body_of(field)}{told}</fieldset>")
    if field.widget_type == "checkbox":
        box = f'<label class="choice" for="{ident}">{field}<span>{escaped(field.label)}</span></label>'
        return mark_safe(f'<div class="{style}"{only}>{box}{hint}{told}</div>')
    named = f'<label class="kern-label" for="{escaped(field.id_for_label)}">{label}</label>'
    return mark_safe(f'<div class="{style}"{only}>{named}{hint}{body_of(field)}{told}</div>')


def duty(form_field: Any) -> str:
    """Whether the field may stay empty, or when it must not, behind its name."""
    optional = "optional" if getattr(form_field, "optional_note", False) else ""
    said = getattr(form_field, "needed_when", "") or optional
    return NOTE.format(escaped(said)) if said else ""


def only_in(form_field: Any) -> str:
    """The values of another field with which this one says something, for the script of the form."""
    limit = getattr(form_field, "belongs_to", None)
    if not limit:
        return ""
    return f' data-only="{escaped(limit.field)}" data-values="{" ".join(map(escaped, sorted(limit.values)))}"'


def body_of(field: Any) -> str:
    """The widget, with the button that begins a record to choose."""
    create = getattr(field.field, "create_label", "")
    return CREATE.format(field, escaped(field.html_name), escaped(create)) if create else str(field)
