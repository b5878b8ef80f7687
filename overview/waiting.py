"""What waits besides records of the rooms below: plans that municipalities owe, reported barriers, what was begun."""

from typing import Any

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast
from django.urls import reverse

from accounts.domain.anonymising import GONE
from accounts.enums import Action
from accounts.models import Municipality, RoleAssignment, User
from overview.enums import BarrierState
from overview.models import BarrierReport, answer_until
from planning.models import Deadline, PlanningCycle
from planning.waiting import YEAR
from plans.enums import PlanAction
from plans.models import PlanEvent
from plans.waiting import GROUP, last_of_year
from records.models import FormDraft
from records.parts import Link
from records.queries.prepared import USER
from records.templatetags.german import datum
from records.waiting import TODAY, YEAR_AGO, Found, Source, Told


def plans_owed() -> QuerySet[Any]:
    """Deadlines with the number of municipalities that owe a plan for them (as plans.waiting.not_submitted_here)."""
    year = OuterRef(OuterRef("year"))
    submitted = PlanEvent.objects.filter(action=PlanAction.SUBMIT, plan__municipality=OuterRef("pk"), plan__year=year)
    cycles = PlanningCycle.objects.filter(municipality=OuterRef("pk")).order_by()
    is_recent = Exists(Deadline.objects.filter(pk=OuterRef(OuterRef("pk")), year__gte=YEAR))
    owing = Municipality.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=TODAY),
        Q(valid_until__isnull=True) | Q(valid_until__gte=TODAY),
        Q(Exists(cycles.filter(first_year__lte=year))) | Q(is_recent) & ~Exists(cycles),
        ~Exists(submitted),
    )
    counted = owing.order_by().annotate(one=Value(1)).values("one").annotate(number=Count("pk")).values("number")
    rows = last_of_year().annotate(owed=Cast(Subquery(counted), CharField()))
    return rows.filter(owed__isnull=False).exclude(owed="0")


def own_drafts() -> QuerySet[Any]:
    """The person's drafts, without those of places that she may not open any more."""
    held = RoleAssignment.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=TODAY), user=USER, valid_from__lte=TODAY
    )
    everywhere, here = held.filter(municipality=None), held.filter(municipality=OuterRef("municipality"))
    visible = Q(municipality=None) | Exists(everywhere) | Exists(here)
    return FormDraft.objects.filter(visible, user=USER, discarded_at__isnull=True)


def owed_told(found: Found) -> Told:
    """The deadline of a year, with the way to the municipalities that have not submitted. The title is the year."""
    url = f"{reverse('overview:review')}?jahr={found.title}&nur=ueberfaellig"
    number = "1 Kommune hat" if found.note == "1" else f"{found.note} Kommunen haben"
    title = f"Pläne {found.title}: {number} noch nicht eingereicht"
    return Told("Frist", title, url, Link("Kommunen ansehen", url))


def barrier_told(found: Found) -> Told:
    """A barrier that somebody reported; the note says whether there is a contact to answer."""
    url = reverse("overview:barrier-answer", args=[found.pk])
    promised = f"Antwort zugesagt bis {datum(answer_until(found.when))}" if found.note else ""  # type: ignore[arg-type]
    return Told("Gemeldete Barriere", found.title, url, Link("Beantworten", url), promised)


def draft_told(found: Found) -> Told:
    """A form that somebody began; the note is its address."""
    url = f"{found.note}{'&' if '?' in found.note else '?'}entwurf={found.pk}"
    return Told("Entwurf", found.title or "Formular", url, Link("Weiterschreiben", url))


def people_who_left() -> QuerySet[Any]:
    """People whose last role ended a year ago (accounts.domain.anonymising)."""
    later = RoleAssignment.objects.filter(user=OuterRef("pk"))
    later = later.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=YEAR_AGO))
    held = RoleAssignment.objects.filter(user=OuterRef("pk"))
    rows = User.objects.filter(Exists(held), ~Exists(later)).exclude(username__startswith=GONE)
    return rows.annotate(label=F("display_name"))


def left_told(found: Found) -> Told:
    """A person whose name is to be forgotten."""
    url = reverse("accounts:person_edit", args=[found.pk])
    return Told("Beendete Rolle", found.title, url, Link("Anonymisieren", reverse("accounts:anonymise")))


SOURCES = (
    Source(
        "person-left",
        people_who_left,
        left_told,
        rights=(Action.PEOPLE,),
        place="",
        group="Personen",
        position=3,
    ),
    Source(
        "plans-owed",
        plans_owed,
        owed_told,
        rights=(Action.REVIEW,),
        place="",
        title="year",
        day="due",
        note="owed",
        group=GROUP,
        position=1,
    ),
    Source(
        "barrier",
        lambda: BarrierReport.objects.filter(state=BarrierState.OPEN),
        barrier_told,
        rights=(Action.PEOPLE,),
        place="",
        title="description",
        title_is_text=True,
        since="created_at",
        note="contact",
        group="Gemeldete Barrieren",
        position=3,
    ),
    Source(
        "draft",
        own_drafts,
        draft_told,
        rights=(Action.ACCOUNT,),
        title="title",
        since="changed_at",
        note="path",
        group="Begonnen und nicht gespeichert",
        position=4,
    ),
)
