"""One municipality as the ministry sees it: cycle, Stufe, posts, plans with their reviews, contacts by function."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from accounts.enums import Role
from accounts.models import Municipality, RoleAssignment
from overview.queries.deliveries import Delivery, deliveries_of
from overview.queries.money import MoneyRow, money_of
from overview.queries.review import ReviewRow, review_rows_of
from planning.enums import Phase, Progress
from planning.models import EntryLevel, LinkedStrategy, Office, PhaseState, PlannerPost, PlanningCycle
from planning.queries.cycles import newest_for
from records.vague import span_text


@dataclass(frozen=True)
class Contact:
    """A function and how it is reached; never a person's name."""

    function: str
    note: str
    reached: str


@dataclass(frozen=True)
class Dated:
    """Words with their time, as one reads it."""

    words: str
    span: str


@dataclass(frozen=True)
class PlacePage:
    """What the page shows; ``phases`` are those of the present cycle in their order."""

    cycle: PlanningCycle | None
    phases: list[Dated]
    levels: list[Dated]
    posts: list[Dated]
    plans: list[ReviewRow]
    open_ones: list[Delivery]
    money: list[tuple[int, MoneyRow]]
    contacts: list[Contact]


def place_page(place: Municipality, today: date) -> PlacePage:
    """Read and arrange; the queries do not grow with the number of records."""
    cycle = newest_for(list(PlanningCycle.objects.filter(municipality=place)), today.year)
    states = {row.phase: row for row in PhaseState.objects.filter(cycle=cycle)} if cycle else {}
    return PlacePage(
        cycle=cycle,
        phases=[phase_in_words(phase, states.get(phase)) for phase in Phase],
        levels=dated(EntryLevel.objects.filter(municipality=place)),
        posts=dated(PlannerPost.objects.filter(municipality=place, is_lsz_post=True)),
        plans=review_rows_of(place, today),
        open_ones=[row for row in deliveries_of(place, today) if row.is_open],
        money=money_of(place, today),
        contacts=contacts_of(place),
    )


def phase_in_words(phase: Phase, state: PhaseState | None) -> Dated:
    """„3 Bedarfsanalyse: läuft“ with its time."""
    label = state.get_state_display() if state else Progress.NOT_STARTED.label
    return Dated(f"{phase.number} {phase.short}: {label}", span_text(state.begin, state.end) if state else "")


def dated(rows: QuerySet[Any]) -> list[Dated]:
    """Records with a period, the newest first (one query)."""
    return [Dated(str(row), span_text(row.begin, row.end) or "ohne Datum") for row in rows.order_by("-begin", "-pk")]


def contacts_of(place: Municipality) -> list[Contact]:
    """The office, people by their function and role, and the contacts of linked strategies (three queries)."""
    found = []
    for office in Office.objects.filter(municipality=place).order_by("-pk"):
        reached = ", ".join(part for part in (office.phone, office.email, office.address) if part)
        found.append(Contact(office.title, office.contact or "Dienststelle", reached))
    roles = RoleAssignment.objects.valid().filter(municipality=place, user__is_active=True).select_related("user")
    order = list(Role.values)
    people = sorted(roles, key=lambda row: (order.index(row.role), row.user.display_name))
    found += [Contact(str(row.user), str(row.get_role_display()), row.user.email) for row in people]
    strategies = LinkedStrategy.objects.filter(municipality=place).exclude(contact="")
    return [*found, *(Contact(row.contact, str(row), "") for row in strategies)]
