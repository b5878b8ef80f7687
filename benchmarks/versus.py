"""Two states of the portal side by side in one run: ``run.py --against COMMIT``.

A process for each, with rows of its own on SQLite; they are asked in turn, page by page, so that both see the same
machine. The code that measures is this one in both.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.printing import flag, limit, show

HERE = Path(__file__).resolve().parent
ROUNDS = 40


class Side:
    """A state of the portal in a process of its own."""

    def __init__(self, root: Path) -> None:
        env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        command = [sys.executable, str(root / "benchmarks" / "side.py")]
        self.process = subprocess.Popen(
            command, cwd=root, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def send(self, line: str) -> None:
        """Ask without waiting for the answer."""
        assert self.process.stdin
        print(line, file=self.process.stdin, flush=True)

    def read(self) -> Any:
        """The answer."""
        assert self.process.stdout
        return json.loads(self.process.stdout.readline() or sys.exit("Ein Stand des Portals antwortet nicht."))

    def ask(self, line: str) -> Any:
        """Ask and wait."""
        self.send(line)
        return self.read()

    def end(self) -> None:
        """No more questions."""
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait()


def unpack(commit: str, folder: Path) -> None:
    """The files of a commit with the measuring code of today."""
    answer = subprocess.run(["git", "archive", commit], cwd=HERE.parent, capture_output=True, check=False)
    if answer.returncode:
        sys.exit(f"„{commit}“ gibt es nicht: {answer.stderr.decode().strip()}")
    subprocess.run(["tar", "-x", "-C", str(folder)], input=answer.stdout, check=True)
    shutil.copytree(HERE, folder / "benchmarks", dirs_exist_ok=True)


def compare(commit: str, times: int) -> None:
    """Measure and print, first with the usual rows, then with so many times more."""
    with tempfile.TemporaryDirectory(prefix="lsz-against-") as folder:
        unpack(commit, Path(folder))
        sides = [Side(Path(folder)), Side(HERE.parent)]
        try:
            print_both(sides, commit)
            if times > 1:
                for side in sides:
                    side.send(f"fill {times}")
                for side in sides:
                    side.read()
                print_both(sides, commit)
        finally:
            for side in sides:
                side.end()


def print_both(sides: list[Side], commit: str) -> None:
    """Every page with both states, in milliseconds, times the floor of the same state, and one to the other."""
    (rows, before), (_, now) = (side.ask("pages") for side in sides)
    spent: list[list[list[float]]] = [[[], []] for _ in now]
    for turn in range(ROUNDS):
        for place in range(len(now)):
            for number in (0, 1) if turn % 2 else (1, 0):
                spent[place][number].append(sides[number].ask(str(place)))
    medians = [[statistics.median(seconds) * 1000 for seconds in pair] for pair in spent]
    head = ["Seite", "vorher ms", "jetzt ms", "jetzt ÷ vorher", "vorher × Boden", "jetzt × Boden", "Ziel", "Abfragen"]
    table = [head]
    for place, (old, new) in enumerate(zip(before, now, strict=True)):
        was, is_ = medians[place]
        times = is_ / medians[0][1]
        ratio = statistics.median(b / a for a, b in zip(*spent[place], strict=True))
        table.append(
            [
                new["name"] + (f" ({old['problem'] or new['problem']})" if old["problem"] or new["problem"] else ""),
                f"{was:.1f}",
                f"{is_:.1f}",
                f"{ratio:.2f}",
                f"{was / medians[0][0]:.1f}",
                f"{times:.1f}{flag(times, new['times_floor'])}",
                limit(new["times_floor"]),
                f"{old['queries']} → {new['queries']}",
            ]
        )
    show(f"Seiten bei {rows} Einträgen, vorher: {commit} (CPU je Anfrage, abwechselnd; „!“: Ziel verfehlt)", table)
