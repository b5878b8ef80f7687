"""What plans add to the portal."""

from accounts.enums import Action
from plans.domain.lifecycle import LIFE
from plans.happenings import SOURCES as HAPPENINGS
from plans.pages.spots import WORD, find_chapter
from plans.waiting import SOURCES
from records.happenings import register_happenings
from records.life.registry import register_life
from records.places import Menu, Page, ProgrammePage, register_pages, register_programme_pages
from records.spots import register_spots
from records.waiting import register_waiting

register_life(LIFE)
register_spots(WORD, find_chapter)
register_pages(
    Page("Pläne", "plans:plan-list", Menu.TOP, 3),
    Page("Plausibilitätsprüfung", "plans:checks", Menu.CONNECTIONS, 5),
)
register_programme_pages(ProgrammePage("Ausgabe aller Pläne", "plans:export-list", Action.OVERVIEW, 1))
register_waiting(*SOURCES)
register_happenings(*HAPPENINGS)
