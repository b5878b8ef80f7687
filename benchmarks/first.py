"""The first request of a process that has just begun: ``python -m benchmarks.first USER ADDRESS``.

It prints CPU milliseconds of the first answer and the median of those after it. The database is that of the
environment.
"""

import statistics
import subprocess
import sys
import time

from benchmarks.printing import flag

MOST, RUNS, AFTER = 2.0, 3, 15


def table(addresses: dict[str, str], user: str) -> list[list[str]]:
    """Rows for printing: each page in processes of its own."""
    rows = [["Erste Anfrage eines neuen Prozesses", "erste ms", "Median ms", "×", "Ziel"]]
    for name, address in addresses.items():
        runs = [measured(user, address) for _ in range(RUNS)]
        first, later = (statistics.median(run[at] for run in runs) for at in (0, 1))
        times = first / later
        rows.append([name, f"{first:.1f}", f"{later:.1f}", f"{times:.1f}{flag(times, MOST)}", f"≤ {MOST:g}"])
    return rows


def measured(user: str, address: str) -> tuple[float, float]:
    """The first answer and the median of the others, in milliseconds."""
    command = [sys.executable, "-m", "benchmarks.first", user, address]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    first, later = answer.stdout.split()[-2:]
    return float(first), float(later)


def main() -> None:
    """Begin as a web process does, then ask."""
    from lsz_portal.wsgi import application  # begins the portal, so that nothing of it may be imported before

    assert application
    from django.test import Client

    from accounts.models import User

    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(username=sys.argv[1]))
    client.handler.load_middleware()  # as the application has done
    spent = []
    for _ in range(1 + AFTER):
        started = time.process_time()
        assert client.get(sys.argv[2]).status_code == 200
        spent.append((time.process_time() - started) * 1000)
    print(spent[0], statistics.median(spent[1:]))


if __name__ == "__main__":
    main()
