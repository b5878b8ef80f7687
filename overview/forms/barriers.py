"""Forms for reporting a barrier and for answering it."""

import uuid
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from accounts.forms.session import REQUIRED
from overview.models import BarrierReport
from records.forms.long_text import LongText, ReadsTexts


class _BarrierForm(ReadsTexts, forms.ModelForm):
    """Common look and sentences."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = REQUIRED
            field.optional_note = not field.required  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


class BarrierReportForm(_BarrierForm):
    """Open to everybody, without log-in."""

    form_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=36)

    class Meta:
        model = BarrierReport
        fields = ["page", "description", "contact"]
        widgets = {"description": LongText(attrs={"rows": 6})}
        help_texts = {
            "page": "Adresse oder Name der Seite oder des Dokuments.",
            "description": "Zum Beispiel: „Die Karte lässt sich mit der Tastatur nicht verlassen.“ "
            "Nennen Sie, wenn Sie mögen, Browser und Hilfsmittel.",
            "contact": "E-Mail-Adresse oder Telefonnummer, wenn Sie eine Antwort wünschen. "
            "Wir löschen sie, sobald wir geantwortet haben.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["form_key"] = str(uuid.uuid4())


class BarrierAnswerForm(_BarrierForm):
    """State and note of the administration."""

    class Meta:
        model = BarrierReport
        fields = ["state", "note"]
        widgets = {"note": LongText(attrs={"rows": 4})}
        help_texts = {
            "state": "Mit „beantwortet“ werden die Kontaktangaben gelöscht.",
            "note": "Was geantwortet und was geändert wurde.",
        }
