"""States that what is recorded suggests for a phase and its steps; a person decides with one click."""

from dataclasses import dataclass
from typing import Any

from planning.enums import Phase, Progress, StepState
from planning.models import PhaseState, PlanningCycle, PlanningStep
from planning.queries.recorded import counts_in, in_cycle
from records.registry import all_kinds

CLOSED = (StepState.DONE, StepState.DROPPED)


@dataclass(frozen=True)
class Proposal:
    """„62 Erkenntnisse, 5 Bedarfe: läuft?“: why, the state in a word, and what the button sends."""

    why: str
    word: str
    what: str  # phase or step, as the address of the button names it
    pk: int
    version: int
    state: str


def for_phase(phase: Phase, state: PhaseState | None, steps: list[PlanningStep]) -> Proposal | None:
    """A phase with records or begun steps runs; one whose steps are all closed is finished (one query at most)."""
    if state is None or state.state == Progress.DONE:
        return None
    open_steps = [step for step in steps if step.state not in CLOSED]
    done = sum(step.state == StepState.DONE for step in steps)
    if done and not open_steps:
        word = "Schritt erledigt" if done == 1 else f"{'' if done < len(steps) else 'alle '}{done} Schritte erledigt"
        return proposal("phase", state, word.strip(), Progress.DONE)
    if state.state != Progress.NOT_STARTED:
        return None
    found = recorded(phase, state.cycle)
    begun = sum(step.state == StepState.RUNNING for step in steps) + done
    if begun:
        found.append("1 Schritt begonnen" if begun == 1 else f"{begun} Schritte begonnen")
    return proposal("phase", state, ", ".join(found), Progress.RUNNING) if found else None


def for_step(step: PlanningStep) -> Proposal | None:
    """What has ended, or has a result, is done; what has begun runs."""
    if step.state in CLOSED:
        return None
    if step.end or (step.is_milestone and step.begin):
        return proposal("schritt", step, f"Ende {step.end or step.begin}", StepState.DONE)
    if step.state != StepState.OPEN:
        return None  # who says that it runs knows of results on the way
    if step.result.strip() or step.decision_taken.strip():
        return proposal("schritt", step, "Ergebnis liegt vor", StepState.DONE)
    if step.begin:
        return proposal("schritt", step, f"Beginn {step.begin}", StepState.RUNNING)
    return None


def proposal(what: str, record: Any, why: str, state: Any) -> Proposal:
    """A proposal for a record as it was read."""
    return Proposal(why, str(state.label), what, record.pk, record.version, str(state.value))


def recorded(phase: Phase, cycle: PlanningCycle) -> list[str]:
    """The records of the phase in words. What belongs to no cycle counts for the first one alone (one query)."""
    kinds = {kind.name: kind for kind in all_kinds() if kind.section == phase and kind.is_tenant and kind.in_menu}
    chosen = [kind for kind in kinds.values() if in_cycle(kind.model) or cycle.predecessor_id is None]
    counts = counts_in(cycle, [kind.model for kind in chosen])
    return [
        f"{counts[name]} {kind.label if counts[name] == 1 else kind.plural}"
        for name, kind in kinds.items()
        if name in counts
    ]
