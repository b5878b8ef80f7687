"""Numbers as they are written in German: „1.234,50“, „0,8“, „1 000“."""

from decimal import Decimal
from typing import Any

from django import forms


def plain_number(text: str) -> str:
    """German writing to the plain one: blanks and thousands points out, decimal comma to point."""
    text = text.replace("\u202f", "").replace("\u00a0", "").replace(" ", "").replace("€", "").replace("−", "-")
    return text.replace(".", "").replace(",", ".") if "," in text else text


class GermanDecimalField(forms.DecimalField):
    """A decimal field that reads and shows the German form."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["widget"] = forms.TextInput(attrs={"inputmode": "decimal"})
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        return super().to_python(plain_number(value) if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:f}".replace(".", ",") if isinstance(value, Decimal) else value
