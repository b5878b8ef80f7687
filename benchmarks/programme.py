"""Pages over all municipalities with 22 and with 400 of them, ten years each: queries, and time beside the rows."""

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Municipality
from benchmarks import pages

ROUNDS, YEAR, SLACK = 7, 2018, 1.1  # a year of which every municipality has records; what two measurements differ by
ROW = re.compile(r"<tr\b")  # of tables: what is shown, without the frame around it


@dataclass
class Look:
    """A page as one database answered it."""

    name: str
    url: str
    who: str = "ministerium"
    queries: int = 0
    rows: int = 0
    kb: float = 0
    problem: str = ""
    seconds: list[float] = field(default_factory=list)

    @property
    def ms(self) -> float:
        """CPU milliseconds of an answer, the median."""
        return statistics.median(self.seconds) * 1000 if self.seconds else 0


def looks(home: Municipality) -> list[Look]:
    """What is measured."""
    return [
        Look("Alle Kommunen", "/ministerium/"),
        Look("Alle Kommunen, Stand am", f"/ministerium/?stand=22.10.{YEAR}"),
        Look("Alle Kommunen, eine gesucht", f"/ministerium/?name={home.name}"),
        Look("Alle Kommunen als CSV", "/ministerium/export.csv"),
        Look("Pläne der Kommunen", f"/ministerium/plaene/?jahr={YEAR}"),
        Look("Fristen der Kommunen", f"/ministerium/lieferungen/?jahr={YEAR}"),
        Look("Zahlen des Programms", "/ministerium/zahlen/?bis=2025"),
        Look("Landeszuwendungen", f"/ministerium/landeszuwendungen/?jahr={YEAR}"),
        Look("Landesbericht, Seite", f"/ministerium/landesbericht/?jahr={YEAR}"),
        Look("Seite einer Kommune", f"/ministerium/kommunen/{home.slug}/"),
        Look("Wartet auf Sie, Ministerium", "/posteingang/"),
        Look("Erfahrungsaustausch", f"/{home.slug}/austausch/", "planung"),
        Look("Wie lange es dauerte", f"/{home.slug}/austausch/dauer/", "planung"),
        Look("Netzwerkveranstaltungen", f"/{home.slug}/austausch/netzwerk/", "planung"),
        Look("Startseite der Kommune", f"/{home.slug}/", "planung"),
    ]


def measured(home: Municipality) -> list[Look]:
    """Every page counted once and asked in turn."""
    found, clients = looks(home), pages.people(home)
    for look in found:
        count(look, clients[look.who])
    for _ in range(ROUNDS):
        for look in found:
            if not look.problem:
                page = pages.Page(look.name, look.url, look.who)
                pages.ask(page, clients)
                look.seconds += page.seconds
    return found


def count(look: Look, client: Client) -> None:
    """Queries and rows of the second answer; the first reads what a process keeps."""
    client.get(look.url)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(look.url)
    text = answer.content.decode(errors="replace")
    look.rows = len(ROW.findall(text)) or text.count("\n")
    look.queries, look.kb = len(queries), len(answer.content) / 1024
    look.problem = "" if answer.status_code == 200 else f"Antwort {answer.status_code}"


def table(few: Sequence[Look], many: Sequence[Look]) -> list[list[str]]:
    """Rows for printing; „!“ where there are more queries, or time has grown by more than what is shown."""
    lines = [["Seite", "Abfragen", "ms", "ms bei vielen", "×", "Zeilen", "Zeilen bei vielen", "×", "KB bei vielen"]]
    for before, after in zip(few, many, strict=True):
        if before.problem or after.problem:
            lines.append([before.name, before.problem or after.problem, *[""] * 7])
            continue
        time, rows = after.ms / before.ms, max(after.rows, 1) / max(before.rows, 1)
        queries = f"{before.queries}" if before.queries == after.queries else f"{before.queries} → {after.queries} !"
        mark = " !" if time > max(rows, 1) * SLACK else ""
        numbers = [f"{before.ms:.1f}", f"{after.ms:.1f}", f"{time:.1f}{mark}"]
        shown = [f"{before.rows}", f"{after.rows}", f"{rows:.1f}", f"{after.kb:.0f}"]
        lines.append([before.name, queries, *numbers, *shown])
    return lines
