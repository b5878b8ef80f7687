"""Frozen editions of plans with their states; the state of an edition is where its last step led."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from accounts.models import Municipality
from planning.models import Deadline
from plans.enums import PlanAction, PlanState
from plans.models import Plan, PlanEvent, PlanVersion, Remark
from records.queries.prepared import MUNICIPALITY, Parameter, Prepared, PreparedRows
from records.queries.standing import number_of

LARGE = ("content", "pages", "pdf")
WITHDRAWN = "zurückgezogen"
SENT = (PlanState.RETURNED, PlanState.APPROVED, PlanState.PUBLISHED)


def with_state(rows: QuerySet[PlanVersion]) -> QuerySet[Any]:
    """Versions with ``state``; ``draft`` means that the release was withdrawn."""
    last = PlanEvent.objects.filter(version=OuterRef("pk")).order_by("-number")
    return rows.annotate(state=Subquery(last.values("to_state")[:1]), state_at=Subquery(last.values("at")[:1]))


def state_label(state: str) -> str:
    """The state of a version in words."""
    return WITHDRAWN if state == PlanState.DRAFT else str(PlanState(state).label)


def all_versions() -> QuerySet[Any]:
    """Versions of all municipalities with state, without the large columns."""
    return with_state(PlanVersion.objects.select_related("municipality", "plan")).defer(*LARGE)


def versions_of(plan: Plan) -> QuerySet[Any]:
    """The frozen editions of a plan, the newest first."""
    return all_versions().filter(plan=plan).order_by("-edition")


def editions_beside(plan: Plan) -> tuple[list[Any], list[Any]]:
    """The frozen editions of a plan, and those of the year before, the newest first (one query)."""
    rows = editions_statement().run(plan.municipality, plan=plan.pk, year=plan.year - 1)
    return [row for row in rows if row.plan_id == plan.pk], [row for row in rows if row.plan_id != plan.pk]


@cache
def editions_statement() -> PreparedRows:
    """The same for any plan."""
    number: Any = Parameter("plan")
    place: Any = MUNICIPALITY
    of_year = Q(municipality=place, year=Parameter("year"))
    return PreparedRows(all_versions().filter(Q(plan=number) | of_year).order_by("-year", "-edition"))


def versions_in(municipality: Municipality) -> QuerySet[Any]:
    """All frozen editions of a municipality, the newest year and edition first."""
    return all_versions().filter(municipality=municipality).order_by("-year", "-edition")


@cache
def number_statement() -> Prepared:
    """How many there are; a draft says what has changed since them."""
    place: Any = MUNICIPALITY
    return number_of(PlanVersion.objects.filter(municipality=place).order_by())


def published_versions(municipality: Municipality) -> list[PlanVersion]:
    """The published edition of each year, the newest year first."""
    return public_ones(versions_in(municipality))[::-1]


def public_ones(rows: QuerySet[Any]) -> list[PlanVersion]:
    """Of each municipality and year the newest edition that was ever public, if it still is; by year (one query).

    Taking an edition back does not bring an older one back: the municipality took its plan from the public.
    """
    was_public = Exists(PlanEvent.objects.filter(version=OuterRef("pk"), action=PlanAction.PUBLISH))
    newest = {(row.municipality_id, row.year): row for row in rows.filter(was_public).order_by("year", "edition")}
    return [row for row in newest.values() if row.state == PlanState.PUBLISHED]


def edition_of_year(municipality: Municipality, year: int) -> PlanVersion | None:
    """The plan of a year: its newest edition that was decided, else the newest that was not withdrawn."""
    rows = list(versions_in(municipality).filter(year=year).exclude(state=PlanState.DRAFT))
    decided = [row for row in rows if row.state in (PlanState.APPROVED, PlanState.PUBLISHED)]
    return next(iter(decided or rows), None)


def base_for_comparison(
    plan: Plan, read: tuple[Iterable[PlanVersion], Iterable[PlanVersion]] | None = None
) -> PlanVersion | None:
    """What a plan is compared with: its own edition before, else the plan of the year before in its best state.

    ``read`` are its editions and those of the year before (``editions_beside``), where they have been read.
    """
    listed, before = read or editions_beside(plan)
    earlier = next((version for version in listed if version.edition < plan.edition), None)
    if earlier:
        return earlier
    rows = list(before)
    decided = [row for row in rows if row.state in (PlanState.APPROVED, PlanState.PUBLISHED)]
    return next(iter(decided or rows), None)


def approved_before(plan: Plan) -> PlanVersion | None:
    """The newest edition before the plan's present one that was approved; what a plan says to have changed since."""
    before = Q(year__lt=plan.year) | Q(year=plan.year, edition__lt=plan.edition)
    rows = versions_in(plan.municipality).filter(before)
    return next((row for row in rows if row.state in (PlanState.APPROVED, PlanState.PUBLISHED)), None)


def events_of(plan: Plan) -> QuerySet[PlanEvent]:
    """The steps of a plan, the newest first."""
    return PlanEvent.objects.filter(plan=plan).select_related("version", "plan").order_by("-number")


def steps_taken(plan: Plan) -> list[PlanEvent]:
    """The same as they are now (one query)."""
    return steps_statement().run(None, plan=plan.pk)


@cache
def steps_statement() -> PreparedRows:
    """The same for any plan."""
    number: Any = Parameter("plan")
    return PreparedRows(events_of(number))


def return_in_force(plan: Plan, events: Iterable[PlanEvent] | None = None) -> PlanEvent | None:
    """The return that the plan has not answered yet: it stands returned, or its next edition is being written."""
    if plan.state not in (PlanState.RETURNED, PlanState.DRAFT, PlanState.PROPOSED):
        return None
    edition = plan.edition if plan.state == PlanState.RETURNED else plan.edition - 1
    listed = events_of(plan).filter(edition=edition) if events is None else events
    return next((e for e in listed if e.edition == edition and e.action == PlanAction.RETURN), None)


def receipt_of(version: PlanVersion) -> PlanEvent | None:
    """The submission of a version."""
    rows = PlanEvent.objects.filter(version=version, action=PlanAction.SUBMIT)
    return rows.select_related("plan").order_by("-number").first()


def submission_deadline(year: int) -> Deadline | None:
    """The programme's deadline for the plan of a year; the latest where there are several."""
    return Deadline.objects.filter(year=year, for_plan=True).order_by("-due").first()


def remarks_of(version: PlanVersion) -> QuerySet[Remark]:
    """The ministry's remarks on a version with their answers, in the order of the chapters' first remarks."""
    rows = Remark.objects.filter(plan_version=version)
    return rows.select_related("answer__changed_by", "changed_by", "plan_version__municipality").order_by("pk")


def remark_in(plan: Plan, pk: int) -> Remark | None:
    """A remark on an edition of the plan, with its answer."""
    of_plan = Q(plan_version__plan=plan) | Q(plan=plan)
    rows = Remark.objects.filter(of_plan, pk=pk) if pk < 2**63 else Remark.objects.none()
    return rows.select_related("answer", "plan_version__municipality", "municipality", "plan").first()


def lead_remarks_of(plan: Plan) -> QuerySet[Remark]:
    """What the Leitung remarks on the edition that is being written, with the answers (one query)."""
    rows = Remark.objects.filter(plan=plan, edition=plan.edition).order_by("pk")
    return rows.select_related("answer__changed_by", "changed_by", "municipality", "plan", "plan_version")


def remarks_are_sent(version: Any) -> bool:
    """True once the municipality may read the ministry's remarks. ``version`` comes from ``all_versions``."""
    return version.state in SENT
