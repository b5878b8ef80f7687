"""The form with which a cycle is carried on."""

from collections.abc import Iterator, Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from planning.enums import CarryDecision
from planning.models import Measure, PlanningCycle
from records.forms.layout import FieldGroup, Two
from records.forms.record import speak_german

REQUIRED = "Füllen Sie dieses Feld aus."
YEAR_SENTENCES = {
    "required": REQUIRED,
    "invalid": "Geben Sie ein Jahr mit vier Ziffern ein, zum Beispiel 2020.",
    "min_value": "Geben Sie ein Jahr ab 2000 an.",
    "max_value": "Geben Sie ein Jahr bis 2100 an.",
}


def year_field(label: str) -> forms.IntegerField:
    """A year of the cycle."""
    return forms.IntegerField(label=label, min_value=2000, max_value=2100, error_messages=YEAR_SENTENCES)


DECIDE = "Wählen Sie, was mit der Maßnahme geschieht, oder lassen Sie unten alle übrigen unverändert weitergehen."
WHY = "Nennen Sie den Grund, wenn die Maßnahme geändert oder beendet wird."
LONGEST_REASON = 1000


class ContinueForm(forms.Form):
    """Name and years of the next cycle; suggests as many years as before, right after them.

    Without ``named`` the cycle exists and has both. ``undecided`` are measures of which controlling has said nothing:
    the form asks what becomes of each.
    """

    title = forms.CharField(
        label="Bezeichnung",
        max_length=120,
        error_messages={"required": REQUIRED, "max_length": "Kürzen Sie die Bezeichnung auf höchstens 120 Zeichen."},
    )
    first_year = year_field("Erstes Jahr")
    last_year = year_field("Letztes Jahr")

    def __init__(
        self, data: Any = None, *, cycle: PlanningCycle, named: bool = True, undecided: Sequence[Measure] = ()
    ) -> None:
        first = cycle.last_year + 1
        last = first + cycle.last_year - cycle.first_year
        years = str(first) if first == last else f"{first}–{last}"
        initial = {"title": f"Planungszyklus {years}", "first_year": first, "last_year": last}
        super().__init__(data, initial=initial)
        if not named:  # the successor has its name and years
            self.fields.clear()
        self.names, self.undecided = tuple(self.fields), tuple(undecided)
        for measure in self.undecided:
            self._ask(measure)
        if self.undecided:
            self.fields["rest"] = forms.BooleanField(label="Die übrigen gehen unverändert weiter", required=False)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = (
            Layout()
            if not named
            else Layout(
                FieldGroup(
                    "Nächster Planungszyklus",
                    "Die Jahre dürfen sich mit dem bisherigen überschneiden.",
                    "title",
                    Two("first_year", "last_year"),
                )
            )
        )

    def _ask(self, measure: Measure) -> None:
        """A choice and a reason; both may stay empty where the rest goes on unchanged."""
        choices = [("", "bitte wählen"), *CarryDecision.choices]
        asked = forms.ChoiceField(label="Wie geht es weiter?", choices=choices, required=False)
        why = forms.CharField(label="Grund", max_length=LONGEST_REASON, required=False)
        for name, field in (("wird", asked), ("grund", why)):
            speak_german(field)
            field.widget.attrs |= {"aria-label": f"{field.label} {measure}"}
            self.fields[f"{name}-{measure.pk}"] = field

    def asked(self) -> Iterator[tuple[Measure, forms.BoundField, forms.BoundField]]:
        """The undecided measures with their two fields."""
        return ((each, self[f"wird-{each.pk}"], self[f"grund-{each.pk}"]) for each in self.undecided)

    def clean(self) -> dict[str, Any]:
        """Every measure is decided about, and what changes or ends has its reason."""
        cleaned = super().clean() or self.cleaned_data
        for measure in self.undecided:
            decision, reason = cleaned.get(f"wird-{measure.pk}"), cleaned.get(f"grund-{measure.pk}", "").strip()
            if not decision and not cleaned.get("rest") and f"wird-{measure.pk}" not in self.errors:
                self.add_error(f"wird-{measure.pk}", DECIDE)
            elif decision and decision != CarryDecision.CONTINUE and not reason:
                self.add_error(f"grund-{measure.pk}", WHY)
        return cleaned

    def decisions(self) -> dict[Measure, tuple[CarryDecision, str]]:
        """What becomes of each measure, with the reason."""
        return {
            each: (
                CarryDecision(self.cleaned_data[f"wird-{each.pk}"] or CarryDecision.CONTINUE),
                self.cleaned_data[f"grund-{each.pk}"].strip(),
            )
            for each in self.undecided
        }

    def next_cycle(self) -> dict[str, Any]:
        """Name and years."""
        return {name: self.cleaned_data[name] for name in self.names}
