"""What every record has in common: tenant, stable identifier, version, people and times, full history.

Records are written only by records.domain.saving; nothing here saves by itself.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, router
from django.db.models import F, Q
from django.db.models.functions import Substr
from django.db.models.lookups import GreaterThanOrEqual
from django.utils import timezone
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords

from accounts.cleaning import is_typed_text
from accounts.enums import Action
from accounts.models import Municipality
from accounts.policies import Policy, kept_by
from records.fields import VagueDateField
from records.models.validity import Span, Valid
from records.text import fold, sort_key
from records.vague import ends_before_start


def new_uid() -> str:
    """A stable identifier; demo dossiers use readable ones."""
    return str(uuid.uuid4())


class RowsOfHistory(HistoryManager):  # type: ignore[misc]
    """The library makes a class of manager each time somebody reads ``record.history``; one is enough."""

    from_queryset = staticmethod(cache(HistoryManager.from_queryset))


class RecordHistory(HistoricalRecords):  # type: ignore[misc]
    """The history of a kind without the columns that it must be able to forget (``Record.forgotten``)."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"history_manager": RowsOfHistory} | options)

    def fields_included(self, model: Any) -> list[Any]:
        return [field for field in super().fields_included(model) if field.name not in model.forgotten]


class HistoryRow(models.Model):
    """Adds the linked ids to every history row: ``{"regions": [3, 7]}``. See ADR 0003."""

    links = models.JSONField(default=dict, editable=False)

    class Meta:
        abstract = True


@dataclass(frozen=True)
class OnlyIn:
    """The states, values of another field, in which a field says something."""

    field: str
    values: frozenset[str]


def last_field(constraint: models.BaseConstraint) -> str:
    """The field that was filled in last of those that a constraint compares: there its sentence is looked for."""
    if isinstance(constraint, models.UniqueConstraint) and constraint.fields:
        return str(constraint.fields[-1])
    names = list(names_in(constraint.condition)) if isinstance(constraint, models.CheckConstraint) else []
    return names[-1] if names else NON_FIELD_ERRORS


def names_in(condition: Any) -> Iterator[str]:
    """The fields of a condition, in its order."""
    for child in condition.children if isinstance(condition, Q) else ():
        if isinstance(child, tuple):
            yield child[0].partition("__")[0]
        else:
            yield from names_in(child)


class Record(models.Model):
    """The common base of tenant records and of records of the programme.

    ``part_of`` names relations to what the row is an own part of: it is deleted with it (records.domain.removal).
    ``only_in`` names fields that belong to some states: what was typed stays, but is shown, printed, exported, found
    and compared in those states alone (``said``).

    ``years_of`` leads to the first and last year by which records of one name are told apart („cycle__“, empty: their
    own); None where there are none.

    ``gives`` names links to what loses something where the row is deleted: „einen Beleg“ (records.domain.removal).

    ``units`` says what the numbers of a field are counted in: a word, or behind „=“ where the record says it
    („=indicator.unit“; that relation is among ``str_related``). ``formerly`` are heads that columns had once; files
    with them are still read. ``needed_when`` says of fields that may be empty when they may not („wenn vertagt“); forms
    say it in the place of „optional“. ``forgotten`` are columns that no history row holds,
    because nothing is ever removed from the history: names of people, which the portal promises to forget.
    """

    only_in: ClassVar[Mapping[str, OnlyIn]] = {}
    part_of: ClassVar[tuple[str, ...]] = ()
    gives: ClassVar[Mapping[str, str]] = {}
    years_of: ClassVar[str | None] = None
    units: ClassVar[Mapping[str, str]] = {}
    formerly: ClassVar[Mapping[str, str]] = {}
    needed_when: ClassVar[Mapping[str, str]] = {}
    forgotten: ClassVar[frozenset[str]] = frozenset()
    policy: ClassVar[Policy]
    str_related: ClassVar[tuple[str, ...]] = ()  # relations that ``str()`` reads

    uid = models.CharField(max_length=80, default=new_uid, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField("angelegt am", auto_now_add=True)
    changed_at = models.DateTimeField("geändert am", auto_now=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="angelegt von",
    )
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="geändert von",
    )
    label = models.CharField(max_length=400, default="", blank=True, editable=False)
    search_text = models.TextField(default="", blank=True, editable=False)
    sort_key = models.CharField(max_length=200, default="", blank=True, editable=False, db_index=True)
    history = RecordHistory(inherit=True, bases=[HistoryRow], excluded_fields=["label", "search_text", "sort_key"])

    class Meta:
        abstract = True

    def validate_constraints(self, exclude: Any = None) -> None:
        """As Django does, but the sentence of a constraint stands at a field: the last one that it reads."""
        found: dict[str, list[ValidationError]] = defaultdict(list)
        using = router.db_for_write(type(self), instance=self)
        for model, constraints in self.get_constraints():
            for constraint in constraints:
                try:
                    constraint.validate(model, self, exclude=exclude, using=using)
                except ValidationError as error:
                    found[last_field(constraint)].append(error)
        if found:
            raise ValidationError(dict(found))

    def index_text(self) -> None:
        """Fill the columns by which lists name, find and order the record alike on every database (records.text)."""
        self.label = str(self)[:400]
        texts = [str(self.said(f.name) or "") for f in self._meta.concrete_fields if is_typed_text(f)]
        self.search_text = fold(" ".join(text for text in dict.fromkeys([self.label, *texts]) if text))
        self.sort_key = sort_key(self.sort_text())

    def said(self, name: str) -> Any:
        """The value of a field, or what is empty for it where the record is in no state to which the field belongs."""
        field: Any = self._meta.get_field(name)
        limit = self.only_in.get(name)
        if limit is None or getattr(self, limit.field) in limit.values:
            return field.value_from_object(self)
        return None if field.null else field.get_default()

    def unit_of(self, name: str) -> str:
        """What the numbers of this field are counted in; empty where nobody has said so."""
        said = self.units.get(name, "")
        if not said.startswith("="):
            return said
        found: Any = self
        for part in said[1:].split("."):
            found = getattr(found, part, None)
        return str(found or "")

    def sort_text(self) -> str:
        """By what lists and choices order the record; catalogues with numbers order by these."""
        return self.label

    def span(self) -> Span | None:
        """The days in which entries of catalogues must hold that the record names; None: whenever.

        Today, where the record belongs to no time.
        """
        today = timezone.localdate()
        return today, today

    @classmethod
    def link_fields(cls) -> "list[models.ManyToManyField[Any, Any]]":
        """The record's own links to other records."""
        return list(cls._meta.many_to_many)


class MunicipalRecord(Record):
    """A record that belongs to exactly one municipality."""

    policy: ClassVar[Policy] = kept_by(Action.WRITE)
    dossier_label: ClassVar[str] = ""  # the name in dossiers, where the model has another label by now
    in_dossier: ClassVar[bool] = True  # False for rows about a frozen plan, which stays in its portal
    out_of_dossier: ClassVar[frozenset[str]] = frozenset()  # columns that steps or frozen plans have written
    life_in_dossier: ClassVar[bool] = False  # whether these columns and the steps stand in it apart from the record
    open_when_locked: ClassVar[frozenset[str]] = frozenset()  # columns of a part that a locked record leaves open

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="+", editable=False, verbose_name="Kommune"
    )
    is_example = models.BooleanField(
        "Beispiel", default=False, help_text="Erfundener Eintrag zur Vorführung; so wird er überall gekennzeichnet."
    )

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["municipality", "uid"], name="%(app_label)s_%(class)s_uid"),
        ]

    def clean(self) -> None:
        """Refuse links across municipalities; forms cannot offer them, imports and scripts could."""
        super().clean()
        for field in self._meta.fields:
            if not isinstance(field, models.ForeignKey) or not issubclass(field.related_model, MunicipalRecord):
                continue
            target = getattr(self, field.name) if getattr(self, field.attname) else None
            if target is not None and target.municipality_id != self.municipality_id:
                raise ValidationError({field.name: "Wählen Sie einen Eintrag der eigenen Kommune."})

    def validate_constraints(self, exclude: Any = None) -> None:
        """What is there once in a municipality is refused by forms and previews too, which leave out what nobody types:
        the municipality is the page's.
        """
        super().validate_constraints(exclude=set(exclude or ()) - {"municipality"})


class ProgrammeRecord(Valid, Record):
    """A record of the programme, kept by the ministry and valid for all municipalities."""

    policy: ClassVar[Policy] = kept_by(Action.CATALOGUE, seen_by=Action.ACCOUNT)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["uid"], name="%(app_label)s_%(class)s_uid"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="%(app_label)s_%(class)s_validity",
                violation_error_message="Das Ende liegt vor dem Anfang. Geben Sie ein späteres Ende an.",
            ),
        ]


class AppendOnly(models.Model):
    """A row that is written once and never changed or deleted; the database refuses it too (records.triggers)."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new row. Raises TypeError for one that is stored already."""
        if not self._state.adding:
            raise TypeError("Festgeschriebenes wird nicht verändert.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Raises TypeError."""
        raise TypeError("Festgeschriebenes wird nicht gelöscht.")


class Sourced(models.Model):
    """A dated record can name its source and say that another source contradicts it (docs/product.md §2.7)."""

    source = models.CharField("Quelle", max_length=300, blank=True, help_text="Woher die Angabe stammt.")
    contradiction = models.CharField(
        "Abweichende Quelle",
        max_length=300,
        blank=True,
        help_text="Nennt eine andere Quelle ein anderes Datum? Schreiben Sie, welche und welches.",
    )

    class Meta:
        abstract = True


class Period(models.Model):
    """Begin and end, both as vague as they are known."""

    begin = VagueDateField("Beginn", null=True, blank=True, db_index=True)
    end = VagueDateField("Ende", null=True, blank=True)

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if ends_before_start(self.begin, self.end):
            raise ValidationError({"end": "Das Ende liegt vor dem Beginn. Geben Sie ein späteres Ende an."})


def period_constraint(begin: str = "begin", end: str = "end") -> models.CheckConstraint:
    """The part of „end not before begin“ that a column of vague dates can check: the years."""
    one_open = Q(**{f"{begin}__isnull": True}) | Q(**{f"{end}__isnull": True})
    in_order: Any = GreaterThanOrEqual(Substr(F(end), 1, 4), Substr(F(begin), 1, 4))
    return models.CheckConstraint(
        condition=one_open | in_order,
        name=f"%(app_label)s_%(class)s_{begin}_{end}",
        violation_error_message="Das Ende liegt vor dem Beginn. Geben Sie ein späteres Ende an.",
    )
