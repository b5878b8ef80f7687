"""All kinds of records, in the order of the navigation. Apps register theirs when Django starts."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any

from django.db import models
from django.db.models import Q
from django.http import QueryDict
from django.urls import ResolverMatch

from accounts.access import Access
from accounts.models import Municipality
from records.grid import LOOKUP
from records.kind import PROGRAMME, Beside, RecordKind, Way

_kinds: dict[type[models.Model], RecordKind] = {}


def register(*kinds: RecordKind) -> None:
    """Add kinds; a second registration of a model is a programming error."""
    for kind in kinds:
        if kind.model in _kinds:
            raise ValueError(f"{kind.model.__name__} ist schon beschrieben.")
        _kinds[kind.model] = kind


def add_ways(model: type[models.Model], *ways: Way) -> None:
    """Add ways to the pages of a kind; a room above it calls this for its own pages."""
    _kinds[model] = replace(_kinds[model], ways=(*_kinds[model].ways, *ways))


def lead_from_empty(model: type[models.Model], way: Way) -> None:
    """Say where an empty list of a kind leads besides creating, where that page is of a room above it."""
    _kinds[model] = replace(_kinds[model], empty_link=way)


def begin_by(model: type[models.Model], relation: str, way: Way) -> None:
    """Say which flow of a room above begins a new record of a relation, in the place of its bare form."""
    _kinds[model] = replace(_kinds[model], flows=(*_kinds[model].flows, (relation, way)))


def narrow_gap(model: type[models.Model], code: str, condition: Q) -> None:
    """Say of a gap of a kind which rows a room above fills; only those that meet the condition still have it."""
    gaps = tuple(
        replace(gap, condition=gap.condition & condition) if gap.code == code else gap for gap in _kinds[model].gaps
    )
    _kinds[model] = replace(_kinds[model], gaps=gaps)


def show_by(
    model: type[models.Model],
    template: str,
    parts: Callable[[Any, Access], Mapping[str, Any]],
    apart: Callable[[], Collection[type[models.Model]]] = tuple,
) -> None:
    """Say by which template the page of a record is drawn, and what stands there besides.

    Among the parts „change“ may be a function that gets the DetailPage and returns it with other steps or buttons.

    Sub-records in ``apart`` are no tables of their own there.
    """
    _kinds[model] = replace(_kinds[model], detail_template=template, detail_parts=parts, detail_apart=apart)


def list_by(
    model: type[models.Model],
    template: str,
    parts: Callable[[Municipality | None, Access], Mapping[str, Any]],
) -> None:
    """Say by which template the list of a kind is drawn, and what stands there besides."""
    _kinds[model] = replace(_kinds[model], list_template=template, list_parts=parts)


def enter_with(
    model: type[models.Model], beside: Callable[[QueryDict | None, Municipality, Access], Beside], template: str
) -> None:
    """Say which rows are typed on the form of a new record, and by which template it is drawn."""
    _kinds[model] = replace(_kinds[model], beside=beside, form_template=template)


def all_kinds() -> list[RecordKind]:
    """Every kind."""
    return list(_kinds.values())


def kinds_of_app(app_label: str) -> list[RecordKind]:
    """The kinds whose models live in this app."""
    return [kind for kind in _kinds.values() if kind.model._meta.app_label == app_label]


def kind_of(model: type[models.Model]) -> RecordKind:
    """The kind of a model. Raises KeyError where it has none."""
    return _kinds[model]


def find_kind(model: object) -> RecordKind | None:
    """The kind of a model, or None."""
    return _kinds.get(model) if isinstance(model, type) else None


def kind_of_route(match: ResolverMatch | None) -> RecordKind | None:
    """The kind to whose pages and flows an address belongs („/…/erkenntnisse/flipchart/“ → the finding), or None."""
    place, segment = [*match.route.split("/"), "", ""][:2] if match else ("", "")
    is_tenant = place != PROGRAMME
    return next((kind for kind in all_kinds() if (kind.segment, kind.is_tenant) == (segment, is_tenant)), None)


def grids_below(kind: RecordKind) -> list[tuple[RecordKind, str]]:
    """Kinds whose rows are typed into a table on a page of this kind, with the relation that leads from them to it."""
    return [
        (other, path)
        for other in _kinds.values()
        if other.grid
        for path in ((other.parent,) if other.parent else ()) + other.grid.also_below
        if target_of(other.model, path) is kind.model
    ]


def target_of(model: Any, path: str) -> Any:
    """The model at the end of a relation over several steps: „question__survey“."""
    for name in path.split(LOOKUP):
        model = model._meta.get_field(name).related_model
    return model


def children_of(kind: RecordKind) -> list[RecordKind]:
    """Kinds whose ``parent`` field points to this kind's model."""
    return [
        child
        for child in _kinds.values()
        if child.parent and child.model._meta.get_field(child.parent).related_model is kind.model
    ]
