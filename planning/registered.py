"""What planning adds to the portal: the eight phases, the goal tree."""

from planning.appointments import KINDS as APPOINTMENTS
from planning.enums import Phase
from planning.happenings import SOURCES as HAPPENINGS
from planning.waiting import SOURCES
from records.appointments import register_appointments
from records.happenings import register_happenings
from records.places import Page, register_pages, register_sections
from records.waiting import register_waiting

register_sections(Phase, word="Phase", route="planning:phase")
register_pages(Page("Zielbaum", "planning:goal-tree"))
register_waiting(*SOURCES)
register_happenings(*HAPPENINGS)
register_appointments(*APPOINTMENTS)
