"""The form field of a day."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.date_words import Asked, read_day


class DayFormField(forms.DateField):
    """A day, as Germans write it in digits or in words (accounts.date_words); ``side`` is the end of a period."""

    side = ""

    def to_python(self, value: Any) -> date | None:
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        try:
            return read_day(value, side=self.side)
        except Asked as asked:
            raise ValidationError(str(asked), code="invalid") from asked
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error
