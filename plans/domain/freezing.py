"""Freezing an edition: data, reading pages and PDF are made outside the transaction, stored inside if still true.

The content is read twice, before the PDF is made and in the transaction that stores it; only when both readings give
the same bytes is the edition stored, so that the PDF shows what the data say (docs/product.md §10).
"""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from accounts.models import Municipality, User
from plans.builder import build_plan
from plans.content import SCHEMA, TEMPLATE_VERSION, PlanContent, to_json
from plans.drawing import at_once, plan_pdf
from plans.models import Plan, PlanVersion
from plans.reading import reading_page
from records.errors import StepRefused
from records.models.steps import chained, digest

CHANGED = "Während der Freigabe wurden Einträge geändert. Prüfen Sie den Plan und geben Sie ihn noch einmal frei."


@dataclass(frozen=True)
class Frozen:
    """An edition ready to be stored. ``printed_state`` is what its title page says."""

    printed_state: str
    content: bytes
    pages: bytes
    pdf: bytes


Freezing = Callable[[Plan, datetime], Callable[[], Frozen]]


def printed_state(at: datetime, *, is_alone: bool = False) -> str:
    """„freigegeben am 14.01.2019“; ``at`` in local time. ``is_alone``: by somebody who wrote the content."""
    return f"freigegeben am {at:%d.%m.%Y}{' ohne zweite Person' if is_alone else ''}"


def pages_of(content: PlanContent) -> bytes:
    """The reading pages of all chapters as canonical JSON."""
    pages = {str(chapter.code.value): reading_page(content, chapter) for chapter in content.chapters}
    return json.dumps(pages, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def freeze(plan: Plan, at: datetime, *, is_alone: bool = False) -> Frozen:
    """Read the records and make the PDF (about three seconds). Raises RenderError and its kinds."""
    content = build_plan(plan, state=printed_state(at, is_alone=is_alone))
    return frozen(content, plan_pdf(content))


@contextmanager
def side_by_side() -> Iterator[Freezing]:
    """Freeze plans of several municipalities while others are still written: yields what begins with one of them.

    It reads the records at once and returns what waits for the PDF, which is drawn meanwhile. Raises as ``freeze``.
    """
    with ThreadPoolExecutor(at_once()) as pool:

        def begin(plan: Plan, at: datetime) -> Callable[[], Frozen]:
            content = build_plan(plan, state=printed_state(at))
            pdf = pool.submit(plan_pdf, content)
            return lambda: frozen(content, pdf.result())

        yield begin


def frozen(content: PlanContent, pdf: bytes) -> Frozen:
    """The edition with everything that is stored of it."""
    return Frozen(content.state, to_json(content), pages_of(content), pdf)


def store_version(*, plan: Plan, frozen: Frozen, actor: User | None, at: datetime) -> PlanVersion:
    """Store the edition as the next link of the municipality's chain; call it in the transaction of the release.

    Raises StepRefused where the records have changed since the PDF was made.
    """
    municipality = Municipality.objects.select_for_update().get(pk=plan.municipality_id)
    if to_json(build_plan(plan, state=frozen.printed_state)) != frozen.content:
        raise StepRefused([CHANGED])
    before = PlanVersion.objects.filter(municipality=municipality).defer("content", "pages", "pdf").last()
    version = PlanVersion(
        municipality=municipality,
        plan=plan,
        number=before.number + 1 if before else 1,
        year=plan.year,
        edition=plan.edition,
        schema=SCHEMA,
        template_version=TEMPLATE_VERSION,
        content=frozen.content,
        pages=frozen.pages,
        pdf=frozen.pdf,
        content_sha256=digest(frozen.content),
        pages_sha256=digest(frozen.pages),
        pdf_sha256=digest(frozen.pdf),
        previous_sha256=before.sha256 if before else "",
        frozen_at=at,
        frozen_by=actor,
        frozen_by_name=str(actor) if actor else "",
    )
    version.sha256 = chained(version.header())
    version.save()
    return version
