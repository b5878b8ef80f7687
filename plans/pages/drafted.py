"""A draft as its page shows it, made once and kept in the process until one of its records changes.

Chapter and check read the whole municipality; who goes from chapter to chapter, or comes back, waits for neither again.
What is released is never taken from here (plans.domain.freezing).
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, TypeVar

from django.utils import timezone
from django.utils.safestring import SafeString

from planning.queries.official import files_statement
from plans.builder import build_plan
from plans.checks import CheckFinding, findings_of
from plans.checks.contradictions import Said
from plans.content import Chapter
from plans.drawing import preview_chapter
from plans.enums import ChapterCode
from plans.models import Plan
from plans.queries.versions import number_statement
from records.models import MunicipalRecord, Record
from records.queries.prepared import Prepared
from records.queries.standing import Standing, standing_of

T = TypeVar("T")
MOST = 24  # chapters and checks
MOST_JUDGED = 1000  # some fifty kinds for each plan


@dataclass
class Drafted:
    """A plan whose chapters and findings are made when they are asked for, or were made of the same records today."""

    plan: Plan
    standing: tuple[Hashable, date, Standing] = field(init=False)

    def __post_init__(self) -> None:
        rows = (self.plan, self.plan.municipality)
        columns = tuple(getattr(row, f.attname) for row in rows for f in row._meta.concrete_fields)
        self.standing = (columns, timezone.localdate(), standing_of(self.plan.municipality, beside_records()))

    def chapter(self, code: ChapterCode) -> tuple[Chapter, SafeString | None]:
        """A chapter with its preview, which one that is left out has not."""

        def make() -> tuple[Chapter, SafeString | None]:
            content = build_plan(self.plan, only=code)
            chapter = content.chapters[0]
            return chapter, None if chapter.is_left_out else preview_chapter(content, chapter)

        return kept((code, self.standing), make)

    def findings(self) -> list[CheckFinding]:
        """What the plan lacks."""
        return list(kept(("", self.standing), lambda: tuple(findings_of(self.plan, self.judged))))

    def judged(self, model: type[MunicipalRecord], read: Iterable[type[Record]], judge: Callable[[], Said]) -> Said:
        """What is amiss with the records of a kind; judged again once one of those that its rules read changed."""
        columns, today, numbers = self.standing
        names = {row.history.model._meta.label for row in read if issubclass(row, Record)}
        numbers = frozenset(each for each in numbers if each[0] in names)
        return kept((model, columns, today, numbers), judge, _judged, MOST_JUDGED)


@cache
def beside_records() -> Prepared:
    """What a draft shows that is no record: how many editions there are, and files of the statistics."""
    return Prepared.union([number_statement(), files_statement()])


Kept = OrderedDict[Hashable, Any]
_kept: Kept = OrderedDict()
_judged: Kept = OrderedDict()


def kept(key: Hashable, make: Callable[[], T], among: Kept = _kept, most: int = MOST) -> T:
    """What was made under this key, else what is made now; what was not asked for longest goes."""
    if key not in among:
        among[key] = make()
        if len(among) > most:
            among.popitem(last=False)
    among.move_to_end(key)
    found: T = among[key]
    return found
