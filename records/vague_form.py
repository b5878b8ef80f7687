"""Form field and widget for vague dates: a precision and the parts that fit it. Works without script."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.date_words import Asked, read_vague
from records.vague import DAY, HALF, MONTH, MONTHS, PRECISIONS, QUARTER, YEAR, VagueDate

PARTS = ("precision", "day", "month", "quarter", "half", "year")
MISSING = {
    DAY: "Geben Sie den Tag an, zum Beispiel 17.08.2016.",
    MONTH: "Wählen Sie den Monat und geben Sie das Jahr an, zum Beispiel August 2017.",
    QUARTER: "Wählen Sie das Quartal und geben Sie das Jahr an, zum Beispiel 1. Quartal 2018.",
    HALF: "Wählen Sie das Halbjahr und geben Sie das Jahr an, zum Beispiel 1. Halbjahr 2018.",
    YEAR: "Geben Sie das Jahr vierstellig an, zum Beispiel 2018.",
}


def parts_of(value: Any) -> dict[str, str]:
    """The typed or stored parts of a date, by the names of the input fields."""
    if isinstance(value, dict):
        return {part: str(value.get(part) or "") for part in PARTS}
    if isinstance(value, str) and value:
        value = VagueDate.from_iso(value)
    if not isinstance(value, VagueDate):
        return dict.fromkeys(PARTS, "") | {"precision": DAY}
    month = value.first.month
    return {
        "precision": value.precision,
        "day": str(value) if value.precision == DAY else "",
        "month": str(month) if value.precision == MONTH else "",
        "quarter": str((month + 2) // 3) if value.precision == QUARTER else "",
        "half": ("1" if month < 7 else "2") if value.precision == HALF else "",
        "year": str(value.year) if value.precision != DAY else "",
    }


def _parts_of_text(text: str) -> dict[str, str]:
    """The parts of a date that was sent as one text; what is no date stays as typed day and is refused there."""
    try:
        return parts_of(text)
    except ValueError:
        return dict.fromkeys(PARTS, "") | {"precision": DAY, "day": text}


class VagueDateWidget(forms.Widget):
    """Radio strip of precisions with the fitting fields; input names end in _precision, _day, _month …"""

    template_name = "records/widgets/vague_date.html"
    use_fieldset = True

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        context["widget"] |= parts_of(value) | {
            "precisions": list(PRECISIONS.items()),
            "months": [(str(number), label) for number, label in enumerate(MONTHS, 1)],
        }
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str] | None:
        if name in data and f"{name}_precision" not in data:
            return _parts_of_text(str(data.get(name)).strip()) if data.get(name) else None
        values = {part: str(data.get(f"{name}_{part}") or "").strip() for part in PARTS}
        return values if any(values[part] for part in PARTS[1:]) else None

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not any(key in data for key in (name, f"{name}_precision", f"{name}_day", f"{name}_year"))

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_day" if id_ else ""


class VagueDateFormField(forms.Field):
    """Cleans the parts to a VagueDate; parts that do not belong to the chosen precision are ignored."""

    widget = VagueDateWidget
    side = ""  # the end of a period that it holds (accounts.date_words)
    default_error_messages = {"required": "Geben Sie ein Datum an; es darf ungenau sein."}

    def to_python(self, value: Any) -> VagueDate | None:
        if isinstance(value, VagueDate) or not value:
            return value or None
        precision = value.get("precision") or DAY
        if precision not in PRECISIONS:
            raise ValidationError("Wählen Sie Tag, Monat, Quartal, Halbjahr oder Jahr.", code="precision")
        if precision == DAY:
            return self._day(value["day"])
        part = {MONTH: "month", QUARTER: "quarter", HALF: "half"}.get(precision)
        try:
            year = int(value["year"])
            number = int(value[part]) if part else 1
            step = {MONTH: 1, QUARTER: 3, HALF: 6, YEAR: 12}[precision]
            return VagueDate(date(year, (number - 1) * step + 1, 1), precision)
        except (ValueError, OverflowError) as error:
            raise ValidationError(self._sentence(value["year"], precision), code="invalid") from error

    def _day(self, text: str) -> VagueDate:
        if not text:
            raise ValidationError(MISSING[DAY], code="invalid")
        try:
            return read_vague(text, side=self.side)  # „Juni 2019“ is one as well
        except Asked as asked:
            raise ValidationError(str(asked), code="invalid") from asked
        except ValueError as error:
            is_date = text.replace(".", "").replace("-", "").isdigit()
            sentence = "Diesen Tag gibt es nicht. " if is_date else ""
            raise ValidationError(sentence + MISSING[DAY], code="invalid") from error

    def _sentence(self, year: str, precision: str) -> str:
        if year.isdecimal() and len(year) == 4 and not 1900 <= int(year) <= 2100:
            return "Schreiben Sie ein Jahr zwischen 1900 und 2100."
        return MISSING[precision]

    def prepare_value(self, value: Any) -> Any:
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != (initial or None))
        except ValidationError:
            return True


class VagueTextField(forms.CharField):
    """A date written into one plain field, for rows of a table."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "max_length": 40} | kwargs)

    def clean(self, value: Any) -> VagueDate | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return read_vague(text)
        except Asked as asked:
            raise ValidationError(str(asked), code="invalid") from asked
        except ValueError as error:
            sentence = "Schreiben Sie zum Beispiel 17.08.2016, August 2017 oder 1. Quartal 2018."
            raise ValidationError(sentence, code="invalid") from error
