"""What a sheet shows of a day or a number, by its format: „Aug 17“, „06567“, „25 %“."""

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from accounts.vague import MONTHS as LONG_MONTHS
from records.reading.cells import MONTHS, NO_YEAR, NOT_TEXT, Cell, made_of

ASIDE = re.compile(r'\[[^\]]*\]|\\(.)|"([^"]*)"|_.|\*.')  # language and colour, and what is shown as it stands
TOKEN = re.compile(r"y+|m+|d+|h+|s+|am/pm|a/p", re.IGNORECASE)
# Formats of the program itself, which it shows in the language of the person.
BUILT_IN = {"mm-dd-yy": "dd.mm.yyyy", "d-mmm-yy": "dd. mmm yy", "d-mmm": "dd. mmm", "mmm-yy": "mmm yy"}
BUILT_IN |= {"m/d/yy h:mm": "dd.mm.yyyy hh:mm", "m/d/yy": "dd.mm.yyyy", "m/d/yyyy": "dd.mm.yyyy"}
WEEKDAYS = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"]
PIECE = re.compile(f"{ASIDE.pattern}|(?P<token>{TOKEN.pattern})", re.IGNORECASE)
SHORT_DAY = re.compile(rf"\d\d\. (?:{'|'.join(MONTHS)})")
SHORT_MONTH = re.compile(rf"(?:{'|'.join(MONTHS)}) \d\d")
DIGITS = re.compile(r"([0#?,]*[0#?,])(?:\.([0#?]*))?(?![0#?.,/E])")
EXACT_DIGITS = 25
PADDED = re.compile(r"0{2,20}")  # a number that is a code: „00000“ for postal codes


def date_cell(value: date, number_format: str) -> Cell:
    """A day at the precision that the cell shows; as a text what it shows."""
    plain_format = number_format.split(";", maxsplit=1)[0]
    plain_format = BUILT_IN.get(plain_format.lower(), plain_format)
    tokens = [token.lower() for token in TOKEN.findall(ASIDE.sub(" ", plain_format))]
    if not tokens or number_format == "General":
        return Cell(f"{value:%Y-%m-%d}", "", f"{value:%d.%m.%Y}")
    shown = as_shown(value, plain_format)
    has_day = any(token in ("d", "dd") for token in tokens)
    if not any(token[0] == "y" for token in tokens):
        told = NO_YEAR.format(f"{value:%d.%m.%Y}")
        if SHORT_DAY.fullmatch(shown):
            return Cell(shown, told, shown, made_of(shown).unfit)
        return Cell(shown, told, shown, NOT_TEXT.format(f"„{shown}“") if has_day else "")
    has_month = any(token[0] == "m" for token in tokens)
    iso = f"{value:%Y-%m-%d}" if has_day else f"{value:%Y-%m}" if has_month else f"{value:%Y}"
    is_code = SHORT_MONTH.fullmatch(shown) and value.year % 100 <= 31
    return Cell(iso, "", shown, made_of(shown).unfit if is_code else "")


def as_shown(value: date, number_format: str) -> str:
    """The day in German, token by token."""
    moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)  # noqa: DTZ001
    written, pieces, last, place = number_format.replace("/", "."), [], "", 0
    for found in PIECE.finditer(written):
        pieces.append(written[place : found.start()])
        place, token = found.end(), (found["token"] or "").lower()
        pieces.append(shown_token(moment, token, last) if token else found[1] or found[2] or "")
        last = token or last
    pieces.append(written[place:])
    return " ".join("".join(pieces).replace("@", "").split())


def shown_token(moment: datetime, token: str, last: str) -> str:
    """One part of a day or an hour."""
    if token[0] == "m" and last[:1] == "h":
        return f"{moment:%M}"
    month, weekday = moment.month - 1, WEEKDAYS[moment.weekday()]
    return {
        "d": f"{moment.day}",
        "dd": f"{moment:%d}",
        "ddd": weekday[:2],
        "dddd": weekday,
        "m": f"{moment.month}",
        "mm": f"{moment:%m}",
        "mmm": MONTHS[month],
        "mmmm": LONG_MONTHS[month],
        "yy": f"{moment:%y}",
        "yyyy": f"{moment:%Y}",
        "h": f"{moment.hour}",
        "hh": f"{moment:%H}",
        "s": f"{moment.second}",
        "ss": f"{moment:%S}",
    }.get(token, "")


def number_text(value: Decimal, number_format: str) -> tuple[str, str]:
    """A number as the sheet knows it and as its cell shows it, with the zeros of a code and the sign of percent."""
    parts = number_format.split(";")
    shape = ASIDE.sub("", parts[1] if value < 0 and len(parts) > 1 else parts[0])
    sign = " %" if "%" in shape else ""
    exact = Decimal(plain(value * 100 if sign else value).replace(",", "."))
    text = f"{exact:f}".replace(".", ",")
    if PADDED.fullmatch(shape) and text.isdigit():
        return (text.zfill(len(shape)),) * 2
    digits = DIGITS.search(shape.strip(" €%"))
    if digits is None or digits[0].endswith(",") or "/" in shape or "E" in shape:  # „#,##0,“ shows thousands
        return (f"{text}{sign}",) * 2
    return f"{text}{sign}", f"{plain(rounded(exact, len(digits[2] or '')))}{sign}"


def rounded(value: Decimal, places: int) -> Decimal:
    """A number with so many decimals, as its cell shows it."""
    if value.adjusted() + places >= EXACT_DIGITS:
        return value
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def plain(value: Decimal) -> str:
    """Digits with a decimal comma; a computed number as far as a sheet knows it (fifteen digits)."""
    known = Decimal(format(value, ".15g")).normalize()
    return f"{known:f}".replace(".", ",") if known else "0"
