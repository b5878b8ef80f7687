"""What the pages of proofs show: which are awaited, and the result of one written out."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from accounts.models import Municipality
from funding.domain.payments.claim_interest import late_interest, rule_of_interest
from funding.domain.proofs.result import Result
from funding.domain.reckoning.interest import MissingRate
from funding.domain.reckoning.steps import Step, euro, percent
from funding.enums import ProofState
from funding.models import ProofOfUse
from funding.queries.case_money import proofs_of, uses_of
from funding.queries.receipt_marks import marks_of
from records.registry import kind_of

AWAITED = (ProofState.DUE, ProofState.ASKED)
GROUPS = (
    ("Überfällig", "Der Träger ist am Zug, und die Frist ist vorbei."),
    ("Erwartet", "Der Träger ist am Zug."),
    ("In Prüfung", "Die Stelle prüft."),
    ("Zur Anerkennung", "Eine zweite Person erkennt an."),
    ("Anerkannt", "Das Ergebnis steht fest."),
)
USES_UNKNOWN = "Wann das Geld verwendet wurde, ist nicht angegeben, deshalb nicht geprüft."
NO_TERM = "Wie bald Geld zu verwenden ist, ist nicht festgelegt, deshalb nicht geprüft."
NO_INTEREST = "Eine Verzinsung ist nicht festgelegt, deshalb wird keine gerechnet."
NO_OVERRUN = "Wie weit einzelne Ansätze überschritten werden dürfen, ist nicht festgelegt, deshalb nicht geprüft."
OVERS = "Überschreitungen {}, Einsparungen {}: Die Überschreitungen sind {}gedeckt."
NO_MINOR = "Eine Bagatellgrenze ist nicht festgelegt, deshalb schlägt das Portal keinen Verzicht vor."


@dataclass(frozen=True)
class ProofRow:
    """A proof in the list."""

    proof: ProofOfUse
    until: date
    url: str


@dataclass(frozen=True)
class ProofGroup:
    """Proofs that stand alike, the earliest first."""

    title: str
    hint: str
    rows: tuple[ProofRow, ...]


def proof_groups(municipality: Municipality, today: date) -> tuple[ProofGroup, ...]:
    """All proofs of a municipality by who acts (one query)."""
    kind = kind_of(ProofOfUse)
    groups: dict[str, list[ProofRow]] = {title: [] for title, _ in GROUPS}
    for proof in proofs_of(municipality):
        until = proof.extended_to or proof.due
        row = ProofRow(proof, until, kind.url("detail", municipality, proof.pk))
        groups[group_of(proof, until, today)].append(row)
    return tuple(ProofGroup(title, hint, tuple(groups[title])) for title, hint in GROUPS if groups[title])


def group_of(proof: ProofOfUse, until: date, today: date) -> str:
    """Under which heading a proof stands."""
    if proof.state in AWAITED:
        return "Überfällig" if until < today else "Erwartet"
    if proof.state == ProofState.RECEIVED:
        return "In Prüfung"
    return "Zur Anerkennung" if proof.state == ProofState.CHECKED else "Anerkannt"


@dataclass(frozen=True)
class ResultPart:
    """A part of the result sheet: a heading, the steps of the reckoning, and what was not checked and why."""

    title: str
    steps: tuple[Step, ...]
    notes: tuple[str, ...] = ()


def change_text(change: Decimal | None) -> str:
    """„+20,0005 %“: all places that matter, so that nothing hides behind a rounded number."""
    if change is None:
        return "nicht geplant"
    return f"{'+' * (change > 0)}{percent(change)}".replace(" ", "\u00a0")


def sheet_of(proof: ProofOfUse, result: Result, today: date) -> tuple[ResultPart, ...]:
    """R5 to R10, every step written out."""
    if result.overrun is None or result.rule is None:
        return ()
    parts = [recognised_part(result)]
    if result.due and result.back:
        parts.append(ResultPart("Zustehende Zuwendung", (*result.new_funds_steps, *result.due.steps)))
        parts.append(repayment_part(result))
    parts.append(late_part(proof, result, today))
    return tuple(parts)


def recognised_part(result: Result) -> ResultPart:
    """R5: which expenses count."""
    overrun = result.overrun
    assert overrun is not None
    assert result.rule is not None
    steps = [
        Step(f"{each.position.title}: {step.label}", step.formula, step.result, step.rounded)
        for each in overrun.positions
        for step in each.steps
    ]
    notes = [OVERS.format(euro(overrun.overruns), euro(overrun.savings), "" if overrun.is_covered else "nicht ")]
    if result.rule.overrun_percent is None:
        notes.append(NO_OVERRUN)
    return ResultPart("Anerkannte Ausgaben", (*steps, *overrun.steps), tuple(notes))


def repayment_part(result: Result) -> ResultPart:
    """R7 and R8: what goes back, and whether a waiver is proposed."""
    back, rule = result.back, result.rule
    assert back is not None
    assert rule is not None
    notes = []
    if back.proposes_waiver and rule.minor_amount is not None:
        notes.append(
            f"Unter der Bagatellgrenze von {euro(rule.minor_amount)}: Vorgeschlagen ist, darauf zu verzichten."
        )
    elif back.proposes_waiver is None and back.amount:
        notes.append(NO_MINOR)
    return ResultPart("Erstattung", back.steps, tuple(notes))


def late_part(proof: ProofOfUse, result: Result, today: date) -> ResultPart:
    """R9: money used after its time."""
    rule, title = result.rule, "Verwendung in der Frist"
    assert rule is not None
    if rule.use_within is None:
        return ResultPart(title, (), (NO_TERM,))
    if not uses_of(proof.application).exists():
        return ResultPart(title, (), (USES_UNKNOWN,))
    how = rule_of_interest(rule)
    if how is None:
        return ResultPart(title, (), (NO_INTEREST,))
    try:
        return ResultPart(title, late_interest(proof.application, rule, how, today).steps)
    except MissingRate as error:
        return ResultPart(title, (), (str(error),))


@dataclass(frozen=True)
class ReceiptRow:
    """A receipt with what is odd about it."""

    receipt: object
    marks: tuple[str, ...]


def receipt_rows(proof: ProofOfUse, result: Result) -> tuple[ReceiptRow, ...]:
    """The list of receipts with its marks (two queries)."""
    rows = list(proof.receipts.select_related("cost"))
    marks = marks_of(rows, proof, result.decision)
    return tuple(ReceiptRow(row, found) for row, found in zip(rows, marks, strict=True))
