"""The form of a hint."""

import uuid
from typing import Any

from django import forms

from participation.models import Hint
from records.forms.life import TOO_LONG, LifeForm
from records.forms.long_text import LongText
from records.forms.record import REQUIRED


class HintForm(LifeForm, forms.ModelForm):
    """What an adviser points out."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    form_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=36)

    class Meta:
        model = Hint
        fields = ("title", "text")
        widgets = {"text": LongText(attrs={"rows": 8})}
        help_texts = {"title": "In einem Satz, was auffällt."}
        error_messages = {
            "title": {"required": REQUIRED, "max_length": "Kürzen Sie den Hinweis auf höchstens 200 Zeichen."},
            "text": {"max_length": TOO_LONG},
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["form_key"] = str(uuid.uuid4())
        self.lay_out(
            "Hinweis",
            "Sozialplanung und Leitung lesen und beantworten ihn. In einem Dokument steht er nie.",
            "title",
            "text",
        )

    def _post_clean(self) -> None:
        """The domain checks the whole hint; here its place is not known yet."""
