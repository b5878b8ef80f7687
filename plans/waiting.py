"""What of the plans waits, and for whom: the next step of a plan, remarks, plans whose deadline comes or has passed."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import CharField, Count, Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Action
from planning.models import Deadline
from planning.waiting import owed_here
from plans.enums import PlanAction, PlanState
from plans.models import Plan, PlanEvent, PlanReview, Remark
from plans.pages.life import step_name
from records.parts import Link
from records.queries.prepared import MUNICIPALITY
from records.templatetags.german import datum
from records.waiting import HERE, Found, Source, Told

GROUP, FIRST = "Pläne", 1
NOT_SENT = "noch nicht eingereicht"
SPLIT = "|"  # between day and person in one text of the union


# ---------------------------------------------------------------- rows
def in_state(*states: PlanState) -> Callable[[], QuerySet[Any]]:
    """Plans in one of the states, with the moment of the step that led there."""
    return lambda: since_last_step(Plan.objects.filter(state__in=states))


def since_last_step(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The plans with the moment of their last step."""
    last = PlanEvent.objects.filter(plan=OuterRef("pk")).order_by("-number")
    return rows.annotate(last_step=Subquery(last.values("at")[:1]))


def with_review(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The plans with the day until which the ministry reviews the edition, and who does, as one text."""
    review = PlanReview.objects.filter(plan_version__plan=OuterRef("pk"), plan_version__edition=OuterRef("edition"))
    day, person = Coalesce(Cast("due", CharField()), Value("")), Coalesce("responsible__display_name", Value(""))
    return rows.annotate(review_note=Subquery(review.values_list(Concat(day, Value(SPLIT), person))[:1]))


def never_published() -> QuerySet[Any]:
    """Approved plans of whose edition nobody has decided that the public is not to see it."""
    taken_back = PlanEvent.objects.filter(plan=OuterRef("pk"), edition=OuterRef("edition"), action=PlanAction.UNPUBLISH)
    return since_last_step(Plan.objects.filter(~Exists(taken_back), state=PlanState.APPROVED))


def remarks_on(edition: Any) -> Any:
    """How many remarks of the ministry on that edition are not settled, as text."""
    rows = Remark.objects.filter(plan_version__plan=OuterRef("pk"), plan_version__edition=edition)
    open_ones = rows.exclude(answer__settled=True).order_by().values("plan_version__plan")
    return Cast(Subquery(open_ones.annotate(number=Count("pk")).values("number")), CharField())


def with_lead_remarks() -> QuerySet[Any]:
    """Drafts on which the Leitung has remarked something that is not settled."""
    rows = Remark.objects.filter(plan=OuterRef("pk"), edition=OuterRef("edition")).exclude(answer__settled=True)
    counted = rows.order_by().values("plan").annotate(number=Count("pk")).values("number")
    number = Cast(Subquery(counted), CharField())
    plans = Plan.objects.filter(state__in=(PlanState.DRAFT, PlanState.PROPOSED))
    return since_last_step(plans.annotate(open_remarks=number).filter(open_remarks__isnull=False))


def lead_remarks_told(found: Found) -> Told:
    """A draft, with the number of open remarks of the Leitung."""
    words = "1 Anmerkung" if found.note == "1" else f"{found.note} Anmerkungen"
    ask = Link("Anmerkungen bearbeiten", plan_url(found))
    return Told("Plan", found.title, plan_url(found), ask, f"{words} der Leitung offen")


def being_revised() -> QuerySet[Any]:
    """Drafts after a return that leave remarks open."""
    returned = PlanEvent.objects.filter(plan=OuterRef("pk"), edition=OuterRef("edition") - 1, action=PlanAction.RETURN)
    rows = since_last_step(Plan.objects.filter(Exists(returned), state=PlanState.DRAFT))
    return rows.annotate(open_remarks=remarks_on(OuterRef("edition") - 1)).filter(open_remarks__isnull=False)


def last_of_year() -> QuerySet[Any]:
    """The deadlines of submission; where a year has several, the latest counts."""
    later = Deadline.objects.filter(for_plan=True, year=OuterRef("year"), due__gt=OuterRef("due"))
    return Deadline.objects.filter(~Exists(later), for_plan=True)


def not_submitted_here() -> QuerySet[Any]:
    """Deadlines of plans that the municipality owes.

    The note is the key of the plan, where it has been begun.
    """
    plan = Plan.objects.filter(municipality=MUNICIPALITY, year=OuterRef("year")).order_by()
    submitted = PlanEvent.objects.filter(
        action=PlanAction.SUBMIT, plan__year=OuterRef("year"), plan__municipality=MUNICIPALITY
    )
    rows = last_of_year().filter(owed_here(), ~Exists(submitted))
    return rows.annotate(plan_key=Subquery(plan.values("pk")[:1]))


# ---------------------------------------------------------------- words
def plan_url(found: Found) -> str:
    """The page of the plan."""
    return reverse("plans:plan-detail", args=[slug_of(found), found.pk])


def slug_of(found: Found) -> str:
    """Of the municipality, which every plan has."""
    return found.place.slug if found.place else ""


def next_step(action: PlanAction, says: str) -> Callable[[Found], Told]:
    """A plan and the step that it waits for."""

    def tell(found: Found) -> Told:
        url = reverse(f"plans:{step_name(action)}", args=[slug_of(found), found.pk])
        return Told("Plan", found.title, plan_url(found), Link(str(action.label), url), says)

    return tell


def review_told(action: PlanAction | None, says: str) -> Callable[[Found], Told]:
    """A plan that waits for the ministry, with the day and the person of its review."""

    def tell(found: Found) -> Told:
        day, _, person = (found.note or SPLIT).partition(SPLIT)
        until = f"zu prüfen bis {datum(date.fromisoformat(day))}" if day else ""
        late = ", überfällig" if day and date.fromisoformat(day) < timezone.localdate() else ""
        words = ", ".join(part for part in (says, until + late, person) if part)
        if action is None:
            return Told("Plan", found.title, plan_url(found), Link("Weiter prüfen", plan_url(found)), words)
        url = reverse(f"plans:{step_name(action)}", args=[slug_of(found), found.pk])
        return Told("Plan", found.title, plan_url(found), Link(str(action.label), url), words)

    return tell


def remarks_told(found: Found, action: PlanAction | None = None) -> Told:
    """A plan that came back, with the number of remarks."""
    number = int(found.note or 0)
    remarks = "1 Anmerkung" if number == 1 else f"{number or 'ohne'} Anmerkungen"
    if action is None:
        words = f"wird überarbeitet, {remarks} offen"
        return Told("Plan", found.title, plan_url(found), Link("Anmerkungen bearbeiten", plan_url(found)), words)
    url = reverse(f"plans:{step_name(action)}", args=[slug_of(found), found.pk])
    words = f"zurückgegeben mit {remarks}" if number else "zurückgegeben"
    return Told("Plan", found.title, plan_url(found), Link(str(action.label), url), words)


def deadline_told(found: Found) -> Told:
    """A plan that is not submitted: to the plan, or to beginning it. The title is the year."""
    if found.note:
        url = reverse("plans:plan-detail", args=[slug_of(found), found.note])
        return Told("Frist", f"Plan {found.title} einreichen", url, Link("Plan öffnen", url), NOT_SENT)
    url = f"{reverse('plans:plan-create', args=[slug_of(found)])}?jahr={found.title}"
    return Told("Frist", f"Plan {found.title} einreichen", url, Link("Plan anlegen", url), "noch nicht begonnen")


SOURCES = (
    Source(
        "plan-proposed",
        in_state(PlanState.PROPOSED),
        next_step(PlanAction.RELEASE, "liegt zur Freigabe vor"),
        rights=(Action.RELEASE,),
        since="last_step",
        group=GROUP,
        position=FIRST,
    ),
    Source(
        "plan-returned",
        lambda: in_state(PlanState.RETURNED)().annotate(open_remarks=remarks_on(OuterRef("edition"))),
        lambda found: remarks_told(found, PlanAction.REVISE),
        rights=(Action.WRITE,),
        since="last_step",
        note="open_remarks",
        group=GROUP,
        position=FIRST,
    ),
    Source(
        "plan-revised",
        being_revised,
        remarks_told,
        rights=(Action.WRITE,),
        since="last_step",
        note="open_remarks",
        group=GROUP,
        position=FIRST,
    ),
    Source(
        "plan-lead-remarks",
        with_lead_remarks,
        lead_remarks_told,
        rights=(Action.WRITE,),
        unless=Action.RELEASE,
        since="last_step",
        note="open_remarks",
        group=GROUP,
        position=FIRST,
    ),
    Source(
        "plan-released",
        in_state(PlanState.RELEASED),
        next_step(PlanAction.SUBMIT, "freigegeben und noch nicht eingereicht"),
        rights=(Action.WRITE,),
        since="last_step",
        group=GROUP,
        position=FIRST,
    ),
    Source(
        "plan-submitted",
        lambda: with_review(in_state(PlanState.SUBMITTED)()),
        review_told(PlanAction.BEGIN_REVIEW, "eingereicht"),
        rights=(Action.REVIEW,),
        since="last_step",
        note="review_note",
        group=GROUP,
        position=FIRST,
    ),
    Source(
        "plan-in-review",
        lambda: with_review(in_state(PlanState.IN_REVIEW)()),
        review_told(None, "in Prüfung"),
        rights=(Action.REVIEW,),
        since="last_step",
        note="review_note",
        group=GROUP,
        position=FIRST,
    ),
    Source(
        "plan-approved",
        never_published,
        next_step(PlanAction.PUBLISH, "bewilligt und noch nicht veröffentlicht"),
        rights=(Action.RELEASE,),
        since="last_step",
        group=GROUP,
        position=FIRST,
    ),
    Source(
        "plan-deadline",
        not_submitted_here,
        deadline_told,
        rights=(Action.WRITE,),
        place="",
        title="year",
        day="due",
        note="plan_key",
        group=GROUP,
        position=FIRST,
        ahead=HERE,
    ),
)
