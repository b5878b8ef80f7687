"""Folding of German text, so that search and order do not depend on the database; numbers in addresses and forms.

SQLite's LIKE knows no capital umlauts and sorts Ä after Z; PostgreSQL depends on its collation (RELIABILITY, SQLite).
"""

import unicodedata

SEARCH = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
SORT = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def fold(text: str) -> str:
    """The searchable form: case and accents dropped, umlauts written out („Müller“, „MUELLER“ → „mueller“)."""
    return _plain(unicodedata.normalize("NFC", text).casefold().translate(SEARCH))


def sort_key(text: str) -> str:
    """The sortable form after DIN 5007-1: umlauts like their base letters; at most 200 characters."""
    return _plain(unicodedata.normalize("NFC", text).casefold().translate(SORT)).strip(" „“‚‘\"'–-")[:200]


def whole_number(text: str | None) -> int | None:
    """The number that an address or a hidden field names, or None where it names none that a database can hold.

    ``str.isdigit`` accepts „²“, which ``int`` refuses.
    """
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None
