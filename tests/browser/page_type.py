"""A sort of page that is judged: who opens it, where, and what is done there before."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from records.registry import all_kinds
from tests.browser.portal import Portal

Place = str | Callable[[Portal], str]


@dataclass(frozen=True)
class PageType:
    """``place`` may hold „{home}“ and „{empty}“, the addresses of a full and of an empty municipality.

    ``again``: what it is made of stands on other pages of the list too, so it is judged with --long alone.
    """

    name: str
    who: str
    place: Place
    status: int = 200
    act: Callable[[Page], None] | None = None
    again: bool = False

    def open(self, portal: Portal, page: Page) -> None:
        """Go there, and do what is to be done."""
        place = self.place if isinstance(self.place, str) else self.place(portal)
        address = place.format(home=f"/{portal.cast.home.slug}", empty=f"/{portal.cast.away.slug}")
        answer = page.goto(address)
        assert answer, address
        assert answer.status == self.status, (address, answer.status)
        if self.act:
            self.act(page)


def record(name: str, kind_of_page: str) -> Place:
    """A page of the record of this kind which the portal is furnished with."""

    def place(portal: Portal) -> str:
        kind = next(kind for kind in all_kinds() if kind.name == name)
        return kind.url(kind_of_page, portal.place(kind), portal.records[name].pk)

    return place
