"""The processes in which documents are made (accounts.confined): ``python -m printing.pdf.worker``.

The parent has read the library, but never drawn anything (drawing starts threads, which a fork does not copy). An
answer is a status and the document, or after FAILED the reason.
"""

import contextlib
import json
import os
import sys

from accounts.confined.worker import Limits, Trade
from accounts.frames import with_room

# Hostile texts end by the CPU, below 30 s on an idle machine; 120 pages need 7 s of it and 290 MiB.
LIMITS = Limits(cpu_seconds=25, wall_seconds=120, memory=1024**3)
MADE, UNAVAILABLE, OUT_OF_MEMORY, FAILED = 0, 3, 4, 5


def warm_up() -> None:
    """Read what every job needs. Without a system library each job finds out by itself and says so."""
    with contextlib.suppress(OSError):
        from printing.hyphenation import load_patterns
        from printing.pdf.drawing import load_library

        load_library()
        load_patterns(os.environ.get("LSZ_CACHE_DIR", ""))


def warm_up_for_pictures() -> None:
    """Read what previews need besides: after the first job was forked, so that no document waits for it."""
    with contextlib.suppress(OSError, ImportError):
        from printing.pdf.page_images import load_painter

        load_painter()


@with_room
def work(job: bytes) -> tuple[int, bytes]:
    """The status and the document, or the reason why there is none."""
    from printing.pdf.drawing import make_pages, make_pdf

    try:
        options = json.loads(job)
        is_pdf = options.pop("make") == "pdf"
        return MADE, make_pdf(**options) if is_pdf else make_pages(**options)
    except OSError as error:
        # A library that is not there has no number; a full disk has one.
        return UNAVAILABLE if error.errno is None else FAILED, str(error).encode()
    except MemoryError:
        return OUT_OF_MEMORY, b""
    except Exception as error:
        return FAILED, f"{type(error).__name__}: {error}".encode(errors="replace")


if __name__ == "__main__":
    sys.exit(Trade(work, LIMITS, warm_up, warm_up_for_pictures).main())
