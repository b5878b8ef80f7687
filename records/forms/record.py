"""The form of any kind, built from its description: scoped choices, German sentences, layout in groups."""

import hashlib
import uuid
from collections.abc import Collection, Iterable
from copy import copy
from functools import cache, cached_property, partial
from typing import Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import QueryDict
from django.utils.html import format_html

from accounts.access import Access
from accounts.date_words import side_of
from accounts.forms.days import DayFormField
from accounts.models import Municipality
from accounts.policies import Right
from records.display import asked_as, file_name, with_units
from records.domain.validity import check_validity
from records.fields import VagueDateField
from records.filters import Labels, read_labels
from records.forms.choices import LinkField, RecordField
from records.forms.formats import say_format
from records.forms.layout import FieldGroup, Two
from records.forms.long_text import LongText, ReadsTexts
from records.forms.typed import show_typed
from records.kind import RecordKind
from records.models import MunicipalRecord, ProgrammeRecord, Record, Span
from records.models.agreement import new_questions, refused
from records.number_form import GermanDecimalField, GermanIntegerField
from records.queries.scope import UNSEEN, models_seen_in_part, rows_in_scope, rows_of_place, sees
from records.queries.units import units_of
from records.registry import find_kind
from records.text import fold, whole_number
from records.vague_form import VagueDateFormField

REQUIRED = "Füllen Sie dieses Feld aus."
CHOOSE = "Bitte wählen"
NOT_OFFERED = "„{}“ gibt es hier nicht. Wählen Sie einen Namen aus der Liste."
SENTENCES: dict[type[forms.Field], dict[str, str]] = {
    forms.CharField: {
        "max_length": "Kürzen Sie den Text auf höchstens %(limit_value)d Zeichen; es sind %(show_value)d."
    },
    forms.IntegerField: {
        "invalid": "Geben Sie eine ganze Zahl ein, zum Beispiel 3.",
        "min_value": "Geben Sie eine Zahl ab %(limit_value)s ein.",
        "max_value": "Geben Sie eine Zahl bis %(limit_value)s ein.",
    },
    forms.DecimalField: {
        "min_value": "Geben Sie eine Zahl ab %(limit_value)s ein.",
        "max_value": "Geben Sie eine Zahl bis %(limit_value)s ein.",
        "invalid": "Geben Sie eine Zahl ein, zum Beispiel 1.250,50.",
        "max_decimal_places": "Geben Sie höchstens %(max)s Stellen nach dem Komma ein.",
        "max_digits": "Die Zahl ist zu groß. Möglich sind %(max)s Ziffern.",
        "max_whole_digits": "Die Zahl ist zu groß. Möglich sind %(max)s Stellen vor dem Komma.",
    },
    forms.ModelChoiceField: {"invalid_choice": "Wählen Sie einen Eintrag aus der Liste."},
    forms.ModelMultipleChoiceField: {
        "invalid_choice": "Wählen Sie nur Einträge aus der Liste.",
        "invalid_pk_value": "Wählen Sie nur Einträge aus der Liste.",
        "list": "Wählen Sie nur Einträge aus der Liste.",
    },
    forms.TypedChoiceField: {"invalid_choice": "Wählen Sie einen Eintrag aus der Liste."},
    forms.DateField: {"invalid": "Geben Sie ein Datum ein, das es gibt, zum Beispiel 17.08.2016."},
    forms.URLField: {"invalid": "Geben Sie eine vollständige Adresse ein, zum Beispiel https://www.kyffhaeuser.de."},
    forms.FileField: {"required": "Wählen Sie eine Datei aus.", "empty": "Die Datei ist leer. Wählen Sie eine andere."},
    VagueDateFormField: {"required": "Geben Sie ein Datum an; es darf ungenau sein."},
}


CONFIRMED = "bestaetigt"


def answer_to(asked: Iterable[str]) -> str:
    """The value that a ticked box has: an answer to these questions and no others."""
    return hashlib.sha256("\n".join(asked).encode()).hexdigest()[:16]


class RecordForm(ReadsTexts, forms.ModelForm):  # type: ignore[type-arg]
    """Base of all record forms. ``typed`` are raw fields of a draft that are shown again."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    form_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=36)

    def __init__(
        self,
        *args: Any,
        kind: RecordKind,
        municipality: Municipality | None,
        access: Access,
        typed: QueryDict | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.municipality, self.access = kind, municipality, access
        self._labels: Labels | None = None
        self.names = {name: names_of(municipality) for name, names_of in kind.chosen if name in self.fields}
        if kind.is_tenant and self.instance.pk is None:
            self.instance.municipality = municipality
        for name, form_field in self.fields.items():
            self._prepare(name, form_field)
            if isinstance(form_field, forms.FileField):
                self._tell_stored(form_field)
        self.initial["version"] = self.instance.version
        self.initial["form_key"] = str(uuid.uuid4())
        if typed is not None:
            show_typed(self, typed)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = layout_of(kind)

    def _prepare(self, name: str, field: forms.Field) -> None:
        """Scope the choices, set the sentences, offer creation of related records."""
        speak_german(field)
        if name in ("version", "form_key"):
            return
        self._limit(name, field)
        field.needed_when = self._meta.model.needed_when.get(name, "")  # type: ignore[attr-defined]
        say_format(name, field)
        if name in self.names:
            pairs = [("", CHOOSE), *((each, each) for each in self.names[name])]
            field.widget = forms.Select(choices=pairs)
        if isinstance(field, forms.ModelChoiceField):
            self._scope(name, field)
        if isinstance(field, forms.IntegerField):  # decimals too
            field.label = asked_as(self._meta.model, name, self._unit_of(name))
        set_up_widget(field, as_offered=name in self.names)

    def _tell_stored(self, field: forms.Field) -> None:
        """Name the stored file and lead to it through the gates: no address leads to where it lies."""
        field.widget = forms.FileInput(attrs=field.widget.attrs)
        if self.instance.pk is not None:
            url = self.kind.url("file", self.municipality, self.instance.pk)
            field.help_text = format_html(
                'Derzeit: <a href="{}">{}</a>. Eine neue Datei tritt an ihre Stelle. {}',
                url,
                file_name(self.instance),
                field.help_text,
            )

    def _limit(self, name: str, field: forms.Field) -> None:
        """Say when a field counts: „Nur bei „vertagt“.“; of almost all states those in which it does not."""
        limit = self._meta.model.only_in.get(name)
        if limit is None:
            return
        field.belongs_to = limit  # type: ignore[attr-defined]
        labels = dict(self._meta.model._meta.get_field(limit.field).flatchoices)
        others = [str(label) for value, label in labels.items() if value not in limit.values]
        named = [str(label) for value, label in labels.items() if value in limit.values]
        words, shown = ("Nicht bei", others) if len(others) < len(named) else ("Nur bei", named)
        note = format_html('<span class="only-note">{} „{}“.</span>', words, "“ und „".join(shown))
        field.help_text = format_html("{} {}", note, field.help_text) if field.help_text else note

    @property
    def has_states(self) -> bool:
        """Whether some fields belong to some states of the record alone."""
        return any(name in self.fields for name in self._meta.model.only_in)

    def _unit_of(self, name: str) -> str:
        """What the record's number is counted in, as far as it is known when the form opens."""
        relation, _, column = self._meta.model.units.get(name, "").removeprefix("=").partition(".")
        if column and getattr(self.instance, f"{relation}_id") is None:
            key = whole_number(str(self.initial.get(relation, "")))
            rows = rows_in_scope(self._target(relation), self.access, self.municipality).filter(pk=key or 0)
            return next(iter(units_of(self._target(relation), column, rows.values_list("pk", flat=True)).values()), "")
        record: Record = self.instance
        return record.unit_of(name)

    def _scope(self, name: str, field: "forms.ModelChoiceField[Any]") -> None:
        target = self._target(name)
        span = self.span if issubclass(target, ProgrammeRecord) else None
        own = self.instance.pk if target is self._meta.model else None
        rows = partial(self._offered, target, self._unseen(name), span, self._linked(name) if span else [], own)
        if isinstance(field, RecordField) and issubclass(target, Record):
            field.offer(target, rows, partial(self._labels_of, name))
        else:
            field.queryset = rows()
        kind = find_kind(target)
        if kind and kind.creatable and kind.allows(Right.CREATE, self.access, self.municipality):
            field.create_label = f"{kind.label} anlegen"  # type: ignore[attr-defined]

    def _offered(
        self, target: Any, kept: list[int], span: Span | None, linked: list[int], own: int | None
    ) -> "models.QuerySet[Any]":
        """The rows that may be chosen; what is linked and not seen stays, and nothing is linked with itself."""
        rows = rows_in_scope(target, self.access, self.municipality)
        if kept:
            rows = rows | rows_of_place(target, self.municipality).filter(pk__in=kept)
        if span:
            rows = rows.filter(holding_in(span) | Q(pk__in=linked))
        return rows.exclude(pk=own) if own else rows

    def _labels_of(self, name: str) -> list[tuple[int, str]]:
        """What a relation offers; all relations of the form are read when the first one is asked for."""
        if self._labels is None:
            self._labels = read_labels(self.kind, self._record_relations(), self.municipality, self.access)
        own = self.instance.pk if self._meta.model._meta.get_field(name).related_model is self._meta.model else None
        offered = self._labels[name]
        if self._labels.limits and issubclass(self._target(name), ProgrammeRecord):
            offered = self._labels.offered(name, self.span, self._linked(name))
        if only := dict(self.kind.offered).get(name):
            rows = rows_of_place(self._target(name), self.municipality).filter(only(self.municipality))
            kept = {*rows.values_list("pk", flat=True), *self._linked(name)}
            offered = {pk: label for pk, label in offered.items() if pk in kept}
        seen = [(pk, label) for pk, label in offered.items() if pk != own]
        seen = list(with_units(self._meta.model, name, dict(seen)).items())
        return [*seen, *((pk, UNSEEN) for pk in self._unseen(name))]

    @cached_property
    def span(self) -> Span | None:
        """The time of the record as it stands in the form: entries of catalogues are offered that hold in it."""
        record = copy(self.instance)
        if "cycle" in self.fields:
            typed = whole_number(self.data.get("cycle")) if self.is_bound else self.initial.get("cycle")
            rows = rows_of_place(self._target("cycle"), self.municipality)
            chosen = typed if isinstance(typed, Record) else rows.filter(pk=typed).first() if typed else None
            if chosen is not None:
                record.cycle = chosen
        return record.span() if isinstance(record, MunicipalRecord) else None

    def _linked(self, name: str) -> list[int]:
        """What the stored record is linked with."""
        if self.instance.pk is None:
            return []
        linked: Any = getattr(self.instance, name)
        return [row.pk for row in linked.all()] if hasattr(linked, "all") else [linked.pk] if linked else []

    def _unseen(self, name: str) -> list[int]:
        """Linked records that the person does not see: they stay linked, without their names."""
        if self.instance.pk is None or self._target(name) not in models_seen_in_part():
            return []
        linked: Any = getattr(self.instance, name)
        rows = linked.all() if hasattr(linked, "all") else [linked] if linked else []
        return [row.pk for row in rows if not sees(self.access, row)]

    def _record_relations(self) -> list[str]:
        fields = ((name, self._meta.model._meta.get_field(name)) for name in self.kind.field_names())
        return [name for name, f in fields if f.is_relation and issubclass(f.related_model, Record)]

    def _post_clean(self) -> None:
        """What was chosen by name sets what goes with it; entries of catalogues must hold in the record's time."""
        for name, names in self.names.items():
            typed = self.cleaned_data.get(name)
            known = next((each for each in names if typed and fold(each) == fold(typed)), None)
            if typed and known is None:
                self.add_error(name, NOT_OFFERED.format(typed))
            elif known is not None:
                self.cleaned_data[name] = known
                for attribute, value in names[known].items():
                    setattr(self.instance, attribute, value)
        super()._post_clean()  # type: ignore[misc]
        try:
            check_validity(self.instance, self.links())
        except ValidationError as error:
            add_errors(self, error)
        self._look_around()

    def _look_around(self) -> None:
        """The rules between records: what cannot be is refused at its field, what hardly can be is asked about once."""
        self.asked: list[str] = []
        if self.errors:
            return
        for name, sentences in refused(self.instance, self.links()).items():
            self.add_error(name if name in self.fields else None, sentences)
        if not self.errors:
            self.asked = new_questions(self.instance, self.links())

    def has_answered(self) -> bool:
        """Whether the person has said that just this is right; else the questions stand above the form."""
        if not self.asked or self.data.get(CONFIRMED) == answer_to(self.asked):
            return True
        self.add_error(None, self.asked)
        return False

    @property
    def confirmation(self) -> str:
        """What the box sends that answers the questions; a model may have a field named answer."""
        return answer_to(self.asked) if getattr(self, "asked", None) else ""

    def judge(self, instance: Record, data: dict[str, Any], without: Collection[str] = ()) -> None:
        """Judge another record with the choices that were read already, for tables of a thousand rows.

        Fields in ``without`` are not looked at.
        """
        self.every_field = getattr(self, "every_field", None) or dict(self.fields)
        self.fields = {name: field for name, field in self.every_field.items() if name not in without}
        self.instance, self.data, self.is_bound = instance, data, True
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField) and self._target(name) is type(instance):
                self._scope(name, field)
        self.full_clean()

    def _target(self, name: str) -> Any:
        return self._meta.model._meta.get_field(name).related_model

    def links(self) -> dict[str, list[models.Model]]:
        """The chosen links by field name, for records.domain.saving."""
        names = {f.name for f in self._meta.model._meta.many_to_many}
        return {name: list(value) for name, value in self.cleaned_data.items() if name in names}


def speak_german(field: forms.Field) -> None:
    """Our sentences for what is typed wrong, and whether the field may be left empty."""
    for kind_of_field, sentences in SENTENCES.items():
        if isinstance(field, kind_of_field):
            field.error_messages |= sentences
    if field.error_messages.get("required", "").startswith("Dieses Feld"):
        field.error_messages["required"] = REQUIRED
    field.widget.attrs.pop("maxlength", None)  # browsers would cut pasted text without a word
    field.optional_note = not field.required and not isinstance(field, forms.BooleanField)  # type: ignore[attr-defined]


def set_up_widget(field: forms.Field, *, as_offered: bool = False) -> None:
    """What a list says before something is chosen, unless it says so already, and the height of long texts."""
    if isinstance(field.widget, forms.Select) and not as_offered:
        field.widget.choices = [(v, CHOOSE if v == "" else t) for v, t in field.choices]  # type: ignore[attr-defined]
    elif isinstance(field.widget, forms.Textarea):
        field.widget.attrs["rows"] = 4


def holding_in(span: Span) -> Q:
    """Entries of a catalogue that hold within that time."""
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=span[1])
    lasting = Q(valid_until__isnull=True) | Q(valid_until__gte=span[0])
    return begun & lasting


def layout_of(kind: RecordKind) -> Layout:
    """The groups of the description as crispy layout."""
    groups = [
        FieldGroup(
            group.legend, group.help_text, *[name if isinstance(name, str) else Two(*name) for name in group.fields]
        )
        for group in kind.groups
    ]
    return Layout("version", "form_key", *groups)


def formfield_for(field: "models.Field[Any, Any]", **kwargs: Any) -> forms.Field | None:
    """Our form fields and widgets: German numbers, vague dates, check boxes for links."""
    if isinstance(field, VagueDateField):
        made: forms.Field = field.formfield(**kwargs)
        return made
    if isinstance(field, models.DecimalField):
        return field.formfield(**kwargs | {"form_class": GermanDecimalField})
    if isinstance(field, models.IntegerField) and not field.choices:
        return field.formfield(**kwargs | {"form_class": GermanIntegerField})
    if isinstance(field, models.ForeignKey):
        return field.formfield(**kwargs | {"form_class": RecordField})
    if isinstance(field, models.ManyToManyField):
        return field.formfield(**kwargs | {"form_class": LinkField, "widget": forms.CheckboxSelectMultiple})
    if isinstance(field, models.DateField):
        day: Any = field.formfield(**kwargs | {"form_class": DayFormField})
        day.side = side_of(field.name)
        return cast(forms.Field, day)
    if isinstance(field, models.TextField):
        return field.formfield(**kwargs | {"widget": LongText})
    if isinstance(field, models.URLField):
        return field.formfield(**kwargs | {"assume_scheme": "https"})
    return field.formfield(**kwargs)


@cache
def form_class_for(kind: RecordKind) -> type[RecordForm]:
    """The form class of a kind; its fields are those of the description, named one by one."""
    made = forms.modelform_factory(
        kind.model, form=RecordForm, fields=kind.field_names(), formfield_callback=formfield_for
    )
    return cast(type[RecordForm], made)


def add_errors(form: forms.BaseForm, error: ValidationError) -> None:
    """Sentences of the domain next to their fields, the rest on top of the form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)
