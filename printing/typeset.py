"""Last touches to a document's HTML: what belongs together stays together, and hostile words can be broken.

Works on text between tags only; autoescape guarantees that text holds no raw ``<`` or ``>``.
"""

import re
import unicodedata
from functools import cache

LONGEST_WORD = 60  # characters; longer ones get soft breaks (5 KB without a blank took 27 CPU-s, docs/product.md §10)
SOFT_BREAK_EVERY = 30
SOFT_BREAK = "\u200b"
MISSING = "◊"  # printed for a character that the document's fonts do not hold

# Characters that all seven faces hold. Others would pull in whatever font the machine has, or print as .notdef,
# which PDF/UA and PDF/A forbid. Made from the fonts' character maps.
COVERED = """
20-7E A0-12B 12E-131 134-165 168-17E 18F 192 1A0-1A1 1AF-1B0 1CD-1DC 1E6-1E7 1F8-1F9 218-21B 237 251 259 261 2B0 2B2
2B7-2B8 2BB-2BC 2BF 2C6-2C8 2CA-2CC 2D8-2DD 2E1-2E3 300-304 306-30C 31B 323-324 326-329 331 374-375 37E 384-38A 38C
38E-3A1 3A3-3CE 3D7 3D9 3DB 3DD 3E1 400-45F 462-463 472-475 490-493 496-49B 4A0-4A3 4AA-4AB 4AE-4B3 4B6-4B7 4BA-4BB
4C0-4C2 4CF-4D1 4D4-4D9 4E2-4E3 4E6-4E9 4EE-4EF 4F2-4F3 1E0C-1E0F 1E24-1E25 1E36-1E37 1E3E-1E3F 1E44-1E47 1E5A-1E5B
1E60-1E63 1E6C-1E6F 1E80-1E85 1E92-1E93 1E9E 1EA0-1EF9 2007 200B 2012-2015 2018-201A 201C-201E 2020-2022 2026 2030
2039-203A 2044 2070 2074-2079 207D-2089 208D-208E 20AC 20B9-20BA 20BD 2113 2116 2122 2126 212E 2153-2154 215B-215E
2190-2193 2196-2199 2202 2206 220F 2211-2212 2215 2219-221A 221E 222B 2248 2260 2264-2265 25CA FB01-FB02
"""
ALIKE = {
    "\u202f": "\u00a0",
    "\u2009": "\u00a0",
    "\u200a": "\u00a0",
    "\u2002": " ",
    "\u2003": " ",
    "\u2011": "-",
    "\u2010": "-",
    "●": "•",
    "▪": "•",
    "■": "•",
    "◦": "•",
    "✓": "√",
    "\u2028": "\n",
    "\u2029": "\n",
}
KEPT = "\n\t\r"

MONTHS = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
NOUN = r"[A-ZÄÖÜ][a-zäöüß]{1,13}\b"  # what is counted: „12 Plätze“; a longer word would leave a hole
NUMBERED = "Tabelle|Abbildung|Kapitel|Seite|Nr\\.|Fassung|Stufe|Leitziel|Handlungsziel|Maßnahmenziel"
TOGETHER = (
    (re.compile(rf"(\d{{1,2}}\.) (?=(?:{MONTHS})\b)"), "\\1\u00a0"),
    (re.compile(r"(\d\.) (?=(?:Quartal|Halbjahr|Sitzung)\b)"), "\\1\u00a0"),
    (re.compile(r"(\d) (?=\d{3}(?!\d))"), "\\1\u00a0"),
    (re.compile(rf"(?<![\d.])((?!(?:19|20)\d\d )[\d.,\u00a0]{{0,30}}\d) (?={NOUN}|VzÄ|€|%)"), "\\1\u00a0"),
    (re.compile(rf"\b({NUMBERED}) (?=\d)"), "\\1\u00a0"),
    (re.compile(r"\b([BMQZK]) (?=\d)"), "\\1\u00a0"),
    (re.compile(r"((?:\b[Z]|[a-z]z)iel) (?=Z\u00a0\d)"), "\\1\u00a0"),
    (re.compile(r"© (?=\w)"), "©\u00a0"),
    (re.compile(r"(?<!\S)(\(?[+−±]) (?=\d)"), "\\1\u00a0"),
    (re.compile(r"(?<=\S) (?=[–·]\s)"), "\u00a0"),
)
PIECES = re.compile(r"(<[^>]*>)")
CHARACTER = re.compile(r"&(?:#\w+|\w+);|.", re.DOTALL)
SLASH = re.compile(r"(?<=\w\w)/(?=\w\w)")
LONG_WORD = re.compile(rf"[^\s{SOFT_BREAK}]{{{LONGEST_WORD + 1},}}")


@cache
def covered() -> frozenset[str]:
    """The characters that can be printed."""
    found = set(KEPT)
    for part in COVERED.split():
        first, _, last = part.partition("-")
        found.update(chr(code) for code in range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(found)


def printable(text: str) -> str:
    """The text with characters of our fonts only; an accent is kept without its letter's variant where need be."""
    foreign = set(text) - covered()
    if not foreign:
        return text
    table = {}
    for character in foreign:
        alike = ALIKE.get(character)
        if alike is None and unicodedata.category(character) in {"Cc", "Cf", "Cs", "Mn", "Me"}:
            alike = ""
        if alike is None:
            plain = unicodedata.normalize("NFKD", character)
            alike = plain if set(plain) <= covered() else MISSING
        table[ord(character)] = alike
    return text.translate(table)


def unprintable(text: str) -> str:
    """The characters of a text that print shows as „◊“, each once and in their order."""
    foreign = set(text) - covered() - {MISSING}
    return "".join(each for each in dict.fromkeys(text) if each in foreign and MISSING in printable(each))


def _with_soft_breaks(match: re.Match[str]) -> str:
    """Insert a break opportunity after every 30 characters; an entity counts as one."""
    characters = CHARACTER.findall(match[0])
    if len(characters) <= LONGEST_WORD:
        return match[0]
    parts = ["".join(characters[i : i + SOFT_BREAK_EVERY]) for i in range(0, len(characters), SOFT_BREAK_EVERY)]
    return SOFT_BREAK.join(parts)


def with_breaks(html: str) -> str:
    """The same for the screen: a break after „/“ inside words and in words over 60 characters."""
    pieces = PIECES.split(html)
    pieces[::2] = [LONG_WORD.sub(_with_soft_breaks, SLASH.sub("/<wbr>", text)) for text in pieces[::2]]
    return "".join(pieces)


def typeset(html: str) -> str:
    """Whole HTML → the same HTML ready for print: no break in „14. Juni“, breaks in words over 60 characters.

    Titles are not laid out and stay as they are: they are read as metadata and searched.
    """
    pieces = PIECES.split(printable(html))
    for index in range(0, len(pieces), 2):
        text = pieces[index]
        if len(text) < 3 or pieces[index - 1].startswith("<title"):
            continue
        for pattern, replacement in TOGETHER:
            text = pattern.sub(replacement, text)
        if index + 1 < len(pieces) and pieces[index + 1].startswith("<br"):
            text = text.rstrip(" \n")  # a blank before the end of a line would need room
        pieces[index] = LONG_WORD.sub(_with_soft_breaks, text)
    return "".join(pieces)
