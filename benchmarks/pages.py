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
from benchmarks.printing import flag, limit
from insight.timeline.queries import timeline_entries
from planning.models import Measure, Need
from plans.models import Plan

ROUNDS = 25
ROWS, LINKS = 320, 8  # of the list that is written to a file


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


def people(home: Municipality, filed: Municipality | None = None) -> dict[str, Client]:
    """Windows of the planner, of the ministry, and of the planner of a place with long lists, logged in."""
    clients = {}
    places: list[tuple[str, Role, Municipality | None]] = [("planung", Role.PLANNER, home)]
    places += [("ministerium", Role.MINISTRY, None), *([("listen", Role.PLANNER, filed)] if filed else [])]
    for name, role, place in places:
        user, _ = User.objects.get_or_create(username=f"messung-{name}", defaults={"display_name": name})
        assignment = {"user": user, "role": role, "municipality": place}
        RoleAssignment.objects.get_or_create(**assignment, defaults={"valid_from": "2016-01-01"})
        clients[name] = Client(raise_request_exception=False, SERVER_NAME="localhost")
        clients[name].force_login(user)
    return clients


def lengthen(place: Municipality) -> None:
    """Give a municipality ROWS needs, each with LINKS links of every kind, as a list that is written to a file."""
    model = Need.objects.filter(municipality=place).earliest("pk")
    links = {field.name: list(field.related_model.objects.all()[:LINKS]) for field in Need.link_fields()}
    for number in range(ROWS - Need.objects.filter(municipality=place).count()):
        model.pk, model.uid, model.number = None, f"{place.slug}-{number}", 10_000 + number
        model._state.adding = True
        model.save()
        for name, targets in links.items():
            own = [each for each in targets if getattr(each, "municipality_id", place.pk) == place.pk]
            getattr(model, name).set(own)


def pages_of(home: Municipality, filed: Municipality) -> list[Page]:
    """What is measured, the floor first."""
    base, need = f"/{home.slug}/", Need.objects.filter(municipality=home).earliest("pk")
    measure_ = Measure.objects.filter(municipality=home).earliest("pk")
    plan = Plan.objects.filter(municipality=home).latest("year")
    marks = len(timeline_entries(home))
    return [
        Page("Boden", f"{ADDRESS}?ags={home.ags}"),
        Page("Liste, 30 Angebote", f"{base}angebote/", times_floor=4.5, most_queries=10),
        Page("Liste, 30 Bedarfe mit Faden", f"{base}bedarfe/", times_floor=4.5, most_queries=10),
        Page("Formular Bedarf", f"{base}bedarfe/neu/", times_floor=5.5, most_queries=10),
        Page("Formular Sitzung", f"{base}sitzungen/neu/", times_floor=5.5, most_queries=10),
        Page("Einzelseite Bedarf", f"{base}bedarfe/{need.pk}/", times_floor=7, most_queries=20),
        Page("Einzelseite Maßnahme", f"{base}massnahmen/{measure_.pk}/", times_floor=7, most_queries=20),
        Page("Jahresplan", f"{base}plaene/{plan.pk}/", times_floor=8, most_queries=15),
        Page("Jahresplan, Quellen", f"{base}plaene/{plan.pk}/?kapitel=quellen", times_floor=8, most_queries=15),
        Page("Startseite der Kommune", base, times_floor=6.5, most_queries=12),
        Page("Ministerium, 22 Kommunen", "/ministerium/", "ministerium", 15, 8, 60),
        Page(f"Zeitstrahl, {marks} Einträge", f"{base}zeitstrahl/?umfang=alles", times_floor=15, most_queries=30),
        Page(f"CSV, {ROWS} Bedarfe", f"/{filed.slug}/bedarfe/export.csv", "listen", times_floor=10, most_queries=25),
        Page(f"XLSX, {ROWS} Bedarfe", f"/{filed.slug}/bedarfe/export.xlsx", "listen", times_floor=35, most_queries=25),
    ]


def measure(pages: list[Page], clients: dict[str, Client], rounds: int = ROUNDS) -> None:
    """Count once, then ask every page in turn, so that all see the same machine."""
    count(pages, clients)
    for _ in range(rounds):
        for page in pages:
            if not page.problem:
                ask(page, clients)


def count(pages: list[Page], clients: dict[str, Client]) -> None:
    """Queries and size of every page, which is asked for twice: the first time reads what the process keeps."""
    for page in pages:
        client = clients[page.who]
        client.get(page.url)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(page.url)
        page.queries, page.kb = len(queries), len(answer.content) / 1024
        page.problem = "" if answer.status_code == 200 else f"Antwort {answer.status_code}"
    gc.collect()
    gc.freeze()


def ask(page: Page, clients: dict[str, Client]) -> None:
    """Ask once, and note what it took."""
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
