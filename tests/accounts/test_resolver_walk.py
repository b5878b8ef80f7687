"""Default deny: every address declares what it lets a person do, and only a short list is open without log-in."""

import re

from django.http import HttpResponse
from django.urls import path

from accounts.access import in_municipality, public
from accounts.enums import Action
from tests.accounts.routes import Route, routes, routes_in

PUBLIC = {
    "accounts:login",
    "accounts:invitation",
    "accounts:password_reset",
    "accounts:password_reset_done",
    "accounts:password_reset_confirm",
    "accounts:password_reset_complete",
    "overview:home",
    "overview:health",
    "participation:public-event",
    "participation:public-calendar",
    "participation:public-survey",
    "participation:public-thanks",
    "participation:sign-up",
    "plans:public-events",
    "plans:public-table",
    "plans:open-data",
    "plans:open-list-json",
    "plans:open-list-csv",
    "plans:open-catalogue",
    "plans:site-map",
    "plans:robots",
    "overview:accessibility",
    "overview:barrier-report",
    "overview:barrier-thanks",
    "exchange:calendar-feed",
    "funding:public-call",
    "funding:public-check",
    "funding:public-confirm",
    "funding:public-draft",
    "funding:public-receipt",
    "funding:public-step",
    "plans:public-json",
    "plans:public-pdf",
    "plans:public-place",
    "plans:public-places",
    "plans:public-year",
    "plans:verification",
    "records:pasted",
    "funding:public-proof",
    "overview:privacy",
    "overview:imprint",
}


def undeclared(found: list[Route]) -> list[str]:
    """Addresses whose view declares no action, or one that its log-in rule contradicts."""
    return [
        f"{route.name} {route.pattern}"
        for route in found
        if not (declared := getattr(route.view, "actions", ()))
        or not all(isinstance(action, Action) for action in declared)
        or route.is_public != (declared == (Action.PUBLIC,))
    ]


def test_every_address_declares_its_action():
    found = list(routes())
    assert len(found) > 100
    assert undeclared(found) == []


def test_only_the_short_list_is_open_without_log_in():
    assert {route.name for route in routes() if route.is_public} == PUBLIC


def test_every_address_has_a_name_of_its_own():
    names = [route.name for route in routes()]
    assert len(names) == len(set(names))
    assert not [name for name in names if name.endswith(":None")]


def test_addresses_below_a_municipality_pass_its_gate():
    for route in routes():
        assert bool(re.match("<(slug|place):slug>/", route.pattern)) == (":slug>" in route.pattern), route.name
        if ":slug>" in route.pattern:
            assert any("in_municipality." in name for name in wrappers(route.view)), route.name


def wrappers(view):
    """Where the view and everything it wraps was defined."""
    while view is not None:
        yield view.__code__.co_qualname
        view = getattr(view, "__wrapped__", None)


def test_a_forgotten_view_and_a_false_declaration_are_found():
    def forgotten(request):
        return HttpResponse("")

    def contradicting(request):
        return HttpResponse("")

    contradicting.actions = (Action.PUBLIC,)
    patterns = [path("a/", forgotten, name="a"), path("b/", contradicting, name="b")]
    assert undeclared(list(routes_in(patterns))) == ["a a/", "b b/"]


def test_declared_views_are_accepted():
    def shown(request, *args):
        return HttpResponse("")

    def for_all(request):
        return HttpResponse("")

    patterns = [path("a/", public(for_all), name="a"), path("b/", in_municipality(Action.READ)(shown), name="b")]
    assert undeclared(list(routes_in(patterns))) == []
