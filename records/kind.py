"""A kind of record is described once; list, detail, form, history, export, navigation and dossier follow from it."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

from django.db import models
from django.db.models import Q
from django.http import QueryDict
from django.urls import get_script_prefix, reverse

from accounts.access import Access
from accounts.enums import Action
from accounts.models import Municipality
from accounts.policies import Policy, Right
from records.domain import saving
from records.grid import Grid
from records.models.base import MunicipalRecord, Record
from records.parts import Button, FactGroup, Thread
from records.places import Section, section_of
from records.queries.scope import rows_in_scope

Pair = tuple[str, str]
NamesOf = Callable[[Municipality | None], Mapping[str, Mapping[str, Any]]]
PROGRAMME = "programm"
# The pages of a kind and what stands behind its segment in their addresses (docs/product.md §9).
PAGES = {
    "list": "",
    "csv": "export.csv",
    "xlsx": "export.xlsx",
    "create": "neu/",
    "bulk": "sammeln/",
    "bulk_delete": "sammeln/loeschen/",
    "import": "einlesen/",
    "progress": "einlesen/<int:pk>/",
    "detail": "<int:pk>/",
    "update": "<int:pk>/bearbeiten/",
    "delete": "<int:pk>/loeschen/",
    "history": "<int:pk>/verlauf/",
    "assign": "<int:pk>/zuordnen/<slug:relation>/",
    "file": "<int:pk>/datei/",
    "grid": "tabelle/",
    "rows": "<int:pk>/tabelle/<slug:relation>/",
}


@dataclass(frozen=True)
class Group:
    """Fields under one legend; a pair of names stands in one row."""

    legend: str
    help_text: str
    fields: tuple[str | Pair, ...]

    def names(self) -> Iterator[str]:
        """All field names in order."""
        for entry in self.fields:
            yield from (entry,) if isinstance(entry, str) else entry


@dataclass(frozen=True)
class Mark:
    """How a date of the record is drawn in the timeline.

    ``shape``: session, participation, resolution, milestone, period, hurdle. ``lane``: a section, the name of the field
    that holds it, or empty. ``label`` may use ``{title}`` and ``{record.body}``; ``related`` names the relations it
    reads. ``expected`` tells whether the date still lies ahead, ``when`` whether the mark is drawn at all. ``routine``
    marks are many and stay out of the timeline's first view.

    ``chain`` names the column („resolution__uid“) whose value marks share that lead to one another: a line joins them.
    ``until_named_by`` is the column by which a later record of the kind takes the place of this one; then it goes.
    """

    begin: str
    end: str = ""
    shape: str = "milestone"
    lane: Section | str = "phase"
    label: str = "{title}"
    expected: Callable[[Any], bool] = field(default=lambda record: False)
    when: Callable[[Any], bool] = field(default=lambda record: True)
    related: tuple[str, ...] = ()
    routine: bool = False
    chain: str = ""
    until_named_by: str = ""

    def text(self, record: Any) -> str:
        """The words beside the mark."""
        return self.label.format(title=record, record=record)

    def section_of(self, record: Any) -> Any:
        """The lane, or None for a record without one."""
        if not isinstance(self.lane, str) or hasattr(self.lane, "number"):
            return self.lane
        return section_of(getattr(record, self.lane)) if self.lane else None


@dataclass(frozen=True)
class Gap:
    """Rows in which something is missing: „ohne Ziel“. ``code`` stands in the address as ``?luecke=``.

    ``action`` names the way to mend it, ``mended_in`` the section in which that is done, where it is another one.
    """

    code: str
    label: str
    condition: Q
    action: str = ""
    mended_in: Section | None = None


@dataclass(frozen=True)
class Reckoned:
    """A column of lists that is reckoned of other records, and by which they are filtered: „Wer ist dran“.

    ``told`` gives text and value of the filter for records by their keys, in a constant number of queries; ``code`` is
    the parameter in the address, ``options`` are pairs of value and label.
    """

    code: str
    label: str
    options: tuple[Pair, ...]
    told: Callable[[list[int]], Mapping[int, Pair]]


def always(record: Any) -> bool:
    """A way that is open from every record."""
    return True


@dataclass(frozen=True)
class Way:
    """A way from the pages of a kind into a flow or a view: a button in the title row, a chip below it.

    ``route`` is a URL name that takes the municipality's slug. ``on`` is ``list`` or ``detail``; from a detail page the
    record's id goes into the query as ``parameter``, or into the path where there is none. ``icon`` names a sign of
    static/icons.svg. ``fits`` says of which records the way is open.
    """

    label: str
    route: str
    on: str = "list"
    icon: str = "plus"
    parameter: str = ""
    action: Action = Action.WRITE
    fits: Callable[[Any], bool] = always

    def url(self, municipality: Municipality, pk: int | None = None) -> str:
        """Address of the flow, for this record where it starts from one."""
        if pk is None:
            return reverse(self.route, args=[municipality.slug])
        if not self.parameter:
            return reverse(self.route, args=[municipality.slug, pk])
        return f"{reverse(self.route, args=[municipality.slug])}?{self.parameter}={pk}"


class Beside(Protocol):
    """Rows that are typed on the form of a new record, and stored with it."""

    def is_valid(self) -> bool:
        """Whether everything that was typed can be taken."""

    def questions(self) -> list[str]:
        """What hardly can be; a box answers it."""

    def save(self, record: Any, actor: Any) -> str:
        """Store what was typed, in the transaction of the record; returns a sentence about what is left to do."""


def no_parts(record: Any, access: Access) -> Mapping[str, Any]:
    """A page with what every kind has."""
    return {}


def no_list_parts(municipality: Municipality | None, access: Access) -> Mapping[str, Any]:
    """A list with what every kind has."""
    return {}


@dataclass(frozen=True)
class RecordKind:
    """The description. ``columns`` name fields or properties shown besides the title; ``parent`` makes a sub-record.

    ``scope`` of the addresses: a tenant record lives under ``/<slug>/<segment>/``, one of the programme under
    ``/programm/<segment>/``. ``create`` is the one of records.domain.saving unless more belongs to the record (a cycle
    comes with its phases); what goes with a record is said by the models of its parts. ``empty_way`` says how to begin;
    for kinds of a municipality it continues „So beginnen andere:“.
    ``threads`` says for rows how they hang together with others, and with its last argument how a gap is mended.
    ``in_plan`` lists the rows as a table, with the columns of the list, in the annual plan's chapter of the section.
    ``begun_from`` says what a new record takes over from the one of that relation on whose page it is begun; that need
    be no field of the form.
    ``offered`` narrows what a relation offers to what is not refused anyway; what is linked stays.
    ``chosen`` names texts that are chosen among names: a function gives for a municipality what else each name sets.
    ``beside`` makes the rows that are typed on the form of a new record; ``form_template`` draws them.
    ``detail_template`` draws the page of a record, which gets ``detail_parts`` besides what every kind has;
    sub-records in ``detail_apart`` are shown by these. ``list_template`` and ``list_parts`` do the same for its list.
    ``earlier`` names fields that can only be read: what was said before other records took it over stands on the page
    of the record and in its history, and in no form, list or table.
    ``bulk`` names fields that a list sets for several marked rows at once: choices, yes and no, relations and links.
    """

    model: type[Record]
    segment: str
    groups: tuple[Group, ...]
    columns: tuple[str, ...]
    intro: str
    empty_way: str
    section: Section | None = None
    also_in: tuple[Section, ...] = ()  # sections whose page offers the kind besides those that stand there
    inflected: str = ""  # the plural after „keine“ where it differs: „verknüpften Strategien“
    title_field: str = "title"
    key: tuple[str, ...] = ()  # fields that name a row besides its identifier; a unique constraint says so too
    filters: tuple[str, ...] = ()
    quiet_filters: tuple[str, ...] = ()  # only taken from the address: links lead with them, no select shows them
    gaps: tuple[Gap, ...] = ()
    offered: tuple[tuple[str, Callable[[Municipality | None], Q]], ...] = ()
    chosen: tuple[tuple[str, NamesOf], ...] = ()
    bulk: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()
    ordering: tuple[Any, ...] = ()  # names of fields or expressions
    parent: str = ""
    grid: Grid | None = None  # rows of the kind typed into one table
    tags: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    ways: tuple[Way, ...] = ()
    empty_link: Way | None = None  # the way that an empty list offers besides creating
    in_menu: bool = True
    in_plan: bool = False
    creatable: bool = True
    deletable: bool = True
    threads: Callable[[list[Any], Municipality | None, bool], dict[int, Thread]] | None = None
    upstream: tuple[str, ...] | None = None  # relations under „Worauf er sich stützt“; None: found by itself
    downstream: tuple[str, ...] | None = None  # relations under „Was daraus folgt“
    flows: tuple[tuple[str, Way], ...] = ()  # relations of which a new record is begun by a flow
    initial: Callable[[Municipality | None], dict[str, Any]] | None = None
    further: Callable[[Any], FactGroup | None] | None = None  # what the page of a record says besides its fields
    begun_from: tuple[tuple[str, Callable[[Any], dict[str, Any]]], ...] = ()
    reckoned: tuple[Reckoned, ...] = ()
    beside: Callable[[QueryDict | None, Municipality, Access], Beside] | None = None
    form_template: str = "records/record_form.html"
    detail_template: str = "records/record_detail.html"
    detail_parts: Callable[[Any, Access], Mapping[str, Any]] = field(default=no_parts)
    detail_apart: Callable[[], Collection[type[models.Model]]] = field(default=tuple)
    list_template: str = "records/record_list.html"
    list_parts: Callable[[Municipality | None, Access], Mapping[str, Any]] = field(default=no_list_parts)
    create: Callable[..., Any] = field(default=saving.create_record)

    @property
    def name(self) -> str:
        """The model's name in lower case, as in URL names: ``need``."""
        return str(self.model._meta.model_name)

    @property
    def label(self) -> str:
        """„Bedarf“."""
        return str(self.model._meta.verbose_name)

    @property
    def plural(self) -> str:
        """„Bedarfe“."""
        return str(self.model._meta.verbose_name_plural)

    @property
    def none_yet(self) -> str:
        """„Noch keine verknüpften Strategien.“"""
        return f"Noch keine {self.inflected or self.plural}."

    @cached_property
    def is_tenant(self) -> bool:
        """True where rows belong to a municipality."""
        return issubclass(self.model, MunicipalRecord)

    @property
    def policy(self) -> Policy:
        """Who may see, create, change and delete rows."""
        return self.model.policy

    def allows(self, right: Right, access: Access, municipality: Municipality | None) -> bool:
        """Whether the person has the right for some row there: whether a page or a button makes sense."""
        return self.policy.allows(right, access, municipality)

    @property
    def is_importable(self) -> bool:
        """True where rows can be read in from a table: no files, and nothing else comes into being with a record."""
        has_file = any(isinstance(field, models.FileField) for field in self.model._meta.fields)
        return self.is_tenant and self.creatable and not has_file and self.create is saving.create_record

    def field_names(self) -> list[str]:
        """All fields of the form, in order."""
        return [name for group in self.groups for name in group.names()]

    def rows(self, access: Access | None, municipality: Municipality | None) -> models.QuerySet[Any]:
        """Gate 2: the rows of this municipality, or of the programme, that the person sees."""
        return rows_in_scope(self.model, access, municipality)

    def url(self, page: str, municipality: Municipality | None, pk: int | None = None) -> str:
        """Address of a page of this kind; ``page`` is a key of PAGES."""
        place = municipality.slug if self.is_tenant and municipality else PROGRAMME
        return f"{get_script_prefix()}{place}/{self.segment}/{PAGES[page].replace('<int:pk>', str(pk))}"

    def buttons(self, on: str, municipality: Municipality | None, access: Access, record: Any = None) -> list[Button]:
        """The ways that a person may go from a list or a detail page."""
        if municipality is None:
            return []
        return [
            Button(way.label, way.url(municipality, record.pk if record else None), way.icon)
            for way in self.ways
            if way.on == on and access.allows(way.action, municipality) and (record is None or way.fits(record))
        ]

    def rows_url(self, municipality: Municipality | None, pk: int, rows: "RecordKind") -> str:
        """Address of the page on which rows of another kind are typed below a record of this one."""
        return self.url("rows", municipality, pk).replace("<slug:relation>", rows.segment)

    def assign_url(self, municipality: Municipality | None, pk: int, relation: str) -> str:
        """Address of the page that assigns links from the other side."""
        return self.url("assign", municipality, pk).replace("<slug:relation>", relation)
