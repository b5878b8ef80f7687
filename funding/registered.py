"""What funding adds to the pages of the rooms below."""

from accounts.enums import Action
from funding.domain.application_life import LIFE as APPLICATION_LIFE
from funding.domain.budget_life import BESIDE
from funding.domain.budget_life import LIFE as BUDGET_LIFE
from funding.domain.decision_life import LIFE as DECISION_LIFE
from funding.waiting import SOURCES
from records.life.registry import register_life
from records.models.guard import register_guard
from records.places import Menu, Page, ProgrammePage, register_pages, register_programme_pages
from records.waiting import register_waiting

register_life(APPLICATION_LIFE)
register_life(BUDGET_LIFE)
for model, guard in BESIDE.items():
    register_guard(model, guard)
register_programme_pages(ProgrammePage("Höchstbeträge", "funding:maxima", Action.CATALOGUE, 5))
register_pages(Page("Finanzplan", "funding:budget", Menu.MONEY, 1))
register_pages(Page("Landeszuwendung", "funding:state-grant", Menu.MONEY, 2))
register_waiting(*SOURCES)
register_life(DECISION_LIFE)
