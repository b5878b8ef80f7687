"""What was frozen of an edition, read only where every byte is still what its checksum says."""

import json
from collections.abc import Collection, Iterator

from django.utils import timezone

from plans.content import PlanContent, groups_of_four
from plans.enums import AnyChapter, ChapterCode, ForeignCode, chapter_of
from plans.errors import DamagedVersion
from plans.models import PlanVersion
from plans.parsing import from_json
from printing.papers.frame import Named
from records.life.moving import BERLIN
from records.models.steps import digest
from records.templatetags.german import datum


def stored_part(version: PlanVersion, name: str) -> bytes:
    """``content``, ``pages`` or ``pdf`` as it was frozen. Raises DamagedVersion where a byte has changed."""
    data = read_part(version, name)
    if digest(data) != getattr(version, f"{name}_sha256"):
        raise DamagedVersion
    return data


def stored_pages(version: PlanVersion) -> dict[AnyChapter, str]:
    """The reading pages as HTML that the portal made at the release. Raises DamagedVersion.

    By the chapters that the edition has: today's in their order, then those that a plan has no longer.
    """
    pages = json.loads(stored_part(version, "pages"))
    foreign = [code for code in map(chapter_of, sorted(pages)) if isinstance(code, ForeignCode)]
    codes: list[AnyChapter] = [code for code in ChapterCode if code.value in pages] + foreign
    return {code: pages[code.value] for code in codes} or dict.fromkeys(ChapterCode, "")


def stored_content(version: PlanVersion) -> PlanContent:
    """The plan's content as it was frozen. Raises DamagedVersion."""
    return from_json(stored_part(version, "content"))


def publisher_of(content: PlanContent) -> Named:
    """Whose plan an edition is, by the names that it froze."""
    return Named(content.municipality, content.municipality_full, content.authority)


def read_part(version: PlanVersion, name: str) -> bytes:
    """One of the large columns, read by itself and not kept with the row."""
    return bytes(PlanVersion.objects.values_list(name, flat=True).get(pk=version.pk))


def contents_of(keys: Collection[int]) -> Iterator[tuple[str, bytes]]:
    """Checksum and plan.json of editions, one after the other (one query, none for no keys)."""
    rows = PlanVersion.objects.filter(pk__in=keys).values_list("content_sha256", "content")
    for checksum, content in rows.iterator(chunk_size=10) if keys else ():
        yield checksum, bytes(content)


def origin_of(version: PlanVersion) -> str:
    """What a paper that is made of an edition says of itself: the edition, its day, and the checksum of its data."""
    return f"{edition_of(version)}. Prüfnummer der Plandaten: {' '.join(groups_of_four(version.content_sha256))}"


def edition_of(version: PlanVersion) -> str:
    """„Fassung 2, freigegeben am 15.12.2017“."""
    return f"Fassung {version.edition}, freigegeben am {datum(timezone.localtime(version.frozen_at, BERLIN).date())}"
