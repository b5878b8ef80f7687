"""Two column types used everywhere: a vague date in one text column, and links to other records."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from records.vague import VagueDate


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
            raise ValidationError(str(error) or "Dieses Datum gibt es nicht.") from error

    def get_prep_value(self, value: Any) -> str | None:
        if value is None or value == "":
            return None
        return value.stored if isinstance(value, VagueDate) else str(value)

    def value_to_string(self, obj: models.Model) -> str:
        value: Any = self.value_from_object(obj)
        return value.iso if value else ""

    def formfield(self, **kwargs: Any) -> Any:
        from records.vague_form import VagueDateFormField

        options: dict[str, Any] = {
            "required": not self.blank,
            "label": self.verbose_name,
            "help_text": self.help_text,
        }
        options |= kwargs
        return options.pop("form_class", VagueDateFormField)(**options)


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
        return f"to_{to_name}" if to_name == own or to == "self" else to_name
