"""Choosing the municipalities and filling them one by one."""

from collections.abc import Iterator
from datetime import UTC, datetime

from accounts.enums import MunicipalityKind, StateRegion
from accounts.models import Municipality
from exchange.dossier.catalogue import load_catalogue
from exchange.seed.municipality import Catalogue, rows_of_municipality
from exchange.seed.rows import UID
from exchange.seed.store import store
from planning.models import PlanningCycle

MOMENT = datetime(2026, 1, 5, 9, tzinfo=UTC)  # when the rows say they were created, so that runs do not differ
FIRST_KEY = 90_000  # official keys of Thüringen begin with 16


def seed(*, municipalities: int, years: int) -> Iterator[tuple[Municipality, int]]:
    """Fill so many municipalities (with those already filled) and yield each with its number of records.

    First the real ones that have no records yet, by key; then invented ones. Existing rows are never touched.
    """
    load_catalogue()
    filled = PlanningCycle.objects.filter(uid__startswith=UID).values("municipality_id").distinct().count()
    catalogue = Catalogue()
    for municipality in choose(municipalities - filled):
        yield municipality, store(rows_of_municipality(municipality, years, catalogue), MOMENT)


def choose(count: int) -> list[Municipality]:
    """Municipalities without records; invented ones are created as needed."""
    if count <= 0:
        return []
    taken = PlanningCycle.objects.values("municipality_id")
    chosen = list(Municipality.objects.current().exclude(pk__in=taken).order_by("ags")[:count])
    invented = Municipality.objects.filter(ags__gte=str(FIRST_KEY)).count()
    for number in range(invented + 1, invented + 1 + count - len(chosen)):
        municipality = Municipality(
            ags=str(FIRST_KEY + number),
            name=f"Musterkreis {number}",
            slug=f"musterkreis-{number}",
            kind=MunicipalityKind.DISTRICT,
            state_region=StateRegion.CENTRE,
            population=80_000,
            population_year=2017,
        )
        municipality.full_clean()
        municipality.save()
        chosen.append(municipality)
    return chosen


def has_records() -> bool:
    """Whether anybody has begun to plan here."""
    return PlanningCycle.objects.exclude(uid__startswith=UID).exists()
