"""What one person can do to the others: ``make soak``, in operation's mode, one scenario after the other.

Three processes of gunicorn on PostgreSQL (scripts/with_postgres.py) with the demonstration's data, DEBUG and DEMO off.
While a scenario runs, another person asks for a list five times a second. Printed are the 95th percentile of those
answers and the 99th, which is to be at most P99 while documents are drawn and depends on the machine more than on the
portal, so that „!“ marks it and nothing fails; answers of 500 and above; the memory of all processes at its highest
beside the documented bound (docs/operations.md). The exit code is 1 where a limit is missed. ``--short`` takes the
first scenario alone.
"""

import argparse
import http.client
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
WORKERS, LIST, P95, P99 = 3, "/kyffhaeuserkreis/bedarfe/", 1.0, 0.3
KINDS = ("traeger", "angebote", "bedarfe", "zielgruppen", "gremien")  # of which a person reads in one table at a time
LISTS = 40  # in each scenario at least; from fewer nobody knows what 95 of 100 wait
WORKER_MIB, PARENT_MIB, JOB_MIB = 250, 200, 1024 + 512  # docs/operations.md, Memory
HIDDEN = re.compile(r'<input[^>]* name="(\w+)" value="([^"]*)"')


# ---------------------------------------------------------------- a person
@dataclass
class Person:
    """A browser behind a proxy that speaks HTTPS; every status is noted."""

    port: int
    name: str
    cookies: dict[str, str] = field(default_factory=dict)
    statuses: list[int] = field(default_factory=list)

    def ask(self, path: str, typed: dict[str, str] | None = None, htmx: bool = False) -> tuple[int, str, str]:
        """Status, place to go to and text of the answer."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=90)
        headers = self.headers(path) | {"Content-Type": "application/x-www-form-urlencoded"}
        headers |= {"HX-Request": "true"} if htmx else {}
        line.request("GET" if typed is None else "POST", path, urlencode(typed) if typed else None, headers)
        answer = line.getresponse()
        for name, value in answer.getheaders():
            if name == "Set-Cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        text = answer.read().decode(errors="replace")
        line.close()
        self.statuses.append(answer.status)
        return answer.status, answer.getheader("Location") or "", text

    def headers(self, path: str) -> dict[str, str]:
        """What the browser and the proxy say with every request."""
        return {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Host": "127.0.0.1",
            "X-Forwarded-Proto": "https",
            "Referer": f"https://127.0.0.1{path}",
        }

    def form(self, path: str, **typed: str) -> dict[str, str]:
        """The hidden fields of a page's form with what is typed."""
        return dict(HIDDEN.findall(self.ask(path)[2])) | typed

    def upload(self, path: str, content: bytes) -> tuple[int, str]:
        """Status and text of the answer to a table that is read in, waited for where the queue reads it."""
        line, edge = http.client.HTTPConnection("127.0.0.1", self.port, timeout=90), "soaksoaksoak"
        fields = "".join(
            f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in self.form(path).items()
        )
        file = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="liste.xlsx"\r\n\r\n'
        line.request(
            "POST",
            path,
            fields.encode() + file.encode() + content + f"\r\n--{edge}--\r\n".encode(),
            self.headers(path) | {"Content-Type": f"multipart/form-data; boundary={edge}"},
        )
        answer = line.getresponse()
        text = answer.read().decode(errors="replace")
        line.close()
        self.statuses.append(answer.status)
        status, where = answer.status, answer.getheader("Location")
        while where and status in (302, 202):
            time.sleep(0.5 if status == 202 else 0)
            status, _, text = self.ask(where)
        return status, text

    def log_in(self, password: str = "demo") -> int:  # noqa: S107 (of the demonstration)
        """The status of the attempt."""
        form = self.form("/anmelden/", username=self.name, password=password)
        return self.ask("/anmelden/", form)[0]

    def fetch(self, path: str, most: float = 180) -> str:
        """Ask until the answer is there, as the page does, and go where it leads; empty where none came."""
        until = time.monotonic() + most
        while time.monotonic() < until:
            status, where, text = self.ask(path)
            if status == 302:
                path = where
            elif status != 202:
                return text if status == 200 else ""
            else:
                time.sleep(2)
        return ""


# ---------------------------------------------------------------- scenarios
@dataclass
class Site:
    """The portal that runs, and who uses it."""

    port: int
    bombs: list[Path]
    people: list[Person] = field(default_factory=list)

    def person(self, name: str) -> Person:
        """Somebody who has logged in."""
        person = Person(self.port, name)
        self.people.append(person)
        if person.log_in() != 302:
            raise SystemExit(f"{name} kommt nicht herein.")
        return person


def together(*works: Callable[[], object]) -> None:
    """All at the same time."""
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def twelve_documents(site: Site) -> str:
    """One person wants twelve PDFs at once."""
    person = site.person("planung-kyf")
    page = person.ask("/kyffhaeuserkreis/berichte/?jahr=2018")[2]
    found = dict.fromkeys(re.findall(r'href="(/kyffhaeuserkreis/[^"]*(?:\.pdf[^"]*|/pdf/))"', page))
    wanted = ["/kyffhaeuserkreis/plaene/2/pdf/", *(url.replace("&amp;", "&") for url in found)][:12]
    came: list[bool] = []
    together(*(lambda url=url: came.append(person.fetch(url).startswith("%PDF")) for url in wanted))
    return "" if len(came) == 12 and all(came) else f"{sum(came)} von 12 Dokumenten kamen"


def flood_of_previews(site: Site) -> str:
    """One person asks for previews without end, each with another text."""
    person = site.person("planung-kyf")
    path = "/kyffhaeuserkreis/plaene/2/kapitel/bedarf/"
    form = person.form(path, vorschau="1", left_out_reason="")

    def press(number: int) -> None:
        for turn in range(100):
            person.ask(path, form | {"text": f"Text {number} {turn}"}, htmx=True)

    together(*(lambda number=number: press(number) for number in range(4)))
    return ""


def silent_mail_server(site: Site) -> str:
    """Links for new passwords while the mail server takes connections and says nothing (see ``serve``)."""
    admin, slowest = site.person("admin"), 0.0
    path = "/konto/passwort-vergessen/"
    for name in ("planung-kyf", "leitung-kyf", "planung-abg", "niemand"):
        began = time.monotonic()
        status = admin.ask(path, admin.form(path, email=f"{name}@example.org"))[0]
        slowest = max(slowest, time.monotonic() - began)
        if status != 302:
            return f"{status} statt der Antwort an {name}"
    return "" if slowest < P95 else f"eine Anfrage wartete {slowest:.1f} s auf den Mailserver"


def five_bombs(site: Site) -> str:
    """Five small tables that would be large tasks, read in at once."""
    person = site.person("planung-kyf")
    refused: list[bool] = []

    def read_in(bomb: Path, kind: str) -> None:
        status, text = person.upload(f"/kyffhaeuserkreis/{kind}/einlesen/", bomb.read_bytes())
        refused.append(status == 422 and bomb.with_suffix(".txt").read_text(encoding="utf-8") in text)

    together(*(lambda bomb=bomb, kind=kind: read_in(bomb, kind) for bomb, kind in zip(site.bombs, KINDS, strict=True)))
    return "" if len(refused) == 5 and all(refused) else f"{sum(refused)} von 5 mit ihrem Satz abgelehnt"


def twenty_equal_releases(site: Site) -> str:
    """The same form of a release twenty times at once, and once more later."""
    lead = site.person("leitung-abg")
    path = "/altenburger-land/plaene/3/schritt/freigeben/"
    form = lead.form(path, note="Ein Grund")
    places: set[str] = set()
    together(*[lambda: places.add(lead.ask(path, form)[1])] * 20)
    if not lead.fetch(f"{path}?wird-erzeugt=1"):
        return "die Freigabe wurde nicht fertig"
    places.add(lead.ask(path, form)[1])
    editions = set(re.findall(r"/fassungen/(\d+)/", lead.ask("/altenburger-land/plaene/3/")[2]))
    if "3" not in editions or "4" in editions:
        return f"Fassungen {sorted(editions)}"
    return "" if places <= {f"{path}?wird-erzeugt=1", "/altenburger-land/plaene/3/"} else f"andere Ziele: {places}"


def wrong_passwords(site: Site) -> str:
    """Somebody guesses one name's password; the owner, whose browser is known, comes in all the same."""
    owner, guesser = site.person("leitung-kyf"), Person(site.port, "leitung-kyf")
    site.people.append(guesser)
    for number in range(30):
        guesser.log_in(f"falsch-{number}")
    owner.cookies.pop("sessionid", None)
    return "" if owner.log_in() == 302 else "die Inhaberin kam nicht herein"


SCENARIOS = (
    twelve_documents,
    flood_of_previews,
    five_bombs,
    silent_mail_server,
    wrong_passwords,
    twenty_equal_releases,
)


# ---------------------------------------------------------------- measuring
class Watch:
    """While it lasts: how long another person waits for a list, and how much memory everything takes."""

    def __init__(self, person: Person, folder: str) -> None:
        self.person, self.folder = person, folder.encode()
        self.seconds: list[float] = []
        self.peak = 0
        self.over = threading.Event()
        self.threads = [threading.Thread(target=work) for work in (self._ask, self._weigh)]

    def __enter__(self) -> "Watch":
        for thread in self.threads:
            thread.start()
        return self

    def measure_at_least(self, lists: int) -> None:
        """Go on until so many lists were asked for: what a scenario has left to do goes on as well."""
        while len(self.seconds) < lists:
            time.sleep(0.1)

    def __exit__(self, *args: object) -> None:
        self.over.set()
        for thread in self.threads:
            thread.join()

    def _ask(self) -> None:
        while not self.over.wait(0.2):
            began = time.monotonic()
            self.person.ask(LIST)
            self.seconds.append(time.monotonic() - began)

    def _weigh(self) -> None:
        while not self.over.wait(0.5):
            self.peak = max(self.peak, sum(map(self._size, Path("/proc").glob("[0-9]*"))))

    def _size(self, process: Path) -> int:
        """Kilobytes of a process of this portal, shared pages by their share."""
        try:
            if self.folder not in (process / "environ").read_bytes():
                return 0
            return int(re.search(r"Pss:\s+(\d+)", (process / "smaps_rollup").read_text()).group(1))  # type: ignore[union-attr]
        except (OSError, AttributeError):
            return 0

    def within(self, percent: int) -> float:
        """Seconds within which so many of 100 lists came."""
        ordered = sorted(self.seconds)
        return ordered[len(ordered) * percent // 100] if ordered else 0.0


def bound() -> int:
    """Megabytes that everything may take together."""
    cores = max(2, len(os.sched_getaffinity(0)))
    return (WORKERS + 1) * WORKER_MIB + 3 * PARENT_MIB + cores * JOB_MIB


def missed(problem: str, bad: int, p95: float, peak: int) -> list[str]:
    """Which limits a scenario has missed, in words; ``peak`` in megabytes."""
    found = [problem] if problem else []
    if bad:
        found.append(f"{bad} Antworten ab 500")
    if p95 > P95:
        found.append(f"die Liste brauchte {p95:.1f} s")
    if peak > bound():
        found.append(f"{peak} MiB sind mehr als {bound()}")
    return found


def serve(folder: str, mail_port: int) -> tuple[subprocess.Popen[bytes], int]:
    """Fill the database, start the portal as in operation; the process and its port."""
    base = os.environ | {"LSZ_VAR_DIR": folder, "LOG_LEVEL": "ERROR"}
    demo = base | {"DEMO": "1"}
    for fill in (["migrate", "--verbosity", "0"], ["load_demo"]):
        subprocess.run([PYTHON, "manage.py", *fill], cwd=ROOT, env=demo, check=True, stdout=subprocess.DEVNULL)
    subprocess.run([PYTHON, "-c", AMEND], cwd=ROOT, env=demo, check=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    real = base | {
        "SECRET_KEY": "soak" * 20,
        "BEHIND_PROXY": "1",
        "TASK_WORKER": "on-demand",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(mail_port),
    }
    real.pop("DEMO", None)
    subprocess.run([PYTHON, "manage.py", "collectstatic", "--no-input", "-v", "0"], cwd=ROOT, env=real, check=True)
    command = [PYTHON, "-m", "gunicorn", "lsz_portal.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS)]
    process = subprocess.Popen([*command, "--timeout", "60", "--log-level", "warning"], cwd=ROOT, env=real)
    person = Person(port, "")
    for _ in range(150):
        try:
            person.ask("/gesundheit/")
            return process, port
        except OSError:
            time.sleep(0.2)
    raise SystemExit("Das Portal startet nicht.")


AMEND = """
import os, django
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lsz_portal.settings")
django.setup()
from plans.models import Plan
from records.life.moving import take_step
plan = Plan.objects.get(municipality__slug="altenburger-land", year=2018)
take_step(record=plan, action="amend", actor=None, version=plan.version, note="Messung")
from accounts.models import User
for person in User.objects.all():
    person.email = f"{person.username}@example.org"
    person.save()
from pathlib import Path
from tests.records.bombs import TABLES
made = sorted(((make(), sentence) for make, sentence in TABLES.values()), key=lambda each: len(each[0]))[-5:]
for number, (content, sentence) in enumerate(made):
    bomb = Path(os.environ["LSZ_VAR_DIR"], f"{number}.bomb")
    bomb.write_bytes(content)
    bomb.with_suffix(".txt").write_text(sentence, encoding="utf-8")
"""


def main() -> int:
    """Run the scenarios and print a line for each."""
    parser = argparse.ArgumentParser(description="Was eine Person den anderen antun kann")
    parser.add_argument("--short", action="store_true", help="nur der erste Fall")
    scenarios = SCENARIOS[:1] if parser.parse_args().short else SCENARIOS
    failed = 0
    with tempfile.TemporaryDirectory(prefix="lsz-soak-") as folder, socket.create_server(("127.0.0.1", 0)) as silent:
        process, port = serve(folder, urlsplit(f"//x:{silent.getsockname()[1]}").port or 0)
        try:
            for scenario in scenarios:
                site = Site(port, sorted(Path(folder).glob("*.bomb")))
                other = site.person("ministerium")
                other.ask(LIST)
                with Watch(other, folder) as watch:
                    problem = scenario(site)
                    watch.measure_at_least(LISTS)
                bad = sum(status >= 500 for person in site.people for status in person.statuses)
                p95, p99 = watch.within(95), watch.within(99)
                problems = missed(problem, bad, p95, watch.peak // 1024)
                failed += bool(problems)
                slow = "!" if scenario is twelve_documents and p99 > P99 else ""
                print(
                    f"{scenario.__name__:24} Liste p95 {p95:.2f} s, p99 {p99:.2f} s{slow} "
                    f"({len(watch.seconds)} mal, Last {os.getloadavg()[0]:.1f}), ab 500: {bad}, "
                    f"Speicher {watch.peak // 1024} von {bound()} MiB  {', '.join(problems) or 'gut'}",
                    flush=True,
                )
        finally:
            process.terminate()
            process.wait()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
