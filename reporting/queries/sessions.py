"""A session with all that its papers name, in a number of queries that does not grow with the rows."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Prefetch

from accounts.models import Municipality
from participation.models import AgendaItem, BodyMembership, Finding, Resolution, Session
from planning.models import Office

BIGGEST_KEY = 2**63 - 1


def session_with_papers(municipality: Municipality, pk: int) -> Session | None:
    """Gate 2: a session of this municipality with agenda, seats, decisions, tasks and findings, or None."""
    if pk > BIGGEST_KEY:
        return None
    rows = Session.objects.filter(municipality=municipality, pk=pk).select_related("municipality", "body")
    related = (
        "agenda",
        "decisions",
        "tasks",
        "documents",
        "attending_members",
        Prefetch("body__memberships", BodyMembership.objects.order_by("sort_key", "pk")),
        Prefetch("resolutions", Resolution.objects.select_related("body").order_by("resolved_on", "pk")),
        Prefetch("findings", Finding.objects.select_related("action_field").order_by("-weight", "pk")),
    )
    return rows.prefetch_related(*related).first()


def states_announced(session: Session) -> tuple[int, datetime]:
    """How often what the session's calendar entry shows was stored, and when for the last time.

    The number rises with every change of the session, its agenda, its body and the office, also when a part is
    deleted, so that a calendar takes the entry for a newer one (RFC 5545, 3.8.7.4).
    """
    shown: list[Any] = [
        session.history,
        session.body.history,
        AgendaItem.history.filter(session_id=session.pk),
        Office.history.filter(municipality_id=session.municipality_id),
    ]
    counted = [rows.aggregate(number=Count("pk"), last=Max("history_date")) for rows in shown]
    dates = [session.changed_at, *(each["last"] for each in counted if each["last"])]
    return sum(each["number"] for each in counted), max(dates)
