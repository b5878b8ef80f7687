"""German text: stored clean, and folded, so that search and order are the same on every database.

SQLite's LIKE knows no capital umlauts and sorts Ä after Z; PostgreSQL depends on its collation (docs/product.md §10).
"""

import re
import unicodedata
from functools import lru_cache

# What looks the same is the same: hyphens and dashes, quotes, blanks. NFKD does ligatures and most blanks.
ALIKE = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212"), "-")
ALIKE |= dict.fromkeys(map(ord, "„“”‟«»″"), '"') | dict.fromkeys(map(ord, "‚‘’‛‹›′´`"), "'")
ALIKE |= dict.fromkeys(map(ord, "\u2028\u2029\x0b\x0c\x85"), " ")
JOINERS = "\u200c\u200d"  # belong to the spelling of Persian, and to pictures of several signs
LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Control and format characters but for tab, line end, joiners, and NUL, which forms refuse with a sentence.
INVISIBLE = re.compile(
    "[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
LOOSE_JOINER = re.compile("(?:(?<=[\\s\\u0000-\u024f])|^)[\u200c\u200d]+|[\u200c\u200d]+(?=[\\s\\u0000-\u024f]|$)")
LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
# Bullets and arrows of Word's symbol fonts, which lie where no standard says what they are.
SYMBOLS = {0xF0B7: "•", 0xF0A7: "▪", 0xF0A8: "▪", 0xF06E: "■", 0xF0D8: "➢", 0xF0FC: "✓", 0xF0E0: "→", 0xF02D: "-"}
SEARCH = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
SORT = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})
ASCII_ALIKE = str.maketrans({"`": "'", "\x0b": " ", "\x0c": " "})
WITHOUT_JOINERS = dict.fromkeys(map(ord, JOINERS))
NUMBER, SIGNS = re.compile(r"\d+", re.ASCII), re.compile(r"[\W_]+")
DIGITS = 8  # to which numbers are filled up, so that texts compare like them: „2. Sitzung“ before „10. Sitzung“
LONGEST = 200


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def fold(text: str) -> str:
    """The searchable form: case and accents dropped, umlauts written out („Müller“, „MUELLER“ → „mueller“).

    What looks the same is the same: dashes, quotes, blanks, ligatures, and what nobody sees is not there.
    """
    if text.isascii():
        return text.lower().translate(ASCII_ALIKE)
    seen = INVISIBLE.sub("", unicodedata.normalize("NFC", text)).translate(ALIKE)
    letters = seen.casefold().translate(SEARCH)
    return _plain(letters).casefold().translate(WITHOUT_JOINERS)


def clean_text(text: str, *, is_long: bool = True) -> str:
    """The text as it is stored: letters composed, line ends LF, nothing that nobody sees. Idempotent.

    Without ``is_long`` a line end is a blank. Dashes, quotes and blanks stay as they were typed.
    """
    if text.isascii() and text.isprintable():
        return text
    composed = unicodedata.normalize("NFC", text).translate(LIGATURES | SYMBOLS)
    seen = LOOSE_JOINER.sub("", INVISIBLE.sub("", LINE_ENDS.sub("\n", composed)))
    return seen if is_long else seen.replace("\n", " ").replace("\t", " ")


@lru_cache(maxsize=4096)
def sort_key(text: str) -> str:
    """The sortable form after DIN 5007-1: umlauts like their base letters, signs like blanks, numbers by their value.

    Letters, digits and single blanks only, which every collation orders alike; at most 200 characters. A key of a key
    is the key itself.
    """
    seen = INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    plain = _plain(seen.casefold().translate(SORT)).casefold()
    letters = SIGNS.sub(" ", plain).strip()
    return NUMBER.sub(lambda number: number[0].zfill(DIGITS), letters)[:LONGEST].rstrip()


def whole(text: str) -> int:
    """A version that was sent; 0, which nothing has, where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
