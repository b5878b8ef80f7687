"""Units as tables print them and as Kennzahlen name them: which of them fit, and by what factor."""

import re

FACTORS = {
    "1000": (1_000, "Anzahl"),
    "Tsd.": (1_000, ""),
    "Mill.": (1_000_000, ""),
    "Mio.": (1_000_000, ""),
    "Mrd.": (1_000_000_000, ""),
}
COUNT = "Anzahl"
SAME = {"Euro": "EUR", "€": "EUR", "%": "Prozent"}
MEASURED = frozenset({"Prozent", "EUR", "qm", "km²", "km", "ha", "t", "kg", "Jahre", "Tage", "Stunden", "Index"})
SPACES = re.compile(r"\s+")


def factor_of(unit: str) -> tuple[int, str]:
    """„Tsd. EUR“ is 1 000 EUR, „1000“ is a number of 1 000, „1000 t“ is 1 000 t; others stand for themselves."""
    first, _, rest = SPACES.sub(" ", unit.replace("1 000", "1000").strip()).partition(" ")
    if first in FACTORS:
        factor, word = FACTORS[first]
        return factor, rest or word
    return 1, unit


def fitting_factor(printed: str, unit: str) -> int | None:
    """By what a printed number becomes one in the unit of a Kennzahl; None where the two do not fit.

    „Anzahl“ counts whatever the Kennzahl counts (Personen, Haushalte), but never a rate, money or a size.
    """
    (times, word), (own_times, own) = factor_of(printed), factor_of(unit)
    word, own = SAME.get(word, word), SAME.get(own, own)
    if word != own and not (COUNT in (word, own) and is_counted(word) and is_counted(own)):
        return None
    return times // own_times if times % own_times == 0 else None


def is_counted(word: str) -> bool:
    """Whether a unit counts single things."""
    return word not in MEASURED and not word.startswith("je ") and not set("=/") & set(word)
