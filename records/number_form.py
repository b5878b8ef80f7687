"""Numbers as they are written in German: „1.234,50“, „12 500“, „0,8“. What has two readings is asked."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from records.amounts import CENTS, MOST, MOST_EURO, MOST_SHARE, Ambiguous, Amount, read_number, written

MEANT = "_gemeint"  # behind the name of a field: what was typed and the reading that was chosen
BETWEEN = "|"
ROUNDED = " (gerundet)"


def whole_text(text: str) -> str:
    """A whole number without what stands between its thousands; what is no whole number stays as it is."""
    read = read_number(text, 0)
    return str(read.value) if isinstance(read, Amount) and read.value is not None else text


class GermanIntegerField(forms.IntegerField):
    """A whole number that may have blanks or points between its thousands."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["widget"] = forms.TextInput(attrs={"inputmode": "numeric"})
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | None:
        return super().to_python(whole_text(value) if isinstance(value, str) else value)


class NumberInput(forms.TextInput):
    """A line for a number; under a text with two readings stand both, to choose one, also without JavaScript.

    A choice counts as long as the text for which it was offered stands in the line.
    """

    asked: Ambiguous | None = None

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        typed = super().value_from_datadict(data, files, name)
        question, _, chosen = str(data.get(name + MEANT, "")).partition(BETWEEN)
        return chosen if chosen and typed is not None and question == str(typed).strip() else typed

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        line = super().render(name, value, attrs, renderer)
        return format_html("{}{}", line, self._choice(name, str(value).strip())) if self.asked else line

    def _choice(self, name: str, typed: str) -> SafeString:
        asked = self.asked
        if asked is None or not asked.written:
            return SafeString("")
        ticks = format_html_join(
            "",
            '<label class="choice"><input type="radio" class="ck" name="{}" value="{}"><span>{}</span></label>',
            (
                (name + MEANT, f"{typed}{BETWEEN}{text}", f"{text}{ROUNDED * rounded}")
                for text, rounded in zip(asked.written, asked.rounded, strict=True)
            ),
        )
        return format_html('<fieldset class="choices"><legend>Was meinen Sie?</legend>{}</fieldset>', ticks)


class GermanDecimalField(forms.DecimalField):
    """A decimal field that reads and shows the German form."""

    most = MOST
    unit = "€"  # what may stand beside the number

    def __init__(self, **kwargs: Any) -> None:
        kwargs["widget"] = NumberInput(attrs={"inputmode": "decimal"})
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        self.widget.asked = None
        if not isinstance(value, str):
            return super().to_python(value)
        read = read_number(value, self.places, self.most, self.unit)
        if isinstance(read, Amount):
            return read.value
        if isinstance(read, Ambiguous):
            self.widget.asked = read
            raise ValidationError(read.sentence, code="ambiguous")
        raise ValidationError(read.sentence, code="unread")

    @property
    def places(self) -> int:
        """How many decimals the column holds."""
        return CENTS if self.decimal_places is None else self.decimal_places

    def prepare_value(self, value: Any) -> Any:
        """Without zeros that only the column has: „86,000“ reads as eighty-six thousand."""
        if not isinstance(value, Decimal) or not value.is_finite():
            return value
        if not value % 1:
            return f"{value:.0f}"
        shown = value if self.places <= CENTS else value.normalize()
        return f"{shown:f}".replace(".", ",")


class EuroFormField(GermanDecimalField):
    """An amount in euro and cents, shown as „1.234,50“."""

    most = MOST_EURO

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"decimal_places": CENTS, "max_digits": 14} | kwargs)

    def prepare_value(self, value: Any) -> Any:
        return written(value) if isinstance(value, Decimal) and value.is_finite() else value


class ShareFormField(GermanDecimalField):
    """A share in percent, „32,8931“."""

    most = MOST_SHARE
    unit = "%"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"decimal_places": 4, "max_digits": 7} | kwargs)
