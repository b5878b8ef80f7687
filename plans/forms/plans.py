"""Forms of a plan: its year and day, and the text of a chapter."""

import uuid
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Layout
from django import forms
from django.http import QueryDict

from accounts.forms.days import DayFormField
from plans.models import ChapterText, Plan
from plans.models.plan import STATEMENTS_AHEAD
from records.forms.formats import DAY
from records.forms.layout import FieldGroup
from records.forms.long_text import LongText, ReadsTexts
from records.forms.typed import show_typed
from records.models.agreement import is_ahead

NO_DAY = "Geben Sie ein Datum ein, das es gibt, zum Beispiel 31.12.2018."
NO_VERSION = "Das Formular ist unvollständig angekommen. Öffnen Sie es neu und geben Sie Ihren Text noch einmal ein."
OPTIONAL = ("as_of", "text", "left_out_reason")


class DayField(DayFormField):
    """A day as Germans write it, in digits or in words."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            widget=forms.DateInput(format="%d.%m.%Y", attrs={"inputmode": "numeric", "autocomplete": "off"}),
            error_messages={"invalid": NO_DAY},
            **options,
        )
        self.help_text = f"{DAY} {self.help_text}".strip()


class _PlanPart(ReadsTexts, forms.ModelForm):
    """What the forms share: the version that was opened, the form's key, raw fields of a draft, the layout."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    form_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=36)

    def __init__(self, *args: Any, typed: QueryDict | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version if self.instance.pk else 0
        self.initial["form_key"] = str(uuid.uuid4())
        if typed is not None:
            show_typed(self, typed)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        for name in OPTIONAL:
            if name in self.fields:
                self.fields[name].optional_note = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("version") is None:
            self.add_error(None, NO_VERSION)
        return data

    @property
    def opened_version(self) -> int:
        """The version that the person had before the eyes; 0 for a new record."""
        version: int = self.cleaned_data["version"]
        return version


class PlanForm(_PlanPart):
    """Year and day of a plan. ``years`` are those that can still get one; None where the year stays."""

    class Meta:
        model = Plan
        fields = ("year", "as_of")
        field_classes = {"as_of": DayField}
        labels = {"as_of": "Datum der Angaben"}
        help_texts = {
            "as_of": "Der Tag, bis zu dem die Angaben gelten. Was danach geschehen ist, steht nicht im Plan. "
            "Ohne Angabe ist es der Tag, an dem das PDF entsteht."
        }

    def __init__(self, *args: Any, years: list[int] | None = None, usual: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("year", usual)
        names = ["as_of"]
        if years is None:
            del self.fields["year"]
        else:
            names.insert(0, "year")
            self.fields["year"] = forms.TypedChoiceField(
                label="Planungsjahr",
                coerce=int,
                choices=[(year, str(year)) for year in years],
                error_messages={"invalid_choice": "Wählen Sie ein Jahr aus der Liste."},
            )
        self.helper.layout = Layout(
            "version", "form_key", FieldGroup("Plan", "Die Kapitel füllen sich aus den Einträgen.", *names)
        )

    def clean_as_of(self) -> date | None:
        """No day to come."""
        day: date | None = self.cleaned_data["as_of"]
        if is_ahead(day):
            raise forms.ValidationError(STATEMENTS_AHEAD)
        return day

    def _post_clean(self) -> None:
        """The domain checks the whole plan; here its municipality is not known yet."""


class ChapterTextForm(_PlanPart):
    """The own text of a chapter, or why it is left out."""

    class Meta:
        model = ChapterText
        fields = ("text", "left_out", "left_out_reason")
        widgets = {
            "text": LongText(attrs={"rows": 20, "spellcheck": "true"}),
            "left_out_reason": LongText(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["left_out_reason"].needed_when = "nötig, wenn das Kapitel ausgelassen wird"  # type: ignore[attr-defined]
        self.fields["text"].help_text = "Eine leere Zeile beginnt einen neuen Absatz."
        self.helper.layout = Layout(
            "version",
            "form_key",
            FieldGroup(
                "Eigener Text",
                "Er steht im Plan am Anfang des Kapitels, vor den Einträgen.",
                "text",
                HTML('{% include "plans/plan/_markup_help.html" %}'),
            ),
            FieldGroup(
                "Auslassen",
                "Ein ausgelassenes Kapitel bleibt mit seiner Nummer und einem Satz im Plan stehen.",
                "left_out",
                "left_out_reason",
            ),
        )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("left_out") and not str(data.get("left_out_reason") or "").strip():
            self.add_error("left_out_reason", "Begründen Sie, warum das Kapitel ausgelassen wird.")
        return data

    def _post_clean(self) -> None:
        """The domain checks the whole text; here its plan is not known yet."""
