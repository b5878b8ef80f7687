"""Two dates in one text: „Mai/Juni 2019“, „01.–03.05.2019“, „KW 12 bis 14/2019“, „Ende 2018 / Anfang 2019“.

What stands once counts for both: month and year of the second, the word of the first. Pure.
"""

import re
from collections.abc import Callable, Iterator

from accounts.vague import DAY, PRECISIONS, VagueDate

TO = re.compile(r"\s*\bbis(?: zum)?\b\s*|\s*[–—]\s*|\s+-\s*|\s*-\s+|(?<=[.a-zäöü\d])-(?=[a-zäöü\d])", re.IGNORECASE)
OR = re.compile(r"\s*/\s*|\s+(?:und|oder|u\.|o\.)\s+|\s*&\s*", re.IGNORECASE)
WORD = re.compile(r"(?:kw|kalenderwochen?|wochen?|q|quartal|hj\.?|halbjahr) ?(?=\d)", re.IGNORECASE)
YEARS = re.compile(r"\d{4}")
SHORT_YEAR = re.compile(r"\d\d")
MOST = 60
Pair = tuple[VagueDate, VagueDate]
Read = Callable[[str], VagueDate]


def period_in(text: str, read: Read) -> Pair | None:
    """Begin and end of a text that names both („2016–2018“); None where it does not. Never raises."""
    return _two(text, read, TO)


def either_in(text: str, read: Read) -> Pair | None:
    """The first and last date of a text that names two („Mai/Juni 2019“); None where it does not. Never raises."""
    return _two(text, read, OR)


def holding(first: VagueDate, last: VagueDate) -> VagueDate | None:
    """The shortest span that holds both; None where they lie in two years."""
    spans = (VagueDate(first.first, precision) for precision in PRECISIONS if precision != DAY or first == last)
    return next((span for span in spans if span.last >= last.last), None)


def _two(text: str, read: Read, between: re.Pattern[str]) -> Pair | None:
    if len(text) > MOST:
        return None
    for found in between.finditer(text):
        left, right = text[: found.start()].strip(), text[found.end() :].strip()
        if not left or not right:
            continue
        for last in _readings(_wordings(left, right), read):
            for first in _readings(_filled(left, right), read):
                if first.first <= last.last and (first.precision == last.precision or left[0].isalpha()):
                    return first, last
            if (whole := next(_readings([left], read), None)) and whole.first <= last.last:
                return whole, last
    return None


def _wordings(left: str, right: str) -> Iterator[str]:
    """The second part, with the word that stands before the first („KW 12–14/2019“)."""
    if word := WORD.match(left):
        yield word[0] + right
    if YEARS.fullmatch(left) and SHORT_YEAR.fullmatch(right):
        yield left[:2] + right
    yield right


def _filled(left: str, right: str) -> Iterator[str]:
    """The first part, filled up by the end of the second („01.“ and „05.2019“)."""
    yield left
    for place in range(len(right) - 1, 0, -1):
        if not right[place].isalnum() or not right[place - 1].isalnum():
            yield f"{left}{right[place:]}" if not right[place].isalnum() else f"{left} {right[place:]}"
            yield f"{left}{right[place:]}"


def _readings(texts: "Iterator[str] | list[str]", read: Read) -> Iterator[VagueDate]:
    for text in texts:
        try:
            yield read(text)
        except ValueError:
            continue
