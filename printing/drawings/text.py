"""How wide a text will be in Fira Sans, so that labels can be placed without a browser.

Widths come from ``printing/data/fira_sans_widths.json`` (advance widths in 1/1000 em). To make the table again from
the font files: ``python -m printing.drawings.text FiraSans-Regular.ttf FiraSans-SemiBold.ttf``.
"""

import json
import sys
from functools import cache, lru_cache
from pathlib import Path

TABLE = Path(__file__).resolve().parent.parent / "data" / "fira_sans_widths.json"
UNKNOWN = 700  # a character outside the table; rather too wide than too narrow


@cache
def advances(weight: int) -> dict[str, int]:
    """Advance width per character in 1/1000 em; ``weight`` 400 or 600."""
    table: dict[str, int] = json.loads(TABLE.read_text(encoding="utf-8"))["widths"][str(weight)]
    return table


@lru_cache(maxsize=4096)
def advance(text: str, weight: int) -> int:
    """Width of one line in 1/1000 em; titles come back with every request, hence the cache."""
    table = advances(weight)
    return sum([table.get(character, UNKNOWN) for character in text])


def text_width(text: str, size: float, weight: int = 400) -> float:
    """Width of one line in the unit of ``size``; kerning is neglected (it only narrows)."""
    return advance(text, weight) * size / 1000


def shorten(text: str, width: float, size: float, weight: int = 400) -> str:
    """The text, or as much of it as fits into ``width`` with „…“ behind it."""
    if text_width(text, size, weight) <= width:
        return text
    table = advances(weight)
    room = width - text_width("…", size, weight)
    for index, character in enumerate(text):
        room -= table.get(character, UNKNOWN) * size / 1000
        if room < 0:
            return text[:index].rstrip(" ,;:–-(„") + "…"
    return text


def wrap(text: str, width: float, size: float, weight: int = 400) -> list[str]:
    """Break at blanks into lines no wider than ``width``; a longer word stands alone."""
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(joined, size, weight) <= width:
            lines[-1] = joined
        else:
            lines.append(word)
    return lines


def write_table(regular: str, semibold: str) -> None:
    """Read the advance widths of two font files; figures get the width of the widest (tabular figures)."""
    from fontTools.ttLib import TTFont

    widths: dict[str, dict[str, int]] = {}
    for weight, path in (("400", regular), ("600", semibold)):
        font = TTFont(path)
        em, metrics = font["head"].unitsPerEm, font["hmtx"]
        table = {
            chr(code): round(metrics[glyph][0] * 1000 / em)
            for code, glyph in sorted(font.getBestCmap().items())
            if 32 <= code < 0x180 or 0x2010 <= code <= 0x203A or code in (0x20AC, 0x2192, 0x2212)
        }
        widest = max(table[figure] for figure in "0123456789")
        widths[weight] = table | dict.fromkeys("0123456789", widest) | {"\u202f": 200, "\u2009": 200}
    content = {"font": "Fira Sans", "unit": "1/1000 em", "widths": widths}
    TABLE.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write_table(*sys.argv[1:3])
