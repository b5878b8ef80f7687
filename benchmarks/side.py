"""One state of the portal that is asked from outside, a line for each request (versus.py starts one for each state).

„fill 3“ makes three times as many rows, „pages“ tells the pages that are measured, „7“ asks for the page of that place
and tells its CPU seconds. Answers are lines of JSON.
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import run


def main() -> None:
    """Answer until nobody asks any more."""
    with run.filled_database():
        from benchmarks import pages

        places = run.places_measured()
        clients, measured = pages.people(*places), pages.pages_of(*places)
        for line in sys.stdin:
            command, _, number = line.strip().partition(" ")
            answer: object = None
            if command == "fill":
                run.fill_more(int(number))
                measured = pages.pages_of(*places)
            elif command == "pages":
                pages.count(measured, clients)
                answer = [run.count_rows(), [asdict(page) for page in measured]]
            else:
                page = measured[int(command)]
                pages.ask(page, clients)
                answer = page.seconds[-1]
            print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
