"""Run a command with a PostgreSQL of its own: ``python scripts/with_postgres.py COMMAND …``.

A throw-away cluster in a temporary folder, reached by a unix socket only, without fsync, with German ICU collation
where the server knows ICU. ``DATABASE_URL`` points the command to it. It is stopped and removed afterwards, also when
the command fails or is interrupted; the exit code is the command's.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from types import FrameType
from urllib.parse import quote

# Unsafe on purpose, the data lives for minutes; enough connections for parallel workers with threads.
SERVER_OPTIONS = (
    "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200"
    " -c timezone=UTC -c shared_buffers=256MB -c jit=off"
)


def binaries() -> Path:
    """Folder with ``initdb`` and ``pg_ctl``: the newest of Debian's, or what ``pg_config`` says."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if found:
        return max(found, key=lambda folder: [int(part) for part in re.findall(r"\d+", folder.parent.name)])
    if shutil.which("pg_config"):
        folder = Path(subprocess.check_output(["pg_config", "--bindir"], text=True).strip())
        if (folder / "initdb").exists():
            return folder
    sys.exit("PostgreSQL fehlt (PostgreSQL is missing). Debian, Ubuntu:  sudo apt-get install postgresql")


def as_server(command: list[str], folder: Path) -> None:
    """Run a server tool quietly, as user ``postgres`` when root (initdb refuses root); its output shows on failure."""
    if os.getuid() == 0:
        command = ["runuser", "-u", "postgres", "--", *command]
    with (folder / "log").open("a+") as log:
        if subprocess.run(command, cwd=folder, stdout=log, stderr=log, check=False).returncode:
            log.seek(0)
            sys.exit(f"{' '.join(command)} failed:\n{log.read()}")


def start(bin_folder: Path, folder: Path) -> None:
    """Make the cluster in ``folder`` and start it."""
    data = folder / "data"
    initdb = [
        str(bin_folder / "initdb"),
        "-D",
        str(data),
        "-U",
        "portal",
        "--auth=trust",
        "--encoding=UTF8",
        "--no-sync",
    ]
    help_text = subprocess.check_output([str(bin_folder / "initdb"), "--help"], text=True)
    icu = ["--locale-provider=icu", "--icu-locale=de"] if "--icu-locale" in help_text else []
    as_server([*initdb, "--locale=C.UTF-8", *icu], folder)
    options = f"-k {folder} {SERVER_OPTIONS}"
    as_server(
        [str(bin_folder / "pg_ctl"), "-D", str(data), "-o", options, "-l", str(folder / "server.log"), "-w", "start"],
        folder,
    )


def interrupted(number: int, _frame: FrameType | None) -> None:
    """Turn a termination signal into an exit, so that the cluster is removed."""
    sys.exit(128 + number)


def main(command: list[str]) -> int:
    """Start, run, stop, remove."""
    if not command:
        sys.exit(__doc__)
    bin_folder = binaries()
    signal.signal(signal.SIGTERM, interrupted)
    folder = Path(tempfile.mkdtemp(prefix="lsz-pg-"))
    try:
        if os.getuid() == 0:
            shutil.chown(folder, "postgres")
        start(bin_folder, folder)
        url = f"postgres://portal@{quote(str(folder), safe='')}/postgres"
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False).returncode
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            as_server([str(bin_folder / "pg_ctl"), "-D", str(folder / "data"), "-m", "immediate", "-w", "stop"], folder)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
