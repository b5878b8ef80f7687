"""What planning adds to the portal: the eight phases, the goal tree."""

from planning.enums import Phase
from planning.waiting import SOURCES
from records.places import Page, register_pages, register_sections
from records.waiting import register_waiting

register_sections(Phase, word="Phase", route="planning:phase")
register_pages(Page("Zielbaum", "planning:goal-tree"))
register_waiting(*SOURCES)
