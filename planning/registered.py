"""What planning adds to the portal: the eight phases, the goal tree."""

from planning.enums import Phase
from records.places import Page, register_pages, register_sections

register_sections(Phase, word="Phase", route="planning:phase")
register_pages(Page("Zielbaum", "planning:goal-tree"))
