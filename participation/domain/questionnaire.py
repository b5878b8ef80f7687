"""A questionnaire of the portal: questions in German, and what they are in other languages.

A translation is kept behind the German text that it translates. Where that text changes, it is missing again: nobody
is asked something else than the others. A language is offered only when nothing of it is missing.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from typing import Any, Self

from participation.domain.survey_words import FRAME, GERMAN, LANGUAGES
from participation.enums import AnswerKind

MOST_QUESTIONS, MOST_OPTIONS, LONGEST_TEXT, LONGEST_OPTION, LONGEST_INTRO = 30, 15, 300, 120, 2_000
STEPS = 5  # of a scale
MOST_CLASSES = 10
DIVIDING = frozenset({AnswerKind.CHOICE, AnswerKind.SCALE, AnswerKind.NUMBER})


@dataclass(frozen=True)
class Item:
    """A question. ``options`` are answers, the two ends of a scale, or the limits of the classes of a number."""

    key: str
    text: str
    kind: str
    options: tuple[str, ...] = ()
    groups: bool = False

    @property
    def choices(self) -> list[tuple[str, str]]:
        """What can be chosen: the code that is kept, and the German words."""
        return [(f"a{at}", label) for at, label in enumerate(self.labels(), 1)]

    def labels(self) -> list[str]:
        """The German words of what can be chosen, in order."""
        if self.kind == AnswerKind.SCALE:
            return [self.step(at) for at in range(1, STEPS + 1)]
        return classes_of([int(each) for each in self.options]) if self.kind == AnswerKind.NUMBER else [*self.options]

    def step(self, at: int) -> str:
        """„1 – gar nicht“: the ends of a scale bear words."""
        words = {1: self.options[0], STEPS: self.options[-1]}.get(at, "") if self.options else ""
        return f"{at} – {words}" if words else str(at)

    def in_words(self, say: Any) -> "Item":
        """The same question in a language; ``say`` translates a text."""
        options = self.options if self.kind == AnswerKind.NUMBER else tuple(say(each) for each in self.options)
        return Item(self.key, say(self.text), self.kind, options, self.groups)

    def texts(self) -> Iterator[str]:
        """What is to be translated."""
        yield self.text
        if self.kind != AnswerKind.NUMBER:
            yield from self.options


def classes_of(limits: list[int]) -> list[str]:
    """„0–17“, „18–29“, „30+“: digits that every language reads."""
    starts = [0, *limits] if limits[0] > 0 else limits
    spans = [(low, high - 1) for low, high in pairwise(starts)]
    return [*(str(low) if low == high else f"{low}–{high}" for low, high in spans), f"{starts[-1]}+"]


@dataclass
class Questionnaire:
    """What is asked. ``words`` are translations by language: ``texts`` by German text, ``frame`` by key of FRAME."""

    title: str = ""
    intro: str = ""
    smallest: int = 5
    items: list[Item] = field(default_factory=list)
    words: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)

    @classmethod
    def of(cls, told: dict[str, Any] | None, title: str = "") -> Self:
        """As it is stored; empty where nothing is."""
        if not told:
            return cls(title)
        items = [Item(**each | {"options": tuple(each["options"])}) for each in told["items"]]
        return cls(title or told["title"], told["intro"], told["smallest"], items, told["words"])

    def told(self) -> dict[str, Any]:
        """As it is stored."""
        return asdict(self) | {"items": [asdict(item) | {"options": [*item.options]} for item in self.items]}

    # ------------------------------------------------------------ languages
    def texts(self) -> list[str]:
        """All German texts that are to be translated, each once, in the order of the page."""
        found = [self.title, self.intro, *(text for item in self.items for text in item.texts())]
        return [text for text in dict.fromkeys(found) if text]

    def missing(self, code: str) -> list[str]:
        """German texts for which there is nothing in this language."""
        if code == GERMAN:
            return []
        words = self.words.get(code, {})
        texts, frame = words.get("texts", {}), words.get("frame", {})
        return [
            *(text for text in self.texts() if not texts.get(text)),
            *(text for key, text in FRAME.items() if not frame.get(key)),
        ]

    def languages(self) -> list[str]:
        """German, and every language that is whole."""
        return [code for code in LANGUAGES if code == GERMAN or (code in self.words and not self.missing(code))]

    def say(self, code: str, text: str) -> str:
        """A text of the questionnaire in a language."""
        return self.words.get(code, {}).get("texts", {}).get(text) or text

    def frame(self, code: str) -> dict[str, str]:
        """What stands around the questions in a language."""
        return FRAME | {k: v for k, v in self.words.get(code, {}).get("frame", {}).items() if v and k in FRAME}

    def items_in(self, code: str) -> list[Item]:
        """The questions in a language."""
        return [item.in_words(lambda text: self.say(code, text)) for item in self.items]


def name_of(text: str) -> str:
    """The name of the field that translates a text; it follows the text and not its place."""
    return f"t-{hashlib.sha256(text.encode()).hexdigest()[:16]}"


# ---------------------------------------------------------------- as somebody types it
def read_options(kind: str, typed: str) -> tuple[tuple[str, ...], str]:
    """The answers of a question as they were typed, one on a line, and what is wrong with them."""
    lines = [" ".join(line.split()) for line in typed.splitlines()]
    lines = [line for line in lines if line]
    if kind == AnswerKind.TEXT:
        return (), ""
    if kind == AnswerKind.NUMBER:
        return read_limits(typed)
    if kind == AnswerKind.SCALE:
        wrong = "Eine Skala hat zwei Zeilen: was 1 heißt und was 5 heißt." if len(lines) not in (0, 2) else ""
    elif len(lines) < 2:
        wrong = "Geben Sie mindestens zwei Antworten an, jede auf einer Zeile."
    else:
        wrong = f"Möglich sind höchstens {MOST_OPTIONS} Antworten." if len(lines) > MOST_OPTIONS else ""
    long = next((line for line in lines if len(line) > LONGEST_OPTION), "")
    if long:
        wrong = f"Diese Antwort ist länger als {LONGEST_OPTION} Zeichen: „{long[:40]}…“."
    if len({line.casefold() for line in lines}) < len(lines):
        wrong = "Eine Antwort steht doppelt da."
    return tuple(lines), wrong


def read_limits(typed: str) -> tuple[tuple[str, ...], str]:
    """Where the classes of a number begin."""
    parts = [part for part in re.split(r"[\s,;]+", typed.strip()) if part]
    if not parts or not all(part.isdecimal() and len(part) <= 6 for part in parts):
        return tuple(parts), "Geben Sie an, wo Klassen beginnen, mit ganzen Zahlen: zum Beispiel 18, 30, 60."
    numbers = [int(part) for part in parts]
    if numbers != sorted(set(numbers)):
        return tuple(parts), "Die Zahlen müssen größer werden: zum Beispiel 18, 30, 60."
    if len(numbers) > MOST_CLASSES or numbers == [0]:
        return tuple(parts), f"Möglich sind zwei bis {MOST_CLASSES} Klassen."
    return tuple(map(str, numbers)), ""
