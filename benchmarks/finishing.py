"""CPU seconds for tags and for writing alone: ``python -m benchmarks.finishing`` with a job of the worker as input."""

import gc
import sys
import time
from collections.abc import Callable
from typing import Any

from printing.pdf import worker


def timed(owner: Any, name: str, spent: list[float]) -> None:
    """Note what each call of a function takes."""
    plain: Callable[..., Any] = getattr(owner, name)

    def measured(*given: Any, **named: Any) -> Any:
        begin = time.process_time()
        answer = plain(*given, **named)
        spent.append(time.process_time() - begin)
        return answer

    setattr(owner, name, measured)


def main() -> None:
    """Draw the document once and print what tags, finish and writing took together."""
    job = sys.stdin.buffer.read()
    gc.disable()  # as the parent of all workers does
    worker.warm_up()
    import pydyf
    import weasyprint.pdf

    from printing.pdf import access

    spent: list[float] = []
    for owner, name in ((weasyprint.pdf, "add_tags"), (access, "finish"), (pydyf.PDF, "write")):
        timed(owner, name, spent)
    worker.work(job)
    print(sum(spent))


if __name__ == "__main__":
    main()
