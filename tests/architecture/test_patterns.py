"""No pattern takes long for what somebody types: 20 000 signs of whatever repetition, as a long text may hold them.

Every pattern that a module keeps is asked with texts that repeat its own letters, and those of which patterns are
usually afraid. A line of a flip chart of 44 signs once held a process until it was ended.
"""

import importlib
import pkgutil
import re
import signal
import time
from collections.abc import Iterable, Iterator
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import pytest

from records.models.columns import LONG_TEXT
from tests.architecture.source import PACKAGES, ROOT

SECONDS, SOON = 0.15, 0.002  # for a long text, and for its tenth; what takes longer there is asked with the whole
# Those that see short texts alone, with the place that makes sure of it: characters.
SHORT = {
    "accounts.date_words.CLOCK": 60,  # accounts.date_words.LONGEST
    "accounts.date_spans.TO": 60,  # accounts.date_spans.MOST
    "accounts.date_spans.OR": 60,
    "participation.domain.lines.DOTTED": 500,  # participation.domain.lines.MOST_SEEN
    "participation.domain.lines.TALLY": 500,
    "participation.domain.survey_file.MAIL": 254,  # asked of a whole value that has no blank; only counted
    "records.amounts.NUMBER": 60,  # records.amounts.LONGEST
    "records.tables.asides.NUMBER": 60,  # records.tables.asides.LONGEST_NUMBER
}
SIGNS = (" ", "\n", " \n", "\t", "a", "A ", "Ab ", "ä", "a-", "a.", "1", "1.", "1 ", *'-*|.,<[(/#&:_"@')
REPEATS = re.compile(r"[*+]|,\}|\d\d\}")
CALL = re.compile(r"\b([A-Z][A-Z_]+)\.(fullmatch|match|search|sub|subn|split|findall|finditer)\b")


def kept_in(value: Any) -> Iterator[re.Pattern[str]]:
    """The patterns of a module's name, also those in a tuple or by a word."""
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, dict):
        yield from kept_in(tuple(value.values()))
    elif isinstance(value, tuple | list):
        for each in value:
            yield from kept_in(each)


def patterns() -> dict[str, re.Pattern[str]]:
    found: dict[str, re.Pattern[str]] = {}
    for room in PACKAGES:
        for module in pkgutil.walk_packages(importlib.import_module(room).__path__, f"{room}."):
            if ".migrations" in module.name or ".management" in module.name:
                continue
            for name, value in vars(importlib.import_module(module.name)).items():
                for pattern in kept_in(value):
                    if pattern not in found.values():
                        found[f"{module.name}.{name}"] = pattern
    return found


def begins_anywhere() -> set[str]:
    """Names whose patterns are searched for, not only compared with the beginning of a text."""
    text = "\n".join(path.read_text() for room in PACKAGES for path in (ROOT / room).rglob("*.py"))
    calls: dict[str, set[str]] = {}
    for name, way in CALL.findall(text):
        calls.setdefault(name, set()).add(way)
    return {name for name, ways in calls.items() if ways - {"match", "fullmatch"}}


def words_in(parsed: Any) -> Iterator[str]:
    """The letters that a pattern asks for, word by word."""
    word = ""
    for code, told in parsed:
        if str(code) == "LITERAL":
            word += chr(told)
            continue
        yield word
        word = ""
        for part in told if isinstance(told, tuple | list) else ():
            for inner in part if isinstance(part, list) else [part]:
                if isinstance(inner, _parser.SubPattern):
                    yield from words_in(inner)
    yield word


def pumped(pattern: re.Pattern[str]) -> Iterable[str]:
    """What is repeated to ask the pattern."""
    words = [word for word in words_in(_parser.parse(pattern.pattern, pattern.flags)) if word]
    beside = [text for word in words[:6] for text in (word, f"{word} ", f"1{word}")]
    return dict.fromkeys([*SIGNS, *beside])


class TooSlow(Exception):
    """It was ended."""


def ended(*args: Any) -> None:
    raise TooSlow


def seconds(pattern: re.Pattern[str], text: str, *, anywhere: bool) -> float:
    """Of computing; what takes more than it may is ended."""
    began = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        for _ in pattern.finditer(text) if anywhere else [pattern.match(text), pattern.fullmatch(text)]:
            pass
        signal.setitimer(signal.ITIMER_PROF, 0)
    except TooSlow:
        return SECONDS
    return time.process_time() - began


@pytest.fixture
def alarm():
    before = signal.signal(signal.SIGPROF, ended)
    yield
    signal.signal(signal.SIGPROF, before)


def slow_texts(name: str, pattern: re.Pattern[str], *, anywhere: bool) -> Iterator[str]:
    """Repeated texts that take too long."""
    longest = SHORT.get(name, LONG_TEXT)
    for sign in pumped(pattern):
        for length in (longest // 10, longest):
            text = (sign * (length // len(sign) + 1))[:length] + "!\x01"
            took = seconds(pattern, text, anywhere=anywhere)
            if took >= SECONDS:
                yield f"{name}: {sign!r} × {length}"
            if took < SOON or took >= SECONDS:
                break


@pytest.mark.slow
def test_no_pattern_takes_long_for_what_somebody_types(alarm):
    searched = begins_anywhere()
    found = [
        text
        for name, pattern in patterns().items()
        if REPEATS.search(pattern.pattern)
        for text in slow_texts(name, pattern, anywhere=name.rpartition(".")[2] in searched)
    ]
    assert found == []


@pytest.mark.parametrize("bad", [r"(?:\|{1,5}[\s/]*)+?$", r"\s+x", r"([\s|]*)\|[\s|]*x"])
def test_one_that_does_is_found(alarm, bad):
    assert any(slow_texts("x", re.compile(bad), anywhere=True))
