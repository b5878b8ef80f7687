"""Folding of German text, so that search and order are the same on every database.

SQLite's LIKE knows no capital umlauts and sorts Ä after Z; PostgreSQL depends on its collation (docs/product.md §10).
"""

import re
import unicodedata

SEARCH = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
SORT = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})
NUMBER, SIGNS = re.compile(r"\d+", re.ASCII), re.compile(r"[\W_]+")
DIGITS = 8  # to which numbers are filled up, so that texts compare like them: „2. Sitzung“ before „10. Sitzung“
LONGEST = 200


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def fold(text: str) -> str:
    """The searchable form: case and accents dropped, umlauts written out („Müller“, „MUELLER“ → „mueller“)."""
    return _plain(unicodedata.normalize("NFC", text).casefold().translate(SEARCH))


def sort_key(text: str) -> str:
    """The sortable form after DIN 5007-1: umlauts like their base letters, signs like blanks, numbers by their value.

    Letters, digits and single blanks only, which every collation orders alike; at most 200 characters. A key of a key
    is the key itself.
    """
    plain = _plain(unicodedata.normalize("NFC", text).casefold().translate(SORT)).casefold()
    letters = SIGNS.sub(" ", plain).strip()
    return NUMBER.sub(lambda number: number[0].zfill(DIGITS), letters)[:LONGEST].rstrip()


def whole(text: str) -> int:
    """A version that was sent; 0, which nothing has, where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
