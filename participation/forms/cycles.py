"""The form with which a cycle is carried on."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from planning.models import PlanningCycle
from records.forms.layout import FieldGroup, Two

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


class ContinueForm(forms.Form):
    """Name and years of the next cycle; suggests as many years as before, right after them.

    Without ``named`` the cycle exists and has both.
    """

    title = forms.CharField(
        label="Bezeichnung",
        max_length=120,
        error_messages={"required": REQUIRED, "max_length": "Kürzen Sie die Bezeichnung auf höchstens 120 Zeichen."},
    )
    first_year = year_field("Erstes Jahr")
    last_year = year_field("Letztes Jahr")

    def __init__(self, data: Any = None, *, cycle: PlanningCycle, named: bool = True) -> None:
        first = cycle.last_year + 1
        last = first + cycle.last_year - cycle.first_year
        years = str(first) if first == last else f"{first}–{last}"
        initial = {"title": f"Planungszyklus {years}", "first_year": first, "last_year": last}
        super().__init__(data, initial=initial)
        if not named:  # the successor has its name and years
            self.fields.clear()
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
