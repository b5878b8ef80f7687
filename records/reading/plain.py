"""Tables as text: CSV as Excel, LibreOffice and databases write it, and what is copied out of a sheet.

Bytes are UTF-8, UTF-16 or Windows-1252. The last takes nearly every byte; whether it was meant shows in the words: a
letter of code page 850 or of the Mac becomes a sign in the middle of a word („M„dchen“), and such a file is refused.
"""

import codecs
import re
from collections.abc import Iterator

from records.reading.cells import (
    BROKEN_CELL,
    FORMULA,
    MAX_COLUMNS,
    MONTHS,
    SHORTENED,
    TOO_WIDE,
    Cell,
    Marks,
    Row,
    Told,
    made_of,
)
from records.reading.errors import Refused
from records.reading.kinds_of_file import NO_TABLE

WHAT_TO_DO = (
    "Die Umlaute der Datei lassen sich nicht lesen{}. Speichern Sie die Tabelle als XLSX oder als „CSV UTF-8“ und "
    "laden Sie sie noch einmal hoch."
)
SEPARATOR_LINE = re.compile(r'\s*"?sep=(.)"?\s*', re.IGNORECASE)
LETTER = "A-Za-zÀ-ÖØ-öø-ÿ"
# Signs of Windows-1252 where a word of another code page has its umlaut or ß.
WRONG_SIGN = re.compile(rf"(?<=[{LETTER}])[„”™š›œžŸŽ€‚ƒ†‡ˆ‰Š‹Œ§áÒ\x81\x8d\x8f\x90\x9d](?=[a-zß])|(?<=[aeiou])[á§]")
TWICE_CODED = re.compile(r"Ã[\x80-\xbf„“”‚‘’–—œžŸšŠŒŽ€†‡ˆ‰‹›™\xa0]")  # UTF-8 that was read as Windows-1252
ERRORS = frozenset(
    [
        "#NV",
        "#BEZUG!",
        "#WERT!",
        "#DIV/0!",
        "#NAME?",
        "#ZAHL!",
        "#NULL!",
        "#N/A",
        "#REF!",
        "#VALUE!",
        "#NUM!",
        "Err:502",
        "Err:508",
    ]
)
SCIENTIFIC = re.compile(r"[-+]?\d(?:[.,]\d+)?E\+\d{2,}", re.IGNORECASE)
WITHOUT_YEAR = re.compile(rf"\d\d\. (?:{'|'.join(MONTHS)})|(?:{'|'.join(MONTHS)}) (?:0[1-9]|[1-3]\d)")
HASHES = re.compile(r"#{3,}")


def sheets(content: bytes) -> Iterator[Told]:
    """The one sheet of a text file; raises Refused."""
    yield "", rows(decoded(content)), Marks()


def decoded(content: bytes) -> str:
    """The text; raises Refused where it is none, or its signs are not those that were written."""
    is_wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    coding = "utf-16" if is_wide else without_mark(content) or "utf-8-sig"
    try:
        text = content.decode(coding)
    except UnicodeDecodeError:
        text = of_windows(content)
    if "\x00" in text:
        raise Refused(NO_TABLE)
    if found := TWICE_CODED.search(text):
        raise Refused(WHAT_TO_DO.format(f" (zum Beispiel „{around(text, found)}“)"))
    return text


def without_mark(content: bytes) -> str:
    """The coding of a wide text that does not say so: every other byte of its beginning is zero."""
    start = content[:200]
    if len(start) < 4 or len(start) % 2:
        return ""
    zeros = [start[place::2].count(0) * 2 / len(start) for place in (0, 1)]
    return "utf-16-le" if zeros == [0, max(zeros)] and zeros[1] > 0.7 else ""


def of_windows(content: bytes) -> str:
    """Text in Windows-1252, as German Excel saves CSV; raises Refused where it was another coding."""
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError as error:
        if b"\x00" in content:
            raise Refused(NO_TABLE) from error
        raise Refused(WHAT_TO_DO.format("")) from error
    if found := WRONG_SIGN.search(text):
        raise Refused(WHAT_TO_DO.format(f" (zum Beispiel „{around(text, found)}“)"))
    return text


def around(text: str, found: re.Match[str]) -> str:
    """The word in which a sign stands."""
    before = re.search(r"\S*$", text[max(0, found.start() - 15) : found.start()])
    after = re.match(r"[^\s;,\"]*", text[found.start() : found.end() + 15])
    return f"{before[0] if before else ''}{after[0] if after else ''}".strip(';,"')


def rows(text: str) -> Iterator[Row]:
    """Rows with their numbers; „sep=;“ in the first line says the separator and is no row."""
    first, skipped = text.partition("\n")[0], 0
    if said := SEPARATOR_LINE.fullmatch(first.strip("\r")) or SEPARATOR_LINE.fullmatch(first.rstrip(";,\r")):
        delimiter, skipped = said[1], 1
        text = text.partition("\n")[2]
    else:
        delimiter = separator_of(text)
    for number, row in enumerate(lines_of(text, delimiter), start=1 + skipped):
        if any(value.strip() for value in row[MAX_COLUMNS:]):
            raise Refused(TOO_WIDE.format(number))
        yield number, [cell_of(value) for value in row[:MAX_COLUMNS]]


def lines_of(text: str, delimiter: str) -> Iterator[list[str]]:
    """The cells of each line. Quotes hold a cell together only where they begin and end it.

    What is copied out of Excel has bare quotes: „"Eltern" e. V.“ is a name, and no line goes on behind a lost quote.
    """
    sign = re.escape(delimiter)
    ends = rf"(?={sign}|\r|\n|\Z)"
    cell = re.compile(rf'(?:[ ]*"((?:[^"]|"")*)"[ ]*{ends}|([^{sign}\r\n]*))({sign}|\r\n?|\n|\Z)')
    row: list[str] = []
    place = 0
    while place <= len(text):
        found = cell.match(text, place)
        if found is None:
            break
        row.append(found[1].replace('""', '"') if found[1] is not None else found[2])
        place = found.end()
        if found[3] != delimiter:
            yield row
            row = []
            if not found[3] or place == len(text):
                break


def separator_of(text: str) -> str:
    """The separator of most of the first lines; titles above the table have none, and a comma stands in sentences."""
    lines = [line for line in text[:20_000].splitlines()[:20] if line.strip()] or [""]

    def weight(sign: str) -> tuple[int, int]:
        count = sum(line.count(sign) for line in lines)
        return sum(sign in line for line in lines), count

    strong = max(";\t|", key=weight)
    return strong if 2 * weight(strong)[0] >= weight(",")[0] and weight(strong)[0] else ","


def cell_of(value: str) -> Cell:
    """A cell as it stands there; what a sheet has made unreadable is named."""
    text = value.strip()
    if text.startswith('="') and text.endswith('"') and text.count('"') == 2:
        return Cell(text[2:-1])  # how programs keep leading zeros from Excel
    if value.startswith("="):
        return Cell(text, FORMULA)
    if text in ERRORS or HASHES.fullmatch(text):
        return Cell(text, BROKEN_CELL)
    if SCIENTIFIC.fullmatch(text):
        return Cell(text, SHORTENED)
    return made_of(text) if WITHOUT_YEAR.fullmatch(text) else Cell(text)
