"""Dates as German offices write them: „22. August 2017“, „Aug 17“, „2. Hj. 2017“, „Ende Juni 2019“, „KW 12/2019“.

One reader for every place where a date is typed or read from a file. What has no precision of its own becomes the
shortest one that holds it and never claims more than was written: „Herbst 2018“ is the second half-year, „Mitte 2018“
the year. A statement without year, or over two years, is asked about. Pure: knows no form and no database.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

from accounts.date_spans import either_in, holding, period_in
from accounts.text import fold
from accounts.vague import DAY, HALF, MONTH, MONTHS, PRECISIONS, QUARTER, YEAR, VagueDate

EXAMPLES = "Geben Sie ein Datum an, zum Beispiel 17.08.2016, August 2017, 1. Quartal 2018 oder 2018."
NO_DAY = "Geben Sie den Tag an, zum Beispiel 17.08.2016."
NO_YEAR = "In „{}“ fehlt das Jahr. Schreiben Sie es dazu, zum Beispiel {} 2018."
NO_DATE = "„{}“ ist kein Datum. Lassen Sie das Feld leer, wenn es keines gibt."
ABOUT = "„{}“ ist nicht sicher. Schreiben Sie, was feststeht, zum Beispiel 2018."
BOTH = "„{}“ nennt Beginn und Ende ({} und {}). Schreiben Sie hier nur {}."
TWO_YEARS = "„{}“ reicht über zwei Jahre. Schreiben Sie, was gemeint ist, zum Beispiel {} oder {}."
MORE_YEARS = TWO_YEARS.replace("zwei Jahre", "mehrere Jahre")
EITHER = "„{}“ lässt sich verschieden lesen. Schreiben Sie den Monat als Wort, zum Beispiel {}."
AN_END = "„{}“ nennt ein Ende. Tragen Sie es als Ende ein, oder schreiben Sie hier den Beginn."
A_BEGIN = "„{}“ nennt einen Beginn. Tragen Sie ihn als Beginn ein, oder schreiben Sie hier das Ende."
A_SERIAL = "„{}“ ist die Zahl, mit der Tabellen den Tag {} speichern. Schreiben Sie das Datum."
LONGEST = 60

FILLING = re.compile(
    r"^(?:am|im|in|vom|von|ab|seit|zum|bis(?: zum)?|spaetestens|ab dem|seit dem|bis zum|zu|den|laufe|verlauf)"
    r"(?: (?:den|dem|der|des))? |"
    r"\b(?:(?:haushalts|kalender|geschaefts|berichts|foerder)?jahre?s?|hhj\.?|des|der|dem|uhr)(?![a-z])|\bd\. ?j\."
)
NONE = re.compile(
    r"[-–—./?]+|(?:fort)?laufend|dauerhaft|unbefristet|offen|unbekannt|k\. ?a|n\. ?n|n\. ?b|keine?|keine angaben?|"
    r"entfaellt|noch offen|steht noch nicht fest|(?:ab )?sofort|(?:halb|viertel)?jaehrlich|monatlich|"
    r"woechentlich|regelmaessig"
)
UNSURE = re.compile(
    r"^(?:ca\.?|circa|etwa|ungefaehr|rund|um|gegen|vor|nach|fruehestens|vermutlich|vsl\.?|voraussichtlich|geplant:?|vorgesehen:?)"
    r"(?: (?:dem|den|der|im|am|ab|fuer))? |\((?:geplant|vsl\.?|voraussichtlich|vorgesehen|ca\.?|\?)\)$|(?<=\d) ?\?$"
)
WEEKDAY = re.compile(
    r"^(?:mo|di|mi|do|fr|sa|so|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag)[.,] *,? *"
)
BEGINS, ENDS = re.compile(r"^(?:ab|seit|von|vom)\b"), re.compile(r"^(?:bis|spaetestens)\b")
HOUR = r"(?:\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?: ?uhr)?|\d{1,2}(?:[.:]\d\d)? ?uhr)"
CLOCK = re.compile(rf"[ t,]+(?:um |von |ab )?(?:\d{{1,2}}(?:[.:]\d\d)? ?(?:-|–|bis) ?)?{HOUR}$")
NUMERALS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
NUMERALS |= {
    f"{word}{end}": n
    for n, word in enumerate(("erst", "zweit", "dritt", "viert"), 1)
    for end in ("e", "es", "er", "en")
}
FIRST_SERIAL = date(1899, 12, 30)

Y = r"(?P<y>\d{4}|'?\d{2})"
N = r"(?P<n>[1-4]|i{1,3}|iv|(?:erst|zweit|dritt|viert)e[snr]?)"
QUARTERS, HALVES = (
    r"(?:quartals?|qu?\.?|qrt\.?|vierteljahre?s?)",
    r"(?:halbjahre?s?|hj\.?|hjh\.?|(?:jahres)?haelfte|h\.?)",
)
PLACES = r"(?P<p>anfang|anf\.?|mitte|ende|beginn|jahresanfang|jahresbeginn|jahresmitte|jahresende)"
SEASONS = {
    "fruehjahr": HALF,
    "fruehling": HALF,
    "sommer": YEAR,
    "herbst": HALF,
    "spaetherbst": HALF,
    "fruehsommer": HALF,
}
SEASONS |= dict.fromkeys(("ostern", "osterferien", "pfingsten", "herbstferien", "advent", "weihnachten"), HALF)
SEASONS |= {"hochsommer": YEAR, "sommerferien": YEAR, "winterferien": "", "weihnachtsferien": ""}
SEASONS |= {"spaetsommer": HALF, "jahreswechsel": "", "winter": "", "sommerhalbjahr": YEAR, "winterhalbjahr": ""}
LATE = frozenset({"herbst", "spaetherbst", "spaetsommer", "herbstferien", "advent", "weihnachten"})
Found = re.Match[str]


def read_vague(text: str, *, side: str = "") -> VagueDate:
    """A date as a person writes it, or in the exchange form. Raises ValueError with a German sentence.

    ``side`` says that the field holds a „begin“ or an „end“: „bis 2018“ is no begin.
    """
    said = " ".join(text.replace("\u00a0", " ").split())
    words = fold(said).strip(" .,;") if len(said) <= LONGEST else ""
    if side == "begin" and ENDS.match(words):
        raise Asked(AN_END.format(said))
    if side == "end" and BEGINS.match(words):
        raise Asked(A_BEGIN.format(said))
    if said and (not words or NONE.fullmatch(words)) and len(said) <= LONGEST:
        raise Asked(NO_DATE.format(said))
    if UNSURE.search(words):
        raise Asked(ABOUT.format(said))
    if said.endswith(".") and DAY_AND_MONTH.fullmatch(words):
        raise Asked(NO_YEAR.format(said, said))
    try:
        return _one(words, said)
    except Asked:
        raise
    except ValueError as error:
        if (two := _two(words, said, side)) is not None:
            return two
        raise ValueError(EXAMPLES) from error


def _one(words: str, said: str) -> VagueDate:
    """A single date in folded words. Raises ValueError."""
    words = CLOCK.sub("", WEEKDAY.sub("", words))
    words = " ".join(FILLING.sub("", FILLING.sub("", words)).split()).replace("–", "-").replace(", ", " ")
    try:
        for shape, meaning in SHAPES:
            if found := re.fullmatch(shape, words):
                return meaning(found, said)
        return VagueDate.from_iso(words)
    except OverflowError as error:
        raise ValueError(EXAMPLES) from error


def _two(words: str, said: str, side: str) -> VagueDate | None:
    """What holds both dates of „Mai/Juni 2019“; where a field wants one end of a period, the other is asked away."""
    if pair := period_in(words, lambda part: _one(part, part)):
        if side:
            raise Asked(BOTH.format(said, *pair, "den Beginn" if side == "begin" else "das Ende"))
    elif not (pair := either_in(words, lambda part: _one(part, part))):
        return None
    if (held := holding(*pair)) is None:
        raise Asked((MORE_YEARS if pair[1].year - pair[0].year > 1 else TWO_YEARS).format(said, *pair))
    return held


def read_period(text: str) -> tuple[VagueDate, VagueDate] | None:
    """Begin and end where the text names both („01.–03.05.2019“); None where it does not. Never raises."""
    words = fold(" ".join(text.replace("\u00a0", " ").split())).strip(" .,;")
    return period_in(words.removeprefix("vom ").removeprefix("von "), lambda part: _one(part, part))


def read_day(text: str, *, side: str = "") -> date:
    """A day as a person writes it. Raises ValueError with a German sentence, also where no day is named."""
    found = read_vague(text, side=side)
    if found.is_vague:
        raise ValueError(NO_DAY)
    return found.first


def side_of(name: str) -> str:
    """Which end of a period a field of that name holds; empty for a single date."""
    if name in ("begin", "starts_on", "opens_on") or name.endswith(("_begin", "_from")):
        return "begin"
    return "end" if name in ("end", "ends_on", "closes_on") or name.endswith(("_end", "_until")) else ""


class Asked(ValueError):
    """A text that is a date, but not one alone; ``str()`` asks for what is meant."""


def year_of(found: Found) -> int:
    """The year; of two digits those below 50 are of this century."""
    text = found["y"].lstrip("'")
    return int(text) if len(text) == 4 else int(text) + (2000 if int(text) < 50 else 1900)


def month_of(word: str) -> int:
    """The month that a word begins („Aug“, „Sept“, „Mrz“); 0 where there is none."""
    if word in ("mrz", "mar"):
        return 3
    if len(word) < 3:
        return 0
    return next(
        (n for n, name in enumerate(map(fold, MONTHS), 1) if name.startswith(word)), {"jaenner": 1}.get(word, 0)
    )


def a_day(found: Found, said: str) -> VagueDate:
    """„22.08.2017“."""
    return VagueDate(date(year_of(found), int(found["m"]), int(found["d"])), DAY)


def a_named_day(found: Found, said: str) -> VagueDate:
    """„22. August 2017“."""
    return VagueDate(date(year_of(found), month_of(found["m"]), int(found["d"])), DAY)


def a_month(found: Found, said: str) -> VagueDate:
    """„Aug. 2017“."""
    return VagueDate(date(year_of(found), month_of(found["m"]), 1), MONTH)


def a_numbered_month(found: Found, said: str) -> VagueDate:
    """„08/2017“; with two digits for the year only where no other reading is left („08/17“, not „05/06“)."""
    if len(found["y"]) == 2 and int(found["y"]) <= 12:
        raise Asked(EITHER.format(said, f"{MONTHS[int(found['m']) - 1]} {year_of(found)}"))
    return VagueDate(date(year_of(found), int(found["m"]), 1), MONTH)


def a_slashed_day(found: Found, said: str) -> VagueDate:
    """„22/08/2017“; where day and month might change places it is asked."""
    day, month, year = int(found["d"]), int(found["m"]), year_of(found)
    if day <= 12 and day != month and month > 0:
        first, second = (month, day) if month > 12 else (day, month)
        raise Asked(EITHER.format(said, f"{first}. {MONTHS[second - 1]} {year}"))
    return VagueDate(date(year, month, day), DAY)


def number_of(found: Found) -> int:
    """The number of a quarter or half-year, also as Roman numeral or word."""
    return int(found["n"]) if found["n"].isdigit() else NUMERALS[found["n"]]


def a_quarter(found: Found, said: str) -> VagueDate:
    """„III. Quartal 2018“."""
    return VagueDate(date(year_of(found), number_of(found) * 3 - 2, 1), QUARTER)


def a_half(found: Found, said: str) -> VagueDate:
    """„2. Hj. 2017“."""
    return VagueDate(date(year_of(found), number_of(found) * 6 - 5, 1), HALF)


def a_year(found: Found, said: str) -> VagueDate:
    """„im Jahr 2018“."""
    return VagueDate(date(year_of(found), 1, 1), YEAR)


def a_place_in_a_year(found: Found, said: str) -> VagueDate:
    """„Anfang 2019“ lies in the first half-year, „Ende 2019“ in the second, „Mitte 2019“ in both."""
    if found["p"].endswith("mitte"):
        return a_year(found, said)
    return VagueDate(date(year_of(found), 7 if found["p"].endswith("ende") else 1, 1), HALF)


def a_season(found: Found, said: str) -> VagueDate:
    """A season lies in a half-year, the summer in both; a winter lies in two years."""
    precision, year = SEASONS[found["m"]], year_of(found)
    if not precision:
        raise Asked(TWO_YEARS.format(said, f"Dezember {year}", f"Januar {year + 1}"))
    return VagueDate(date(year, 7 if found["m"] in LATE else 1, 1), precision)


def a_week(found: Found, said: str) -> VagueDate:
    """The shortest span that holds all days of the week."""
    monday = date.fromisocalendar(year_of(found), int(found["n"]), 1)
    last = monday + timedelta(days=6)
    spans = (VagueDate(monday, precision) for precision in PRECISIONS if precision != DAY)
    held = next((span for span in spans if span.last >= last), None)
    if held is None:
        raise Asked(TWO_YEARS.format(said, f"Dezember {monday.year}", f"Januar {last.year}"))
    return held


def over_two_years(found: Found, said: str) -> VagueDate:
    """„2017/18“: no year alone is meant."""
    year = int(found["y"])
    if int(found["z"]) % 100 != (year + 1) % 100:
        raise ValueError(said)
    raise Asked(TWO_YEARS.format(said, year, year + 1))


def without_year(found: Found, said: str) -> VagueDate:
    """„Ende Juni“: which year it was nobody can tell."""
    raise Asked(NO_YEAR.format(said, said))


def a_serial(found: Found, said: str) -> VagueDate:
    """The number of a day in a sheet, where its format was lost."""
    day = FIRST_SERIAL + timedelta(days=int(found["s"]))
    raise Asked(A_SERIAL.format(said, f"{day:%d.%m.%Y}"))


D, M, W = r"(?P<d>\d{1,2})", r"(?P<m>\d{1,2})", r"(?P<m>[a-z]{3,12})\.?"
PART = rf"(?:{QUARTERS}|{HALVES})"
SEASON = rf"(?P<m>{'|'.join(SEASONS)})"
WEEKS = r"(?:(?:\d\.|erste|zweite|dritte|vierte|letzte) (?:woche|haelfte)(?: im| des| vom)?)"
PLACE = rf"(?:(?:{PLACES}|{WEEKS}) )?"
SHAPES: tuple[tuple[str, Callable[[Found, str], VagueDate]], ...] = (
    (rf"{D}\. ?{M}\. ?{Y}", a_day),
    (rf"{D} ?[-. ] ?{M} ?[-. ] ?(?P<y>\d{{4}})", a_day),
    (r"(?P<d>\d\d)(?P<m>0[1-9]|1[0-2])(?P<y>(?:19|20)\d\d)", a_day),
    (r"(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>\d\d)", a_day),
    (rf"(?P<y>\d{{4}})[/.]{M}[/.]{D}", a_day),
    (rf"{D}/{M}/{Y}", a_slashed_day),
    (rf"{D}\.? ?(?!quart|halb|h[j ]){W}[ -]?{Y}", a_named_day),
    (rf"{PLACE}{SEASON} {Y}", a_season),
    (rf"{SEASON} (?P<y>\d{{4}}) ?[/-] ?(?P<z>\d{{4}}|\d\d)", over_two_years),
    (rf"{PLACE}{N}\.? ?{QUARTERS} ?[/ -]? ?{Y}", a_quarter),
    (rf"{PLACE}(?:q|quartal) ?{N} ?[/ -]? ?{Y}", a_quarter),
    (rf"(?P<n>i{{1,3}}|iv) ?/ ?{Y}", a_quarter),
    (rf"(?P<y>\d{{4}}) ?[/ -] ?q{N}", a_quarter),
    (rf"(?P<y>\d{{4}}) ?[/ -] ?{N}\.? ?(?:quartal|q)", a_quarter),
    (r"(?P<y>\d{4}) ?[/-] ?(?P<n>i{1,3}|iv)", a_quarter),
    (rf"(?P<y>\d{{4}}) ?[/ -] ?(?:h|hj\.?) ?{N}", a_half),
    (rf"(?P<y>\d{{4}}) ?[/ -] ?(?P<n>[12])\.? ?{HALVES}", a_half),
    (rf"{HALVES} ?(?P<n>[12]) ?[/ -] ?{Y}", a_half),
    (rf"{PLACE}(?P<n>[12]|i{{1,2}}|(?:erst|zweit)e[snr]?)\.? ?{HALVES} ?[/ -]? ?{Y}", a_half),
    (rf"{PLACE}(?:h|hj|halbjahr) ?(?P<n>[12]|i{{1,2}}) ?[/ -]? ?{Y}", a_half),
    (rf"(?:kw|kalenderwoche|woche) ?(?P<n>\d{{1,2}})(?: ?[/ -.]? ?| in ){Y}", a_week),
    (rf"(?P<n>\d{{1,2}})\. ?(?:kw|kalenderwoche|woche) ?[/ -]? ?{Y}", a_week),
    (r"(?P<y>\d{4}) ?-? ?(?:w|kw) ?(?P<n>\d{1,2})", a_week),
    (rf"{PLACES} (?P<y>\d{{4}})", a_place_in_a_year),
    (rf"{PLACE}{W}[ -]?{Y}", a_month),
    (rf"(?P<m>\d{{1,2}}) ?[./] ?{Y}", a_numbered_month),
    (r"(?P<m>\d{1,2})-(?P<y>\d{4})", a_numbered_month),
    (r"(?P<y>\d{4})[/.](?P<m>\d\d)", a_numbered_month),
    (r"(?:[a-z]+-?jahr )?(?P<y>\d{4}) ?[/-] ?(?P<z>\d{4}|1[3-9]|[2-9]\d|(?<=/)\d\d)", over_two_years),
    (r"jahr (?P<y>\d{4})", a_year),
    (rf"{PLACE}(?:{'|'.join(fold(name) for name in MONTHS)}|(?:{'|'.join(SEASONS)}))", without_year),
    (rf"{D}\. ?(?:\d{{1,2}}\.?|[a-z]{{3,9}})", without_year),
    (rf"(?:{N}\.? ?{PART}|kw ?\d+|\d+\. ?kw|q ?[1-4])", without_year),
    (r"(?P<s>[34]\d{4})(?:[.,]\d{1,11})?", a_serial),
)
DAY_AND_MONTH = re.compile(r"\d{1,2}\. ?\d{1,2}")
