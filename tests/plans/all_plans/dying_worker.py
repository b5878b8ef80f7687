"""A worker as operation runs it (resume_exports, then db_worker) that kills itself with SIGKILL at a named point.

``python -m tests.plans.all_plans.dying_worker FUNCTION before|after NUMBER``: at that call of the function. Without
arguments it lives. Documents are not drawn but made up, each time others, so that a half or mixed one would show.
"""

import os
import signal
import sys
import zipfile
from collections.abc import Callable
from typing import Any


def draw(html: str, **job: Any) -> bytes:
    """Something like a PDF; no two are alike."""
    return b"%PDF-1.7 " + os.urandom(200_000) + b" %%EOF"


def die(*args: Any, **kwargs: Any) -> None:
    """As kill -9 and the power cut do it."""
    os.kill(os.getpid(), signal.SIGKILL)


def mortal(place: Any, name: str, when: str, number: int) -> None:
    """Let the call with that number be the last thing the process does."""
    original: Callable[..., Any] = getattr(place, name)
    calls = 0

    def called(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == number and when == "before":
            die()
        answer = original(*args, **kwargs)
        if calls == number and when == "after":
            die()
        return answer

    setattr(place, name, called)


def main(name: str = "", when: str = "", number: str = "0") -> None:
    """Take up what a dead worker left, then work until no job is left."""
    import django

    django.setup()
    from django.core.management import call_command

    from plans.all_plans import work

    work.render_pdf = draw  # type: ignore[assignment]
    places = {"fsync": os, "writestr": zipfile.ZipFile}
    if name:
        mortal(places.get(name, work), name, when, int(number))
    call_command("resume_exports", stdout=sys.stderr)
    call_command("db_worker", batch=True, startup_delay=False, interval=0, verbosity=0)


if __name__ == "__main__":
    main(*sys.argv[1:])
