"""How people count the items of a list: „3.“, „1)“, „b)“, „(2)“, „IV.“. What they typed is what is shown."""

import re
from dataclasses import dataclass

DIGITS, SMALL, LARGE, SMALL_ROMAN, LARGE_ROMAN = "1", "a", "A", "i", "I"
MARK = r"(?P<open>\(?)(?P<count>\d{1,3}|[A-Za-z]|[ivxIVX]{2,6})(?P<sign>[.)])"
ROMAN = re.compile(r"(X{0,3})(IX|IV|V?I{0,3})")
ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}
SIGNS = (".", ")", "()")


@dataclass(frozen=True)
class Style:
    """Digits, letters or Roman numbers with their sign: „.“, „)“ or „()“."""

    digits: str = DIGITS
    sign: str = "."

    @property
    def css(self) -> str:
        """The class of a list that counts so; none for „1.“."""
        names = {DIGITS: "zahl", SMALL: "klein", LARGE: "gross", SMALL_ROMAN: "roemisch-klein", LARGE_ROMAN: "roemisch"}
        signs = {".": "", ")": "-klammer", "()": "-klammern"}
        return "" if self == PLAIN else f"z-{names[self.digits]}{signs[self.sign]}"

    def written(self, number: int) -> str:
        """„b)“: a number as this style writes it."""
        digits = str(number)
        if self.digits in (SMALL_ROMAN, LARGE_ROMAN):
            signs = zip(("X", "IX", "V", "IV", "I"), parts(number), strict=True)
            digits = "".join(sign * count for sign, count in signs)
        elif self.digits != DIGITS:
            digits = chr(ord("A") + number - 1)
        digits = digits.lower() if self.digits in (SMALL, SMALL_ROMAN) else digits
        return f"({digits})" if self.sign == "()" else f"{digits}{self.sign}"


PLAIN = Style()
STYLES = tuple(Style(digits, sign) for digits in (DIGITS, SMALL, LARGE, SMALL_ROMAN, LARGE_ROMAN) for sign in SIGNS)
BY_CSS = {style.css: style for style in STYLES}


@dataclass(frozen=True)
class Mark:
    """What stands before an item: its value in each style that it may be of („i)“ is the ninth letter or one)."""

    readings: dict[Style, int]

    def first(self) -> tuple[Style, int]:
        """Its style and value where nothing beside it tells which: Roman for what begins one, else a letter."""
        return next((each for each in self.readings.items() if each[1] == 1), next(iter(self.readings.items())))

    def before(self, later: "Mark") -> tuple[Style, int] | None:
        """Style and value, if the other one is the next number of the same style."""
        found = ((style, value) for style, value in self.readings.items() if later.readings.get(style) == value + 1)
        return next(found, None)


def mark_of(found: re.Match[str]) -> Mark | None:
    """The mark that was matched; None for signs that do not fit („(1.“) and letters that are no number."""
    count, sign = found["count"], found["sign"]
    if found["open"]:
        sign = "()" if sign == ")" else ""
    if not sign:
        return None
    if count.isdigit():
        return Mark({Style(DIGITS, sign): int(count)})
    readings = {}
    if len(count) == 1:
        readings[Style(SMALL if count.islower() else LARGE, sign)] = ord(count.lower()) - ord("a") + 1
    if (count.islower() or count.isupper()) and (value := roman(count.upper())):
        readings[Style(SMALL_ROMAN if count.islower() else LARGE_ROMAN, sign)] = value
    return Mark(readings) if readings else None


def parts(number: int) -> tuple[int, ...]:
    """How many X, IX, V, IV and I make a Roman number up to 39."""
    tens, ones = divmod(number, 10)
    return tens, int(ones == 9), int(5 <= ones < 9), int(ones == 4), 0 if ones in (4, 9) else ones % 5


def roman(word: str) -> int:
    """The value of a Roman number up to 39; 0 for what is none."""
    if not ROMAN.fullmatch(word):
        return 0
    values = [ROMAN_VALUES[letter] for letter in word]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))
