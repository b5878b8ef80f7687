"""A draft as its page shows it, made once and kept in the process until one of its records changes.

Chapter and check read the whole municipality; who goes from chapter to chapter, or comes back, waits for neither again.
What is released is never taken from here (plans.domain.freezing).
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.utils import timezone
from django.utils.safestring import SafeString

from plans.builder import build_plan
from plans.checks import Finding, findings_of
from plans.content import Chapter
from plans.drawing import preview_chapter
from plans.enums import ChapterCode
from plans.models import Plan
from plans.queries.versions import number_statement
from records.queries.standing import standing_of

T = TypeVar("T")
MOST = 24  # chapters and checks


@dataclass
class Drafted:
    """A plan whose chapters and findings are made when they are asked for, or were made of the same records today."""

    plan: Plan
    standing: Hashable = field(init=False)

    def __post_init__(self) -> None:
        rows = (self.plan, self.plan.municipality)
        columns = tuple(getattr(row, f.attname) for row in rows for f in row._meta.concrete_fields)
        self.standing = (columns, timezone.localdate(), standing_of(self.plan.municipality, number_statement()))

    def chapter(self, code: ChapterCode) -> tuple[Chapter, SafeString | None]:
        """A chapter with its preview, which one that is left out has not."""

        def make() -> tuple[Chapter, SafeString | None]:
            content = build_plan(self.plan, only=code)
            chapter = content.chapters[0]
            return chapter, None if chapter.is_left_out else preview_chapter(content, chapter)

        return kept((code, self.standing), make)

    def findings(self) -> list[Finding]:
        """What the plan lacks."""
        return list(kept(("", self.standing), lambda: tuple(findings_of(self.plan))))


_kept: OrderedDict[Hashable, Any] = OrderedDict()


def kept(key: Hashable, make: Callable[[], T]) -> T:
    """What was made under this key, else what is made now; what was not asked for longest goes."""
    if key not in _kept:
        _kept[key] = make()
        if len(_kept) > MOST:
            _kept.popitem(last=False)
    _kept.move_to_end(key)
    found: T = _kept[key]
    return found
