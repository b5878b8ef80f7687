"""Ways that rooms add to the page of a phase."""

from dataclasses import dataclass

from django.urls import reverse

from planning.enums import Phase
from planning.models import PlanningCycle


@dataclass(frozen=True)
class PhaseWay:
    """``name`` is where the page draws it, ``route`` takes the slug and the cycle's key."""

    phase: Phase
    name: str
    route: str


_ways: list[PhaseWay] = []


def register_phase_way(way: PhaseWay) -> None:
    """Add a way to the page of its phase, for people who may write there."""
    _ways.append(way)


def phase_ways(phase: Phase, cycle: PlanningCycle) -> dict[str, str]:
    """The addresses of the registered ways, by name."""
    return {
        way.name: reverse(way.route, args=[cycle.municipality.slug, cycle.pk]) for way in _ways if way.phase == phase
    }
