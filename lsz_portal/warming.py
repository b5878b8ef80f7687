"""What a process reads before it answers: addresses, templates, forms and prepared statements.

Nobody's first request should wait for them. Pages of one municipality are drawn for a planner who does not exist, and
thrown away; nothing is written.
"""

import logging
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.template import engines
from django.test import RequestFactory
from django.urls import resolve, reverse

from accounts.access import Access
from accounts.enums import Role
from accounts.models import Municipality, RoleAssignment, User
from lsz_portal.faults.causes import code_of
from records.registry import all_kinds

log = logging.getLogger(__name__)


def warm_up() -> None:
    """Read all of it; whatever is missing leaves its part for later."""
    read_templates()
    try:
        place = Municipality.objects.current().order_by("pk").first()
        if place is not None:
            for address in addresses(place):
                draw(address, role_of(Role.PLANNER, place))
            draw(reverse("overview:ministry"), role_of(Role.MINISTRY, None))
    except Exception as error:  # whatever is missing now, each request tells by itself
        log.info("not-warm: %s", code_of(error))


def read_templates() -> None:
    """Compile every template of the portal."""
    folder = Path(settings.BASE_DIR) / "templates"
    for file in folder.rglob("*.html"):
        engines["django"].get_template(str(file.relative_to(folder)))


def addresses(place: Municipality) -> Iterator[str]:
    """The overviews, and of the kinds in the navigation the list, the form and one page of a record."""
    yield from (reverse(name, args=[place.slug]) for name in ("overview:start", "insight:timeline", "plans:plan-list"))
    for kind in all_kinds():
        if not kind.is_tenant or not kind.in_menu:
            continue
        yield kind.url("list", place)
        if kind.creatable:
            yield kind.url("create", place)
        first = kind.rows(None, place).order_by("pk").values_list("pk", flat=True).first()
        if first is not None:
            yield kind.url("detail", place, first)


def role_of(role: Role, place: Municipality | None) -> RoleAssignment:
    """The role of somebody who is not stored."""
    return RoleAssignment(user=User(pk=0, username="-"), role=role, municipality=place)


def draw(address: str, role: RoleAssignment) -> None:
    """Draw a page for the person of this role."""
    match = resolve(address)
    request = RequestFactory().get(address)
    request.user, request.resolver_match, request.session = role.user, match, SessionStore()
    access = Access(role.user)
    access.assignments = [role]
    request.access = access  # type: ignore[attr-defined]
    response = match.func(request, *match.args, **match.kwargs)
    if hasattr(response, "render"):
        response.render()
