"""Addresses of all kinds of an app, each behind the gates with its declared action."""

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from neapolitan.views import Role

from accounts.access import View, in_municipality, in_portal
from accounts.enums import Action
from accounts.typed import keeps_drafts
from records.kind import PAGES, PROGRAMME, RecordKind
from records.registry import kinds_of_app
from records.views import beside as pages
from records.views.crud import RecordView
from records.views.table_import import read_in


def gated(kind: RecordKind, action: Action, view: Any) -> View:
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

    view_class: Any = type(f"{kind.model.__name__}View", (RecordView,), {"kind": kind})

    def crud(role: Role) -> Any:
        return view_class.as_view(role=role)

    views: dict[str, tuple[Action, Any]] = {
        "list": (read, crud(Role.LIST)),
        "csv": (read, partial(pages.export, kind=kind, form="csv")),
        "xlsx": (read, partial(pages.export, kind=kind, form="xlsx")),
        "detail": (read, crud(Role.DETAIL)),
        "update": (write, crud(Role.UPDATE)),
        "history": (read, partial(pages.history, kind=kind)),
        "assign": (read, partial(pages.assign, kind=kind)),
    }
    if kind.creatable:
        views["create"] = (write, crud(Role.CREATE))
    if kind.is_tenant and kind.bulk:
        views["bulk"] = (write, partial(pages.bulk, kind=kind))
    if kind.is_importable:
        views["import"] = (write, partial(read_in, kind=kind))
    if kind.deletable:
        views["delete"] = (write, crud(Role.DELETE))
    if any(field.name == "file" for field in kind.model._meta.fields):
        views["file"] = (read, partial(pages.download, kind=kind))
    behind = {name: gated(kind, action, view) for name, (action, view) in views.items()}
    for name in {"create", "update"} & behind.keys():
        keeps_drafts(behind[name])
    return [path(base + PAGES[name], view, name=f"{kind.name}-{name}") for name, view in behind.items()]


def record_urls(app_label: str) -> list[URLPattern]:
    """Addresses of all kinds whose models live in the app."""
    return [pattern for kind in kinds_of_app(app_label) for pattern in urls_of_kind(kind)]
