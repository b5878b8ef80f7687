"""The page of a Landeszuwendung: what was applied for, granted, called, came and was proved in one year.

A fixed number of queries, whatever the number of notices and calls.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from accounts.access import Access
from accounts.models import Municipality
from accounts.policies import Right
from funding.domain.grants import Standing, in_force, standing, use_until
from funding.enums import NoticeKind
from funding.models import FundsCall, NoticeCondition, StateGrant, StateNotice, StateProof
from funding.queries.grants import read_grant
from planning.models import FundingRule
from planning.queries.funding_rules import rule_of
from records.parts import Button, LifeStation, Link
from records.registry import kind_of
from records.templatetags.german import datum, euro
from records.vague import span_text

NO_RULE = "Wie lange das Land Zeit zur Verwendung lässt, ist für {} nicht hinterlegt und wird nicht geprüft."
BEFORE = "Die Förderung begann am {begin}, der Bescheid ist vom {dated}."


@dataclass(frozen=True)
class ConditionRow:
    """A condition of a notice; ``state`` is „offen“, „überfällig“ or when it was met."""

    title: str
    url: str
    due: str
    state: str
    late: bool
    example: bool


@dataclass(frozen=True)
class NoticeRow:
    """A notice with what it says today: in force, replaced or yet to come; ``before`` tells of an early begin."""

    title: str
    url: str
    amount: Decimal
    state: str
    holds: bool
    period: str
    before: str
    conditions: tuple[ConditionRow, ...]
    add_condition: Link | None
    example: bool


@dataclass(frozen=True)
class CallRow:
    """A call, what came of it, and by when it is to be used; ``ask`` is the next thing to enter."""

    title: str
    url: str
    amount: Decimal
    needed: str
    received_on: str
    received: Decimal | None
    use_until: str
    late: bool
    used_on: str
    ask: Link | None
    papers: tuple[Button, ...]
    example: bool


@dataclass(frozen=True)
class ProofPart:
    """The proof to the Land in facts; ``late`` where it is overdue."""

    url: str
    facts: tuple[tuple[str, str], ...]
    late: str
    ask: Link | None
    papers: tuple[Button, ...]
    example: bool


@dataclass(frozen=True)
class GrantPage:
    """Everything the page of a year shows; ``grant`` is None where there is none."""

    year: int
    grant: StateGrant | None
    url: str
    standing: Standing
    in_force: StateNotice | None
    stations: tuple[LifeStation, ...]
    notices: tuple[NoticeRow, ...]
    calls: tuple[CallRow, ...]
    proof: ProofPart | None
    note: str
    create: Link | None
    edit: Link | None
    add_notice: Link | None
    add_call: Link | None
    add_proof: Link | None
    papers: tuple[Button, ...]


class Pages:
    """Addresses of the kinds of a municipality, as far as the person may open them."""

    def __init__(self, municipality: Municipality, access: Access) -> None:
        self.municipality, self.access = municipality, access

    def create(self, model: Any, label: str, query: str) -> Link | None:
        """The form of a new record."""
        kind = kind_of(model)
        allowed = kind.allows(Right.CREATE, self.access, self.municipality)
        return Link(label, f"{kind.url('create', self.municipality)}?{query}") if allowed else None

    def update(self, record: Any, label: str) -> Link | None:
        """The form of a stored one; None without a label or the right."""
        kind = kind_of(type(record))
        allowed = label and kind.allows(Right.CHANGE, self.access, self.municipality)
        return Link(label, kind.url("update", self.municipality, record.pk)) if allowed else None

    def detail(self, record: Any) -> str:
        """Its page."""
        return kind_of(type(record)).url("detail", self.municipality, record.pk)

    def papers(self, record: Any) -> tuple[Button, ...]:
        """The documents of a record, which rooms above register as ways."""
        return tuple(kind_of(type(record)).buttons("detail", self.municipality, self.access, record))


def grant_page(municipality: Municipality, access: Access, year: int, today: date) -> GrantPage:
    """The page of a year."""
    pages, read = Pages(municipality, access), read_grant(municipality, year)
    grant, rule = read.grant, rule_of(municipality.pk, year)
    now, holding = standing(read.notices, read.calls, today), in_force(read.notices, today)
    key = f"grant={grant.pk}" if grant else ""
    callable_on = f"notice={holding.pk}" if holding and now.callable else ""
    return GrantPage(
        year=year,
        grant=grant,
        url=pages.detail(grant) if grant else "",
        standing=now,
        in_force=holding,
        stations=stations(grant, now, read.proof),
        notices=tuple(notice_row(pages, row, holding, read.conditions, today) for row in read.notices),
        calls=tuple(call_row(pages, row, rule, today) for row in read.calls),
        proof=proof_part(pages, read.proof, today) if read.proof else None,
        note="" if rule.use_within or not read.calls else NO_RULE.format(year),
        create=None if grant else pages.create(StateGrant, f"Landeszuwendung {year} anlegen", f"year={year}"),
        edit=pages.update(grant, "Antrag bearbeiten") if grant else None,
        add_notice=pages.create(StateNotice, "Bescheid eintragen", key) if key else None,
        add_call=pages.create(FundsCall, "Mittelabruf anlegen", callable_on) if callable_on else None,
        add_proof=pages.create(StateProof, "Nachweis anlegen", key) if key and not read.proof else None,
        papers=pages.papers(grant) if grant else (),
    )


# ---------------------------------------------------------------- parts
def stations(grant: StateGrant | None, now: Standing, proof: StateProof | None) -> tuple[LifeStation, ...]:
    """The way of the money; the first station that is not reached is the present one."""
    steps = (
        ("Beantragt", asked_for(grant)),
        ("Bewilligt", amount(now.granted)),
        ("Abgerufen", amount(now.called or None)),
        ("Eingegangen", amount(now.received or None)),
        ("Nachgewiesen", str((proof and proof.submitted_on) or "")),
    )
    first = next((place for place, (_, said) in enumerate(steps) if not said), None)
    return tuple(
        LifeStation(label, "d" if said else "c" if place == first else "", said, place == first)
        for place, (label, said) in enumerate(steps)
    )


def asked_for(grant: StateGrant | None) -> str:
    """What the application says of itself in one value."""
    return (amount(grant.applied_amount) or str(grant.applied_on or "")) if grant else ""


def amount(value: Decimal | None) -> str:
    """The amount, empty where there is none."""
    return "" if value is None else euro(value)


def notice_row(
    pages: Pages, notice: StateNotice, holding: StateNotice | None, conditions: list[NoticeCondition], today: date
) -> NoticeRow:
    """A notice and its conditions."""
    holds = holding is not None and notice.pk == holding.pk
    begin = notice.begin if notice.kind == NoticeKind.GRANT else None
    is_before = begin is not None and begin.last < notice.dated.first
    return NoticeRow(
        title=str(notice),
        url=pages.detail(notice),
        amount=notice.amount,
        state="gilt heute" if holds else "ersetzt" if notice.dated.last <= today else "gilt noch nicht",
        holds=holds,
        period=span_text(notice.begin, notice.end),
        before=BEFORE.format(begin=begin, dated=notice.dated) if is_before else "",
        conditions=tuple(condition_row(pages, row, today) for row in conditions if row.notice_id == notice.pk),
        add_condition=pages.create(NoticeCondition, "Auflage eintragen", f"notice={notice.pk}"),
        example=notice.is_example,
    )


def condition_row(pages: Pages, row: NoticeCondition, today: date) -> ConditionRow:
    """A condition as a task; an open one leads to where it is marked as met."""
    late = bool(not row.done_on and row.due and row.due.last < today)
    ask = None if row.done_on else pages.update(row, "Erfüllt?")
    return ConditionRow(
        title=row.title,
        url=ask.url if ask else pages.detail(row),
        due=str(row.due or ""),
        state=f"erfüllt am {row.done_on}" if row.done_on else "überfällig" if late else "offen",
        late=late,
        example=row.is_example,
    )


def call_row(pages: Pages, call: FundsCall, rule: FundingRule, today: date) -> CallRow:
    """A call and what is next for it."""
    until = use_until(call, rule)
    ask = "Eingang eintragen" if not call.received_on else "" if call.used_on else "Verwendung eintragen"
    return CallRow(
        title=str(call),
        url=pages.detail(call),
        amount=call.amount,
        needed=str(call.needed_until or ""),
        received_on=str(call.received_on or ""),
        received=call.received_amount,
        use_until=datum(until) if until else "",
        late=bool(until and (call.used_on.first if call.used_on else today) > until),
        used_on=str(call.used_on or ""),
        ask=pages.update(call, ask),
        papers=pages.papers(call),
        example=call.is_example,
    )


def proof_part(pages: Pages, proof: StateProof, today: date) -> ProofPart:
    """The proof, without what nobody has said."""
    extended = f"{proof.extended_to} ({proof.extension_reason})" if proof.extended_to else ""
    facts = (
        ("Fällig", str(proof.due or "")),
        ("Frist verlängert bis", extended),
        ("Eingereicht am", str(proof.submitted_on or "")),
        ("Vom Land anerkannte Ausgaben", amount(proof.recognised)),
        ("Zurückzuzahlen", amount(proof.repayment)),
        ("Zurückgezahlt am", str(proof.repaid_on or "")),
    )
    due = proof.extended_to or proof.due
    is_late = due is not None and due.last < today and not proof.submitted_on
    return ProofPart(
        url=pages.detail(proof),
        facts=tuple((label, text) for label, text in facts if text),
        late=f"war fällig: {due}" if is_late else "",
        ask=pages.update(proof, next_of_proof(proof)),
        papers=pages.papers(proof),
        example=proof.is_example,
    )


def next_of_proof(proof: StateProof) -> str:
    """What is to be entered next; empty where nothing is open."""
    if not proof.submitted_on:
        return "Einreichung eintragen"
    if proof.recognised is None:
        return "Ergebnis eintragen"
    return "Rückzahlung eintragen" if proof.repayment and not proof.repaid_on else ""
