"""The money of an application: costs and financing with their balance, and what the rule of the Kommune says to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from funding.domain.cases.conditions import ASKED_OF_US
from funding.domain.decisions.quotas import quotas_of
from funding.domain.reckoning.arithmetic import Check
from funding.domain.reckoning.steps import euro, total
from funding.models import FundingApplication, LocalFundingRule
from funding.queries.local_rules import local_rule
from records.display import label_of

LIMITS = ("maximum_share", "minimum_own_share", "maximum_grant", "maximum_total", "weeks_before")
SHARES = ("share", "own_share")
QUOTAS = {
    "share": ("Förderquote", "höchstens"),
    "own_share": ("Eigenanteil", "mindestens"),
    "grant": ("Zuwendung", "höchstens"),
    "cost": ("Gesamtausgaben", "höchstens"),
}


@dataclass(frozen=True)
class MoneyLine:
    """A row of costs or financing: its head, what stands below it, what it says in the middle, its amount."""

    head: str
    note: str
    middle: str
    amount: Decimal


@dataclass(frozen=True)
class Quota:
    """A limit of the rule in words, and whether the application keeps it."""

    label: str
    text: str
    holds: bool


@dataclass(frozen=True)
class CaseMoney:
    """What the page shows of money; ``not_checked`` names what the rule leaves open (G-5: it is not checked)."""

    costs: tuple[MoneyLine, ...]
    finances: tuple[MoneyLine, ...]
    cost_sum: Decimal
    finance_sum: Decimal
    balance: str
    is_balanced: bool
    quotas: tuple[Quota, ...]
    not_checked: str
    rule: LocalFundingRule | None


def balance_words(costs: Decimal, finances: Decimal) -> str:
    """Whether both are the same to the cent, and what is missing."""
    if costs == finances:
        return "Ausgaben und Finanzierung sind gleich."
    if costs > finances:
        return f"Es fehlen {euro(costs - finances)} Finanzierung."
    return f"Die Finanzierung ist um {euro(finances - costs)} höher als die Ausgaben."


def case_money(application: FundingApplication) -> CaseMoney:
    """Read and reckoned (four queries)."""
    costs = list(application.costs.select_related("cost_kind"))
    finances = list(application.finances.all())
    cost_sum, finance_sum = total(row.amount for row in costs), total(row.amount for row in finances)
    day = application.received_on or timezone.localdate()
    rule = local_rule(application.municipality, application.project_class, day)
    asked = total(row.amount for row in finances if row.source in ASKED_OF_US)
    kept = (quota_of(check) for check in quotas_of(asked, costs, finances, rule) if check.is_met is not None)
    return CaseMoney(
        costs=tuple(MoneyLine(row.title, row.basis, cost_words(row), row.amount) for row in costs),
        finances=tuple(
            MoneyLine(str(row.get_source_display()), row.giver, str(row.get_promise_display()), row.amount)
            for row in finances
        ),
        cost_sum=cost_sum,
        finance_sum=finance_sum,
        balance=balance_words(cost_sum, finance_sum),
        is_balanced=cost_sum == finance_sum,
        quotas=(*kept, *of_time(application, rule)),
        not_checked=left_open(application, rule),
        rule=rule,
    )


def cost_words(row: Any) -> str:
    """Kind of cost, and that it is not eligible."""
    return str(row.cost_kind) + ("" if row.eligible else ", nicht zuwendungsfähig")


def quota_of(check: Check) -> Quota:
    """A limit that is set, in words; where it is a share, with what it is of."""
    label, word = QUOTAS[check.kind]
    assert check.limit is not None
    bound = check.steps[0].formula if check.kind in SHARES else euro(check.limit)
    return Quota(label, f"{euro(check.amount)} von {word} {bound}", bool(check.is_met))


def of_time(application: FundingApplication, rule: LocalFundingRule | None) -> Iterator[Quota]:
    """When it came, and that it does not begin before."""
    if rule is not None and rule.weeks_before is not None and application.received_on and application.starts_on:
        latest = application.starts_on - timedelta(weeks=rule.weeks_before)
        text = f"spätestens {latest:%d.%m.%Y} ({rule.weeks_before} Wochen vor Beginn)"
        yield Quota("Eingang", text, application.received_on <= latest)
    begin = application.early_begin_on or application.received_on
    if application.starts_on and begin and application.starts_on < begin:
        allowed = f"zugelassen ab {begin:%d.%m.%Y}" if application.early_begin_on else "nicht zugelassen"
        yield Quota("Beginn vor dem Eingang", f"{application.starts_on:%d.%m.%Y}; vorzeitiger Beginn {allowed}", False)


def left_open(application: FundingApplication, rule: LocalFundingRule | None) -> str:
    """What is not set is not checked, and the page says so."""
    kind = application.get_project_class_display()
    if rule is None:
        return f"Für „{kind}“ gilt an diesem Tag keine Förderregel. Quoten und Grenzen sind nicht geprüft."
    labels = [label_of(LocalFundingRule, name) for name in LIMITS if getattr(rule, name) is None]
    return f"Nicht festgelegt und deshalb nicht geprüft: {', '.join(labels)}." if labels else ""
