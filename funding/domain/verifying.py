"""Whether every paper that went out, and every step of a decision, is still what it was. Reads one paper at a time."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from accounts.models import Municipality
from funding.domain.decisions.life import LIFE
from funding.enums import DecisionAction, DecisionState
from funding.models import DecisionStep, FrozenPaper, FundingDecision
from printing.pdf.embedded import holds
from records.life.chain import broken_links, follows, next_number
from records.models.steps import digest
from records.triggers import missing_triggers


@dataclass(frozen=True)
class Kept:
    """A paper by its number, or the last step of a decision by its uid, with the checksum that it had."""

    ags: str
    name: str
    sha256: str
    step: int = 0  # its number; 0 for a paper


@dataclass
class Verification:
    """What was read, and what is not as it was. ``kept`` is what a later check can be compared with."""

    papers: int = 0
    steps: int = 0
    problems: list[str] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)


def verify_papers(municipality: Municipality | None = None) -> Verification:
    """Check every paper and step, of one municipality or of all."""
    found = Verification()
    found.problems += [f"Datenbank: Der Auslöser „{name}“ fehlt." for name in missing_triggers()]
    places = [municipality] if municipality else list(Municipality.objects.all())
    for place in places:
        found.problems += [f"{place.ags} {place.name}: {text}" for text in verified(place, found)]
    return found


def verified(place: Municipality, found: Verification) -> Iterator[str]:
    """What is wrong in one municipality."""
    papers = FrozenPaper.objects.filter(municipality=place).order_by("number", "pk")
    numbers: list[str] = []
    for pk in list(papers.values_list("pk", flat=True)):
        paper = papers.get(pk=pk)
        numbers.append(paper.number)
        found.papers += 1
        found.kept.append(Kept(place.ags, paper.number, paper.pdf_sha256))
        yield from (f"{paper}: {text}" for text in damages_of(paper))
    yield from gaps(numbers)
    for decision in FundingDecision.objects.filter(municipality=place).select_related("application").order_by("pk"):
        steps = list(DecisionStep.objects.filter(decision=decision).order_by("number", "pk"))
        found.steps += len(steps)
        found.kept += [Kept(place.ags, decision.uid, step.sha256, step.number) for step in steps[-1:]]
        yield from (f"{decision}: {text}" for text in damages_of_steps(decision, steps))


def damages_of(paper: FrozenPaper) -> Iterator[str]:
    """What is wrong with a paper, taken by itself."""
    data, pdf = bytes(paper.data), bytes(paper.pdf)
    right_data, right_pdf = digest(data) == paper.data_sha256, digest(pdf) == paper.pdf_sha256
    if not right_data:
        yield "Die Daten passen nicht zu ihrer Prüfnummer."
    if not right_pdf:
        yield "Die PDF-Datei passt nicht zu ihrer Prüfnummer."
    if right_data and right_pdf and not holds(pdf, data):
        yield "Die Daten in der PDF-Datei sind andere als die festgeschriebenen."
    try:
        inside = json.loads(data)
        told = (inside["number"], inside["kind"], inside["case"])
    except (ValueError, KeyError, TypeError):
        yield "Die Daten sind nicht lesbar."
        return
    if told != (paper.number, paper.kind, paper.application.case_number):
        yield "Die Daten nennen ein anderes Schreiben."


def gaps(numbers: list[str]) -> Iterator[str]:
    """Numbers that are missing between the others of their year."""
    last: dict[str, int] = {}
    for number in numbers:
        begin, _, count = number.rpartition("-")
        expected = last.get(begin, 0) + 1
        if not count.isdigit() or int(count) != expected:
            yield f"Vor {number} fehlt ein Schreiben."
        last[begin] = int(count) if count.isdigit() else expected


def damages_of_steps(decision: FundingDecision, steps: list[Any]) -> Iterator[str]:
    """The steps along their chain, where the decision stands, and that its release has a paper."""
    state, previous, number = str(DecisionState.DRAFT), "", 1
    for step in steps:
        yield from broken_links(step, number, previous)
        if not follows(LIFE, step, state):
            yield f"Schritt {step.number} schließt nicht an den vorigen an."
        if not step.is_intact():
            yield f"Schritt {step.number} passt nicht zu seiner Prüfnummer."
        if step.action == DecisionAction.RELEASE:
            yield from damages_of_release(decision, step)
        state, previous, number = step.to_state, step.sha256, next_number(step.number, number)
    if decision.state != state:
        yield "Der Stand ist ein anderer als der, zu dem der letzte Schritt führte."


def damages_of_release(decision: FundingDecision, step: Any) -> Iterator[str]:
    """Exactly the paper that was released is there."""
    rows = FrozenPaper.objects.filter(subject=FrozenPaper.subject_of(decision), application=decision.application_id)
    found = rows.values_list("number", "data_sha256", "pdf_sha256").first()
    details = step.details if isinstance(step.details, dict) else {}
    if found is None:
        yield "Der freigegebene Bescheid fehlt."
    elif found != (details.get("number"), details.get("sha256"), details.get("pdf_sha256")):
        yield "Freigegeben wurde ein anderer Bescheid: Nummer oder Prüfnummern weichen ab."
    elif decision.notice_number != found[0]:
        yield "Die Entscheidung nennt eine andere Nummer als ihr Bescheid."


def lost(earlier: list[Kept]) -> list[str]:
    """What an earlier check found and what is not there any more, or is another one.

    Finds what no check of the database alone can find: papers and steps that were written anew or cut as a whole.
    """
    found = []
    for each in earlier:
        rows: Any = FrozenPaper.objects.filter(municipality__ags=each.ags, number=each.name, pdf_sha256=each.sha256)
        if each.step:
            rows = DecisionStep.objects.filter(decision__municipality__ags=each.ags, decision__uid=each.name)
            rows = rows.filter(number=each.step, sha256=each.sha256)
        if not rows.exists():
            what = f"Entscheidung {each.name}, Schritt {each.step}" if each.step else f"Schreiben {each.name}"
            found.append(f"{each.ags} {what}: Bei der früheren Prüfung war es anders, oder es fehlt jetzt.")
    return found
