"""Layout of record forms: groups with legend and help, and rows of two fields (crispy layout objects)."""

from typing import Any

from crispy_forms.layout import LayoutObject
from crispy_forms.utils import TEMPLATE_PACK
from django.template.loader import render_to_string
from django.utils.safestring import SafeString


class FieldGroup(LayoutObject):  # type: ignore[misc]
    """Fields under one legend; the help stands beside the legend, not at a field."""

    template = "%s/layout/field_group.html"

    def __init__(self, legend: str, help_text: str, *fields: Any) -> None:
        self.legend = legend
        self.help_text = help_text
        self.fields = list(fields)

    def render(self, form: Any, context: Any, template_pack: Any = TEMPLATE_PACK, **kwargs: Any) -> SafeString:
        fields = self.get_rendered_fields(form, context, template_pack, **kwargs)
        values = {"legend": self.legend, "help_text": self.help_text, "fields": fields}
        return render_to_string(self.get_template_name(template_pack), values)


class Two(LayoutObject):  # type: ignore[misc]
    """Two fields in one row; one below the other on phones."""

    template = "%s/layout/two.html"

    def __init__(self, *fields: Any) -> None:
        self.fields = list(fields)

    def render(self, form: Any, context: Any, template_pack: Any = TEMPLATE_PACK, **kwargs: Any) -> SafeString:
        fields = self.get_rendered_fields(form, context, template_pack, **kwargs)
        return render_to_string(self.get_template_name(template_pack), {"fields": fields})
