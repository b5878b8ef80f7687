"""Hints on the page of the place at which they were given."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from accounts.access import Access
from accounts.enums import Action
from accounts.models import Municipality
from accounts.policies import Right
from participation.enums import HintState
from participation.kinds.hints import ABOUT
from participation.models import Hint
from participation.queries.hints import hints_at
from records.parts import DetailPage, Fact, FactGroup, Link
from records.registry import kind_of
from records.spots import Panel, Spot, find_spot

TEMPLATE = "participation/_hints.html"
ASK = {HintState.OPEN: "Beantworten", HintState.ANSWERED: "Ansehen", HintState.SETTLED: "Ansehen"}


@dataclass(frozen=True)
class HintLine:
    """A hint with its answer; ``ask`` names the way to its page."""

    title: str
    text: str
    answer: str
    state: str
    state_label: str
    given: date
    url: str
    ask: str
    is_example: bool


@dataclass(frozen=True)
class HintsHere:
    """The hints at a place, open ones first, and where one more is given."""

    hints: tuple[HintLine, ...]
    create_url: str


def hints_panel(spot: Spot, municipality: Municipality, access: Access) -> Panel | None:
    """For those who read hints; a hint itself is no place for hints."""
    if not Hint.policy.allows(Right.SEE, access, municipality) or spot.key.startswith("hint/"):
        return None
    create_url = ""
    if Hint.policy.allows(Right.CREATE, access, municipality):
        create_url = f"{reverse('participation:hint-create', args=[municipality.slug])}?zu={spot.key}"
    may_answer = access.allows(Action.WRITE, municipality)
    order = list(HintState)
    found = sorted(hints_at(municipality, spot.key), key=lambda hint: (order.index(HintState(hint.state)), -hint.pk))
    lines = tuple(line_of(hint, municipality, may_answer=may_answer) for hint in found)
    return Panel(TEMPLATE, HintsHere(lines, create_url)) if lines or create_url else None


def with_its_place(hint: Hint, access: Access) -> Mapping[str, Any]:
    """The page of a hint leads to the place it is about, as long as that exists."""
    spot = find_spot(hint.about, hint.municipality, access) if hint.about else None

    def linked(fact: Fact) -> Fact:
        return Fact(fact.label, links=(Link(hint.about_label, spot.url),)) if spot and fact.label == ABOUT else fact

    def change(page: DetailPage) -> DetailPage:
        groups = (FactGroup(group.title, tuple(map(linked, group.facts))) for group in page.groups)
        return replace(page, groups=tuple(groups))

    return {"change": change}


def line_of(hint: Hint, municipality: Municipality, *, may_answer: bool) -> HintLine:
    """A hint as the page of its place shows it."""
    return HintLine(
        title=hint.title,
        text=hint.text,
        answer=hint.answer,
        state=hint.state,
        state_label=hint.get_state_display(),
        given=timezone.localdate(hint.created_at),
        url=kind_of(Hint).url("detail", municipality, hint.pk),
        ask=ASK[HintState(hint.state)] if may_answer else "Ansehen",
        is_example=hint.is_example,
    )
