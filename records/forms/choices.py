"""Fields that choose records: the form reads their labels, and puts their rows together when a choice is judged."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.models import ModelChoiceIterator

from records.registry import find_kind
from records.text import sort_key, whole_number

Rows = Callable[[], models.QuerySet[Any]]


class LabelIterator(ModelChoiceIterator):  # type: ignore[type-arg]
    """Choices as pairs of id and label, which the form reads for all its relations in one query.

    Sub-records stand under the name of their parent (members by body); that takes one query more.
    """

    field: Any

    def __init__(self, field: Any) -> None:
        self.field = field

    @property
    def queryset(self) -> Any:  # type: ignore[override]
        """Asked for late: a form that is only shown does so for sub-records alone."""
        return self.field.queryset

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        pairs, kind = self.field.read_labels(), find_kind(self.field.target)
        if kind is None or not kind.parent:
            yield from pairs
            return
        parents, groups = dict(self.queryset.order_by().values_list("pk", f"{kind.parent}__label")), defaultdict(list)
        for pk, label in pairs:
            groups[parents.get(pk, "")].append((pk, label))
        yield from sorted(groups.items(), key=lambda group: sort_key(group[0]))


class RecordField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Chooses one record. A form that is only shown puts no rows together: that is a fifth of its time."""

    rows: Rows | None = None

    def offer(self, target: Any, rows: Rows, read_labels: Callable[[], list[tuple[int, str]]]) -> None:
        """Offer records of a model: ``rows`` are those that may be chosen, ``read_labels`` gives their names."""
        self.target, self.rows, self.read_labels = target, rows, read_labels
        self.iterator = LabelIterator
        self.widget.choices = self.choices

    def _get_queryset(self) -> Any:
        if self.rows is not None:
            self._queryset, self.rows = self.rows(), None
        return self._queryset

    queryset = property(_get_queryset, forms.ModelChoiceField._set_queryset)  # type: ignore[attr-defined]


class LinkField(RecordField, forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Chooses several; refuses numbers that no database can hold before they are asked for."""

    def clean(self, value: Any) -> Any:
        for key in value if isinstance(value, list | tuple) else ():
            if whole_number(str(key)) is None:
                raise ValidationError(self.error_messages["invalid_pk_value"], code="invalid_pk_value")
        return super().clean(value)
