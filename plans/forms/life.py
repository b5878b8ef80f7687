"""Forms of a plan's life: a remark of the ministry, and the answer to it."""

import uuid
from typing import Any

from django import forms

from plans.enums import ChapterCode
from plans.models import Remark, RemarkAnswer
from records.forms.life import NOT_WHOLE, TOO_LONG, LifeForm
from records.forms.long_text import LongText
from records.forms.record import REQUIRED

OF_MINISTRY = "Die Kommune liest sie, wenn der Plan zurückgegeben oder bewilligt ist."
OF_LEAD = "Die Sozialplanung liest und beantwortet sie, bevor der Plan freigegeben wird. Sie bleibt in der Kommune."


class RemarkForm(LifeForm, forms.ModelForm):
    """A remark of the ministry on a chapter."""

    version = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": NOT_WHOLE, "invalid": NOT_WHOLE})
    form_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=36)

    class Meta:
        model = Remark
        fields = ("chapter", "text")
        widgets = {"text": LongText(attrs={"rows": 8})}
        help_texts = {"text": "Was fehlt oder unklar ist, und was Sie von der Kommune brauchen."}
        error_messages = {
            "text": {"required": REQUIRED, "max_length": TOO_LONG},
            "chapter": {"required": REQUIRED, "invalid_choice": "Wählen Sie ein Kapitel aus der Liste."},
        }

    def __init__(self, *args: Any, hint: str = OF_MINISTRY, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["chapter"].choices = ChapterCode.choices  # type: ignore[attr-defined]  # one is chosen already
        self.initial["version"] = self.instance.version if self.instance.pk else 0
        self.initial["form_key"] = str(uuid.uuid4())
        self.lay_out("Anmerkung", hint, "chapter", "text")

    def _post_clean(self) -> None:
        """The domain checks the whole remark; here its plan is not known yet."""


class AnswerForm(LifeForm, forms.ModelForm):
    """What the municipality answers to a remark."""

    version = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": NOT_WHOLE, "invalid": NOT_WHOLE})
    form_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=36)

    class Meta:
        model = RemarkAnswer
        fields = ("text", "settled")
        widgets = {"text": LongText(attrs={"rows": 6})}
        help_texts = {"settled": "Die nächste Fassung berücksichtigt die Anmerkung."}
        error_messages = {"text": {"max_length": TOO_LONG}}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["version"] = self.instance.version if self.instance.pk else 0
        self.initial["form_key"] = str(uuid.uuid4())
        self.fields["text"].needed_when = "nötig, wenn die Anmerkung nicht erledigt ist"  # type: ignore[attr-defined]
        self.lay_out("Antwort", "Das Ministerium liest sie bei der nächsten Prüfung.", "text", "settled")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not data.get("settled") and not str(data.get("text") or "").strip():
            self.add_error("text", "Schreiben Sie eine Antwort oder kennzeichnen Sie die Anmerkung als erledigt.")
        return data

    def _post_clean(self) -> None:
        """The domain checks the whole answer; here its remark is not known yet."""
