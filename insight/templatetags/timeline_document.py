"""What the printed list of the timeline needs."""

from django import template

from insight.timeline.entries import lane_label
from planning.enums import Phase

register = template.Library()


@register.filter
def phase(lane: int) -> str:
    """The phase of a timeline entry where room is short."""
    phases = list(Phase)
    return phases[lane - 1].short if 1 <= lane <= len(phases) else lane_label(lane)
