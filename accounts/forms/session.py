"""Forms of log-in and password, with German sentences that say what to do."""

from typing import Any

from django import forms
from django.contrib.auth import forms as auth_forms
from django.contrib.auth.password_validation import MinimumLengthValidator, get_default_password_validators
from django.contrib.auth.tokens import default_token_generator
from django.template.loader import render_to_string

from accounts.models import User
from accounts.queries.people import people_with_address

REQUIRED = "Füllen Sie dieses Feld aus."


class GermanSentences(forms.Form):
    """Sets the sentence for empty fields."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = REQUIRED


RULES = (
    "Mindestens {} Zeichen, nicht nur Ziffern, kein Passwort, das viele benutzen, und nicht Ihr Name oder "
    "Benutzername. Vier Wörter hintereinander lassen sich gut merken."
)


class NewPassword(GermanSentences):
    """Says what a password must be before the first mistake."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shortest = next(each for each in get_default_password_validators() if isinstance(each, MinimumLengthValidator))
        self.fields["new_password1"].help_text = RULES.format(shortest.min_length)
        self.fields["new_password2"].help_text = "Schreiben Sie dasselbe Passwort noch einmal."


class LoginForm(GermanSentences, auth_forms.AuthenticationForm):
    """User name and password; the refusal does not tell which of both was wrong."""

    error_messages = {
        "invalid_login": "Anmeldung nicht möglich. Prüfen Sie Benutzername und Passwort, auch die Großschreibung.",
        "inactive": "Dieses Konto ist stillgelegt. Wenden Sie sich an die Administration.",
    }


class PasswordChangeForm(NewPassword, auth_forms.PasswordChangeForm):
    """Old password and the new one twice."""


class ResetForm(GermanSentences, auth_forms.PasswordResetForm):
    """The address to which the link is sent; the answer is the same whether it is known or not."""

    def get_users(self, email: str) -> list[User]:
        """Also those who have no password yet: a new person sets the first one by the link.

        For an address that nobody has, as much is worked as for a mail, so that the time does not tell it.
        """
        found = people_with_address(email)
        if not found:
            nobody = User(pk=0, username="niemand", email=email)
            render_to_string(
                "accounts/password_reset_email.txt",
                {"user": nobody, "uid": "MA", "token": default_token_generator.make_token(nobody), "protocol": "https"},
            )
        return found


class NewPasswordForm(NewPassword, auth_forms.SetPasswordForm):
    """The new password twice."""
