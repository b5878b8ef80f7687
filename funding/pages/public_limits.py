"""What the Kommune's rule for a class sets, in words for who applies, and what of it an application does not keep."""

from django.utils import timezone

from funding.domain.decisions.quotas import limits_of
from funding.domain.reckoning.arithmetic import check_application
from funding.domain.reckoning.steps import euro, percent
from funding.enums import MoneySource
from funding.models import Call, LocalFundingRule
from funding.pages.case_money import quota_of
from funding.pages.public import Whole
from funding.queries.local_rules import local_rule

LIMITS = (
    ("maximum_share", "Zuwendung: höchstens {} der zuwendungsfähigen Ausgaben", percent),
    ("minimum_own_share", "Eigenmittel des Trägers: mindestens {} der Gesamtausgaben", percent),
    ("maximum_grant", "Zuwendung: höchstens {}", euro),
    ("maximum_total", "Gesamtausgaben: höchstens {}", euro),
)


def rule_now(call: Call) -> LocalFundingRule | None:
    """The rule for the class of the call that holds today (one query)."""
    return local_rule(call.municipality, call.project_class, timezone.localdate())


def limit_words(call: Call) -> tuple[str, ...]:
    """Every limit that is set; nothing is said of what is not."""
    rule = rule_now(call)
    if rule is None:
        return ()
    found = [words.format(form(value)) for name, words, form in LIMITS if (value := getattr(rule, name)) is not None]
    if rule.weeks_before is not None:
        found.append(f"Eingang: spätestens {rule.weeks_before} Wochen vor dem Beginn des Vorhabens")
    return tuple(found)


def beyond_limits(call: Call, whole: Whole) -> tuple[str, ...]:
    """The limits that the application does not keep; it can be sent all the same, and the office decides."""
    rule = rule_now(call)
    if rule is None or not whole.is_balanced:
        return ()
    own = whole.sum_of("finanzierung", (MoneySource.OWN,))
    checks = check_application(whole.asked, own, whole.costs, whole.costs, limits_of(rule))
    quotas = [quota_of(check) for check in checks if check.is_met is False]
    return tuple(f"{each.label}: {each.text}" for each in quotas)
