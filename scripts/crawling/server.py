"""A portal of its own for the crawl, with two processes."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crawling.checker import free_port, wait_for


@contextmanager
def portal(root: Path) -> Iterator[str]:
    """The address of a portal that serves the demo data while the context is open."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "lsz_portal.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "2"]
    environment = {**os.environ, "DEMO": "1"}
    server = subprocess.Popen([*command, "--log-level", "warning"], cwd=root, env=environment)
    try:
        wait_for(port, server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()
