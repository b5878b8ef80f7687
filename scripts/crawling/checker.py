"""The Nu Html Checker as a server on this machine: one process for thousands of pages."""

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes], seconds: int = 60) -> None:
    """Return when somebody answers at the port. Raises RuntimeError where the process ends or nobody answers."""
    for _ in range(seconds * 10):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError("the process did not start to listen")


@dataclass(frozen=True)
class NuChecker:
    """A running checker."""

    port: int

    @classmethod
    @contextmanager
    def started(cls) -> Iterator["NuChecker | None"]:
        """The checker, or None where VNU_JAR or Java is missing."""
        jar, java = os.environ.get("VNU_JAR", ""), shutil.which("java")
        if not (os.path.exists(jar) and java):
            yield None
            return
        port = free_port()
        local = "-Dnu.validator.servlet.bind-address=127.0.0.1"
        command = [java, "-cp", jar, local, "nu.validator.servlet.Main", str(port)]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            wait_for(port, process)
            yield cls(port)
        finally:
            process.terminate()
            process.wait()

    def errors(self, html: str) -> list[str]:
        """Every error with the place where it stands."""
        connection = HTTPConnection("127.0.0.1", self.port)
        head = {"Content-Type": "text/html; charset=utf-8", "User-Agent": "crawl"}
        connection.request("POST", "/?out=json&level=error", html.encode(), head)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        if answer.status != 200:
            raise RuntimeError(f"the checker answered {answer.status}: {body[:500]!r}")
        messages = json.loads(body)["messages"]
        return [
            f"{message['message']} | {message.get('extract', '').strip()}"
            for message in messages
            if message["type"] == "error" or message.get("subType") == "fatal"
        ]
