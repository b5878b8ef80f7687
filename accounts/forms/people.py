"""Forms with which the administration keeps people and roles."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from accounts.forms.session import REQUIRED
from accounts.models import RoleAssignment, User


class AdministrationForm(forms.ModelForm):
    """Common look and sentences."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = REQUIRED
            if isinstance(field, forms.DateField):
                field.help_text = f"{field.help_text} TT.MM.JJJJ, zum Beispiel 01.10.2017.".strip()
                field.error_messages["invalid"] = "Geben Sie ein Datum ein, das es gibt, zum Beispiel 01.10.2017."
            if not isinstance(field, forms.BooleanField):
                field.optional_note = not field.required  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


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


class RoleForm(AdministrationForm):
    """A role of a person, from–until."""

    class Meta:
        model = RoleAssignment
        fields = ["role", "municipality", "valid_from", "valid_until"]
        help_texts = {
            "valid_until": "Der letzte Tag. Leer heißt: bis auf Weiteres.",
            "municipality": "Leer bei Ministerium und Administration: Diese Rollen gelten im ganzen Portal.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"].needed_when = "nötig für Rollen einer Kommune"  # type: ignore[attr-defined]
