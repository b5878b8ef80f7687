"""The page of an application: standing, red thread, money, and what other parts of the room show of the case."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone

from accounts.access import Access
from accounts.enums import Action
from funding.enums import ApplicationState
from funding.models import CostPosition, FinancePosition, FundingApplication
from funding.pages.case_money import case_money
from funding.pages.case_sections import case_sections
from funding.pages.case_thread import case_thread
from funding.pages.next_step import next_step, not_now, with_step
from funding.queries.events import events_of
from funding.queries.standing import read_cases, stands
from records.pages.detail import may_write
from records.pages.grids import grid_link
from records.registry import kind_of


def case_parts(application: FundingApplication, access: Access) -> Mapping[str, Any]:
    """What stands on the page besides facts, connections and history."""
    kind, place = kind_of(FundingApplication), application.municipality
    writable = may_write(kind, application, place, access)
    case, today = read_cases([application.pk])[application.pk], timezone.localdate()
    found = stands(case, today)
    step = next_step(application, found, access)
    acts = access.allows(Action.WRITE, place)
    becomes = acts and application.state == ApplicationState.DECIDED and application.measure_id is None
    return {
        "standing": found,
        "is_late": found.is_late(today),
        "change": lambda page: with_step(page, step, not_now(application, case)),
        "thread": case_thread(application, place, kind.url("update", place, application.pk) if writable else ""),
        "money": case_money(application),
        "cost_grid": grid_link(kind, kind_of(CostPosition), application.pk, place, access) if writable else None,
        "finance_grid": grid_link(kind, kind_of(FinancePosition), application.pk, place, access) if writable else None,
        "become_url": reverse("funding:application-measure", args=[place.slug, application.pk]) if becomes else "",
        "events": events_of(application),
        "sections": case_sections(application, access, case),
    }
