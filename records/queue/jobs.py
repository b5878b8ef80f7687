"""What is wanted of the queue and what came of it, as files below VAR_DIR/queue.

``<name>.job`` is what somebody asked for, locked (flock) while a process works on it; a byte is added for every
beginning. ``<name>.out`` is what came of it, whole or not there. A lock goes with its process, also at kill -9: a job
without a lock and without an outcome waits, however it came to that.
"""

import contextlib
import fcntl
import json
import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from accounts.whole_files import written_whole

FRESH = 60  # seconds that a document may lie: after that it is made anew, of what is recorded then
AGAIN = 5  # seconds in which the same document is handed out once more (some browsers ask twice)
KEPT = 24 * 3600  # seconds until everything is forgotten
NOBODY = 0  # stands for everybody who is not logged in
PER_PERSON, IN_ALL = 20, 200  # jobs that wait
JOB, OUTCOME, LOCK = ".job", ".out", ".lock"
MANY = "Gerade warten sehr viele Dokumente auf ihre Erzeugung."


class TooMany(Exception):
    """Enough is waiting; ``status`` is 429 where it is this person's own, else 503. The text says so in German."""

    def __init__(self, own: bool) -> None:
        self.status = 429 if own else 503
        mine = f"Sie haben schon {PER_PERSON} Dokumente angefordert, die noch nicht fertig sind."
        ways = ("Versuchen Sie es in einigen Minuten noch einmal.", "Warten Sie, bis eines davon da ist.")
        super().__init__(f"{mine if own else MANY} {ways[own]}")


@dataclass(frozen=True)
class Job:
    """A request that is answered later. ``person`` is the key of who sent it (0: nobody), ``called`` what is
    made by it.

    Of jobs with the same ``latest`` a person has only the newest waiting.
    """

    name: str
    person: int
    called: str
    method: str
    address: str
    body: str = ""
    host: str = "localhost"
    scheme: str = "https"
    latest: str = ""
    asked_at: float = field(default_factory=time.time)

    @classmethod
    def of(
        cls, request: HttpRequest, called: str, *, key: Any = None, address: str = "", body: str = "", latest: str = ""
    ) -> "Job":
        """The request as a job. The same ``key`` (the address, where none is given) of a person is the same job."""
        person: Any = request.user.pk or NOBODY
        address = address or request.get_full_path()
        name = name_of([person, key if key is not None else address])
        method = str(request.method)
        return cls(name, person, called, method, address, body, request.get_host(), str(request.scheme), latest)


@dataclass(frozen=True)
class Outcome:
    """The answer to a job: status, headers and content, and the messages for the next page (level and text)."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    told: tuple[tuple[int, str], ...] = ()
    content: bytes = b""


def name_of(key: Any) -> str:
    """A name that nobody can guess, the same for the same key."""
    return salted_hmac("records.queue", json.dumps(key), algorithm="sha256").hexdigest()[:40]


def folder() -> Path:
    """Where the files lie, for the portal's user alone."""
    place: Path = settings.VAR_DIR / "queue"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def path_of(name: str, ending: str = JOB) -> Path:
    """A file of a job."""
    return folder() / f"{name}{ending}"


# ---------------------------------------------------------------- what is wanted
def add(job: Job) -> Job:
    """Let the job wait, or join the one of this name that waits or is worked on. Raises TooMany."""
    known = find(job.name)
    if known is not None:
        return known
    waiting = unfinished()
    for older in waiting if job.latest else ():
        if (older.person, older.latest) == (job.person, job.latest) and not is_worked_on(older.name):
            forget(older.name)
    own = sum(each.person == job.person for each in waiting)
    if own >= PER_PERSON or len(waiting) >= IN_ALL:
        raise TooMany(own >= PER_PERSON)
    with tempfile.NamedTemporaryFile(dir=folder(), prefix="new-") as file:
        file.write(json.dumps(asdict(job)).encode() + b"\n")
        file.flush()
        with contextlib.suppress(FileExistsError):
            os.link(file.name, path_of(job.name))
    return find(job.name) or job


def find(name: str) -> Job | None:
    """The job of this name."""
    try:
        line = path_of(name).read_bytes().partition(b"\n")[0]
        return Job(**json.loads(line))
    except (FileNotFoundError, ValueError, TypeError):  # gone, or left by another version of the portal
        return None


def unfinished() -> list[Job]:
    """The jobs that wait or are worked on, the oldest first."""
    names = [path.stem for path in folder().glob(f"*{JOB}")]
    found = (find(name) for name in names if not path_of(name, OUTCOME).exists())
    return sorted((job for job in found if job), key=lambda job: job.asked_at)


def begun(name: str) -> int:
    """Note that a process begins with the job; how many have begun before. Raises FileNotFoundError."""
    with path_of(name).open("r+b") as file:
        before = len(file.read().partition(b"\n")[2])
        file.write(b".")
    return before


def put_back(name: str) -> None:
    """The last beginning does not count."""
    with path_of(name).open("r+b") as file:
        file.truncate(os.fstat(file.fileno()).st_size - 1)


def is_worked_on(name: str) -> bool:
    """True while a living process has the job."""
    try:
        with path_of(name).open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except FileNotFoundError:
        pass
    return False


@contextlib.contextmanager
def held(name: str) -> Iterator[bool]:
    """Have the job for this process; False where nothing is to be done (any more). Waits for whoever has it."""
    try:
        file = path_of(name).open("rb")
    except FileNotFoundError:
        yield False
        return
    with file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield path_of(name).exists() and not path_of(name, OUTCOME).exists()


# ---------------------------------------------------------------- what came of it
def end(name: str, outcome: Outcome) -> None:
    """Store what came of the job, as a whole. Raises OSError."""
    head = json.dumps({"status": outcome.status, "headers": outcome.headers, "told": outcome.told}).encode()
    with written_whole(path_of(name, OUTCOME)) as file:
        file.write(head + b"\n" + outcome.content)


def outcome_of(name: str, seconds: float = FRESH) -> Outcome | None:
    """What came of the job; what is older than so many seconds is forgotten and counts as not there."""
    path = path_of(name, OUTCOME)
    try:
        if time.time() - path.stat().st_mtime > seconds:
            forget(name)
            return None
        head, _, content = path.read_bytes().partition(b"\n")
    except FileNotFoundError:
        return None
    values = json.loads(head)
    return Outcome(values["status"], values["headers"], tuple((level, text) for level, text in values["told"]), content)


def handed_out(name: str, outcome: Outcome) -> None:
    """Note that the person has it: a file may be had again for a moment, anything else is over."""
    if outcome.status != 200:
        forget(name)
        return
    then = time.time() - FRESH + AGAIN
    with contextlib.suppress(FileNotFoundError):
        os.utime(path_of(name, OUTCOME), (then, then))


def forget(name: str) -> None:
    """Delete the job and what came of it."""
    for ending in (OUTCOME, JOB):
        path_of(name, ending).unlink(missing_ok=True)


def clear(seconds: float = KEPT) -> int:
    """Forget what is older and not worked on, and documents that nobody has fetched; returns how many files it were."""
    now, gone = time.time(), 0
    for path in folder().iterdir():
        if path.suffix == OUTCOME and (job := find(path.stem)) is not None and is_document(job):
            gone += outcome_of(job.name) is None
        elif path.suffix != LOCK and not (path.suffix == JOB and is_worked_on(path.stem)):
            with contextlib.suppress(FileNotFoundError):
                if path.stat().st_mtime < now - seconds:
                    path.unlink()
                    gone += 1
    return gone


def is_document(job: Job) -> bool:
    """Whether what comes of the job is a file or a preview, and not a step of a record."""
    return job.method != "POST" or bool(job.latest)
