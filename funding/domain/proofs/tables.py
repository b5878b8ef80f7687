"""The result of a proof of use as parts of a letter: what was spent, what was cut and why, how it was reckoned."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from funding.domain.letters import money, table, words
from funding.domain.proofs.result import Result
from funding.domain.reckoning.steps import NOTHING, Step, euro


def reckoning(caption: str, steps: Iterable[Step]) -> Any:
    """The steps of a reckoning as a table."""
    rows = [
        [words(s.label), words(f"{s.formula}{f', {s.rounded}' if s.rounded else ''}"), money(s.result)] for s in steps
    ]
    return table(caption, [("Schritt", False), ("Rechnung", False), ("Euro", True)], rows, [])


def spent_table(result: Result) -> Any:
    """What was granted, spent and recognised of each position."""
    columns = [("Ausgabe", False), ("Bewilligt", True), ("Ausgegeben", True), ("Anerkannt", True)]
    unreckoned = NOTHING if result.overrun else None  # what is not eligible counts nothing, once it is reckoned
    rows = [
        [
            words(line.cost.title),
            money(line.cost.amount),
            money(line.spent),
            money(line.result.recognised if line.result else unreckoned),
        ]
        for line in result.lines
    ]
    return table("Ausgaben in Euro", columns, rows, [])


def cut_words(result: Result) -> list[str]:
    """What is not recognised of each position, with its reason."""
    return [
        f"{line.cost.title}: {euro(line.left_out)} nicht anerkannt. {reason}"
        for line in result.lines
        for reason in line.reasons
    ]


def reckoned_tables(result: Result) -> list[Any]:
    """R5 to R7 step by step; the grant only where the proof is the last one."""
    if result.overrun is None:
        return []
    steps = [
        replace(step, label=f"{each.position.title}: {step.label}")
        for each in result.overrun.positions
        for step in each.steps
    ]
    found = [reckoning("Anerkannte Ausgaben", [*steps, *result.overrun.steps])]
    if result.due and result.back:
        found.append(reckoning("Zuwendung", [*result.new_funds_steps, *result.due.steps, *result.back.steps]))
    return found
