"""The form of a step in a record's life: the fields and the text that belong to it, and the version that was seen."""

import uuid
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from accounts.access import Access
from records.forms.layout import FieldGroup
from records.forms.long_text import LongText, ReadsTexts
from records.forms.record import REQUIRED
from records.forms.step_fields import initial_values, step_fields
from records.life.table import WHY, Move
from records.models.columns import LONG_TEXT

TOO_LONG = "Kürzen Sie Ihren Text auf höchstens 20.000 Zeichen."
NOT_WHOLE = "Das Formular ist unvollständig angekommen. Öffnen Sie die Seite neu; Ihr Text bleibt hier stehen."


class LifeForm(ReadsTexts):
    """The layout that forms about a record's life share."""

    helper: FormHelper

    def lay_out(self, legend: str, hint: str, *names: str) -> None:
        """One group of fields, with the hidden ones before it."""
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout("version", "form_key", FieldGroup(legend, hint, *names))


class StepForm(LifeForm, forms.Form):
    """The fields of the record that belong to a step, and its text, where it takes one."""

    version = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": NOT_WHOLE, "invalid": NOT_WHOLE})
    form_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=36)
    note = forms.CharField(
        max_length=LONG_TEXT, widget=LongText(attrs={"rows": 6}), error_messages={"max_length": TOO_LONG}
    )

    def __init__(
        self,
        data: Any = None,
        *,
        record: Any,
        access: Access,
        label: str,
        move: Move,
        has_fields: bool = False,
        asks: bool = False,
        why: bool = False,
    ) -> None:
        """``why``: something is open that a written reason outweighs, so the text is demanded."""
        hidden = {"version": record.version, "form_key": str(uuid.uuid4())}
        super().__init__(data, initial=initial_values(record, move) | hidden)
        self.asked = step_fields(record, move, access) if has_fields else {}
        note = self.fields.pop("note")
        self.fields |= self.asked
        if move.asks and asks:
            note.label, note.required, note.help_text = move.asks, move.must_say or why, move.asks_for
            note.error_messages["required"] = WHY if why else REQUIRED
            note.optional_note = not note.required  # type: ignore[attr-defined]
            self.fields["note"] = note
        names = [name for name in self.fields if name not in hidden]
        self.lay_out(label, "Der Schritt wird mit Ihrem Namen und der Zeit festgehalten.", *names)

    def values(self) -> dict[str, Any]:
        """What was given for the fields of the record, as far as it can be read."""
        self.full_clean()
        return {name: self.cleaned_data[name] for name in self.asked if name in self.cleaned_data}
