"""The form about the review of an edition: who reviews it, until when."""

import uuid
from typing import Any

from django import forms

from plans.forms.plans import DayField
from plans.models import PlanReview
from plans.queries.review import reviewers
from records.forms.life import NOT_WHOLE, LifeForm


class ReviewForm(LifeForm, forms.ModelForm):
    """The person in charge among those of the ministry, and the day."""

    version = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": NOT_WHOLE, "invalid": NOT_WHOLE})
    form_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=36)
    due = DayField(label="Prüfen bis", required=False, help_text="Die Kommune sieht diesen Tag.")

    class Meta:
        model = PlanReview
        fields = ("responsible", "due")
        error_messages = {"responsible": {"invalid_choice": "Wählen Sie eine Person aus der Liste."}}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["version"] = self.instance.version if self.instance.pk else 0
        self.initial["form_key"] = str(uuid.uuid4())
        choice: Any = self.fields["responsible"]
        choice.queryset = choice.queryset.filter(pk__in=[person.pk for person in reviewers()])
        choice.empty_label = "noch nicht festgelegt"
        for name in ("responsible", "due"):
            self.fields[name].optional_note = True  # type: ignore[attr-defined]
        self.lay_out("Prüfung", "Beides lässt sich ändern, solange die Prüfung dauert.", "responsible", "due")

    def _post_clean(self) -> None:
        """The domain checks the whole review; here its edition is not known yet."""
