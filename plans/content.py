"""The whole plan between database and template: frozen values, no model instances, no queries while rendering.

``to_json`` gives the plan's canonical JSON (``plan.json`` inside the PDF; its SHA-256 stands in the imprint). Dates
are VagueDate (ISO in the JSON), amounts Decimal in euro. The chapters' bodies are in plans.bodies.
"""

import dataclasses
import hashlib
import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from insight.timeline.entries import IF_ANY
from plans.bodies import (
    ControllingBody,
    FinanceBody,
    ForeignBody,
    GoalsBody,
    InventoryBody,
    ListedTable,
    MandateBody,
    MeasuresBody,
    NeedsBody,
    ResolutionsBody,
    SourcesBody,
    SteeringBody,
    TimelineBody,
)
from plans.enums import ChapterCode
from plans.shapes import Comparison
from records.vague import VagueDate

SCHEMA = "lsz-plan/1"
DRAFT = "Entwurf"  # the state of what is not frozen, whatever state the edition before has
TEMPLATE_VERSION = "1.0"
UNDATED = 2000  # year of a file whose plan names neither day nor year; archives need one

Body = (
    MandateBody
    | SteeringBody
    | InventoryBody
    | NeedsBody
    | GoalsBody
    | MeasuresBody
    | FinanceBody
    | ControllingBody
    | ResolutionsBody
    | TimelineBody
    | SourcesBody
    | ForeignBody
)


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """A chapter: the planner's own text, the records, or the reason why it is left out (then ``body`` is None).

    ``tables`` are kinds that are listed as they are; plan.json has the key only where there are some.
    """

    code: ChapterCode
    text: str = ""
    left_out_reason: str = ""
    body: Body | None
    tables: tuple[ListedTable, ...] = dataclasses.field(default=(), metadata={IF_ANY: True})

    @property
    def is_left_out(self) -> bool:
        """True where a sentence stands in the chapter's place."""
        return self.body is None


@dataclass(frozen=True, kw_only=True)
class PlanContent:
    """A plan of one municipality and year. ``as_of`` is the day up to which its statements hold (Stand).

    Read back from an edition of another time, ``as_of`` and numbers may be None (plans.parsing).

    ``changes`` compares it with the last approved edition; it is printed at the end of chapter 8. ``office`` are the
    lines under which the issuing office is reached, by function; plan.json has the key only where there are some.
    ``running`` is what a draft of a past day says of its records.
    """

    municipality: str
    municipality_full: str
    ags: str
    authority: str
    year: int
    cycle: str
    cycle_years: str
    edition: int
    state: str
    as_of: date
    predecessor: str
    population: int | None
    population_year: int | None
    example: bool
    chapters: tuple[Chapter, ...]
    changes: Comparison | None = None
    office: tuple[str, ...] = dataclasses.field(default=(), metadata={IF_ANY: True})
    running: str = dataclasses.field(default="", metadata={IF_ANY: True})

    def chapter(self, code: ChapterCode) -> Chapter:
        """The chapter with this code."""
        return next(chapter for chapter in self.chapters if chapter.code == code)

    @property
    def title(self) -> str:
        """The document's title."""
        return f"Fachspezifischer integrierter Plan {self.year or '–'} – {self.municipality}"

    @property
    def edition_name(self) -> str:
        """„Fassung 1“."""
        return f"Fassung {self.edition or '–'}"

    @property
    def is_draft(self) -> bool:
        """Whether this was never frozen; every page then says so."""
        return self.state == DRAFT

    @property
    def day(self) -> date:
        """The day by which files are dated and open periods end, also where ``as_of`` is not said."""
        return self.as_of or date(self.year or UNDATED, 12, 31)


def plain(value: Any) -> Any:
    """Turn a value of the content into what JSON knows; texts, numbers and empty values stay."""
    if isinstance(value, VagueDate):
        return value.iso
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        values = {field: getattr(value, field.name) for field in dataclasses.fields(value)}
        return {field.name: plain(held) for field, held in values.items() if held or not field.metadata.get(IF_ANY)}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return str(value)  # a lazy or enumerated text as what it says
    return value


def to_json(content: PlanContent) -> bytes:
    """Canonical JSON: sorted keys, UTF-8, no blanks; the same content gives the same bytes."""
    document = {"schema": SCHEMA, "template_version": TEMPLATE_VERSION, "plan": plain(content)}
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(errors="replace")


def fingerprint(data: bytes) -> tuple[str, ...]:
    """SHA-256 in sixteen groups of four."""
    return groups_of_four(hashlib.sha256(data).hexdigest())


def groups_of_four(sha256: str) -> tuple[str, ...]:
    """A checksum as people compare it."""
    return tuple(sha256[index : index + 4] for index in range(0, len(sha256), 4))
