"""What funding adds to the pages of the rooms below."""

from typing import Any

from django.db.models import Q
from django.db.models.signals import post_delete, post_save

from accounts.enums import Action
from funding.domain.budget.life import BESIDE
from funding.domain.budget.life import LIFE as BUDGET_LIFE
from funding.domain.cases.advice import take_advice_back
from funding.domain.cases.life import LIFE as APPLICATION_LIFE
from funding.domain.decisions.life import LIFE as DECISION_LIFE
from funding.enums import Recommendation
from funding.models import BoardVote, BudgetLine, CheckAnswer, FundingDecision, Inquiry
from funding.pages.case_sections import register_case_section
from funding.pages.decision_sections import check_section, decision_section, paper_section, vote_section
from funding.queries.budget import named_by_lines
from funding.waiting.decisions import SOURCES as DECIDED
from funding.waiting.grants import SOURCES
from participation.models import Session
from planning.models import Measure
from planning.queries.money import also_named_by
from records.kind import Way
from records.life.registry import register_life
from records.models.guard import register_guard
from records.places import Menu, Page, ProgrammePage, register_pages, register_programme_pages
from records.registry import add_ways, narrow_gap
from records.waiting import register_waiting


def vote_gone(instance: BoardVote, **told: Any) -> None:
    """A vote was deleted, or its batch undone."""
    take_advice_back(instance, getattr(instance, "_history_user", None))


def vote_put_off(instance: BoardVote, **told: Any) -> None:
    """A vote was stored that puts the application off."""
    if instance.recommendation == Recommendation.LATER:
        vote_gone(instance)


post_delete.connect(vote_gone, BoardVote)
post_save.connect(vote_put_off, BoardVote)
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
register_case_section("voten", 20, vote_section, (BoardVote,), part="votes")
register_case_section("entscheidung", 30, decision_section, (FundingDecision,))
register_case_section("schreiben", 70, paper_section)
add_ways(Session, Way("Voten erfassen", "funding:votes", on="detail"))
also_named_by(Q(named_by_lines()), BudgetLine)
narrow_gap(Measure, "ohne-kosten", ~Q(named_by_lines()))
