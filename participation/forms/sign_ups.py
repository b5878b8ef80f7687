"""What somebody says who registers for an event."""

from typing import Any

from django import forms

from participation.models import SignUp
from records.forms.formats import say_format
from records.forms.record import formfield_for, set_up_widget, speak_german

EMAIL_HELP = "Dorthin kommt der Code, mit dem Sie die Anmeldung bestätigen. Zum Beispiel name@beispiel.de."


def column(name: str, **options: Any) -> Any:
    """The field of a column: its limits, and our sentences."""
    return formfield_for(SignUp._meta.get_field(name), **options)  # type: ignore[arg-type]


class SignUpForm(forms.Form):
    """A registration; the seats are looked at when it is confirmed."""

    name = column("name")
    email = column("email", help_text=EMAIL_HELP)
    organisation = column("organisation")
    group = column("group")
    people = column("people", initial=1, help_text="Sie selbst mitgezählt, höchstens 10.")
    note = column("note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"use_required_attribute": False})
        for name, field in self.fields.items():
            speak_german(field)
            say_format(name, field)
            set_up_widget(field)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["email"].widget.attrs["autocomplete"] = "email"
        self.fields["organisation"].widget.attrs["autocomplete"] = "organization"
