"""Column types used everywhere: a vague date in one text column, amounts and shares as integers, links to records."""

from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any, ClassVar, TypeGuard

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models

from records.amounts import MOST_EURO, MOST_SHARE, written
from records.vague import VagueDate

NOT_EXACT = "Möglich sind höchstens {} Stellen nach dem Komma und Werte bis {}."


class VagueDateField(models.Field):  # type: ignore[type-arg]
    """A date with its precision, stored as ``2017-08-01M`` so that every database sorts and compares it as text.

    Python value: :class:`records.vague.VagueDate` or None. Dossier and fixtures use the ISO form.
    """

    description = "Datum mit Genauigkeit"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 11
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return name, path, args, kwargs

    def get_internal_type(self) -> str:
        return "CharField"

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> VagueDate | None:
        return VagueDate.from_stored(value) if value else None

    def to_python(self, value: Any) -> VagueDate | None:
        if value is None or value == "" or isinstance(value, VagueDate):
            return value or None
        try:
            return VagueDate.from_stored(value) if len(str(value)) == 11 else VagueDate.from_iso(str(value))
        except ValueError as error:
            raise ValidationError(
                str(error) or "Dieses Datum gibt es nicht. Schreiben Sie zum Beispiel 17.08.2016."
            ) from error

    def get_prep_value(self, value: Any) -> str | None:
        if value is None or value == "":
            return None
        return value.stored if isinstance(value, VagueDate) else str(value)

    def value_to_string(self, obj: models.Model) -> str:
        value: Any = self.value_from_object(obj)
        return value.iso if value else ""

    def formfield(self, **kwargs: Any) -> Any:
        from accounts.date_words import side_of
        from records.vague_form import VagueDateFormField

        options: dict[str, Any] = {
            "required": not self.blank,
            "label": self.verbose_name,
            "help_text": self.help_text,
        }
        options |= kwargs
        made = options.pop("form_class", VagueDateFormField)(**options)
        made.side = side_of(self.name)
        return made


class ExactField(models.Field):  # type: ignore[type-arg]
    """A decimal number kept as whole number of its smallest part: SQLite rounds decimals (docs/adr/0037).

    Python value: Decimal with just ``decimal_places`` places, or None for no statement. Whole numbers and texts with a
    point are taken too, floats never. Not below zero unless ``negative``. ``Sum`` gives such a Decimal; columns are not
    added to plain numbers in a query: no integer and no decimal field, so Django refuses to mix them.
    """

    empty_strings_allowed = False  # a new row without an amount says nothing
    decimal_places: ClassVar[int]
    max_digits: ClassVar[int]
    most: ClassVar[Decimal]
    unit: ClassVar[str]

    def __init__(self, *args: Any, negative: bool = False, **kwargs: Any) -> None:
        self.negative = negative
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls: Any, name: str, private_only: bool = False) -> None:
        """The model need not say in its ``units`` what the column is counted in."""
        super().contribute_to_class(cls, name, private_only)
        cls.units = {name: self.unit, **getattr(cls, "units", {})}

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | ({"negative": True} if self.negative else {})

    @cached_property
    def validators(self) -> list[Any]:
        return [*super().validators, *([] if self.negative else [MinValueValidator(0)])]

    def get_internal_type(self) -> str:
        return "BigIntegerField"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Decimal | None:
        if value is None:
            return None
        if value != int(value):  # an average is no amount
            raise ValueError(f"{value} is no whole number of the smallest part.")
        return Decimal(int(value)).scaleb(-self.decimal_places)

    def to_python(self, value: Any) -> Decimal | None:
        """Raises ValidationError for what the column cannot hold exactly."""
        if value is None or value == "":
            return None
        try:
            exact = Decimal(value) if isinstance(value, Decimal | str | int) else Decimal("NaN")
            kept = exact.quantize(Decimal(1).scaleb(-self.decimal_places))
        except InvalidOperation:
            exact = kept = Decimal("NaN")
        if kept != exact or not abs(kept) <= self.most:
            raise ValidationError(NOT_EXACT.format(self.decimal_places, written(self.most)), code="invalid")
        return kept if kept else abs(kept)

    def get_prep_value(self, value: Any) -> Any:
        if hasattr(value, "resolve_expression"):
            return value
        exact = self.to_python(value)
        return None if exact is None else int(exact.scaleb(self.decimal_places))

    def value_to_string(self, obj: models.Model) -> str:
        value: Any = self.value_from_object(obj)
        return "" if value is None else f"{value:f}"


class EuroField(ExactField):
    """An amount in euro, stored as cents: ``Decimal("1234.50")``."""

    description = "Betrag in Euro"
    decimal_places, max_digits, most, unit = 2, 14, MOST_EURO, "€"

    def formfield(self, **kwargs: Any) -> Any:
        from records.number_form import EuroFormField

        return super().formfield(**{"form_class": EuroFormField} | kwargs)


class ShareField(ExactField):
    """A share in percent, stored as ten-thousandths of a percent: ``Decimal("32.8931")``."""

    description = "Anteil in Prozent"
    decimal_places, max_digits, most, unit = 4, 7, MOST_SHARE, "%"

    def formfield(self, **kwargs: Any) -> Any:
        from records.number_form import ShareFormField

        return super().formfield(**{"form_class": ShareFormField} | kwargs)


def has_decimals(field: Any) -> TypeGuard["ExactField | models.DecimalField[Any, Any]"]:
    """Whether the values of a column are Decimals."""
    return isinstance(field, models.DecimalField | ExactField)


def holds_numbers(field: Any) -> bool:
    """Whether the values of a column are numbers of whatever sort."""
    return isinstance(field, models.IntegerField) or has_decimals(field)


class Links(models.ManyToManyField):  # type: ignore[type-arg]
    """Links to other records that protect their target: a linked record cannot be deleted.

    The linked ids are part of the record's own history row (records.models.base), so the through table needs no
    history of its own. See ADR 0003.
    """

    def contribute_to_class(self, cls: type[models.Model], name: str, **kwargs: Any) -> None:  # type: ignore[override]
        super().contribute_to_class(cls, name, **kwargs)
        through: Any = self.remote_field.through
        if through is not None and not isinstance(through, str) and through._meta.auto_created:
            target = through._meta.get_field(self._target_name(cls))
            target.remote_field.on_delete = models.PROTECT

    def _target_name(self, cls: type[models.Model]) -> str:
        to: Any = self.remote_field.model
        to_name = str(to if isinstance(to, str) else to._meta.object_name).split(".")[-1].lower()
        own = cls._meta.model_name
        return f"to_{own}" if to_name in (own, "self") else to_name
