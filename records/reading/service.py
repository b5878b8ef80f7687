"""The way from the portal to the processes that read files."""

import json
from pathlib import Path
from typing import Any

from accounts.confined.service import PATIENCE as PLACE
from accounts.confined.service import Service
from accounts.confined.slots import Busy
from records.reading.errors import Refused
from records.reading.worker import LIMITS, READ, TOO_COSTLY

PATIENCE = 5  # seconds; the process ends by its own limit before the portal gives it up
READERS = Service("records.reading.worker", Path(__file__).resolve().parents[2])


def check_content(suffix: str, content: bytes) -> None:
    """Look through a file of that kind (.docx, .xlsx, .odt, .png, .jpg). Raises Refused."""
    _asked(content, task="check", suffix=suffix)


def read_sheets(content: bytes, place: float = PLACE) -> Any:
    """The sheets of a table that hold anything: ``{"name": …, "rows": [[number, [cell, …]], …], "refused": …}``.

    A cell is its text, or the texts of records.reading.sheets.Cell. ``place``: seconds to wait for one. Raises Refused.
    """
    return _asked(content, place, task="table")


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
