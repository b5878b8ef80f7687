"""Addresses of all kinds of an app, each behind the gates with its declared action."""

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path

from accounts.access import View, in_municipality, in_portal
from accounts.enums import Action
from accounts.typed import keeps_drafts
from records.kind import PAGES, PROGRAMME, RecordKind
from records.registry import grids_below, kinds_of_app
from records.views import beside as pages
from records.views import grid as grids
from records.views.crud import DeleteView, DetailView, ListView
from records.views.form import FormView
from records.views.import_progress import progress
from records.views.table_import import read_in


def gated(kind: RecordKind, action: Action, view: View) -> View:
    """Put the view behind the gates of the kind's scope."""

    def without_municipality(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        return view(request, None, **kwargs)

    def with_municipality(request: HttpRequest, municipality: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, municipality, **kwargs)

    return in_municipality(action)(with_municipality) if kind.is_tenant else in_portal(action)(without_municipality)


def urls_of_kind(kind: RecordKind) -> list[URLPattern]:
    """List, create, detail, update, delete, history, exports, assignment and file of one kind."""
    base = f"<slug:slug>/{kind.segment}/" if kind.is_tenant else f"{PROGRAMME}/{kind.segment}/"
    read, write = kind.read_action, kind.write_action
    views: dict[str, tuple[Action, View]] = {
        "list": (read, ListView.as_view()),
        "csv": (read, partial(pages.export, form="csv")),
        "xlsx": (read, partial(pages.export, form="xlsx")),
        "detail": (read, DetailView.as_view()),
        "update": (write, FormView.as_view()),
        "history": (read, pages.history),
        "assign": (read, pages.assign),
    }
    if kind.creatable:
        views["create"] = (write, FormView.as_view())
    if kind.is_tenant and kind.bulk:
        views["bulk"] = (write, pages.bulk)
    if kind.grid and not kind.parent:
        views["grid"] = (write, grids.grid)
    if grids_below(kind):
        views["rows"] = (read, grids.rows)
    if kind.is_importable:
        views["import"] = (write, read_in)
        views["progress"] = (write, progress)
    if kind.deletable:
        views["delete"] = (write, DeleteView.as_view())
    if any(field.name == "file" for field in kind.model._meta.fields):
        views["file"] = (read, pages.download)
    behind = {name: gated(kind, action, partial(view, kind=kind)) for name, (action, view) in views.items()}
    for name in {"create", "update", "grid", "rows"} & behind.keys():
        keeps_drafts(behind[name])
    return [path(base + PAGES[name], view, name=f"{kind.name}-{name}") for name, view in behind.items()]


def record_urls(app_label: str) -> list[URLPattern]:
    """Addresses of all kinds whose models live in the app."""
    return [pattern for kind in kinds_of_app(app_label) for pattern in urls_of_kind(kind)]
