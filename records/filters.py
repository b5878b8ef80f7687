"""Search, filters and order of a list; they live in the address."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from itertools import groupby
from typing import Any

from django.db import models
from django.db.models import Case, CharField, F, IntegerField, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce
from django.http import QueryDict
from django.utils import timezone

from accounts.access import Access
from accounts.models import Municipality
from records.display import field_of, label_of
from records.fields import VagueDateField, holds_numbers
from records.kind import Reckoned, RecordKind
from records.models import ProgrammeRecord, Record, Span
from records.parts import FilterField, Link, Option
from records.queries.names import told_apart, years_of
from records.queries.prepared import Prepared
from records.queries.scope import Sight, key_of, rows_in_sight, sight_of
from records.text import fold, labelled, whole_number

SEARCH, GAP, SORT, PAGE, SIZE = "q", "luecke", "sortierung", "seite", "anzahl"
PICKED = "auswahl"  # „3.7.12“: just these rows
MOST_PICKED = 300  # longer addresses are refused by servers


class Labels(dict[str, dict[int, str]]):
    """Ids and labels by relation; ``limits`` are first and last day (ISO, empty: open) of entries of catalogues."""

    def __init__(self, names: Iterable[str]) -> None:
        super().__init__({name: {} for name in names})
        self.limits: dict[tuple[str, int], tuple[str, str]] = {}

    def offered(self, name: str, span: Span | None, kept: Collection[int] = ()) -> dict[int, str]:
        """What holds in that time; ``kept`` stays, and its label says that it holds no longer, or not yet."""
        found = {}
        for pk, label in self[name].items():
            begin, end = self.limits.get((name, pk), ("", ""))
            if span is None or (begin <= span[1].isoformat() and (not end or end >= span[0].isoformat())):
                found[pk] = label
            elif pk in kept:
                days = (("ab", begin), ("bis", end))
                words = (f"{word} {date.fromisoformat(day):%d.%m.%Y}" for word, day in days if day)
                found[pk] = f"{label} (gilt {' '.join(words)})"
        return found


def picked(pks: Iterable[int]) -> str:
    """The value of the address for just these rows."""
    return ".".join(str(pk) for pk in list(pks)[:MOST_PICKED])


def read_labels(kind: RecordKind, names: list[str], municipality: Municipality | None, access: Access | None) -> Labels:
    """What the named relations of a kind can point to, see labels_of."""
    return labels_of(kind.model, names, municipality, access)


def labels_of(
    model: type[Record], names: list[str], municipality: Municipality | None, access: Access | None
) -> Labels:
    """Ids and labels of all records the named relations can point to and the person sees, in order, in one query."""
    labels = Labels(names)
    if not names:
        return labels
    statement = labels_statement(model, tuple(names), sight_of(access, municipality))
    found = statement.run(municipality, user=key_of(access))
    found = sorted(found, key=lambda row: (row[3], row[2], row[1]))
    for name, rows in groupby(sorted(found, key=lambda row: row[0]), key=lambda row: row[0]):
        labels[name] = told_apart([(pk, label, first, last) for _, pk, label, _, _, _, first, last in rows])
    for name, pk, _, _, begin, end, _, _ in found:
        if begin or end:
            labels.limits[name, pk] = (begin, end)
    return labels


@cache
def labels_statement(model: type[Record], names: tuple[str, ...], sight: Sight) -> Prepared:
    """Rows of (relation, key, label, order, first day, last day, first year, last year)."""
    parts = []
    for name in names:
        target: Any = model._meta.get_field(name).related_model
        is_record = issubclass(target, Record)
        rows = rows_in_sight(target, sight).order_by().select_related(None)
        label, order = ("label", "sort_key") if is_record else ("name", "sort_key")
        days = [f"valid_{end}" if issubclass(target, ProgrammeRecord) else None for end in ("from", "until")]
        begin, end = (Coalesce(Cast(F(day), CharField()), Value("")) if day else Value("") for day in days)
        rows = rows.annotate(relation=Value(name), first_day=begin, last_day=end, **years_of(target))
        parts.append(rows.values_list("relation", "pk", label, order, "first_day", "last_day", "of_first", "of_last"))
    return Prepared.of(parts[0].union(*parts[1:], all=True))


@dataclass
class FilterBar:
    """What was asked for in the address, cleaned: unknown names and values are ignored."""

    kind: RecordKind
    query: QueryDict
    labels: Labels
    chosen: dict[str, str] = field(default_factory=dict)
    search: str = ""
    gap: str = ""
    picked: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        self.search = self.query.get(SEARCH, "").replace("\x00", "").strip()[:200]
        wanted = self.query.get(GAP, "")
        self.gap = wanted if wanted in {gap.code for gap in self.kind.gaps} else ""
        numbers = [whole_number(part) for part in self.query.get(PICKED, "").split(".")[:MOST_PICKED]]
        self.picked = tuple(number for number in numbers if number is not None)
        for name in (*self.kind.filters, *self.kind.quiet_filters, *self._reckoned()):
            value = self.query.get(name, "")
            if value and value in {option for option, _ in self.options(name)}:
                self.chosen[name] = value

    @cached_property
    def today(self) -> date:
        """The day on which entries of catalogues must hold."""
        return timezone.localdate()

    @property
    def narrows(self) -> bool:
        """Whether anything of the address leaves rows out."""
        return bool(self.picked or self.search or self.chosen or self.gap)

    @property
    def sort(self) -> str:
        """The wanted order, where rows can be ordered so."""
        wanted = self.query.get(SORT, "")
        return wanted if wanted.removeprefix("-") in ("title", *self.kind.columns) else ""

    def _reckoned(self) -> dict[str, Reckoned]:
        """The columns that are reckoned, by their parameters."""
        return {each.code: each for each in self.kind.reckoned}

    def _label(self, name: str) -> str:
        reckoned = self._reckoned().get(name)
        return reckoned.label if reckoned else label_of(self.kind.model, name)

    def options(self, name: str) -> list[tuple[str, str]]:
        """Values and labels a filter offers."""
        if reckoned := self._reckoned().get(name):
            return list(reckoned.options)
        model_field: Any = self.kind.model._meta.get_field(name)
        if model_field.is_relation:
            return [(str(pk), label) for pk, label in self._offered(name).items()]
        if isinstance(model_field, models.BooleanField):
            return [("ja", "ja"), ("nein", "nein")]
        return [(str(value), str(label)) for value, label in model_field.flatchoices]

    def _offered(self, name: str) -> dict[int, str]:
        """Entries of catalogues that hold today, and the one that is asked for; in a chosen cycle all of them."""
        asked = whole_number(self.query.get(name, ""))
        span = None if self.query.get("cycle") else (self.today, self.today)
        return self.labels.offered(name, span, () if asked is None else (asked,))

    def apply(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows that answer search and filters."""
        if self.picked:
            rows = rows.filter(pk__in=self.picked)
        for word in fold(self.search).split():
            rows = rows.filter(search_text__contains=word)
        reckoned = self._reckoned()
        for name, value in self.chosen.items():
            if name in reckoned:
                continue
            model_field: Any = self.kind.model._meta.get_field(name)
            if model_field.many_to_many:
                through = model_field.remote_field.through._default_manager
                owner, target = model_field.m2m_field_name(), model_field.m2m_reverse_field_name()
                rows = rows.filter(pk__in=through.filter(**{f"{target}_id": value}).values(f"{owner}_id"))
            else:
                rows = rows.filter(**{name: value == "ja" if isinstance(model_field, models.BooleanField) else value})
        for gap in self.kind.gaps:
            if gap.code == self.gap:
                rows = rows.filter(pk__in=self.kind.model._default_manager.filter(gap.condition).values("pk"))
        for each in (reckoned[name] for name in self.chosen if name in reckoned):
            told = each.told(list(rows.order_by().values_list("pk", flat=True)))
            rows = rows.filter(pk__in=[pk for pk, (_, value) in told.items() if value == self.chosen[each.code]])
        return rows

    def fields(self) -> tuple[FilterField, ...]:
        """The selects of the filter bar."""
        found = []
        for name in (*self._reckoned(), *self.kind.filters):
            label, chosen = self._label(name), self.chosen.get(name, "")
            options = [Option("", "Alle", not chosen)]
            options += [Option(value, text, value == chosen) for value, text in self.options(name)]
            found.append(FilterField(name, label, tuple(options)))
        if self.kind.gaps:
            options = [Option("", "Alle", not self.gap)]
            options += [Option(gap.code, gap.label, gap.code == self.gap) for gap in self.kind.gaps]
            found.append(FilterField(GAP, "Lücken", tuple(options)))
        return tuple(found)

    def active(self, url: str) -> tuple[Link, ...]:
        """A chip for each filter in use, with the address without it."""
        chips = [Link(f"Suche: {self.search}", self.address(url, **{SEARCH: ""}))] if self.search else []
        for name, value in self.chosen.items():
            text = dict(self.options(name))[value]
            chips.append(Link(labelled(self._label(name), text), self.address(url, **{name: ""})))
        chips += [Link(gap.label, self.address(url, **{GAP: ""})) for gap in self.kind.gaps if gap.code == self.gap]
        if self.picked:
            words = "1 Eintrag" if len(self.picked) == 1 else f"{len(self.picked)} Einträge"
            chips.append(Link(f"Auswahl: {words}", self.address(url, **{PICKED: ""})))
        return tuple(chips)

    def quiet(self) -> tuple[tuple[str, str], ...]:
        """What is in force without a select, so that the form sends it again."""
        found = [(name, self.chosen[name]) for name in self.kind.quiet_filters if name in self.chosen]
        return (*found, (PICKED, picked(self.picked))) if self.picked else tuple(found)

    def address(self, url: str, **changes: str) -> str:
        """The list's address with some parameters changed; a change of anything but the page starts at page 1."""
        known = {**self.chosen, SEARCH: self.search, GAP: self.gap, PICKED: picked(self.picked)}
        for name in (SORT, SIZE):
            known[name] = self.query.get(name, "")
        if PAGE in changes or not changes:
            known[PAGE] = self.query.get(PAGE, "")
        query = QueryDict(mutable=True)
        query.update({name: value for name, value in {**known, **changes}.items() if value})
        return f"{url}?{query.urlencode()}" if query else url


def order_expression(kind: RecordKind, name: str) -> Any:
    """How rows are ordered by a column, or None where they cannot be."""
    if name in ("title", "sort_key"):
        return F("sort_key")
    model_field = field_of(kind.model, name)
    if model_field is None or model_field.many_to_many:
        return None
    if model_field.is_relation:
        return F(f"{name}__sort_key") if issubclass(model_field.related_model, Record) else None
    if model_field.choices:
        whens = [When(**{name: value}, then=Value(index)) for index, (value, _) in enumerate(model_field.flatchoices)]
        return Case(*whens, default=Value(len(whens)), output_field=IntegerField())
    if holds_numbers(model_field) or isinstance(model_field, VagueDateField | models.BooleanField):
        return F(name)
    return None


def order_term(kind: RecordKind, name: Any) -> Any:
    """A name with optional minus as an order term; empty values come last either way."""
    if not isinstance(name, str):
        return name
    expression = order_expression(kind, name.removeprefix("-"))
    if expression is None:
        return name
    last = {"nulls_last": True} if isinstance(expression, F) else {}
    return expression.desc(**last) if name.startswith("-") else expression.asc(**last)


def apply_order(kind: RecordKind, rows: QuerySet[Any], wanted: str) -> QuerySet[Any]:
    """Rows in the wanted order (a leading minus turns it); else in the kind's own."""
    name = wanted.removeprefix("-")
    if name == "title" or (name in kind.columns and order_expression(kind, name) is not None):
        return rows.order_by(order_term(kind, wanted), "sort_key", "pk")
    default = kind.ordering or kind.model._meta.ordering or ()
    return rows.order_by(*(order_term(kind, "sort_key" if n == "title" else n) for n in default), "pk")
