"""What check, votes, decisions and papers show on the page of an application."""

from typing import Any

from django.urls import reverse

from accounts.access import Access
from accounts.enums import Action
from funding.domain.cases.checklist import items_for
from funding.enums import ApplicationState, DecisionState
from funding.models import FundingApplication, FundingDecision
from funding.pages.case_sections import Section
from funding.queries.papers import papers_of
from records.parts import Link
from records.registry import kind_of

DECIDABLE = (ApplicationState.CHECKED, ApplicationState.ADVISED, ApplicationState.DECIDED, ApplicationState.REFUSED)


def own(case: FundingApplication, name: str, label: str) -> Link:
    """A page of the application."""
    return Link(label, reverse(f"funding:{name}", args=[case.municipality.slug, case.pk]))


def check_section(case: FundingApplication, access: Access) -> Section:
    """The check list with its answers, and what is asked for (three queries)."""
    given = {answer.item_id: answer for answer in case.answers.all()}
    items = items_for(case)
    points = [(item, given.get(item.pk)) for item in items]
    left = sum(1 for _, answer in points if answer is None)
    inquiries = list(case.inquiries.all())
    state = f"{left} von {len(items)} offen" if left else "vollständig" if items else "keine Prüfpunkte"
    ways = (own(case, "check", "Antrag prüfen"),) if access.allows(Action.WRITE, case.municipality) else ()
    values = {"points": points, "inquiries": inquiries}
    return Section("pruefung", "Prüfung", "funding/_case_check.html", values, state, ways)


def vote_section(case: FundingApplication, access: Access) -> Section | None:
    """What boards advised (one query); nothing before the first vote."""
    votes = list(case.votes.select_related("session"))
    rows = [(vote, reverse("funding:votes", args=[case.municipality.slug, vote.session_id])) for vote in votes]
    return Section("voten", "Voten", "funding/_case_votes.html", {"votes": rows}) if votes else None


def decision_section(case: FundingApplication, access: Access) -> Section | None:
    """The versions with their amounts, and the way to the next one (one query)."""
    kind = kind_of(FundingDecision)
    found = list(case.decisions.order_by("pk"))
    rows = [(each, kind.url("detail", case.municipality, each.pk)) for each in found]
    is_open = any(each.state == DecisionState.DRAFT for each in found)
    waits = any(each.state == DecisionState.PREPARED for each in found)
    ways: tuple[Link, ...] = ()
    if case.state in DECIDABLE and not waits and access.allows(Action.WRITE, case.municipality):
        is_change = case.state in (ApplicationState.DECIDED, ApplicationState.REFUSED)
        label = "Weiter vorbereiten" if is_open else "Änderung vorbereiten" if is_change else "Entscheidung vorbereiten"
        ways = (own(case, "decision", label),)
    if not rows and not ways:
        return None
    return Section("entscheidung", "Entscheidung", "funding/_case_decisions.html", {"decisions": rows}, ways=ways)


def paper_section(case: FundingApplication, access: Access) -> Section | None:
    """The papers that went out, for ever (one query)."""
    rows: list[tuple[Any, str]] = [
        (paper, reverse("funding:paper", args=[case.municipality.slug, paper.pk])) for paper in papers_of(case)
    ]
    return Section("schreiben", "Schreiben", "funding/_case_papers.html", {"papers": rows}) if rows else None
