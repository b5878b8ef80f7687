"""The short form by which a goal gets a measure, with Träger and Zielgruppen typed by name."""

import re
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from planning.domain.measures import TypedNames
from planning.enums import MeasureState, ProviderKind
from planning.models import Measure, Provider, TargetGroup
from records.forms.record import RecordForm, formfield_for, layout_of
from records.kind import Group
from records.registry import kind_of

GROUPS = (
    Group("Maßnahme", "Was getan wird. Alles Weitere ergänzen Sie später.", ("title", ("action_field", "state"))),
    Group(
        "Träger und Verantwortung",
        "Wählen Sie einen Träger oder nennen Sie einen neuen. Gibt es ihn schon, auch anders geschrieben, "
        "wird der vorhandene genommen.",
        ("provider", ("new_provider", "new_provider_kind"), "responsible"),
    ),
    Group("Wann", "Das Datum darf ungenau sein. Was sie kostet, steht im Finanzplan.", (("begin", "end"),)),
    Group("Für wen", "Angekreuzt ist, was aus den Bedarfen folgt.", ("target_groups", "new_groups")),
)
STATES = (MeasureState.IDEA, MeasureState.PLANNED)
MOST_NAMES = 50  # names in one field


def names_in(text: str) -> list[str]:
    """Names separated by commas or lines, without blanks around them."""
    return [name for part in re.split(r"[,;\n]", text) if (name := " ".join(part.split()))]


class GoalMeasureForm(RecordForm):
    """What a person says about a new measure; the rest comes from the goal."""

    new_provider = forms.CharField(
        label="Neuer Träger",
        required=False,
        max_length=Provider._meta.get_field("title").max_length,
    )
    new_provider_kind = forms.TypedChoiceField(
        label="Art des neuen Trägers",
        choices=ProviderKind.choices,
        required=False,
        empty_value=ProviderKind.INDEPENDENT,
    )
    new_groups = forms.CharField(
        label="Weitere Zielgruppen",
        required=False,
        max_length=4000,
        widget=forms.Textarea,
        help_text="Mehrere trennen Sie durch Komma oder schreiben sie in eigene Zeilen.",
    )

    class Meta:
        model = Measure
        fields = (
            "title",
            "action_field",
            "state",
            "provider",
            "responsible",
            "begin",
            "end",
            "target_groups",
        )
        formfield_callback = formfield_for

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kind = kind_of(Measure)
        super().__init__(*args, kind=replace(kind, groups=(Group("", "", self.Meta.fields),)), **kwargs)
        self.helper.layout = layout_of(replace(kind, groups=GROUPS))
        fields: Any = self.fields
        fields["state"].choices = [(state.value, state.label) for state in STATES]
        fields["new_groups"].widget.attrs["rows"] = 2
        fields["new_provider_kind"].optional_note = False
        fields["provider"].needed_when = fields["new_provider"].needed_when = "einer von beiden ist nötig"
        for name in ("action_field", "provider", "target_groups"):
            fields[name].create_label = ""  # created by name, without leaving the form

    def clean_new_groups(self) -> list[str]:
        names = names_in(self.cleaned_data["new_groups"])
        longest: Any = TargetGroup._meta.get_field("title").max_length
        if any(len(name) > longest for name in names):
            raise ValidationError(f"Kürzen Sie jede Zielgruppe auf höchstens {longest} Zeichen.")
        if len(names) > MOST_NAMES:
            raise ValidationError(f"Tragen Sie höchstens {MOST_NAMES} Zielgruppen auf einmal ein.")
        return names

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("provider") and cleaned.get("new_provider"):
            self.add_error("new_provider", "Wählen Sie einen Träger aus der Liste oder nennen Sie einen neuen.")
        return cleaned

    def typed_names(self) -> TypedNames:
        """Träger and Zielgruppen by name, after cleaning."""
        cleaned = self.cleaned_data
        return TypedNames(
            " ".join(cleaned["new_provider"].split()), cleaned["new_provider_kind"], tuple(cleaned["new_groups"])
        )
