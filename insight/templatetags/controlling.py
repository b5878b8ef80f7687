"""Values and drawings of criteria on the pages of the controlling."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from records.display import with_unit

register = template.Library()


@register.filter
def wert(number: Decimal, unit: str) -> str:
    """„38 Familien“."""
    return with_unit(number, unit)


@register.simple_tag
def drawing_of(drawings: Mapping[int, SafeString], pk: int) -> SafeString:
    """The drawing of a criterion."""
    return drawings.get(pk, mark_safe(""))


@register.simple_tag
def subject_fields(form: Any, pk: int) -> dict[str, Any]:
    """The fields about a goal or need."""
    found: dict[str, Any] = form.fields_of(pk)
    return found
