"""Findings of one plan: the rules, the programme's settings and the records brought together."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from accounts.access import Access, may_open
from accounts.models import Municipality
from planning.enums import RuleCode, Severity
from plans.checks.contradictions import Keep, anew
from plans.checks.finders import Found, Item
from plans.checks.queries import Facts
from plans.checks.rules import RULES, Rule
from plans.enums import ChapterCode
from plans.models import Plan

ITEMS_SHOWN = 8  # records named with a finding; all are behind its link


@dataclass(frozen=True)
class CheckFinding:
    """One gap of a plan. ``text`` says what, ``note`` what to do, ``url`` leads to the page where it is mended.

    ``items`` are up to ITEMS_SHOWN of the ``count`` records with their addresses. ``excusable``: at the release a
    written reason may stand in for a blocking finding.
    """

    code: RuleCode
    chapter: ChapterCode | None
    text: str
    note: str
    url: str
    count: int
    blocking: bool
    items: tuple[Item, ...] = ()
    explanation: str = ""
    way: str = ""
    excusable: bool = True

    @property
    def more(self) -> int:
        """How many records are not named."""
        return max(0, self.count - len(self.items)) if self.items else 0


@dataclass(frozen=True)
class Passed:
    """A rule that found nothing. ``is_idle``: there was nothing to check, and ``note`` says why."""

    text: str
    note: str
    is_idle: bool = False


@dataclass(frozen=True)
class CheckReport:
    """Everything the check says of a plan: findings in the order of the chapters, and the rules without."""

    findings: tuple[CheckFinding, ...]
    passed: tuple[Passed, ...]
    unchecked: tuple[str, ...]  # labels of the rules that the programme has switched off


def findings_of(plan: Plan, keep: Keep = anew) -> list[CheckFinding]:
    """What the plan lacks, in the order of its chapters; ``plan`` comes with municipality and cycle selected."""
    return list(check_plan(plan, keep).findings)


def blocking_of(plan: Plan) -> list[CheckFinding]:
    """What holds a release back; rules that only give a hint are not asked, for that is most of the work."""
    return list(check_plan(plan, asked=frozenset({Severity.BLOCKING})).findings)


def check_plan(plan: Plan, keep: Keep = anew, asked: Collection[Severity] = tuple(Severity)) -> CheckReport:
    """Apply every rule that the programme has not switched off and of which was asked (a fixed number of queries)."""
    facts = Facts(plan, keep)
    findings: list[CheckFinding] = []
    passed, unchecked = [], []
    for rule in RULES:
        setting = facts.settings.get(rule.code)
        severity = Severity(setting.severity) if setting else rule.severity
        why = (setting.explanation if setting else "") or rule.why
        excusable = rule.excusable or facts.exception_by_reason
        if severity == Severity.OFF:
            unchecked.append(str(rule.code.label))
            continue
        if severity not in asked:
            continue
        idle = rule.idle(facts)
        if idle:
            passed.append(Passed(str(rule.code.label), idle, is_idle=True))
            continue
        found = [finding(rule, one, severity, why, excusable) for one in rule.find(facts)]
        findings += found
        if not found:
            passed.append(Passed(rule.clear, rule.note(facts)))
    return CheckReport(tuple(in_order(findings)), tuple(passed), tuple(unchecked))


def finding(rule: Rule, found: Found, severity: Severity, why: str, excusable: bool) -> CheckFinding:
    """The words of the rule around what it has found."""
    count, blocking = found.count or max(1, len(found.items)), severity == Severity.BLOCKING
    todo = found.todo or rule.todo
    return CheckFinding(
        code=rule.code,
        chapter=found.chapter or rule.chapter,
        text=found.text or (rule.one if count == 1 else rule.many.format(count=count)),
        note=f"{todo} oder schriftlich begründen" if blocking and excusable else todo,
        url=found.url,
        count=count,
        blocking=blocking,
        items=found.items[:ITEMS_SHOWN],
        explanation=f"{why} {found.fact}".strip(),
        way=found.way or rule.way,
        excusable=excusable,
    )


def in_order(findings: Iterable[CheckFinding]) -> list[CheckFinding]:
    """By chapter, and in a chapter what blocks first."""
    places = {code: number for number, code in enumerate(ChapterCode)}
    last = len(places)
    return sorted(findings, key=lambda one: (places[one.chapter] if one.chapter else last, not one.blocking))


def openable(finding: CheckFinding, access: Access, municipality: Municipality) -> CheckFinding:
    """The finding without the ways that are not the person's; what it is about stays named."""
    items = tuple((label, url if may_open(access, municipality, url) else "") for label, url in finding.items)
    return replace(finding, items=items, url=finding.url if may_open(access, municipality, finding.url) else "")
