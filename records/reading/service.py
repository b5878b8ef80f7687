"""The way from the portal to the processes that read files."""

import json
from pathlib import Path
from typing import Any

from accounts.confined.service import PATIENCE as PLACE
from accounts.confined.service import Service
from accounts.confined.slots import Busy, Slots
from records.pasted import LONGEST, read_pasted
from records.pasted.lines import Pasted
from records.reading.errors import Refused
from records.reading.worker import LIMITS, READ, TOO_COSTLY

PATIENCE = 5  # seconds; the process ends by its own limit before the portal gives it up
TEXTS = Slots("texts", 1)  # long texts hold one web process at a time, whoever pastes them
TEXT_PLACE = 0.3  # seconds to wait for a place: a text may stay as it is
SHORT_TEXT = 20_000  # characters, which the worst take 0.2 s to read
TOO_LONG = "Der Text ist zu lang oder zu verschachtelt, um ihn zu gliedern. Fügen Sie ihn in Teilen ein."
READERS = Service("records.reading.worker", Path(__file__).resolve().parents[2])


def check_content(suffix: str, content: bytes) -> None:
    """Look through a file of that kind (.docx, .xlsx, .odt, .png, .jpg). Raises Refused."""
    _asked(content, task="check", suffix=suffix)


def read_sheets(content: bytes, place: float = PLACE) -> Any:
    """The sheets of a table that hold anything: ``{"name": …, "rows": [[number, [cell, …]], …], "refused": …}``.

    A cell is its text, or the texts of records.reading.sheets.Cell. ``place``: seconds to wait for one. Raises Refused.
    """
    return _asked(content, place, task="table")


def read_text(text: str, html: str = "") -> Pasted:
    """A text of others as markup; a long one in a process of its own, for HTML of 400 KB may be a minute's work.

    One that is too costly stays as it is, and ``problem`` says so.
    """
    if len(text) + len(html) <= SHORT_TEXT:
        return read_pasted(text, html)
    if max(len(text), len(html)) > LONGEST:
        return Pasted(text, problem=TOO_LONG)
    try:
        with TEXTS.held(TEXT_PLACE):
            return Pasted(**_asked(json.dumps({"text": text, "html": html}).encode(), TEXT_PLACE, task="text"))
    except Busy as error:
        return Pasted(text, problem=str(error))
    except Refused:
        return Pasted(text, problem=TOO_LONG)


def _asked(content: bytes, place: float = PLACE, **options: str) -> Any:
    """What a process of its own makes of the file; a limit that ended it has a sentence too."""
    job = json.dumps(options).encode() + b"\n" + content
    try:
        answer = READERS.ask(job, LIMITS.wall_seconds + PATIENCE, place)
    except Busy as error:
        raise Refused(str(error)) from error
    except TimeoutError as error:
        raise Refused(TOO_COSTLY) from error
    if answer is None:
        raise Refused(TOO_COSTLY)
    status, told = answer
    if status != READ:
        raise Refused(told.decode())
    return json.loads(told)
