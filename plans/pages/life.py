"""What the pages of a plan say about its life: the row of steps, what the person may do, remarks by chapter."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from accounts.access import Access
from plans.domain.lifecycle import LIFE, MOVES
from plans.enums import PlanState
from plans.models import Plan, PlanEvent, PlanVersion, Remark
from plans.queries.versions import lead_remarks_of, remarks_are_sent, remarks_of, submission_deadline, versions_of
from records.pages.life import day, stations, steps_open_to
from records.parts import LifeStation, StepLink


@dataclass(frozen=True)
class RemarkNote:
    """A remark on the page, with its answer and what the person may do with it."""

    remark: Remark
    at: datetime
    answer_text: str
    settled: bool
    answered_by: str
    answer_url: str = ""
    edit_url: str = ""
    heading: str = "Anmerkung des Ministeriums"


def stations_of(plan: Plan, events: Iterable[PlanEvent]) -> list[LifeStation]:
    """The row of states of the current edition; ``events`` are all steps of the plan, the newest first."""
    listed = list(events)
    return stations(LIFE, plan, lambda state, number, here: station_note(plan, state, listed, number, here))


def station_note(plan: Plan, state: str, events: list[PlanEvent], number: int, here: int) -> str:
    """When and by whom; ahead: who does it, or until when."""
    if number == 0:
        begun = next((event for event in events if event.edition == plan.edition - 1 and starts_edition(event)), None)
        return f"Fassung {plan.edition}" + (f", seit {day(begun.at)}" if begun else "")
    if number <= here:
        wanted = plan.state if number == here else state
        event = next((e for e in events if e.edition == plan.edition and e.to_state == wanted), None)
        return f"{day(event.at)}{', verspätet' if event.details.get('late') else ''}" if event else ""
    if state == PlanState.SUBMITTED:
        deadline = submission_deadline(plan.year)
        return f"Frist {deadline.due}" if deadline else "ohne hinterlegte Frist"
    if state == PlanState.IN_REVIEW:
        back = next((e for e in events if e.to_state == PlanState.RETURNED), None)
        if back:
            return f"Fassung {back.edition} am {day(back.at)} zurückgegeben"
    return LIFE.ahead.get(state, "")


def starts_edition(event: PlanEvent) -> bool:
    """True for a step after which a new edition is drafted."""
    return MOVES[event.action].next_edition


def ways(plan: Plan, access: Access) -> list[StepLink]:
    """The steps that exist now and that the person has the right to take, the main one first."""
    return steps_open_to(LIFE, plan, access, step_url)


def step_url(plan: Plan, action: str) -> str:
    """The page of a step."""
    return reverse(f"plans:{step_name(action)}", args=[plan.municipality.slug, plan.pk])


def step_name(action: str) -> str:
    """The name of the page of a step."""
    return f"plan-{action.replace('_', '-')}"


def remark_notes(
    remarks: Iterable[Remark], *, may_answer: bool = False, may_edit: bool = False, sent_at: datetime | None = None
) -> dict[str, list[RemarkNote]]:
    """The remarks by chapter, with the day on which they were sent, else written."""
    found: dict[str, list[RemarkNote]] = defaultdict(list)
    for remark in remarks:
        slug = remark.municipality.slug
        answer = getattr(remark, "answer", None)
        place = [slug, remark.plan_key, remark.pk]
        found[remark.chapter].append(
            RemarkNote(
                remark,
                sent_at or remark.created_at,
                answer.text if answer else "",
                bool(answer and answer.settled),
                str(answer.changed_by or "") if answer else "",
                reverse("plans:remark-answer", args=place) if may_answer else "",
                reverse(f"plans:{'lead-remark' if remark.is_of_lead else 'remark'}-update", args=place)
                if may_edit
                else "",
                heading_of(remark),
            )
        )
    return dict(found)


def heading_of(remark: Remark) -> str:
    """Whose remark it is, and on what it was written."""
    if remark.plan_version is None:
        return f"Anmerkung der Leitung zum Entwurf der Fassung {remark.edition}"
    return f"Anmerkung des Ministeriums zu Fassung {remark.plan_version.edition}"


def remarks_to_answer(plan: Plan) -> dict[str, list[RemarkNote]]:
    """What the edition being written has to answer, by chapter: remarks of the ministry, then those of the Leitung."""
    version = versions_of(plan).first()
    found: dict[str, list[RemarkNote]] = {}
    if version is not None and remarks_are_sent(version):
        found = remark_notes(remarks_of(version), may_answer=True, sent_at=version.state_at)
    return joined(found, lead_notes(plan, may_answer=True))


def lead_notes(plan: Plan, *, may_answer: bool, may_edit: bool = False) -> dict[str, list[RemarkNote]]:
    """The remarks of the Leitung on the edition being written, by chapter; they end with its release."""
    is_open = not plan.is_frozen
    return remark_notes(lead_remarks_of(plan), may_answer=may_answer and is_open, may_edit=may_edit and is_open)


def joined(*notes: dict[str, list[RemarkNote]]) -> dict[str, list[RemarkNote]]:
    """All notes of each chapter."""
    found: dict[str, list[RemarkNote]] = defaultdict(list)
    for each in notes:
        for chapter, listed in each.items():
            found[chapter] += listed
    return dict(found)


def short(digest: str) -> str:
    """„9f3a…c21e“."""
    return f"{digest[:4]}…{digest[-4:]}"


def version_url(version: PlanVersion, name: str = "plan-version") -> str:
    """An address of a frozen edition."""
    return reverse(f"plans:{name}", args=[version.municipality.slug, version.plan_id, version.edition])
