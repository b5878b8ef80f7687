"""The rights of the portal on one screen, and the three gates every request passes.

Gate 1, tenant: the address names a municipality; one that the person may not know of does not exist (404).
Gate 2, row: records are reached only through the request's municipality, else 404 (records.pages.rows).
Gate 3, right: the view's declared action must be in one of the person's roles there, else 403.
Source: docs/product.md §7 (roles), docs/architecture.md, A request.
"""

from collections.abc import Callable, Iterable
from functools import cache, lru_cache, wraps
from typing import Any, cast
from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils import timezone

from accounts.enums import PORTAL_ROLES, Action, Role
from accounts.models import Municipality, RoleAssignment, User
from accounts.queries.prepared import USER, Parameter, PreparedRows
from accounts.readings import note_request

ROLE_ACTIONS: dict[str, frozenset[Action]] = {
    Role.PLANNER: frozenset({Action.READ, Action.WRITE, Action.SUPPORT, Action.SHARE}),
    Role.LEAD: frozenset({Action.READ, Action.WRITE, Action.RELEASE, Action.SUPPORT, Action.SHARE}),
    Role.ADVISER: frozenset({Action.READ, Action.SUPPORT, Action.ADVISE}),
    Role.MINISTRY: frozenset({Action.READ, Action.REVIEW, Action.CATALOGUE, Action.OVERVIEW, Action.EXPORT}),
    Role.ADMIN: frozenset({Action.READ, Action.OVERVIEW, Action.PEOPLE, Action.EXPORT}),
}

View = Callable[..., HttpResponseBase]


class Access:
    """A person's roles of today, read once per request (one query) and asked many times."""

    def __init__(self, user: User) -> None:
        self.user = user
        self._all: list[Municipality] | None = None
        self._rights: dict[int | None, frozenset[Action]] = {}
        self.assignments: list[RoleAssignment] = (
            roles_statement().run(None, user=user.pk, day=timezone.localdate().isoformat())
            if user.is_authenticated and user.is_active
            else []
        )

    @property
    def sees_all(self) -> bool:
        """Ministry and administration see every municipality."""
        return any(a.role in PORTAL_ROLES for a in self.assignments)

    def municipalities(self) -> list[Municipality]:
        """The person's own municipalities by name (without those that only a portal role opens)."""
        own = {a.municipality.pk: a.municipality for a in self.assignments if a.municipality}
        return sorted(own.values(), key=lambda m: m.sort_key)

    def visible(self) -> list[Municipality]:
        """All municipalities that exist today and that the person may open, by name.

        One query for ministry and administration, read once per request.
        """
        if not self.sees_all:
            return self.municipalities()
        if self._all is None:
            self._all = list(Municipality.objects.current().order_by("sort_key"))
        return self._all

    def municipality(self, slug: str) -> Municipality:
        """Gate 1. Raises Http404 where the person may not know of the municipality."""
        for municipality in self.municipalities():
            if municipality.slug == slug:
                return municipality
        if self.sees_all:
            found = Municipality.objects.filter(slug=slug).first()
            if found:
                return found
        raise Http404("Diese Kommune gibt es nicht.")

    def roles(self, municipality: Municipality | None) -> set[str]:
        """Roles that count in this municipality: its own and those of the whole portal."""
        place = municipality.pk if municipality else None
        return {a.role for a in self.assignments if a.municipality_id in (None, place)}

    def is_outside(self, municipality: Municipality) -> bool:
        """Whether the person reads there for the ministry, the administration or as adviser, not as one of its own."""
        return not self.roles(municipality) & {Role.PLANNER, Role.LEAD}

    def allows(self, action: Action, municipality: Municipality | None = None) -> bool:
        """Gate 3 as a question."""
        if action == Action.PUBLIC:
            return True
        if action == Action.ACCOUNT:
            return bool(self.user.is_authenticated and self.user.is_active)
        return action in self.rights(municipality)

    def rights(self, municipality: Municipality | None) -> frozenset[Action]:
        """What the person's roles allow in this municipality; a page asks some hundred times."""
        place = municipality.pk if municipality else None
        if place not in self._rights:
            self._rights[place] = frozenset().union(*(ROLE_ACTIONS[role] for role in self.roles(municipality)))
        return self._rights[place]

    def require(self, action: Action, municipality: Municipality | None = None) -> None:
        """Gate 3 as a barrier. Raises PermissionDenied (403)."""
        self.require_one_of((action,), municipality)

    def require_one_of(self, actions: Iterable[Action], municipality: Municipality | None = None) -> None:
        """Gate 3 where one of several actions is enough. Raises PermissionDenied (403)."""
        actions = tuple(actions)
        if not any(self.allows(action, municipality) for action in actions):
            raise PermissionDenied(who_may(actions))


@cache
def roles_statement() -> PreparedRows:
    """A person's roles of a day with their municipalities."""
    day: Any = Parameter("day")
    return PreparedRows(RoleAssignment.objects.valid(day).filter(user=USER).select_related("municipality"))


def who_may(actions: Iterable[Action]) -> str:
    """Which roles have the right: the sentence of a refusal."""
    wanted = set(actions)
    roles = [str(Role(role).label) for role, allowed in ROLE_ACTIONS.items() if wanted & allowed]
    return f"Das Recht dazu haben: {', '.join(roles)}." if roles else ""


@lru_cache(4096)
def actions_behind(path: str) -> tuple[Action, ...]:
    """What opens the page of an address, as its view declares it; nothing where everybody may, or nothing is there."""
    try:
        return tuple(getattr(resolve(path).func, "actions", ()))
    except Resolver404:
        return ()


def may_open(access: Access, municipality: Municipality | None, url: str) -> bool:
    """Whether a link is worth showing: the person has the right to the page. Which rows are seen, the page says."""
    actions = actions_behind(urlsplit(url).path)
    return not actions or any(access.allows(action, municipality) for action in actions)


def access_of(request: HttpRequest) -> Access:
    """The person's access, read once per request."""
    access = getattr(request, "access", None)
    if access is None or access.user != request.user:
        access = Access(request.user)  # type: ignore[arg-type]  # an anonymous person has no roles
        request.access = access  # type: ignore[attr-defined]
    return access


def person_of(request: HttpRequest) -> User:
    """Who acts in a view that only people enter: the gates let nobody else in."""
    return cast(User, request.user)


def in_municipality(*actions: Action) -> Callable[[View], View]:
    """Gates 1 and 3 for a view whose address begins with a municipality's slug; one of the actions is enough.

    The view is called as ``view(request, municipality, …)``; ``request.municipality`` is set for the page frame.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def gated(request: HttpRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
            access = access_of(request)
            municipality = access.municipality(slug)
            request.municipality = municipality  # type: ignore[attr-defined]
            access.require_one_of(actions, municipality)
            response = view(request, municipality, *args, **kwargs)
            if response.status_code == 200 and access.is_outside(municipality):
                note_request(request, municipality.slug, kwargs)
            return response

        return declare(gated, *actions)

    return decorate


def in_portal(*actions: Action) -> Callable[[View], View]:
    """Gate 3 for a view that belongs to no municipality; one of the actions is enough."""

    def decorate(view: View) -> View:
        @wraps(view)
        def gated(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            access_of(request).require_one_of(actions)
            return view(request, *args, **kwargs)

        return declare(gated, *actions)

    return decorate


def public(view: View) -> View:
    """A view without log-in; the list of them is kept in tests/accounts/test_resolver_walk.py."""
    return declare(login_not_required(view), Action.PUBLIC)


def declare(view: View, *actions: Action) -> View:
    """Note on the view what opens it, so that the resolver walk can see that nothing was forgotten."""
    view.actions = actions  # type: ignore[attr-defined]
    return view
