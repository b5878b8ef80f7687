"""What everybody may know without log-in: published plans, and whether a checksum is that of a released edition."""

from dataclasses import dataclass

from django.db.models import Q

from accounts.models import Municipality
from plans.enums import PlanState
from plans.models import PlanVersion
from plans.queries.versions import all_versions, public_ones, published_versions, versions_of


@dataclass(frozen=True)
class PublicPlace:
    """A municipality with published plans; ``years`` the newest first."""

    municipality: Municipality
    years: tuple[int, ...]


def public_places() -> list[PublicPlace]:
    """Municipalities with at least one published plan, by name; one query."""
    years: dict[Municipality, set[int]] = {}
    for version in public_ones(all_versions()):
        years.setdefault(version.municipality, set()).add(version.year)
    found = [PublicPlace(place, tuple(sorted(each, reverse=True))) for place, each in years.items()]
    return sorted(found, key=lambda one: one.municipality.sort_key)


def published_everywhere() -> list[PlanVersion]:
    """Every published plan with ``state_at``, by municipality, the newest year first (one query)."""
    return sorted(public_ones(all_versions()), key=lambda row: (row.municipality.sort_key, -row.year))


def published_at(slug: str) -> list[PlanVersion]:
    """The published plans of a municipality, one for each year, the newest first; empty where there are none."""
    municipality = place_at(slug)
    return published_versions(municipality) if municipality else []


def place_at(slug: str) -> Municipality | None:
    """The municipality with this address."""
    return Municipality.objects.filter(slug=slug).first()


def version_with_sum(sha256: str) -> PlanVersion | None:
    """The released edition whose PDF, plan.json or own checksum this is."""
    is_it = Q(pdf_sha256=sha256) | Q(content_sha256=sha256) | Q(sha256=sha256)
    found: PlanVersion | None = all_versions().filter(is_it).order_by("pk").last()
    return found


def newer_edition(version: PlanVersion) -> PlanVersion | None:
    """A later edition of the same plan that was released and not withdrawn."""
    found: PlanVersion | None = (
        versions_of(version.plan).exclude(state=PlanState.DRAFT).filter(edition__gt=version.edition).first()
    )
    return found
