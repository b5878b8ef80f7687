"""A response export becomes columns of answers; whatever leads to a person is left out while it is read.

The columns are kept in a file of their own until the tables are made (``kept``), and go with it: no answer reaches the
database. Equal answers are kept once, so that 100 000 questionnaires of 60 questions take some 30 MB.
"""

import base64
import codecs
import contextlib
import csv
import io
import json
import re
import secrets
import time
import zipfile
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Self

from django.conf import settings

from accounts.whole_files import written_whole
from participation.domain.survey_heads import PERSONAL, Head, head_of, is_submitted, is_technical
from records.reading.errors import DAMAGED_PACKAGE, Refused
from records.reading.service import read_sheets

MOST_BYTES, MOST_UNPACKED, LONGEST_CELL = 20 * 1024**2, 200 * 1024**2, 65_536
MOST_COLUMNS, MOST_ROWS = 1_000, 200_000
KEPT_SECONDS = 2 * 3600
NOT_SHOWN = {"N/A", "n/a"}
MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}")
PHONE = re.compile(r"(?:\+|00|0)[1-9][\d /().-]{6,18}\d")
ADDRESS = re.compile(r"\d{1,3}(\.\d{1,3}){3}|([0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}", re.IGNORECASE)
NO_CSV = (
    "Die Datei lässt sich nicht als Antwortexport lesen. Geben Sie die Antworten in LimeSurvey noch einmal als CSV aus."
)
ENCODING = (
    "Die Datei ist nicht in UTF-8 geschrieben. Geben Sie sie in LimeSurvey als CSV aus, ohne sie in Excel zu öffnen."
)


class Column:
    """The answers of a column, one per questionnaire; equal ones are kept once."""

    def __init__(self, values: Iterable[str] = (), codes: "array[int] | None" = None) -> None:
        self.values = list(values)
        self.codes: array[int] = codes if codes is not None else array("I")
        self.known = {value: at for at, value in enumerate(self.values)}

    def add(self, value: str) -> None:
        """The answer of the next questionnaire."""
        code = self.known.get(value)
        if code is None:
            code = self.known[value] = len(self.values)
            self.values.append(value)
        self.codes.append(code)

    def __iter__(self) -> Iterator[str]:
        values = self.values
        return (values[code] for code in self.codes)

    def counts(self) -> dict[str, int]:
        """How often each answer was given."""
        found = [0] * len(self.values)
        for code in self.codes:
            found[code] += 1
        return {value: count for value, count in zip(self.values, found, strict=True) if count}

    def is_free(self) -> bool:
        """Whether people wrote what they liked: most answers differ."""
        counts = {value: count for value, count in self.counts().items() if value and value not in NOT_SHOWN}
        return len(counts) > 2 and sum(counts.values()) <= 2 * len(counts)

    def leads_to_people(self, head: str) -> bool:
        """Whether it holds addresses of mail, telephones or of the net, or words of their own under such a name."""
        said = [value for value in self.values if value and value not in NOT_SHOWN]
        if not said:
            return False
        like = sum(any(form.fullmatch(value.strip()) for form in (MAIL, PHONE, ADDRESS)) for value in said)
        return like * 3 >= len(said) or (PERSONAL.search(head) is not None and self.is_free())


@dataclass
class Answers:
    """What an export says: heads with their columns, in order, and the names of what was left out."""

    heads: list[Head]
    columns: list[Column]
    dropped: list[str] = field(default_factory=list)
    rows: int = 0
    complete: int = 0
    doubled: int = 0  # questionnaires that say the same as the one before
    about: dict[str, Any] = field(default_factory=dict)  # of which survey and file, and what a structure file said

    @classmethod
    def read(cls, upload: IO[bytes], size: int) -> Self:
        """Read an upload: CSV, a ZIP of one CSV, or XLSX. Raises Refused with a German sentence."""
        if size > MOST_BYTES:
            raise Refused("Die Datei ist zu groß. Möglich sind 20 MB; packen Sie eine größere CSV-Datei in ein ZIP.")
        upload.seek(0)
        start = upload.read(4)
        upload.seek(0)
        if start.startswith(b"PK"):
            return cls.packed(upload)
        return cls.of_rows(csv_rows(upload))

    @classmethod
    def packed(cls, upload: IO[bytes]) -> Self:
        """A workbook, or a ZIP that holds one CSV."""
        try:
            with zipfile.ZipFile(upload) as package:
                names = [entry for entry in package.infolist() if not entry.is_dir()]
                if any(entry.filename == "xl/workbook.xml" for entry in names):
                    upload.seek(0)
                    return cls.of_rows(sheet_rows(upload.read()))
                if len(names) != 1 or not names[0].filename.casefold().endswith(".csv"):
                    raise Refused("In dem ZIP liegt nicht genau eine CSV-Datei. Packen Sie nur den Antwortexport ein.")
                if names[0].file_size > MOST_UNPACKED or names[0].file_size > 100 * max(1, names[0].compress_size):
                    raise Refused("Entpackt ist die Datei zu groß. Möglich sind 200 MB.")
                with package.open(names[0]) as file:
                    return cls.of_rows(csv_rows(file))
        except Refused:
            raise
        except (*DAMAGED_PACKAGE, ValueError) as error:
            raise Refused(NO_CSV) from error

    @classmethod
    def of_rows(cls, rows: Iterator[list[str]]) -> Self:
        """The columns that may be kept, of the questionnaires that somebody answered."""
        titles = next(rows, None)
        if not titles or len(titles) < 2:
            raise Refused(NO_CSV)
        if len(titles) > MOST_COLUMNS:
            raise Refused("Die Datei hat mehr als 1 000 Spalten. Geben Sie nur die Fragen aus, die Sie auswerten.")
        dropped = [" ".join(title.split()) for title in titles if is_technical(title)]
        kept = [(at, Column()) for at, title in enumerate(titles) if title.strip() and not is_technical(title)]
        answers = cls([], [], dropped)
        answers.take(rows, titles, kept)
        for at, column in kept:
            if column.leads_to_people(titles[at]):
                dropped.append(" ".join(titles[at].split()))
            else:
                answers.heads.append(head_of(at, titles[at]))
                answers.columns.append(column)
        if not answers.columns:
            raise Refused(
                "In der Datei steht keine Frage, nur Angaben zu den Fragebögen. Geben Sie auch die Antworten aus."
            )
        return answers

    def take(self, rows: Iterator[list[str]], titles: list[str], kept: list[tuple[int, Column]]) -> None:
        """Count the questionnaires, and keep what the complete ones say in these columns."""
        sent = next((at for at, title in enumerate(titles) if is_submitted(title)), None)
        before = 0
        for short in rows:
            row = short if len(short) >= len(titles) else [*short, *[""] * (len(titles) - len(short))]
            if not any(row[at].strip() and row[at] not in NOT_SHOWN for at, _ in kept):
                continue  # broken off before the first answer
            self.rows += 1
            if self.rows > MOST_ROWS:
                raise Refused("Die Datei hat mehr als 200 000 Zeilen. Teilen Sie die Befragung.")
            if sent is not None and row[sent].strip() in ("", *NOT_SHOWN):
                continue
            self.complete += 1
            said = [unmasked(row[at]) for at, _ in kept]
            for cell, (_, column) in zip(said, kept, strict=True):
                column.add(cell)
            digest = hash(tuple(said))
            self.doubled += digest == before
            before = digest

    # ------------------------------------------------------------ kept until the tables are made
    def keep(self) -> str:
        """Write the columns to a file that nobody can guess; returns its name."""
        drop_old()
        name = secrets.token_hex(16)
        told = {
            "heads": [vars(head) for head in self.heads],
            "columns": [[column.values, base64.b64encode(column.codes.tobytes()).decode()] for column in self.columns],
            "dropped": self.dropped,
            "rows": self.rows,
            "complete": self.complete,
            "doubled": self.doubled,
            "about": self.about,
        }
        folder().mkdir(parents=True, exist_ok=True)
        with written_whole(path_of(name)) as file:
            json.dump(told, codecs.getwriter("utf-8")(file))
        return name

    @classmethod
    def kept(cls, name: str) -> Self | None:
        """What was kept under that name; None where it is gone."""
        try:
            told: dict[str, Any] = json.loads(path_of(name).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        columns = []
        for values, codes in told["columns"]:
            column = array("I")
            column.frombytes(base64.b64decode(codes))
            columns.append(Column(values, column))
        heads = [Head(**head) for head in told["heads"]]
        return cls(heads, columns, told["dropped"], told["rows"], told["complete"], told["doubled"], told["about"])


def folder() -> Path:
    """Where columns lie until their tables are made."""
    found: Path = settings.VAR_DIR / "surveys"
    return found


def path_of(name: str) -> Path:
    """The file of that name."""
    return folder() / f"{re.sub('[^0-9a-f]', '', name)[:32] or 'none'}.json"


def drop(name: str) -> None:
    """Remove what was kept."""
    path_of(name).unlink(missing_ok=True)


def drop_old() -> int:
    """Remove what nobody finished within two hours; returns how many."""
    gone = 0
    for path in folder().glob("*"):
        with contextlib.suppress(OSError):
            if path.stat().st_mtime < time.time() - KEPT_SECONDS:
                path.unlink()
                gone += 1
    return gone


# ---------------------------------------------------------------- rows of files
def csv_rows(file: IO[bytes]) -> Iterator[list[str]]:
    """Rows of a CSV in UTF-8, divided by semicolon, comma or tabulator; line breaks may stand in cells."""
    start = file.read(65_536)
    file.seek(0)
    if b"\x00" in start:
        raise Refused(ENCODING)
    first = start.decode("utf-8", errors="replace").lstrip("\ufeff").partition("\n")[0]
    quoted = re.sub(r'"(?:[^"]|"")*"?', "", first)
    delimiter = max(";,\t", key=quoted.count)
    text = io.TextIOWrapper(file, encoding="utf-8-sig", errors="strict", newline="")
    csv.field_size_limit(LONGEST_CELL)
    try:
        for row in csv.reader(text, delimiter=delimiter):
            if any("\x00" in cell for cell in row):
                raise Refused(NO_CSV)
            yield row
    except UnicodeDecodeError as error:
        raise Refused(ENCODING) from error
    except csv.Error as error:
        raise Refused(NO_CSV) from error
    finally:
        text.detach()


def sheet_rows(content: bytes) -> Iterator[list[str]]:
    """Rows of the first sheet of a workbook, read in a process of its own."""
    sheets = read_sheets(content)
    if not sheets:
        raise Refused(NO_CSV)
    if sheets[0]["refused"]:
        raise Refused(sheets[0]["refused"])
    for _, cells in sheets[0]["rows"]:
        yield [cell if isinstance(cell, str) else cell[0] for cell in cells]


def unmasked(text: str) -> str:
    """A cell without the sign that LimeSurvey puts before what a spreadsheet would calculate."""
    said = text.strip()
    return said[1:] if said[:2] in ("'=", "'+", "'-", "'@") else said
