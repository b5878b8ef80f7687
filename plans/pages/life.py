"""What the pages of a plan say about its life: the row of steps, what the person may do, remarks by chapter."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from accounts.access import Access
from plans.domain.lifecycle import BERLIN, MOVES, Unmet, actions_from
from plans.enums import PlanAction, PlanState
from plans.models import Plan, PlanEvent, PlanVersion, Remark
from plans.queries.versions import submission_deadline
from records.templatetags.german import datum

ROW = (
    PlanState.DRAFT,
    PlanState.RELEASED,
    PlanState.SUBMITTED,
    PlanState.IN_REVIEW,
    PlanState.APPROVED,
    PlanState.PUBLISHED,
)
PLACE = {state: number for number, state in enumerate(ROW)} | {PlanState.PROPOSED: 0, PlanState.RETURNED: 3}
AHEAD = {
    PlanState.RELEASED: "durch die Leitung",
    PlanState.IN_REVIEW: "durch das Ministerium",
    PlanState.APPROVED: "durch das Ministerium",
    PlanState.PUBLISHED: "durch die Leitung",
}
MAIN = (
    PlanAction.RELEASE,
    PlanAction.PROPOSE,
    PlanAction.SUBMIT,
    PlanAction.BEGIN_REVIEW,
    PlanAction.APPROVE,
    PlanAction.REVISE,
    PlanAction.PUBLISH,
)


@dataclass(frozen=True)
class Station:
    """A station in the row of steps. ``code``: d done, c current, empty ahead."""

    label: str
    code: str
    note: str
    current: bool


@dataclass(frozen=True)
class Way:
    """A step that the person may take; the first one is the page's main button."""

    label: str
    url: str
    main: bool


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


def stations(plan: Plan, events: Iterable[PlanEvent]) -> list[Station]:
    """The row of steps of the current edition; ``events`` are all of the plan, the newest first."""
    listed = list(events)
    here = PLACE[PlanState(plan.state)]
    row = []
    for number, state in enumerate(ROW):
        current = number == here
        code = "d" if number < here or (current and state == ROW[-1]) else "c" if current else ""
        label = PlanState(plan.state).label if current else state.label  # „zurückgegeben“ at the place of the review
        row.append(Station(str(label), code, station_note(plan, state, listed, number), current))
    return row


def station_note(plan: Plan, state: PlanState, events: list[PlanEvent], number: int) -> str:
    """When and by whom; ahead: who does it, or until when."""
    here = PLACE[PlanState(plan.state)]
    if number == 0:
        begun = next((event for event in events if event.edition == plan.edition - 1 and starts_edition(event)), None)
        return f"Fassung {plan.edition}" + (f", seit {day(begun.at)}" if begun else "")
    if number <= here:
        wanted = PlanState(plan.state) if number == here else state
        event = next((e for e in events if e.edition == plan.edition and e.to_state == wanted), None)
        return f"{day(event.at)}{', verspätet' if event.details.get('late') else ''}" if event else ""
    if state == PlanState.SUBMITTED:
        deadline = submission_deadline(plan.year)
        return f"Frist {deadline.due}" if deadline else "ohne hinterlegte Frist"
    if state == PlanState.IN_REVIEW:
        back = next((e for e in events if e.to_state == PlanState.RETURNED), None)
        if back:
            return f"Fassung {back.edition} am {day(back.at)} zurückgegeben"
    return AHEAD.get(state, "")


def starts_edition(event: PlanEvent) -> bool:
    """True for a step after which a new edition is drafted."""
    return MOVES[PlanAction(event.action)].next_edition


def day(at: datetime) -> str:
    """The day in Berlin."""
    return datum(timezone.localtime(at, BERLIN).date())


def ways(plan: Plan, access: Access) -> list[Way]:
    """The steps that exist now and that the person has the right to take, the main one first."""
    possible = [a for a in actions_from(plan.state) if access.allows(MOVES[a].right, plan.municipality)]
    main = next((action for action in MAIN if action in possible), None)
    ordered = sorted(possible, key=lambda action: action != main)
    return [Way(str(a.label), step_url(plan, a), a == main) for a in ordered]


def step_url(plan: Plan, action: PlanAction) -> str:
    """The page of a step."""
    return reverse(f"plans:plan-{action.value.replace('_', '-')}", args=[plan.municipality.slug, plan.pk])


def remark_notes(
    remarks: Iterable[Remark], *, may_answer: bool = False, may_edit: bool = False, sent_at: datetime | None = None
) -> dict[str, list[RemarkNote]]:
    """The remarks by chapter, with the day on which they were sent, else written."""
    found: dict[str, list[RemarkNote]] = defaultdict(list)
    for remark in remarks:
        slug = remark.plan_version.municipality.slug
        answer = getattr(remark, "answer", None)
        place = [slug, remark.plan_version.plan_id, remark.pk]
        found[remark.chapter].append(
            RemarkNote(
                remark,
                sent_at or remark.created_at,
                answer.text if answer else "",
                bool(answer and answer.settled),
                str(answer.changed_by or "") if answer else "",
                reverse("plans:remark-answer", args=place) if may_answer else "",
                reverse("plans:remark-update", args=place) if may_edit else "",
            )
        )
    return dict(found)


@dataclass(frozen=True)
class ConditionLine:
    """A condition of a step before its button: met or not, and whether a reason outweighs it."""

    code: str  # ok, gap (a reason outweighs it), stop
    text: str


CONDITION_WORDS = {
    "second_person": "Eine zweite Person gibt frei",
    "resolution": "Beschluss erfasst",
    "no_blocking_finding": "Kein Befund verhindert die Freigabe",
    "remark": "Mindestens eine Anmerkung geschrieben",
}


def condition_lines(action: PlanAction, missing: Iterable[Unmet]) -> list[ConditionLine]:
    """Every condition of the step, those that are met too."""
    listed = list(missing)
    lines = [ConditionLine("gap" if each.by_reason else "stop", each.text) for each in listed]
    codes = {each.code for each in listed}
    blocked = any(each.by_reason for each in listed)
    for condition in MOVES[action].conditions:
        name = condition.__name__
        if name not in codes and not (name == "no_blocking_finding" and blocked):
            lines.append(ConditionLine("ok", CONDITION_WORDS[name]))
    return lines


def short(digest: str) -> str:
    """„9f3a…c21e“."""
    return f"{digest[:4]}…{digest[-4:]}"


def version_url(version: PlanVersion, name: str = "plan-version") -> str:
    """An address of a frozen edition."""
    return reverse(f"plans:{name}", args=[version.municipality.slug, version.plan_id, version.edition])
