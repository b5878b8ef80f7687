"""Differences of two texts in whole words, in a time that does not depend on what the texts say.

The longest common subsequence is found with integers as bit vectors (Hyyrö 2004): two texts of 10 000 words take
about 0.1 s, whatever they hold. Longer texts are shown as replaced as a whole.
"""

import re

from plans.shapes import CAME, GONE, SAME, Run

MOST_WORDS = 12_000  # a text field holds 20 000 characters
ALIKE = 0.25  # share of common words below which marking single ones would only confuse
CONTEXT = 12  # words shown on each side of a change
LONGEST_RUN = 120  # words of one changed passage that are shown
MOST_CHANGES = 200  # passages of one text; with more the text counts as replaced
TOKEN = re.compile(r"\n+|\S+")
Piece = tuple[str, list[str]]


def tokens(text: str) -> list[str]:
    """Words with their punctuation, and line breaks as a token of their own."""
    return ["\n" if part[0] == "\n" else part for part in TOKEN.findall(text.strip())]


def joined(words: list[str]) -> str:
    """The words as text."""
    return re.sub(r" ?\n ?", "\n", " ".join(words)).strip(" ")


def matches(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """Pairs of positions of a longest common subsequence."""
    width = len(old)
    full = (1 << width) - 1
    places: dict[str, int] = {}
    for index, word in enumerate(old):
        places[word] = places.get(word, 0) | 1 << index
    state, states = full, []
    for word in new:
        common = state & places.get(word, 0)
        state = ((state + common) | (state - common)) & full
        states.append(state)
    found = []
    column, row = width - 1, len(new) - 1
    while column >= 0 and row >= 0:
        if states[row] >> column & 1:
            column -= 1
        elif row and not states[row - 1] >> column & 1:
            row -= 1
        else:
            found.append((column, row))
            column, row = column - 1, row - 1
    return found[::-1]


def likeness(old: str, new: str) -> float:
    """Share of common words in their order, 0 to 1."""
    first, second = tokens(old)[:MOST_WORDS], tokens(new)[:MOST_WORDS]
    if not first or not second:
        return 0.0
    return 2 * len(matches(first, second)) / (len(first) + len(second))


def pieces(old: list[str], new: list[str]) -> list[tuple[list[str], list[str], list[str]]]:
    """Triples (dropped, came, common behind them) that make up both texts."""
    if max(len(old), len(new)) > MOST_WORDS:
        return [(old, new, [])]
    pairs = matches(old, new)
    if not pairs or 2 * len(pairs) / (len(old) + len(new)) < ALIKE:
        return [(old, new, [])]
    found: list[tuple[list[str], list[str], list[str]]] = []
    left = right = 0
    for first, second in [*pairs, (len(old), len(new))]:
        if first > left or second > right or not found:
            found.append((old[left:first], new[right:second], []))
        if first < len(old):
            found[-1][2].append(old[first])
        left, right = first + 1, second + 1
    found = calmed(found)
    return found if len(found) <= MOST_CHANGES else [(old, new, [])]


def calmed(found: list[tuple[list[str], list[str], list[str]]]) -> list[tuple[list[str], list[str], list[str]]]:
    """The same without single common words between longer changes, which would tear passages to pieces."""
    result: list[tuple[list[str], list[str], list[str]]] = []
    for gone, came, common in found:
        if result and (gone or came):
            before_gone, before_came, between = result[-1]
            smaller = min(max(len(before_gone), len(before_came)), max(len(gone), len(came)))
            if len(between) <= 2 and len(between) < smaller:
                merged = (before_gone + between + gone, before_came + between + came, common)
                result[-1] = merged
                continue
        result.append((gone, came, common))
    return result


def marked(old: str, new: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Both texts as runs; long passages without a change are shortened to their ends („…“)."""
    if old == new:
        whole = (Run(SAME, shortened(tokens(old), LONGEST_RUN)),) if old else ()
        return whole, whole
    left: list[Run] = []
    right: list[Run] = []
    parts = pieces(tokens(old), tokens(new))
    for number, (gone, came, common) in enumerate(parts):
        if gone:
            left.append(Run(GONE, shortened(gone, LONGEST_RUN)))
        if came:
            right.append(Run(CAME, shortened(came, LONGEST_RUN)))
        if common:
            opens = number == 0 and not gone and not came
            text = elided(common, head=0 if opens else CONTEXT, tail=0 if number == len(parts) - 1 else CONTEXT)
            left.append(Run(SAME, text))
            right.append(Run(SAME, text))
    return tuple(left), tuple(right)


def shortened(words: list[str], most: int) -> str:
    """The first words; how many are left out is said."""
    if len(words) <= most + CONTEXT:
        return joined(words)
    return f"{joined(words[:most])} … (noch {len(words) - most} Wörter)"


def elided(words: list[str], *, head: int, tail: int) -> str:
    """Words between two changes: what is far from both is left out."""
    if len(words) <= head + tail + CONTEXT:
        return joined(words)
    start = joined(words[:head])
    end = joined(words[len(words) - tail :]) if tail else ""
    return " … ".join([start, end]).strip(" ") if start and end else f"{start} …" if start else f"… {end}"


def whole(kind: str, text: str) -> tuple[Run, ...]:
    """A text that only one plan has."""
    return (Run(kind, shortened(tokens(text), CONTEXT * 4)),) if text.strip() else ()
