"""Forms of a plan's life: the text of a step, a remark, an answer."""

import uuid
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from plans.enums import PlanAction
from plans.models import Remark, RemarkAnswer
from records.forms.layout import FieldGroup
from records.forms.record import REQUIRED
from records.models.base import LONG_TEXT

TOO_LONG = "Kürzen Sie Ihren Text auf höchstens 20.000 Zeichen."
NOT_WHOLE = "Das Formular ist unvollständig angekommen. Öffnen Sie die Seite neu; Ihr Text bleibt hier stehen."
WHAT_FOR = {
    PlanAction.PROPOSE: "Die Leitung liest ihn mit dem Plan.",
    PlanAction.TAKE_BACK: "Er steht im Verlauf des Plans.",
    PlanAction.RELEASE: "Nur nötig, wenn Befunde die Freigabe verhindern. Sie bleibt mit der Fassung verbunden.",
    PlanAction.WITHDRAW: "Die freigegebene Fassung bleibt erhalten und wird als zurückgezogen gekennzeichnet.",
    PlanAction.SUBMIT: "Das Ministerium liest es mit dem Plan.",
    PlanAction.RETURN: "Sie steht vor den Anmerkungen zu den Kapiteln.",
    PlanAction.APPROVE: "Auflagen und Bedingungen des Bescheids; eine je Absatz.",
    PlanAction.UNPUBLISH: "Die Seite für die Öffentlichkeit zeigt den Plan danach nicht mehr.",
    PlanAction.AMEND: "Die bewilligte Fassung gilt weiter, bis die neue bewilligt ist.",
}


class _LifeForm:
    """The layout that the forms share."""

    helper: FormHelper

    def lay_out(self, legend: str, hint: str, *names: str) -> None:
        """One group of fields, with the hidden ones before it."""
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout("version", "form_key", FieldGroup(legend, hint, *names))


class StepForm(_LifeForm, forms.Form):
    """The text that belongs to a step. ``asks`` is its label, empty where the step takes none."""

    version = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": NOT_WHOLE, "invalid": NOT_WHOLE})
    form_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=36)
    note = forms.CharField(
        max_length=LONG_TEXT, widget=forms.Textarea(attrs={"rows": 6}), error_messages={"max_length": TOO_LONG}
    )

    def __init__(
        self, data: Any = None, *, action: PlanAction, asks: str, must_say: bool, version: int, **options: Any
    ) -> None:
        super().__init__(data, initial={"version": version, "form_key": str(uuid.uuid4())}, **options)
        names = ["note"] if asks else []
        if asks:
            field = self.fields["note"]
            field.label, field.required = asks, must_say
            field.error_messages["required"] = REQUIRED
            field.help_text = WHAT_FOR.get(action, "")
            field.optional_note = not must_say  # type: ignore[attr-defined]
        else:
            del self.fields["note"]
        self.lay_out(action.label, "Der Schritt wird mit Ihrem Namen und der Zeit festgehalten.", *names)


class RemarkForm(_LifeForm, forms.ModelForm):
    """A remark of the ministry on a chapter."""

    version = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": NOT_WHOLE, "invalid": NOT_WHOLE})
    form_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=36)

    class Meta:
        model = Remark
        fields = ("chapter", "text")
        widgets = {"text": forms.Textarea(attrs={"rows": 8})}
        help_texts = {"text": "Was fehlt oder unklar ist, und was Sie von der Kommune brauchen."}
        error_messages = {
            "text": {"required": REQUIRED, "max_length": TOO_LONG},
            "chapter": {"required": REQUIRED, "invalid_choice": "Wählen Sie ein Kapitel aus der Liste."},
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["version"] = self.instance.version if self.instance.pk else 0
        self.initial["form_key"] = str(uuid.uuid4())
        self.lay_out(
            "Anmerkung", "Die Kommune liest sie, wenn der Plan zurückgegeben oder bewilligt ist.", "chapter", "text"
        )

    def _post_clean(self) -> None:
        """The domain checks the whole remark; here its plan is not known yet."""


class AnswerForm(_LifeForm, forms.ModelForm):
    """What the municipality answers to a remark."""

    version = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": NOT_WHOLE, "invalid": NOT_WHOLE})
    form_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=36)

    class Meta:
        model = RemarkAnswer
        fields = ("text", "settled")
        widgets = {"text": forms.Textarea(attrs={"rows": 6})}
        help_texts = {"settled": "Die nächste Fassung berücksichtigt die Anmerkung."}
        error_messages = {"text": {"max_length": TOO_LONG}}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["version"] = self.instance.version if self.instance.pk else 0
        self.initial["form_key"] = str(uuid.uuid4())
        self.lay_out("Antwort", "Das Ministerium liest sie bei der nächsten Prüfung.", "text", "settled")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not data.get("settled") and not str(data.get("text") or "").strip():
            self.add_error("text", "Schreiben Sie eine Antwort oder kennzeichnen Sie die Anmerkung als erledigt.")
        return data

    def _post_clean(self) -> None:
        """The domain checks the whole answer; here its remark is not known yet."""
