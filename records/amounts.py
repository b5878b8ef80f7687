"""Amounts and other numbers as people write them: one reader for form, grid, paste, XLSX and CSV, which never guesses.

„1.234,50“ has one reading. „1.234“ has two (1 234,00 or 1,23): whoever wrote it is asked (docs/adr/0037). Nothing is
rounded but a reading that a person may choose, which says so. Pure: knows no form and no database.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

CENTS = 2
MOST_EURO = Decimal("999999999999.99")  # above and below zero
MOST_SHARE = Decimal("999.9999")  # percent
MOST = Decimal(10) ** 20
LONGEST = 60  # characters; what is longer is no number that anybody means
NO_NUMBER = "Geben Sie eine Zahl ein, zum Beispiel 1.250,50."
TOO_PRECISE = "Geben Sie höchstens {} Stellen nach dem Komma ein; {} hat mehr. Das Portal rundet nicht."
TOO_LARGE = "Die Zahl ist zu groß. Möglich ist höchstens {}."
ASKED = "„{}“ lässt sich verschieden lesen. Schreiben Sie {}."

BLANKS = dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f"), " ")  # that do not break, as wide as a digit, thin
SIGNS = {  # beside the number, never in it: „12€50“ is not 1 250
    unit: re.compile(rf"^(?:{words})|(?<=^[-−–])(?:{words})|(?:{words})$", re.IGNORECASE)
    for unit, words in {"€": "€|euro?", "%": "%|prozent"}.items()
}
WORDS = tuple(
    (times, re.compile(rf"(?<=\d) ?(?:{words})$", re.IGNORECASE))
    for times, words in (
        (1_000, r"t€|teur|tsd\.?(?: ?€| euro?)?|tausend(?: euro)?"),
        (1_000_000, r"mio\.?(?: ?€| euro?)?|millionen(?: euro)?"),
    )
)
MOST_PLACES = 9  # of a number in thousands
NO_CENTS = re.compile(r"(?<=\d),[-–—]{1,2}(?= ?(?:€|euro?)?$)", re.IGNORECASE)  # „12,–“
BEHIND, IN_BRACKETS = re.compile(r"^([\d.,]*\d)-$"), re.compile(r"\(([^()]+)\)")
APOSTROPHE = re.compile(r"(?<=\d)['’](?=\d{3}(?!\d))")
NUMBER = re.compile(r"([-−–]?) *([0-9](?:[0-9., ]*[0-9])?)")  # hyphen, minus, and the dash of word processors
GERMAN = re.compile(r"([0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[1-9][0-9]{0,2}(?: [0-9]{3})+)(?:,([0-9]+))?")
ONE_POINT = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
PLAIN = re.compile(r"([0-9]+)\.([0-9]+)")  # a decimal point without groups, as other software writes it
# Points and commas of which the last one may part thousands or decimals.
EITHER = re.compile(r"[1-9][0-9]{0,2}(?:[.,][0-9]{3})*([.,])([0-9]{1,3})")


@dataclass(frozen=True)
class Amount:
    """What a text says; ``value`` is None where it is empty: no statement, which is not zero."""

    value: Decimal | None


@dataclass(frozen=True)
class Ambiguous:
    """A text that can be read in several ways; of the readings those are ``rounded`` that say less than the text."""

    text: str
    readings: tuple[Decimal, ...]
    rounded: tuple[bool, ...]

    @property
    def written(self) -> tuple[str, ...]:
        """The readings as nobody can misread them: „1.234,00“, „1,23“."""
        return tuple(map(written, self.readings))

    @property
    def sentence(self) -> str:
        """What to do, naming the readings."""
        return ASKED.format(self.text, " oder ".join(f"„{each}“" for each in self.written))


@dataclass(frozen=True)
class Refused:
    """A text that is no such number; ``sentence`` says in German what to write."""

    sentence: str


Reading = Amount | Ambiguous | Refused


def read_euro(text: str) -> Reading:
    """An amount in euro and cents; the sign or the word for euro may stand before or behind it."""
    return read_number(text, CENTS, MOST_EURO)


def read_number(text: str, places: int, most: Decimal = MOST, unit: str = "€") -> Reading:
    """A number with at most so many decimals, not further from zero than ``most``.

    In whole numbers (``places`` 0) a point has but one meaning. The ``unit``, € or %, may stand once beside the number.
    """
    plain = text.translate(BLANKS).strip()
    if not plain:
        return Amount(None)
    if bracketed := IN_BRACKETS.fullmatch(plain):
        inner = read_number(bracketed[1], places, most, unit)
        below = (-inner.value, inner.value) if isinstance(inner, Amount) and inner.value else ()
        return Ambiguous(plain, below, (False, False)) if below else Refused(NO_NUMBER)
    said, times = scaled(plain) if unit == "€" else (plain, 1)
    said = BEHIND.sub(r"-\1", SIGNS[unit].sub("", NO_CENTS.sub("", said), count=1).strip())
    found = NUMBER.fullmatch(APOSTROPHE.sub("", said)) if len(plain) <= LONGEST else None
    meant = readings(found[2], places if times == 1 else MOST_PLACES) if found else []
    if found is None or not meant:
        return Refused(NO_NUMBER)
    if times > 1:
        meant = [Decimal(f"{(value * times).normalize():f}") for value in meant]
    possible = [value for value in meant if value <= most]
    if not possible:
        return Refused(TOO_LARGE.format(written(most)))
    factor = -1 if found[1] else 1
    kept = [value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) for value in possible]
    if len(kept) > 1:
        rounded = tuple(value != exact for value, exact in zip(kept, possible, strict=True))
        return Ambiguous(plain, tuple(factor * value for value in kept), rounded)
    if len(f"{possible[0]}".partition(".")[2]) > places:
        return Refused(TOO_PRECISE.format(places, written(factor * possible[0])))
    return Amount(factor * kept[0] if kept[0] else kept[0])


def scaled(text: str) -> tuple[str, int]:
    """A number without the word behind it that multiplies it, and by what: „12,5 T€“ are 12 500."""
    for times, word in WORDS:
        if word.search(text):
            return word.sub("", text), times
    return text, 1


def readings(digits: str, places: int) -> list[Decimal]:
    """What digits with points, commas and blanks may mean, exactly; the larger meaning first; empty for no number."""
    german, either = GERMAN.fullmatch(digits), EITHER.fullmatch(digits)
    is_clear = german is not None and len(german[2] or "") <= places
    if is_clear and not (places and ONE_POINT.fullmatch(digits)):
        either = None
    if either and places and (len(either[2]) == 3 or sum(map(digits.count, ".,")) > 1):
        return [number_of(digits, ""), number_of(digits[: either.start(1)], either[2])]
    said = german or (PLAIN.fullmatch(digits) if places else None)
    return [number_of(said[1], said[2] or "")] if said else []


def number_of(whole: str, decimals: str) -> Decimal:
    """The number without what stands between its thousands."""
    return Decimal(re.sub("[., ]", "", whole) + (f".{decimals}" if decimals else ""))


def written(value: Decimal) -> str:
    """In German, points between thousands, all decimals: „−1.234,50“."""
    sign, text = ("−", f"{-value:f}") if value < 0 else ("", f"{value:f}")
    whole, _, decimals = text.partition(".")
    return sign + f"{int(whole):,}".replace(",", ".") + (f",{decimals}" if decimals else "")
