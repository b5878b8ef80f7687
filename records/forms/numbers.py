"""Numbers as they are written in German: „1.234,50“, „12.500“, „0,8“, „1 000“."""

import re
from decimal import Decimal
from typing import Any

from django import forms

CENTS = 2
THOUSANDS = re.compile(r"^-?[1-9]\d{0,2}(\.\d{3})+$")  # „12.500“ means twelve thousand five hundred; „0.800“ does not


def plain_number(text: str) -> str:
    """German writing to the plain one: blanks and thousands points out, decimal comma to point."""
    text = text.replace("\u202f", "").replace("\u00a0", "").replace(" ", "").replace("€", "").replace("−", "-")
    if "," in text or THOUSANDS.match(text):
        return text.replace(".", "").replace(",", ".")
    return text


class GermanIntegerField(forms.IntegerField):
    """A whole number that may have blanks or points between its thousands."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["widget"] = forms.TextInput(attrs={"inputmode": "numeric"})
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | None:
        return super().to_python(plain_number(value) if isinstance(value, str) else value)


class GermanDecimalField(forms.DecimalField):
    """A decimal field that reads and shows the German form."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["widget"] = forms.TextInput(attrs={"inputmode": "decimal"})
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        return super().to_python(plain_number(value) if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        """Without zeros that only the column has: „86,000“ reads as eighty-six thousand."""
        if not isinstance(value, Decimal) or not value.is_finite():
            return value
        if not value % 1:
            return f"{value:.0f}"
        shown = value if (self.decimal_places or 0) <= CENTS else value.normalize()
        return f"{shown:f}".replace(".", ",")
