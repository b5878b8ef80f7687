"""The form of a step in a record's life: its text, and the version that was seen."""

import uuid
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from records.forms.layout import FieldGroup
from records.forms.record import REQUIRED
from records.life.table import WHY, Move
from records.models.columns import LONG_TEXT

TOO_LONG = "Kürzen Sie Ihren Text auf höchstens 20.000 Zeichen."
NOT_WHOLE = "Das Formular ist unvollständig angekommen. Öffnen Sie die Seite neu; Ihr Text bleibt hier stehen."


class LifeForm:
    """The layout that forms about a record's life share."""

    helper: FormHelper

    def lay_out(self, legend: str, hint: str, *names: str) -> None:
        """One group of fields, with the hidden ones before it."""
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout("version", "form_key", FieldGroup(legend, hint, *names))


class StepForm(LifeForm, forms.Form):
    """The text that belongs to a step, where it takes one."""

    version = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": NOT_WHOLE, "invalid": NOT_WHOLE})
    form_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=36)
    note = forms.CharField(
        max_length=LONG_TEXT, widget=forms.Textarea(attrs={"rows": 6}), error_messages={"max_length": TOO_LONG}
    )

    def __init__(
        self,
        data: Any = None,
        *,
        label: str,
        move: Move,
        version: int,
        asks: bool = True,
        why: bool = False,
        **options: Any,
    ) -> None:
        """``why``: something is open that a written reason outweighs, so the text is demanded."""
        super().__init__(data, initial={"version": version, "form_key": str(uuid.uuid4())}, **options)
        names = ["note"] if move.asks and asks else []
        if names:
            field = self.fields["note"]
            field.label, field.required, field.help_text = move.asks, move.must_say or why, move.asks_for
            field.error_messages["required"] = WHY if why else REQUIRED
            field.optional_note = not field.required  # type: ignore[attr-defined]
        else:
            del self.fields["note"]
        self.lay_out(label, "Der Schritt wird mit Ihrem Namen und der Zeit festgehalten.", *names)
