"""Short forms of the goal tree: a title, a place."""

import uuid
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from planning.enums import GoalLevel
from planning.models import ActionField, Goal, Need
from records.forms.layout import FieldGroup
from records.text import whole_number

TITLE_LENGTH: Any = Goal._meta.get_field("title").max_length
TITLE_SENTENCES = {
    "required": "Schreiben Sie das Ziel in dieses Feld.",
    "max_length": "Kürzen Sie das Ziel auf höchstens %(limit_value)d Zeichen; es sind %(show_value)d.",
}
AT_TOP = "leitziel"


def title_field() -> forms.CharField:
    """The words of a goal."""
    field = forms.CharField(label="Ziel", max_length=TITLE_LENGTH, error_messages=TITLE_SENTENCES)
    field.widget.attrs.pop("maxlength", None)  # browsers would cut pasted text without a word
    return field


class GoalTitleForm(forms.Form):
    """The line in which a goal is typed or renamed."""

    title = title_field()


class PlaceForm(forms.Form):
    """Under which goal a goal goes; only goals of the level above are offered."""

    ziel = forms.ChoiceField(
        label="Steht unter",
        error_messages={
            "required": "Wählen Sie ein Ziel aus der Liste.",
            "invalid_choice": "Wählen Sie ein Ziel aus der Liste.",
        },
    )

    def __init__(self, data: Any = None, *, parents: list[tuple[int, str]], chosen: int | None = None) -> None:
        super().__init__(data, initial={"ziel": chosen})
        self.fields["ziel"].choices = [(str(pk), label) for pk, label in parents]  # type: ignore[attr-defined]

    def parent_pk(self) -> int | None:
        """The chosen goal, after cleaning."""
        return whole_number(self.cleaned_data.get("ziel"))


class NeedGoalForm(forms.Form):
    """A goal that answers a need: words, place and Handlungsfeld."""

    title = title_field()
    parent = forms.ChoiceField(
        label="Wohin im Zielbaum",
        help_text="Die Ebene folgt aus dem Platz.",
        error_messages={
            "required": "Wählen Sie, wohin das Ziel gehört.",
            "invalid_choice": "Wählen Sie einen Platz aus der Liste.",
        },
    )
    action_field = forms.ChoiceField(
        label="Handlungsfeld", required=False, error_messages={"invalid_choice": "Wählen Sie einen Eintrag der Liste."}
    )
    form_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=36)

    def __init__(
        self, data: Any = None, *, need: Need, parents: list[tuple[int, str]], fields: list[ActionField]
    ) -> None:
        own = {field.pk for field in need.action_fields.all()}
        first = next((field.pk for field in fields if field.pk in own), "")
        super().__init__(data, initial={"action_field": first, "form_key": str(uuid.uuid4())})
        choices: Any = self.fields
        under = [(str(pk), label) for pk, label in parents]
        choices["parent"].choices = [
            ("", "Bitte wählen"),
            *([("Als Handlungsziel unter", under)] if under else []),
            ("Ganz oben", [(AT_TOP, f"Neues {GoalLevel.GUIDING.label}")]),
        ]
        choices["action_field"].choices = [("", "Bitte wählen"), *((str(f.pk), str(f)) for f in fields)]
        choices["action_field"].optional_note = True
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            "form_key",
            FieldGroup("Ziel", "Ein Ziel beschreibt den Zustand, der erreicht sein soll.", "title"),
            FieldGroup("Platz im Zielbaum", "Ein Handlungsziel gehört zu einem Leitziel.", "parent", "action_field"),
        )
