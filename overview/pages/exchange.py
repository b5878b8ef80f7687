"""The page of an experience in its own municipality: what others read of it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.urls import reverse

from accounts.access import Access
from overview.queries.exchange import shown
from participation.enums import ExperienceState
from participation.models import Experience
from records.parts import DetailPage
from records.registry import kind_of


def as_others_read(experience: Experience, access: Access) -> Mapping[str, Any]:
    """The same words as in the exchange, and the way there while they are released."""
    is_released = experience.state == ExperienceState.RELEASED
    url = reverse("overview:experience-here", args=[experience.municipality.slug, experience.pk])
    return {"shown": shown(experience), "exchange_url": url if is_released else "", "change": without_words}


def without_words(page: DetailPage) -> DetailPage:
    """The page says once what others read: what it came of is all that is left to tell."""
    words = kind_of(Experience).groups[:2]
    legends = {group.legend for group in words}
    return replace(page, groups=tuple(group for group in page.groups if group.title not in legends))
