"""What funding adds to the pages of the rooms below."""

from django.db.models import Q

from accounts.enums import Action
from funding.domain.application_life import LIFE as APPLICATION_LIFE
from funding.domain.budget_life import BESIDE
from funding.domain.budget_life import LIFE as BUDGET_LIFE
from funding.domain.decision_life import LIFE as DECISION_LIFE
from funding.models import BoardVote, CheckAnswer, FundingDecision, Inquiry
from funding.pages.case_sections import register_case_section
from funding.pages.decision_sections import check_section, decision_section, paper_section, vote_section
from funding.queries.budget import named_by_lines
from funding.waiting import SOURCES
from funding.waiting_decided import SOURCES as DECIDED
from participation.models import Session
from planning.models import Measure
from planning.queries.money import also_named_by
from records.kind import Way
from records.life.registry import register_life
from records.models.guard import register_guard
from records.places import Menu, Page, ProgrammePage, register_pages, register_programme_pages
from records.registry import add_ways, narrow_gap
from records.waiting import register_waiting

register_life(APPLICATION_LIFE)
register_life(BUDGET_LIFE)
for model, guard in BESIDE.items():
    register_guard(model, guard)
register_programme_pages(ProgrammePage("Höchstbeträge", "funding:maxima", Action.CATALOGUE, 5))
register_pages(Page("Finanzplan", "funding:budget", Menu.MONEY, 1))
register_pages(Page("Landeszuwendung", "funding:state-grant", Menu.MONEY, 2))
register_waiting(*SOURCES, *DECIDED)
register_life(DECISION_LIFE)
register_case_section("pruefung", 10, check_section, (CheckAnswer, Inquiry))
register_case_section("voten", 20, vote_section, (BoardVote,))
register_case_section("entscheidung", 30, decision_section, (FundingDecision,))
register_case_section("schreiben", 70, paper_section)
add_ways(Session, Way("Voten erfassen", "funding:votes", on="detail"))
also_named_by(Q(named_by_lines()))
narrow_gap(Measure, "ohne-kosten", ~Q(named_by_lines()))
