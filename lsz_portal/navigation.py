"""The frame of every page: navigation by phase, switch of municipality, search, person.

At most two queries, and one more for those who may open all municipalities: what waits for the person is counted
with the records of the open phase. Fragments that draw no frame read nothing.
"""

from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from django.db.models import Count, Value
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from accounts.access import Access, access_of, may_open, person_of
from accounts.addresses import address
from accounts.enums import Action, Role
from accounts.models import Municipality
from accounts.policies import Right
from overview.queries.advice import advised_by
from overview.switching import Switch, switch_of
from planning.enums import Phase, Progress
from planning.pages.progress import PROGRESS_CODES
from planning.queries.cycles import progress_of
from records.domain.drafts import find_discarded
from records.forms.long_text import BACK, READ
from records.kind import RecordKind
from records.models.base import Record
from records.pages.drafting import DISCARDED
from records.places import Menu, Page, Section, home_url, pages_of, programme_pages
from records.queries.batches import PARAMETER, own_batch
from records.queries.prepared import Prepared
from records.queries.scope import Sight, key_of, rows_in_sight, sight_of
from records.registry import all_kinds, kind_of, kind_of_route
from records.waiting import NUMBER, number_statement


@dataclass(frozen=True)
class NavLink:
    """A way in the navigation; ``count`` is the number of records, where it is known."""

    label: str
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class NavPhase:
    """A phase in the navigation; the open one lists its kinds of records."""

    number: int
    label: str
    url: str
    code: str
    state_label: str
    current: bool
    items: list[NavLink] = field(default_factory=list)


UNCHANGED = "Nichts geändert: Alles steht so schon im Portal"


@dataclass(frozen=True)
class Undo:
    """The way back from an action on several records, and the page to return to; no way where nothing was changed."""

    label: str
    url: str
    back: str


@dataclass(frozen=True)
class Frame:
    """What base.html draws around every page."""

    municipality: Any = None
    switch: Switch | None = None
    top: list[NavLink] = field(default_factory=list)
    phases: list[NavPhase] = field(default_factory=list)
    money: list[NavLink] = field(default_factory=list)
    across: list[NavLink] = field(default_factory=list)
    reports: list[NavLink] = field(default_factory=list)
    programme: list[NavLink] = field(default_factory=list)
    person: str = ""
    person_note: str = ""
    search_url: str = ""
    search_hint: str = ""
    help: "Help | None" = None
    undo: Undo | None = None


@dataclass(frozen=True)
class Help:
    """The help of the phase to which the page belongs; what stands in it is read when it is opened."""

    phase: Section
    url: str
    content_url: str


@dataclass(frozen=True)
class Place:
    """A municipality in the header."""

    name: str
    url: str


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the frame for this request, read where a template draws it."""
    return {"frame": SimpleLazyObject(lambda: frame_of(request)), "text_step": text_step(request)}


def text_step(request: HttpRequest) -> str:
    """For the title: what a button beside a long text has done; the page is the same as before."""
    sent: Any = getattr(request, "_post", ())  # as a view has read it: the page of an error reads no body
    return "Text gegliedert" if READ in sent else "Text wie eingefügt" if BACK in sent else ""


def frame_of(request: HttpRequest) -> Frame:
    """The frame; error pages without a person get an empty one."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return Frame()
    access = access_of(request)
    municipality: Municipality | None = getattr(request, "municipality", None)
    items, waiting = read_counts(request, municipality)
    return Frame(
        municipality=Place(municipality.name, home_url(municipality)) if municipality else None,
        switch=switch_of(request, access, municipality),
        top=top_links(request, access, municipality, waiting),
        phases=phase_links(request, municipality, items) if municipality else [],
        money=money_links(request, municipality) if municipality else [],
        across=across_links(request, municipality) if municipality else [],
        reports=report_links(request, municipality) if municipality else [],
        programme=programme_links(request, access) if municipality is None else [],
        person=str(user),
        person_note=person_note(access, municipality),
        search_url=search_url(request, municipality),
        search_hint="Bedarf, Maßnahme, Sitzung …" if municipality else "Kommune, Frist, Kennzahl …",
        help=help_of(request, municipality) if municipality else None,
        undo=undo_link(request, municipality) if municipality and PARAMETER in request.GET else draft_link(request),
    )


def search_url(request: HttpRequest, municipality: Municipality | None) -> str:
    """Where the field in the header leads; the search page has a field of its own."""
    name, given = ("search", (municipality.slug,)) if municipality else ("search-programme", ())
    match = request.resolver_match
    if match and match.view_name == f"records:{name}":
        return ""
    return address(f"records:{name}", *given)


def help_of(request: HttpRequest, municipality: Municipality) -> Help | None:
    """The help beside records of a phase; the page of the phase itself needs none."""
    kind = kind_of_route(request.resolver_match)
    if kind is None or kind.section is None:
        return None
    where = (municipality.slug, kind.section.slug)
    return Help(kind.section, address("planning:phase", *where), address("planning:phase-help", *where))


def undo_link(request: HttpRequest, municipality: Municipality) -> Undo | None:
    """The way back from the action on several records that led to this page, and what it was."""
    batch = own_batch(municipality, person_of(request), request.GET[PARAMETER])
    if batch is None or batch.undone_at:
        return None
    query = request.GET.copy()
    del query[PARAMETER]
    back = f"{request.path}?{query.urlencode()}" if query else request.path
    if not batch.entries:
        return Undo(UNCHANGED, "", back)
    return Undo(batch.summary, reverse("records:undo", kwargs={"slug": municipality.slug, "pk": batch.pk}), back)


def draft_link(request: HttpRequest) -> Undo | None:
    """The way back to a draft that was discarded just now."""
    number = request.GET.get(DISCARDED)
    draft = find_discarded(person_of(request), number) if number else None
    if draft is None:
        return None
    return Undo("Entwurf verworfen", reverse("records:draft-take-back", kwargs={"pk": draft.pk}), request.path)


def person_note(access: Access, municipality: Municipality | None) -> str:
    """The role in which the person acts here."""
    return ", ".join(role.label for role in Role if role in access.roles(municipality))


def top_links(request: HttpRequest, access: Access, municipality: Municipality | None, waiting: int) -> list[NavLink]:
    """The first lines of the navigation: before all what waits for the person."""
    links = [nav_link(request, "Wartet auf Sie", address("overview:waiting"), waiting)] if access.assignments else []
    if advised_by(access):
        links.append(nav_link(request, "Begleitete Kommunen", address("overview:advice")))
    if access.allows(Action.OVERVIEW):
        links.append(nav_link(request, "Alle Kommunen", address("overview:ministry")))
        if municipality is None:
            links.append(nav_link(request, "Pläne der Kommunen", address("overview:review")))
            links.append(nav_link(request, "Fristen der Kommunen", address("overview:deliveries")))
            links.append(nav_link(request, "Zahlen des Programms", address("overview:figures")))
            links.append(nav_link(request, "Landesbericht", address("reporting:state-report")))
            links.append(nav_link(request, "Landeszuwendungen", address("overview:state-money")))
    if municipality:
        found = opened_pages(request, municipality, Menu.TOP)
        links += [nav_link(request, page.label, page.url(municipality)) for page in found]
    elif access.municipalities():
        links += [NavLink(m.name, home_url(m)) for m in access.municipalities()]
    return innermost(links, request, but=home_url(municipality) if municipality else "")


def innermost(links: list[NavLink], request: HttpRequest, *, but: str = "") -> list[NavLink]:
    """The links, of which the page that lies nearest above the request counts as current; ``but`` has none below it."""
    above = [link.url for link in links if request.path.startswith(link.url) and link.url not in (but, "/")]
    nearest = max(above, key=len, default=request.path)
    return [replace(link, current=link.url == nearest) for link in links]


def nav_link(request: HttpRequest, label: str, url: str, count: int | None = None, under: bool = False) -> NavLink:
    """A link that knows whether it is the current page (or, with ``under``, a page below it)."""
    return NavLink(label, url, request.path.startswith(url) if under else request.path == url, count)


def menu_kinds(phase: Phase | None, tenant: bool = True) -> list[RecordKind]:
    """Kinds that stand in the navigation under a phase (None: in all phases)."""
    return [k for k in all_kinds() if k.section == phase and k.in_menu and k.is_tenant == tenant]


def phase_links(request: HttpRequest, municipality: Municipality, open_items: list[NavLink]) -> list[NavPhase]:
    """The eight phases with their states in the current cycle."""
    states = progress_of(municipality)
    open_phase = current_phase(request)
    links = []
    for phase in Phase:
        code = Progress(states.get(phase, Progress.NOT_STARTED))
        items = open_items if phase == open_phase else []
        url = address("planning:phase", municipality.slug, phase.slug)
        links.append(
            NavPhase(phase.number, phase.short, url, PROGRESS_CODES[code], str(code.label), phase == open_phase, items)
        )
    return links


def current_phase(request: HttpRequest) -> Section | None:
    """The phase to which the address belongs."""
    match = request.resolver_match
    if match is None:
        return None
    if "phase" in match.kwargs:
        return next((phase for phase in Phase if phase.slug == match.kwargs["phase"]), None)
    kind = kind_of_route(match)
    return kind.section if kind else None


def read_counts(request: HttpRequest, municipality: Municipality | None) -> tuple[list[NavLink], int]:
    """The kinds of the open phase with the numbers of their records, and how much waits for the person (one query).

    A page that shows what waits has counted it already.
    """
    phase, access = current_phase(request), access_of(request)
    listed = menu_kinds(phase) if municipality and phase else []  # type: ignore[arg-type]
    kinds = [kind for kind in listed if kind.allows(Right.SEE, access, municipality)]
    counted = getattr(request, "waiting_number", None)
    parts = [] if counted is not None else [number_statement(access)]
    if kinds:
        models = tuple(kind.model for kind in kinds)
        parts.append(counts_statement(models, sight_of(access, municipality)).bound(municipality, user=key_of(access)))
    counts = dict(Prepared.union(parts).run(None)) if parts else {}
    links = [
        nav_link(request, kind.plural, kind.url("list", municipality), counts.get(kind.name, 0), under=True)
        for kind in kinds
    ]
    return links, counts.get(NUMBER, counted or 0)


@cache
def counts_statement(models: tuple[type[Record], ...], sight: Sight) -> Prepared:
    """Name of each kind and the number of its records that are seen."""
    parts = [
        rows_in_sight(model, sight)
        .order_by()
        .annotate(kind_name=Value(kind_of(model).name))
        .values("kind_name")
        .annotate(row_count=Count("pk"))
        .values_list("kind_name", "row_count")
        for model in models
    ]
    return Prepared.of(parts[0].union(*parts[1:], all=True))


def across_links(request: HttpRequest, municipality: Municipality) -> list[NavLink]:
    """Kinds that belong to no single phase."""
    return [
        nav_link(request, kind.plural, kind.url("list", municipality), under=True)
        for kind in menu_kinds(None)
        if kind.allows(Right.SEE, access_of(request), municipality)
    ]


def report_links(request: HttpRequest, municipality: Municipality) -> list[NavLink]:
    """The pages that show connections."""
    found = opened_pages(request, municipality, Menu.CONNECTIONS)
    return [nav_link(request, page.label, page.url(municipality)) for page in found]


def money_links(request: HttpRequest, municipality: Municipality) -> list[NavLink]:
    """The pages about money; the page below one of them counts as it."""
    found = opened_pages(request, municipality, Menu.MONEY)
    return [nav_link(request, page.label, page.url(municipality), under=True) for page in found]


def opened_pages(request: HttpRequest, municipality: Municipality, menu: Menu) -> list[Page]:
    """The pages of a menu to which the person has the right."""
    access = access_of(request)
    return [page for page in pages_of(menu) if may_open(access, municipality, page.url(municipality))]


def programme_links(request: HttpRequest, access: Access) -> list[NavLink]:
    """Catalogues of the programme, and people for the administration."""
    links = [
        nav_link(request, kind.plural, kind.url("list", None), under=True)
        for kind in all_kinds()
        if not kind.is_tenant and kind.in_menu
    ]
    links += [
        nav_link(request, page.label, page.url(), under=page.under)
        for page in programme_pages()
        if access.allows(page.action)
    ]
    nearest = max((link.url for link in links if link.current), key=len, default="")
    return [replace(link, current=link.url == nearest) for link in links]
