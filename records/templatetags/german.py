"""German numbers, amounts and dates in templates."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone

register = template.Library()

NARROW = "\u202f"
NO_VALUE = "–"


def grouped(value: Decimal, separator: str) -> str:
    """Digits in threes from the right; decimals stay as they are, after a comma, with a true minus sign."""
    sign, text = ("−", f"{-value:f}") if value < 0 else ("", f"{value:f}")
    whole, _, decimals = text.partition(".")
    return sign + f"{int(whole):,}".replace(",", separator) + (f",{decimals}" if decimals else "")


def is_number(value: Any) -> bool:
    """True for what can be grouped; statistics placeholders and True are texts of their own."""
    return isinstance(value, (int, Decimal)) and not isinstance(value, bool) and Decimal(value).is_finite()


@register.filter
def number(value: Any) -> str:
    """``1000`` → „1 000“ (narrow no-break space), ``Decimal("0.80")`` → „0,80“, None → „–“; texts stay as they are."""
    if value is None or value == "":
        return NO_VALUE
    if isinstance(value, float):
        value = Decimal(str(value))
    return grouped(Decimal(value), NARROW) if is_number(value) else str(value)


@register.filter
def euro(value: Any) -> str:
    """An amount in euro with two decimals: „120.000,00 €“. More than two decimals are shown, never rounded away."""
    if value is None or value == "":
        return NO_VALUE
    if not is_number(value):
        return str(value)
    amount = Decimal(value)
    exponent = amount.as_tuple().exponent
    if isinstance(exponent, int) and exponent > -2:
        amount = amount.quantize(Decimal("0.01"))
    return f"{grouped(amount, '.')}{NARROW}€"


@register.filter
def datum(value: Any) -> str:
    """A date as „17.08.2016“, a time as „17.08.2016, 14:05 Uhr“ in local time; vague dates speak for themselves."""
    if value is None or value == "":
        return NO_VALUE
    if isinstance(value, datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return f"{local:%d.%m.}{local.year}, {local:%H:%M} Uhr"
    if isinstance(value, date):
        return f"{value:%d.%m.}{value.year}"
    return str(value)
