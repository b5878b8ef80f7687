"""Addresses of all kinds of an app, each behind the gates with its declared action."""

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, include, path

from accounts.access import View, in_municipality, in_portal
from accounts.policies import Right
from accounts.typed import keeps_drafts
from records.kind import PAGES, PROGRAMME, RecordKind
from records.life.registry import find_life
from records.pages.crumbs import crumbs_for
from records.pages.rows import get_row
from records.registry import grids_below, kinds_of_app
from records.views import beside as pages
from records.views import grid as grids
from records.views.crud import DetailView, ListView
from records.views.delete import DeleteView, delete_marked
from records.views.form import FormView
from records.views.import_progress import progress
from records.views.life import StepPlace, step_view
from records.views.sent_once import takes_changes
from records.views.table_import import read_in


def gated(kind: RecordKind, right: Right, view: View) -> View:
    """Put the view behind the gates of the kind's scope; its policy says which actions open it."""
    actions = kind.policy.actions(right)

    def without_municipality(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        return view(request, None, **kwargs)

    def with_municipality(request: HttpRequest, municipality: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, municipality, **kwargs)

    return in_municipality(*actions)(with_municipality) if kind.is_tenant else in_portal(*actions)(without_municipality)


def urls_of_kind(kind: RecordKind) -> URLResolver:
    """List, create, detail, update, delete, history, exports, assignment and file of one kind, below its address."""
    views: dict[str, tuple[Right, View]] = {
        "list": (Right.SEE, ListView.as_view()),
        "csv": (Right.SEE, partial(pages.export, form="csv")),
        "xlsx": (Right.SEE, partial(pages.export, form="xlsx")),
        "detail": (Right.SEE, DetailView.as_view()),
        "update": (Right.CHANGE, FormView.as_view()),
        "history": (Right.SEE, pages.history),
        "assign": (Right.SEE, pages.assign),
    }
    if kind.creatable:
        views["create"] = (Right.CREATE, FormView.as_view())
    if kind.is_tenant and kind.bulk:
        views["bulk"] = (Right.CHANGE, pages.bulk)
    if kind.grid and not kind.parent:
        views["grid"] = (Right.CHANGE, grids.grid)
    if grids_below(kind):
        views["rows"] = (Right.SEE, grids.rows)
    if kind.is_importable:
        views["import"] = (Right.CREATE, read_in)
        views["progress"] = (Right.CREATE, progress)
    if kind.deletable:
        views["delete"] = (Right.DELETE, DeleteView.as_view())
    if kind.is_tenant and kind.deletable:
        views["bulk_delete"] = (Right.DELETE, delete_marked)
    if any(field.name == "file" for field in kind.model._meta.fields):
        views["file"] = (Right.SEE, pages.download)
    behind = {name: gated(kind, right, partial(view, kind=kind)) for name, (right, view) in views.items()}
    declare_forms(behind)
    pages_of_kind = [path(PAGES[name], view, name=f"{kind.name}-{name}") for name, view in behind.items()]
    place = "<slug:slug>" if kind.is_tenant else PROGRAMME
    return path(f"{place}/{kind.segment}/", include([*pages_of_kind, *urls_of_life(kind)]))


def declare_forms(views: dict[str, View]) -> None:
    """What is typed is kept as draft; the form of a record goes on with one that it saved, others go by versions."""
    for name in {"create", "update", "grid", "rows"} & views.keys():
        keeps_drafts(views[name])
    for name in {"create", "bulk", "bulk_delete", "delete"} & views.keys():
        takes_changes(views[name])


def urls_of_life(kind: RecordKind) -> list[URLPattern]:
    """A page for every step in the life of the kind's records, where they have one."""
    life = find_life(kind.model)
    if life is None:
        return []
    place = StepPlace(
        life=life,
        get=lambda municipality, pk, access: get_row(kind, municipality, pk, access),
        back=lambda record: kind.url("detail", record.municipality, record.pk),
        crumbs=lambda record, label: crumbs_for(kind, record.municipality, record, last=label),
        after=lambda record, action: kind.url("detail", record.municipality, record.pk),
    )
    return [
        path(f"<int:pk>/schritt/{life.slugs[action]}/", step_view(place, action), name=f"{kind.name}-{action}")
        for action in life.moves
    ]


def record_urls(app_label: str) -> list[URLResolver]:
    """Addresses of all kinds whose models live in the app."""
    return [urls_of_kind(kind) for kind in kinds_of_app(app_label)]
