"""The forms of questions between municipalities."""

import uuid
from typing import Any

from django import forms

from records.forms.life import TOO_LONG, LifeForm
from records.forms.long_text import LongText
from records.forms.record import CHOOSE, REQUIRED
from records.models.columns import LONG_TEXT

BOTH_SEE = "Nur Ihre und die gefragte Kommune lesen sie. Sie erscheinen mit Ihrer Funktion, nicht mit Ihrem Namen."


class PostForm(LifeForm, forms.Form):
    """One message."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    form_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=36)
    text = forms.CharField(
        label="Nachricht",
        max_length=LONG_TEXT,
        widget=LongText(attrs={"rows": 8}),
        error_messages={"required": REQUIRED, "max_length": TOO_LONG},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["form_key"] = str(uuid.uuid4())
        self.set_out()

    def set_out(self) -> None:
        """The layout."""
        self.lay_out("Antwort", BOTH_SEE, "text")


class QuestionForm(PostForm):
    """A new question with its first message."""

    asked: Any = forms.ModelChoiceField(
        None,  # the other municipalities of today: queries.exchange.places_to_ask
        label="An welche Kommune",
        empty_label=CHOOSE,
        error_messages={"required": REQUIRED, "invalid_choice": "Wählen Sie eine Kommune aus der Liste."},
    )
    subject = forms.CharField(
        label="Frage in einem Satz",
        max_length=200,
        error_messages={"required": REQUIRED, "max_length": "Kürzen Sie die Frage auf höchstens 200 Zeichen."},
    )

    def __init__(self, *args: Any, places: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["asked"].queryset = places  # type: ignore[attr-defined]

    def set_out(self) -> None:
        self.lay_out("Frage", BOTH_SEE, "asked", "subject", "text")
