"""What municipalities owe for a year: plan, other deadlines of the programme, proofs to the Land, reports, conditions.

Rows stand by municipality and day, never by what they hold (docs/product.md §2.2, §6).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import Municipality
from funding.models import NoticeCondition, StateProof
from overview.enums import DeliveryKind
from overview.queries.review import ReviewRow, exists_on, owes, places_with_cycles, review_rows
from planning.models import Deadline, KeptDeadline
from records.registry import kind_of
from records.templatetags.german import datum
from records.vague import VagueDate
from reporting.enums import ReportKind
from reporting.models import Report

OPEN, DONE, NOT_BEGUN = "noch offen", "erledigt", "noch nicht begonnen"


@dataclass(frozen=True)
class Delivery:
    """Something that a municipality owes, until when, and where it stands.

    ``waits``: the ministry has the next step. ``done_on`` says when it came, in words.
    """

    municipality: Municipality
    kind: DeliveryKind
    title: str
    url: str
    due: VagueDate | None
    state: str
    done_on: str
    is_open: bool
    is_overdue: bool
    waits: bool = False

    @property
    def order(self) -> tuple[str, int, str, str]:
        """By name, plan first, then by day."""
        first = 0 if self.kind == DeliveryKind.PLAN else 1
        return self.municipality.sort_key, first, self.due.stored if self.due else "9", self.title


def deliveries(year: int, today: date) -> list[Delivery]:
    """Everything of a year, by name of the municipality (eight queries)."""
    places = [place for place in places_with_cycles() if exists_on(place, min(date(year, 12, 31), today))]
    known = {place.pk: place for place in places}
    found = [of_plan(row) for row in review_rows([year], today)]
    found += of_deadlines(Deadline.objects.filter(year=year), places, today)
    proofs = proofs_of(StateProof.objects.filter(grant__year=year), known)
    found += [*of_proofs(proofs, known, today), *of_reports(Report.objects.filter(year=year), proofs, known, today)]
    found += of_conditions(NoticeCondition.objects.filter(notice__grant__year=year), known, today)
    return sorted(found, key=lambda row: row.order)


def deliveries_of(place: Municipality, today: date) -> list[Delivery]:
    """Everything of one municipality up to the next plan year, by day (eight queries)."""
    (known,) = (each for each in places_with_cycles() if each.pk == place.pk)
    near = Deadline.objects.filter(year__lte=today.year + 1)
    years = sorted({row.year for row in near if row.for_plan})
    found = [of_plan(row) for row in review_rows(years, today) if row.municipality.pk == place.pk]
    found += of_deadlines(near, [known], today)
    own, here = {place.pk: known}, {"municipality": place}
    proofs = proofs_of(StateProof.objects.filter(**here), own)
    found += [*of_proofs(proofs, own, today), *of_reports(Report.objects.filter(**here), proofs, own, today)]
    found += of_conditions(NoticeCondition.objects.filter(**here), own, today)
    return sorted(found, key=lambda row: (row.due.stored if row.due else "9", row.title))


def of_plan(row: ReviewRow) -> Delivery:
    """The plan of the year; a further edition that is being written does not undo that the first one came.

    One that was given back is owed again, without a day of its own.
    """
    slug = row.municipality.slug
    further = f", Fassung {row.plan.edition}" if row.plan and row.plan.edition > 1 else ""
    return Delivery(
        municipality=row.municipality,
        kind=DeliveryKind.PLAN,
        title=f"Integrierter Plan {row.year}",
        url=reverse("plans:plan-detail", args=[slug, row.plan.pk]) if row.plan else "",
        due=row.deadline.due if row.deadline else None,
        state=f"{row.state}{further}",
        done_on=datum(row.first_submitted_at) if row.first_submitted_at else "",
        is_open=row.is_open or row.is_returned,
        is_overdue=row.is_overdue,
        waits=row.waits,
    )


def of_deadlines(deadlines: QuerySet[Deadline], places: list[Any], today: date) -> Iterator[Delivery]:
    """The other deadlines of the programme, with whether the municipality has marked them as done (two queries)."""
    rows = [row for row in deadlines if not row.for_plan]
    known = KeptDeadline.objects.filter(deadline__in=rows, municipality__in=places)
    kept = {(row.municipality_id, row.deadline_id): row for row in known}
    kind = kind_of(KeptDeadline)
    for place in places:
        for deadline in (row for row in rows if owes(place, row.year, today)):
            done = kept.get((place.pk, deadline.pk))
            yield Delivery(
                municipality=place,
                kind=DeliveryKind.DEADLINE,
                title=str(deadline),
                url=kind.url("detail", place, done.pk) if done else "",
                due=deadline.due,
                state=DONE if done else OPEN,
                done_on=str(done.done_on) if done else "",
                is_open=done is None,
                is_overdue=done is None and deadline.due.last < today,
            )


def proofs_of(proofs: QuerySet[StateProof], places: dict[int, Any]) -> list[StateProof]:
    """The proofs of the municipalities with their years (one query)."""
    return list(proofs.filter(municipality_id__in=places).select_related("grant"))


def of_reports(
    reports: QuerySet[Report], proofs: list[StateProof], places: dict[int, Any], today: date
) -> Iterator[Delivery]:
    """Reports of a year: those that were begun, and the Sachbericht that belongs to each proof (one query)."""
    rows = {(row.municipality_id, row.year, row.kind): row for row in reports.filter(municipality_id__in=places)}
    due = {(each.municipality_id, each.grant.year): each.extended_to or each.due for each in proofs}
    owed = {(place, year, str(ReportKind.PROGRESS)) for place, year in due}
    for key in sorted(rows.keys() | owed):
        place, year, name = key
        row, until = rows.get(key), due.get((place, year)) if name == ReportKind.PROGRESS else None
        came = row is not None and row.released_on is not None
        yield Delivery(
            municipality=places[place],
            kind=DeliveryKind.REPORT,
            title=f"{ReportKind(name).label} {year}",
            url=kind_of(Report).url("detail", places[place], row.pk) if row else "",
            due=until,
            state=str(row.get_state_display()) if row else NOT_BEGUN,
            done_on=str(row.released_on) if row and came else "",
            is_open=not came,
            is_overdue=bool(not came and until and until.last < today),
        )


def of_proofs(proofs: list[StateProof], places: dict[int, Any], today: date) -> Iterator[Delivery]:
    """The proofs of use to the Land."""
    kind = kind_of(StateProof)
    for proof in proofs:
        due, place = proof.extended_to or proof.due, places[proof.municipality_id]
        state = "eingereicht" if proof.submitted_on else OPEN
        yield Delivery(
            municipality=place,
            kind=DeliveryKind.PROOF,
            title=f"{proof} an das Land",
            url=kind.url("detail", place, proof.pk),
            due=due,
            state=f"{state}, Frist verlängert" if proof.extended_to else state,
            done_on=str(proof.submitted_on or ""),
            is_open=proof.submitted_on is None,
            is_overdue=bool(proof.submitted_on is None and due and due.last < today),
            waits=proof.submitted_on is not None and proof.recognised is None,
        )


def of_conditions(conditions: QuerySet[NoticeCondition], places: dict[int, Any], today: date) -> Iterator[Delivery]:
    """The conditions of notices of the Land (one query)."""
    kind = kind_of(NoticeCondition)
    for row in conditions.filter(municipality_id__in=places):
        place = places[row.municipality_id]
        yield Delivery(
            municipality=place,
            kind=DeliveryKind.CONDITION,
            title=row.title,
            url=kind.url("detail", place, row.pk),
            due=row.due,
            state="erfüllt" if row.done_on else OPEN,
            done_on=str(row.done_on or ""),
            is_open=row.done_on is None,
            is_overdue=bool(row.done_on is None and row.due and row.due.last < today),
        )
