"""What funding adds to the pages of the rooms below."""

from funding.domain.application_life import LIFE as APPLICATION_LIFE
from funding.domain.decision_life import LIFE as DECISION_LIFE
from funding.waiting import SOURCES
from records.life.registry import register_life
from records.places import Menu, Page, register_pages
from records.waiting import register_waiting

register_life(APPLICATION_LIFE)
register_pages(Page("Landeszuwendung", "funding:state-grant", Menu.MONEY, 2))
register_waiting(*SOURCES)
register_life(DECISION_LIFE)
