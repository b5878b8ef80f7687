"""What a rule of the check is: its words, how it finds, and what it says where there is nothing to check."""

from collections.abc import Callable
from dataclasses import dataclass

from planning.enums import RuleCode, Severity
from plans.checks.finders import Finder
from plans.checks.queries import Facts
from plans.enums import ChapterCode


def nothing(facts: Facts) -> str:
    """There is nothing to add."""
    return ""


@dataclass(frozen=True)
class Rule:
    """``one`` and ``many`` say what was found (with ``{count}``), ``clear`` that nothing was, ``todo`` what to do.

    ``severity`` and ``why`` count where the programme has set nothing. ``excusable``: a written reason may stand in
    for it at the release. ``idle`` says why there is nothing to check, ``note`` what to add where nothing was found.
    """

    code: RuleCode
    chapter: ChapterCode
    severity: Severity
    one: str
    many: str
    clear: str
    todo: str
    way: str
    why: str
    find: Finder
    idle: Callable[[Facts], str] = nothing
    note: Callable[[Facts], str] = nothing
    excusable: bool = True
