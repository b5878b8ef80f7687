"""A form with every kind of field and every state, for „Gestaltung“; it is never sent."""

from typing import Any

from django import forms

from accounts.forms.session import REQUIRED
from records.vague_form import VagueDateFormField

WHOLE = "Geben Sie eine ganze Zahl ein, zum Beispiel 3."
TYPED = {
    "title": "Beratung ohne eigenes Auto erreichen",
    "description": "",
    "number": "drei",
    "field": "2",
    "fields_": ["1"],
    "urgency": "1",
    "shared": "on",
    "begin_precision": "Q",
    "begin_quarter": "2",
    "begin_year": "2017",
    "end_precision": "D",
    "end_day": "30.02.2018",
}
CHOICES = [("1", "Steuerung, Vernetzung"), ("2", "Vereinbarkeit, Mobilität"), ("3", "Bildung im familiären Umfeld")]


class SampleForm(forms.Form):
    """Filled, so that errors stand where they belong."""

    title = forms.CharField(label="Titel", help_text="Ein Satz genügt.", max_length=200)
    missing = forms.CharField(label="Begründung", error_messages={"required": REQUIRED})
    description = forms.CharField(label="Beschreibung", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    number = forms.IntegerField(label="Anzahl", error_messages={"invalid": WHOLE})
    field = forms.ChoiceField(label="Handlungsfeld", choices=CHOICES)
    fields_ = forms.MultipleChoiceField(
        label="Weitere Handlungsfelder", choices=CHOICES, widget=forms.CheckboxSelectMultiple, required=False
    )
    urgency = forms.ChoiceField(
        label="Priorität", choices=[("1", "hoch"), ("2", "mittel"), ("3", "niedrig")], widget=forms.RadioSelect
    )
    shared = forms.BooleanField(label="für andere Kommunen sichtbar", required=False)
    file = forms.FileField(label="Datei", required=False)
    begin = VagueDateFormField(label="Beginn", required=False)
    end = VagueDateFormField(label="Ende", required=False)

    def __init__(self) -> None:
        super().__init__(TYPED)
        for field in self.fields.values():
            sample: Any = field
            sample.optional_note = not field.required and not isinstance(field, forms.BooleanField)
