"""The processes in which uploaded files are read (accounts.confined): ``python -m records.reading.worker``.

A job is a line of JSON, which says what to do, and the file. An answer is READ and JSON, or REFUSED and a German
sentence.
"""

import json
import resource
import signal
import sys
from dataclasses import asdict

from accounts.confined.worker import Limits, Trade
from records.reading.errors import Refused

# What the inner limits allow takes 4 s and 250 MiB at most; whatever they do not know ends by these.
LIMITS = Limits(cpu_seconds=15, wall_seconds=30, memory=512 * 1024**2)
TEXT_SECONDS = 2  # of CPU for a pasted text; 400 KB that Word writes take 0.5
READ, REFUSED = 0, 1
INNER = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml", ".odt": "content.xml"}
TOO_COSTLY = (
    "Die Datei zu lesen braucht zu viel Zeit oder Speicher. Kopieren Sie, was gebraucht wird, in eine neue Datei und "
    "laden Sie diese hoch."
)


def warm_up() -> None:
    """Read what every job needs."""
    import records.pasted
    import records.reading.opendocument
    import records.reading.pictures
    import records.reading.plain
    import records.reading.workbooks  # noqa: F401


def work(job: bytes) -> tuple[int, bytes]:
    """Do what the first line says with the file behind it."""
    head, _, content = job.partition(b"\n")
    options = json.loads(head)
    try:
        return READ, json.dumps(read(options["task"], options.get("suffix", ""), content)).encode()
    except Refused as error:
        return REFUSED, str(error).encode()
    except MemoryError:
        return REFUSED, TOO_COSTLY.encode()


def read(task: str, suffix: str, content: bytes) -> object:
    """The sheets of a file, or nothing where the file was only checked; raises Refused."""
    from records.reading.packages import check_package
    from records.reading.pictures import check_picture
    from records.reading.sheets import sheets_of

    if task == "text":
        return pasted(**json.loads(content))
    if task == "table":
        return sheets_of(content)
    if suffix in INNER:
        check_package(content, INNER[suffix])
    else:
        check_picture(content)
    return None


def pasted(text: str, html: str) -> object:
    """The text of others as markup, and what was found in it."""
    from records.pasted import read_pasted

    resource.setrlimit(resource.RLIMIT_CPU, (TEXT_SECONDS, TEXT_SECONDS + 1))
    signal.setitimer(signal.ITIMER_REAL, 2 * TEXT_SECONDS)  # a request waits for it
    return asdict(read_pasted(text, html))


if __name__ == "__main__":
    sys.exit(Trade(work, LIMITS, warm_up).main())
