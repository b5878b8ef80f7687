"""Starting the worker of the background where none runs as a service (docs/adr/0012)."""

import subprocess
import sys

from django.conf import settings

from accounts.confined.slots import Busy, Slots

COMMAND = ("manage.py", "db_worker", "--batch", "--no-startup-delay", "--interval", "0", "--verbosity", "0")
WORKERS = Slots("worker", 2)  # one that works, and one that takes up what came while the other was ending


def start_worker() -> None:
    """Where no worker runs as a service: start one that ends when no job is left. Call it after the commit."""
    if settings.TASK_WORKER != "on-demand":
        return
    nothing = subprocess.DEVNULL
    command = [sys.executable, *COMMAND]
    try:
        with WORKERS.held(0) as place:
            subprocess.Popen(
                command,
                cwd=settings.BASE_DIR,
                stdin=nothing,
                stdout=nothing,
                start_new_session=True,
                pass_fds=[place.fileno()],
            )
    except Busy:
        return
