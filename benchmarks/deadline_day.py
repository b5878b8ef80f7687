"""Deadline day in small: ``make deadline-day``, or ``python benchmarks/deadline_day.py --help``.

Five people of each of 22 municipalities write, release and submit within two minutes, with PDFs, while processes of the
portal are killed. Needs the empty PostgreSQL database that DATABASE_URL names. Ends with 1 where a promise is missed.
What is promised and what the table says: benchmarks/README.md.
"""

import argparse
import contextlib
import os
import random
import secrets
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from benchmarks.crowd import Person, Refused
from benchmarks.run import fill, show

ROOT = Path(__file__).resolve().parent.parent
KIND = "zielgruppen"
Crowd = dict[str, list[Person]]  # the people of each municipality, by its slug
START = 240  # tries, a minute: processes that start on a busy machine
LOST = 0.1  # of the acknowledgements, as on a bad line
WORDS = "Beispiel: Grund für diesen Schritt am letzten Tag der Frist."


def options() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description="Letzter Tag der Frist im Kleinen")
    parser.add_argument("--municipalities", type=int, default=22)
    parser.add_argument("--seconds", type=int, default=120, help="so lange schreiben alle")
    parser.add_argument("--kill-every", type=float, default=8, help="Sekunden zwischen zwei kill -9; 0: keines")
    parser.add_argument("--without-keys", action="store_true", help="Gegenprobe, die scheitern muss")
    return parser.parse_args()


class Portal:
    """gunicorn and the worker in production mode; whoever dies is started again, as systemd does it."""

    def __init__(self, workers: int = 3) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        web = ["-m", "gunicorn", "lsz_portal.wsgi", "--bind", f"127.0.0.1:{self.port}", "--workers", str(workers)]
        web += ["--preload", "--no-control-socket"]
        self.commands = {
            "web": [*web, "--timeout", "60", "--log-level", "critical"],
            "worker": ["manage.py", "db_worker", "--interval", "1", "--verbosity", "0"],
        }
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.kills = {"Webprozess": 0, "Hintergrunddienst": 0, "Warteschlange": 0}
        self.log = Path(os.environ["LSZ_VAR_DIR"]) / "portal.log"
        self.is_open = True

    def start(self, name: str) -> None:
        """One of the two services."""
        with self.log.open("ab") as log:
            command = [sys.executable, *self.commands[name]]
            self.processes[name] = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log, start_new_session=True)

    def kill_one(self, chance: random.Random) -> None:
        """kill -9 of a web process, of the worker or of the queue's process; what died is started again."""
        service = chance.choice(list(self.kills))
        if service == "Hintergrunddienst":
            self.processes["worker"].kill()
            self.processes["worker"].wait()
            self.start("worker")
        pids = {"Webprozess": self.web_processes, "Warteschlange": queue_processes}.get(service, lambda: [0])()
        if not pids:
            return
        if pids[0]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(chance.choice(pids), signal.SIGKILL)
        self.kills[service] += 1

    def web_processes(self) -> list[int]:
        """The children of gunicorn."""
        master = self.processes["web"].pid
        return [int(pid) for pid in Path(f"/proc/{master}/task/{master}/children").read_text().split()]

    def close(self) -> None:
        """End both and what they started."""
        for pid in queue_processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        for process in self.processes.values():
            for number in (signal.SIGTERM, signal.SIGKILL):
                try:
                    os.killpg(process.pid, number)
                    process.wait(timeout=10)
                except (ProcessLookupError, subprocess.TimeoutExpired):
                    continue


def queue_processes() -> list[int]:
    """The processes of this portal's queue, whoever started them."""
    mine, found = f"LSZ_VAR_DIR={os.environ['LSZ_VAR_DIR']}\0".encode(), []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if b"work_queue" in (folder / "cmdline").read_bytes() and mine in (folder / "environ").read_bytes():
                found.append(int(folder.name))
    return found


@contextmanager
def open_portal(workers: int = 3) -> Iterator[Portal]:
    """The portal until the block ends; it answers when the block begins."""
    portal = Portal(workers)
    try:
        for name in portal.commands:
            portal.start(name)
        Person(portal.port, "Wache", "").ask("Start", "GET", "/gesundheit/", tries=START)
        yield portal
    finally:
        portal.close()


def crowd_of(portal: Portal, municipalities: list, *, with_keys: bool = True) -> Crowd:
    """Four planners and a Leitung for each municipality, logged in; by the municipality's slug."""
    from django.test import Client

    from accounts.enums import Role
    from accounts.models import RoleAssignment, User

    found: Crowd = {}
    for municipality in municipalities:
        for number in range(5):
            name = f"{'leitung' if number == 4 else 'planung'}-{municipality.slug}-{number}"
            user = User.objects.create(username=name, display_name=f"Beispiel {name}", password="!")
            role = Role.LEAD if number == 4 else Role.PLANNER
            RoleAssignment.objects.create(user=user, role=role, municipality=municipality, valid_from="2016-01-01")
            client = Client()
            client.force_login(user)
            session = client.cookies["sessionid"].value
            person = Person(portal.port, name, session, with_keys=with_keys, loses=LOST)
            found.setdefault(municipality.slug, []).append(person)
    return found


def plans_of(municipalities: list) -> dict[str, int]:
    """The open plan of each municipality, by slug, with the resolution that a release needs."""
    from participation.models import Resolution
    from plans.models import Plan
    from records.domain.saving import create_record

    found = {}
    for municipality in municipalities:
        plan = Plan.objects.filter(municipality=municipality).order_by("-year")[0]
        invented = Resolution.objects.filter(municipality=municipality)[0]
        decided = Resolution(municipality=municipality, body=invented.body, resolved_on=invented.resolved_on)
        decided.subject, decided.legitimises, decided.first_year = "Beispiel: Jahresplan", "plan", plan.year
        create_record(decided, actor=None)
        found[municipality.slug] = plan.pk
    return found


def write(person: Person, slug: str, is_over: Callable[[], bool]) -> None:
    """Read, create and change until the day is over."""
    address, number = f"/{slug}/{KIND}/", 0
    while not is_over():
        turn = person.random.random()
        if turn < 0.4:
            person.page("Liste", address)
        elif turn < 0.7:
            number += 1
            person.create(address, number)
        else:
            person.change()
        time.sleep(person.random.uniform(0.5, 3))


def hand_in(people: list[Person], slug: str, plan: int, wait: float) -> None:
    """A planner hands the plan over, the Leitung releases it, the planner submits it and fetches the PDF."""
    time.sleep(wait)
    planner, lead = people[0], people[4]
    for person, step in ((planner, "vorlegen"), (lead, "freigeben"), (planner, "einreichen")):
        address = f"/{slug}/plaene/{plan}/"
        person.send(step.capitalize(), f"{address}schritt/{step}/", {"*": WORDS})
        person.log.steps.append(step)
    planner.document(f"/{slug}/plaene/{plan}/pdf/")


def run_threads(works: list[tuple[Person, Callable[[], None]]]) -> None:
    """Everybody at once; a disappointment is noted and ends the person's day."""

    def one(person: Person, work: Callable[[], None]) -> None:
        try:
            work()
        except (Refused, OSError) as error:
            person.log.errors.append(str(error))

    threads = [threading.Thread(target=one, args=each) for each in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def live(
    portal: Portal, crowd: Crowd, plans: dict[str, int], seconds: float, kill_every: float, least_kills: int = 0
) -> None:
    """The day itself; on a busy machine it lasts until so many processes were killed. What is begun is ended then."""
    until, over = time.monotonic() + seconds, threading.Event()

    def is_over() -> bool:
        return time.monotonic() >= until and sum(portal.kills.values()) >= least_kills

    works: list[tuple[Person, Callable[[], None]]] = []
    for at, (slug, people) in enumerate(crowd.items()):
        wait = seconds * 0.7 * at / len(crowd)
        works.append((people[0], lambda p=people, s=slug, w=wait: hand_in(p, s, plans[s], w)))
        works += [(person, lambda p=person, s=slug: write(p, s, is_over)) for person in people[1:4]]

    def reap() -> None:
        chance = random.Random(7)
        while not over.wait(kill_every) and not is_over():  # else a slow machine would never finish a PDF
            portal.kill_one(chance)

    killer = threading.Thread(target=reap)
    if kill_every:
        killer.start()
    run_threads(works)
    over.set()
    if kill_every:
        killer.join()


def judge(crowd: Crowd) -> list[list[str]]:
    """Rows „promise, found, expected“; the last cell is „!“ where it is missed."""
    from django.db.models import Count

    from planning.models import TargetGroup
    from plans.domain.verifying import verify_plans
    from plans.enums import PlanState
    from plans.models import Plan, PlanVersion

    people = [person for each in crowd.values() for person in each]
    logs = [person.log for person in people]
    titles = {title: where for log in logs for title, where in log.created.items()}
    stored = list(TargetGroup.objects.filter(title__startswith="Beispiel planung-"))
    rows = {row.title: row for row in stored}
    texts = {where: text for log in logs for where, text in log.changed.items()}
    saves = {where: count for log in logs for where, count in log.saves.items()}
    pk_of = {where: int(where.rstrip("/").rsplit("/", 1)[1]) for where in titles.values()}
    by_pk = {row.pk: row for row in stored}
    lost = [title for title in titles if title not in rows]
    said = {where: by_pk[pk].description for where, pk in pk_of.items() if pk in by_pk}
    lost += [where for where, text in texts.items() if said.get(where) != text]
    history = dict(TargetGroup.history.values_list("id").annotate(n=Count("pk")))
    holes = [pk for pk, row in by_pk.items() if history.get(pk) != row.version]
    more = [w for w, n in saves.items() if pk_of[w] in by_pk and by_pk[pk_of[w]].version != n]
    plans = len(crowd)
    handed = Plan.objects.filter(municipality__slug__in=crowd, state=PlanState.SUBMITTED).count()
    versions = PlanVersion.objects.filter(plan__municipality__slug__in=crowd)
    drawn_twice = versions.values("plan").annotate(n=Count("pk")).filter(n__gt=1).count()
    return [
        line("Fehler", sum(len(log.errors) for log in logs), 0),
        line("bestätigt und verloren", len(lost), 0),
        line("doppelt gespeichert", len(stored) - len(rows), 0),
        line("Einträge, deren Verlauf nicht ihre Fassungen zählt", len(holes), 0),
        line("Speicherungen, die niemand bestätigt bekam", len(more), 0),
        line("Pläne eingereicht", handed, plans),
        line("Pläne mit mehr als einer Fassung", drawn_twice, 0),
        line("PDF erhalten", sum(log.documents for log in logs), plans),
        line("Abweichungen laut verify_plans", len(verify_plans().problems), 0),
    ]


def line(promise: str, found: int, expected: int) -> list[str]:
    """One promise."""
    return [promise, str(found), str(expected), "" if found == expected else "!"]


def timings(crowd: Crowd) -> list[list[str]]:
    """How long what took; the time of retries is in it."""
    taken: dict[str, list[float]] = {}
    for people in crowd.values():
        for person in people:
            for what, seconds in person.log.seconds.items():
                taken.setdefault(what, []).extend(seconds)
    rows = [["", "Anfragen", "Median s", "95 % s", "längste s"]]
    for what, seconds in taken.items():
        ordered = sorted(seconds)
        late = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
        shown = (statistics.median(ordered), late, ordered[-1])
        rows.append([what, str(len(ordered)), *(f"{each:.2f}" for each in shown)])
    return rows


def report(portal: Portal, crowd: Crowd) -> bool:
    """Print the tables; True where every promise is kept."""
    logs = [person.log for people in crowd.values() for person in people]
    show("Antworten", timings(crowd))
    saved = sum(sum(log.saves.values()) for log in logs)
    kills = ", ".join(f"{name} {count}" for name, count in portal.kills.items())
    again = f"{sum(log.retries for log in logs)} Wiederholungen, davon {sum(log.lost_answers for log in logs)}"
    print(f"\n{saved} bestätigte Speicherungen, {again} nach einer verlorenen Bestätigung, kill -9: {kills}")
    promises = judge(crowd)
    show("Versprechen", [["", "gefunden", "erwartet", ""], *promises])
    for log in logs:
        for error in log.errors:
            print(error)
    if any(log.errors for log in logs):
        print(portal.log.read_text(errors="replace")[-3000:])
    return not any(row[-1] for row in promises)


def main() -> int:
    """Prepare the database, live the day, judge it."""
    wanted = options()
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        sys.exit("Der letzte Tag der Frist braucht PostgreSQL: make deadline-day")
    with tempfile.TemporaryDirectory(prefix="lsz-deadline-") as folder:
        for name in ("DEMO", "DEBUG"):
            os.environ.pop(name, None)
        production = {"SECRET_KEY": secrets.token_hex(32), "BEHIND_PROXY": "1", "LOG_LEVEL": "ERROR"}
        production |= {"LSZ_VAR_DIR": folder, "ALLOWED_HOSTS": "127.0.0.1", "TASK_WORKER": "service"}
        os.environ.update(production | {"DJANGO_SETTINGS_MODULE": "lsz_portal.settings"})
        import django

        django.setup()
        from django.core.management import call_command

        from accounts.models import Municipality, User

        call_command("migrate", verbosity=0)
        if User.objects.exists() or Municipality.objects.exists():
            sys.exit("Diese Datenbank ist nicht leer.")
        call_command("collectstatic", verbosity=0, interactive=False)
        fill(wanted.municipalities, 1)
        places = list(Municipality.objects.current().order_by("ags")[: wanted.municipalities])
        with open_portal() as portal:
            crowd = crowd_of(portal, places, with_keys=not wanted.without_keys)
            live(portal, crowd, plans_of(places), wanted.seconds, wanted.kill_every)
            return 0 if report(portal, crowd) else 1


if __name__ == "__main__":
    sys.exit(main())
