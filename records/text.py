"""Where folded words occur in a text; numbers in addresses and forms. Folding itself stands in accounts.text."""

from collections.abc import Iterable
from functools import lru_cache

from accounts.text import LINE_ENDS, clean_text, fold, sort_key

BEFORE = 1_000_000  # what its year counts in the number of a row that was made of one with years side by side

__all__ = ["LINE_ENDS", "clean_text", "fold", "sort_key", "spans", "whole_number"]


@lru_cache(4096)
def _fold_character(character: str) -> str:
    return fold(character)


def spans(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Where folded words occur in an NFC text: begin and end in the text itself, in order, without overlaps.

    Folding changes lengths („ß“ → „ss“), so every folded character remembers the one it comes from.
    """
    parts = [_fold_character(character) for character in text]
    origin = [index for index, part in enumerate(parts) for _ in part]
    folded, found = "".join(parts), []
    for word in words:
        at = folded.find(word) if word else -1
        while at >= 0:
            found.append((origin[at], origin[at + len(word) - 1] + 1))
            at = folded.find(word, at + len(word))
    joined: list[tuple[int, int]] = []
    for begin, end in sorted(found):
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return joined


def whole_number(text: str | None) -> int | None:
    """The number that an address or a hidden field names, or None where it names none that a database can hold.

    ``str.isdigit`` accepts „²“, which ``int`` refuses.
    """
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None


def row_in_file(number: int) -> int:
    """The row of the file of which a row was made."""
    return number % BEFORE


def row_named(number: int) -> str:
    """A row as the person finds it in the file: „3“, or „3 (2018)“ where its years stand side by side."""
    year, row = divmod(number, BEFORE)
    return f"{row} ({year})" if year else str(row)


def labelled(label: str, text: str) -> str:
    """„Gremium: Beirat“; a text that begins with its label says it already („Planungszyklus 2017–2019“)."""
    return text if text.startswith(f"{label} ") else f"{label}: {text}"
