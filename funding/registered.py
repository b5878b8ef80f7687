"""What funding adds to the pages of the rooms below."""

from funding.waiting import SOURCES
from records.places import Menu, Page, register_pages
from records.waiting import register_waiting

register_pages(Page("Landeszuwendung", "funding:state-grant", Menu.MONEY, 2))
register_waiting(*SOURCES)
