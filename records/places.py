"""Pages that rooms add to the navigation and the search, and the pages under which records stand.

A room never names a page of a room above it; it asks here for the page that was registered.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Protocol

from accounts.addresses import address
from accounts.enums import Action
from accounts.models import Municipality
from records.parts import Link


class Menu(IntEnum):
    """Where a page stands in the navigation, in this order."""

    TOP = 1
    NOWHERE = 2
    CONNECTIONS = 3
    MONEY = 4


@dataclass(frozen=True)
class Page:
    """A page of a municipality besides those of records; ``route`` takes the slug, ``position`` orders its menu."""

    label: str
    route: str
    menu: Menu = Menu.NOWHERE
    position: int = 0

    def url(self, municipality: Municipality) -> str:
        """Its address."""
        return address(self.route, municipality.slug)


@dataclass(frozen=True)
class ProgrammePage:
    """A page of the whole portal for people with a right, below the catalogues of the programme."""

    label: str
    route: str
    action: Action
    position: int
    under: bool = True  # the pages below it count as it

    def url(self) -> str:
        """Its address."""
        return address(self.route)


class Section(Protocol):
    """A part of the work in which records stand, in a fixed order; enumerations of texts are sections."""

    @property
    def number(self) -> int:
        """From 1 on."""

    @property
    def short(self) -> str:
        """Its name in breadcrumbs."""

    @property
    def slug(self) -> str:
        """Its part of an address."""


@dataclass
class _Register:
    pages: list[Page]
    programme: list[ProgrammePage]
    home: str = ""
    overview: tuple[str, str] = ("", "")
    sections: tuple[Any, ...] = ()
    section_route: str = ""
    section_word: str = ""


_register = _Register([], [])


def register_pages(*pages: Page) -> None:
    """Add pages to the navigation and the search of every municipality."""
    _register.pages.extend(pages)
    _register.pages.sort(key=lambda page: (page.menu, page.position))


def register_programme_pages(*pages: ProgrammePage) -> None:
    """Add pages to the navigation of the portal."""
    _register.programme.extend(pages)
    _register.programme.sort(key=lambda page: page.position)


def register_home(route: str) -> None:
    """Say which page of a municipality comes first."""
    _register.home = route


def register_overview(label: str, route: str) -> None:
    """Say which page shows all municipalities."""
    _register.overview = label, route


def register_sections(sections: Iterable[Any], *, word: str, route: str) -> None:
    """Say under which sections records stand: ``word`` names one („Phase“), ``route`` takes slug and section."""
    _register.sections, _register.section_word, _register.section_route = tuple(sections), word, route


def pages_of(*menus: Menu) -> list[Page]:
    """The pages of these menus; without any, all of them."""
    return [page for page in _register.pages if not menus or page.menu in menus]


def programme_pages() -> list[ProgrammePage]:
    """The pages of the portal."""
    return list(_register.programme)


def home_url(municipality: Municipality) -> str:
    """The municipality's start page."""
    return address(_register.home, municipality.slug)


def home_link(municipality: Municipality) -> Link:
    """The beginning of every row of breadcrumbs."""
    return Link(municipality.name, home_url(municipality))


def overview_link() -> Link:
    """The page of all municipalities, where breadcrumbs of the portal's own pages begin."""
    label, route = _register.overview
    return Link(label, address(route))


def section_of(value: str) -> Any:
    """The section with this stored value. Raises StopIteration where there is none."""
    return next(section for section in _register.sections if section == value)


def section_url(municipality: Municipality, section: Section) -> str:
    """The page of a section."""
    return address(_register.section_route, municipality.slug, section.slug)


def section_links(municipality: Municipality) -> list[Link]:
    """All sections as the search names them: „Phase 3: Bedarf“."""
    word = _register.section_word
    return [Link(f"{word} {s.number}: {s.label}", section_url(municipality, s)) for s in _register.sections]
