"""Pages in process through the whole middleware stack: CPU time, queries and size."""

import gc
import statistics
import time
from dataclasses import dataclass, field

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from accounts.models import Municipality, RoleAssignment, User
from benchmarks.floor import ADDRESS
from insight.timeline.queries import timeline_entries
from planning.models import Need

ROUNDS = 25


@dataclass
class Page:
    """A page with its targets (benchmarks/README.md): times the floor, queries, KB; 0 where there is none."""

    name: str
    url: str
    who: str = "planung"
    times_floor: float = 0
    most_queries: int = 0
    most_kb: int = 0
    queries: int = 0
    kb: float = 0
    problem: str = ""
    seconds: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)

    @property
    def ms(self) -> float:
        """CPU milliseconds per request, the median of all rounds."""
        return statistics.median(self.seconds) * 1000 if self.seconds else 0

    @property
    def wall_ms(self) -> float:
        """Milliseconds by the clock, with the time of a database in another process; the fastest quarter's limit."""
        return statistics.quantiles(self.wall, n=4)[0] * 1000 if self.wall else 0

    @property
    def cost(self) -> float:
        """What growth is judged by: on SQLite the process does all the work, PostgreSQL works elsewhere."""
        return self.wall_ms if connection.vendor == "postgresql" else self.ms


def people(home: Municipality) -> dict[str, Client]:
    """Windows of the planner and of the ministry, logged in."""
    clients = {}
    for name, role, place in (("planung", Role.PLANNER, home), ("ministerium", Role.MINISTRY, None)):
        user, _ = User.objects.get_or_create(username=f"messung-{name}", defaults={"display_name": name})
        assignment = {"user": user, "role": role, "municipality": place}
        RoleAssignment.objects.get_or_create(**assignment, defaults={"valid_from": "2016-01-01"})
        clients[name] = Client(raise_request_exception=False, SERVER_NAME="localhost")
        clients[name].force_login(user)
    return clients


def pages_of(home: Municipality) -> list[Page]:
    """What is measured, the floor first."""
    base, need = f"/{home.slug}/", Need.objects.filter(municipality=home).earliest("pk")
    marks = len(timeline_entries(home))
    return [
        Page("Boden", f"{ADDRESS}?ags={home.ags}"),
        Page("Liste, 30 Angebote", f"{base}angebote/", times_floor=6, most_queries=10),
        Page("Liste, 30 Bedarfe mit Faden", f"{base}bedarfe/", times_floor=6, most_queries=10),
        Page("Formular Bedarf", f"{base}bedarfe/neu/", times_floor=8),
        Page("Formular Sitzung", f"{base}sitzungen/neu/", times_floor=8),
        Page("Einzelseite Bedarf", f"{base}bedarfe/{need.pk}/"),
        Page("Startseite der Kommune", base, times_floor=8, most_queries=12),
        Page("Ministerium, 22 Kommunen", "/ministerium/", "ministerium", 15, 8, 60),
        Page(f"Zeitstrahl, {marks} Einträge", f"{base}zeitstrahl/?umfang=alles", times_floor=15, most_queries=30),
    ]


def measure(pages: list[Page], clients: dict[str, Client], rounds: int = ROUNDS) -> None:
    """Count once, then ask every page in turn, so that all see the same machine."""
    for page in pages:
        client = clients[page.who]
        client.get(page.url)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(page.url)
        page.queries, page.kb = len(queries), len(answer.content) / 1024
        page.problem = "" if answer.status_code == 200 else f"Antwort {answer.status_code}"
    gc.collect()
    gc.freeze()
    for _ in range(rounds):
        for page in pages:
            if not page.problem:
                started, clock = time.process_time(), time.perf_counter()
                clients[page.who].get(page.url)
                page.seconds.append(time.process_time() - started)
                page.wall.append(time.perf_counter() - clock)


def table(pages: list[Page], before: list[Page] | None = None) -> list[list[str]]:
    """Rows for printing; ``before`` are the same pages with fewer rows in the tables."""
    floor = pages[0].ms
    rows = [["Seite", "ms", "Uhr", "× Boden", "Ziel", "Abfragen", "Ziel", "KB", "Ziel", "× vorher"]]
    for number, page in enumerate(pages):
        if page.problem:
            rows.append([page.name, page.problem, *[""] * 8])
            continue
        factor = page.ms / floor
        growth = (
            page.cost / before[number].cost * before[0].cost / pages[0].cost if before and before[number].cost else 0
        )
        rows.append(
            [
                page.name,
                f"{page.ms:.1f}",
                f"{page.wall_ms:.1f}",
                f"{factor:.1f}{flag(factor, page.times_floor)}",
                limit(page.times_floor),
                f"{page.queries}{flag(page.queries, page.most_queries)}",
                limit(page.most_queries),
                f"{page.kb:.0f}{flag(page.kb, page.most_kb)}",
                limit(page.most_kb),
                f"{growth:.2f}" if growth else "",
            ]
        )
    return rows


def flag(value: float, most: float) -> str:
    """A mark where a target is missed."""
    return " !" if most and value > most else ""


def limit(value: float) -> str:
    """„≤ 6“."""
    return f"≤ {value:g}" if value else ""
