"""A session with all that its papers name, in a number of queries that does not grow with the rows."""

from django.db.models import Prefetch

from accounts.models import Municipality
from participation.models import BodyMembership, Finding, Resolution, Session

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
