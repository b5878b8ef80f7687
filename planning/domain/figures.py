"""Choosing Kennzahlen for the plan."""

from django.db import transaction

from accounts.models import Municipality, User
from planning.models import ReportedIndicator
from records.domain.saving import create_record


@transaction.atomic
def show_in_plan(*, municipality: Municipality, indicator: int, actor: User) -> ReportedIndicator:
    """The plan's entry about a Kennzahl, made where there is none. Raises as records.domain.saving."""
    Municipality.objects.select_for_update().get(pk=municipality.pk)
    known = ReportedIndicator.objects.filter(municipality=municipality, indicator=indicator).first()
    return known or create_record(
        ReportedIndicator(municipality=municipality, indicator_id=indicator), actor=actor, links={}
    )
