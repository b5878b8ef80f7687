"""Forms with which the administration keeps people and roles."""

from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError

from accounts.date_words import side_of
from accounts.enums import PORTAL_ROLES
from accounts.forms.days import DayFormField
from accounts.forms.session import REQUIRED
from accounts.models import RoleAssignment, User
from accounts.queries.people import stored_alike

CHOOSE = "Bitte wählen"


class AdministrationForm(forms.ModelForm):
    """Common look and sentences. ``version`` is the one that was opened; without it nothing stored is changed."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.error_messages["required"] = REQUIRED
            field.show_hidden_initial = False
            if isinstance(field, forms.DateField):
                field.help_text = f"{field.help_text} TT.MM.JJJJ, zum Beispiel 01.10.2017.".strip()
                field.side = side_of(name)  # type: ignore[attr-defined]
                field.error_messages["invalid"] = "Geben Sie ein Datum ein, das es gibt, zum Beispiel 01.10.2017."
            if isinstance(field, forms.ModelChoiceField):
                field.empty_label = CHOOSE
            elif isinstance(field, forms.TypedChoiceField):
                pairs: Any = field.choices
                field.choices = [(key, label if key else CHOOSE) for key, label in pairs]
            if not isinstance(field, forms.BooleanField):
                field.optional_note = not field.required  # type: ignore[attr-defined]
        self.fields["version"].initial = self.instance.version
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean(self) -> dict[str, Any]:
        """The row is saved as the version that the person saw."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.instance.pk is not None:
            self.instance.version = cleaned.get("version") or 0
        return cleaned

    def made_before(self) -> Any:
        """The stored row that a new one, sent once more, would repeat in every field; else None."""
        if self.instance.pk is not None or not self.is_bound:
            return None
        try:
            sent = {name: self.said(name) for name in self._meta.fields or ()}
        except ValidationError:
            return None
        owner = {"user": self.instance.user} if isinstance(self.instance, RoleAssignment) else {}
        return stored_alike(type(self.instance), sent | owner)

    def said(self, name: str) -> Any:
        """The value of a field, also where the row as a whole was refused for it. Raises ValidationError."""
        if name in self.cleaned_data:
            return self.cleaned_data[name]
        return self.fields[name].clean(self[name].data)

    def show_stored(self, stored: Any) -> list[tuple[str, str, str]]:
        """After a refusal: label, stored and typed value of what differs. Sent again, the form means this version."""
        self.data = dict(self.data.items()) | {"version": str(stored.version)}
        beside = type(self)(instance=stored)
        return [
            (str(self[name].label), shown(beside, name), shown(self, name))
            for name in self._meta.fields or ()
            if shown(beside, name) != shown(self, name)
        ]


def shown(form: forms.ModelForm, name: str) -> str:
    """What a field of a form holds, in words."""
    field, value = form.fields[name], form[name].value()
    if isinstance(field, forms.BooleanField):
        return "ja" if value else "nein"
    if isinstance(field, forms.ModelChoiceField):
        found = field.queryset.filter(pk=value).first() if value and field.queryset is not None else None
        return str(found or "leer")
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value, value)) or "leer"  # type: ignore[arg-type]
    if isinstance(field, forms.DateField) and isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    return str(value or "leer")


class PersonForm(AdministrationForm):
    """A person; the password is set by the person through the link of an invitation."""

    class Meta:
        model = User
        fields = ["username", "display_name", "email", "is_active"]
        labels = {"username": "Benutzername", "email": "E-Mail-Adresse", "is_active": "darf sich anmelden"}
        help_texts = {
            "username": "Buchstaben, Ziffern und die Zeichen @ . + - _",
            "email": "Zum Beispiel planung@kommune.de. Ohne Adresse geben Sie den Link der Einladung selbst weiter, "
            "auch bei vergessenem Passwort.",
            "is_active": "Personen werden stillgelegt, nicht gelöscht: Der Verlauf verweist auf sie.",
        }
        error_messages = {"username": {"unique": "Diesen Benutzernamen gibt es schon. Wählen Sie einen anderen."}}


NOWHERE = "Wählen Sie die Kommune, in der die Rolle gilt."
EVERYWHERE = "Wählen Sie „ganzes Portal“: Ministerium und Administration gelten überall."


class RoleForm(AdministrationForm):
    """A role of a person, from–until."""

    class Meta:
        model = RoleAssignment
        fields = ["role", "municipality", "valid_from", "valid_until"]
        field_classes = {"valid_from": DayFormField, "valid_until": DayFormField}
        help_texts = {
            "valid_until": "Der letzte Tag. Leer heißt: bis auf Weiteres.",
            "municipality": "Leer bei Ministerium und Administration: Diese Rollen gelten im ganzen Portal.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"].empty_label = "ganzes Portal"  # type: ignore[attr-defined]
        self.fields["municipality"].needed_when = "nötig für Rollen einer Kommune"  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A role has a place, or holds in the whole portal: said beside the field that decides it."""
        data: dict[str, Any] = super().clean() or {}
        role, place = data.get("role"), data.get("municipality")
        if role and (role in PORTAL_ROLES) == (place is not None):
            self.add_error("municipality", EVERYWHERE if place else NOWHERE)
        return data
