"""The form that asks for all plans of a year."""

import uuid
from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from plans.all_plans.queries import ExportYear

NO_YEAR = "Wählen Sie ein Jahr aus der Liste."


def words(each: ExportYear) -> str:
    """„2018: 22 Pläne, davon 20 freigegeben“."""
    plans = "1 Plan" if each.plans == 1 else f"{each.plans} Pläne"
    released = f"davon {each.released} freigegeben" if each.released else "keiner freigegeben"
    return f"{each.year}: {plans}, {released}"


class ExportForm(forms.Form):
    """Year, first the latest with a released plan, and whether plans without released edition are drawn as drafts."""

    form_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=36)
    year = forms.TypedChoiceField(
        label="Planungsjahr", coerce=int, error_messages={"required": NO_YEAR, "invalid_choice": NO_YEAR}
    )
    with_drafts = forms.BooleanField(
        label="auch Entwürfe",
        required=False,
        help_text="Pläne ohne freigegebene Fassung werden so geschrieben, wie sie jetzt sind, und sind im PDF als "
        "Entwurf gekennzeichnet. Ohne Haken bleiben sie weg.",
    )

    def __init__(self, *args: Any, years: Sequence[ExportYear], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["form_key"] = str(uuid.uuid4())
        self.initial["year"] = next((each.year for each in years if each.released), None)
        field: Any = self.fields["year"]
        field.choices = [(each.year, words(each)) for each in years]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout("form_key", "year", "with_drafts")
