"""What people bring in large: 100 000 questionnaires of 60 questions, and 117 000 rows of official statistics.

``python -m benchmarks.bringing`` prints seconds, the highest memory of the process that works, and what is left
afterwards: no token, address or answer of a single person in the database or on disk; of a command that is killed in
the middle nothing. Targets (docs of issue): survey 300 s and 300 MB, statistics 60 s and 200 MB.
"""

import csv
import io
import os
import random
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

PEOPLE, QUESTIONS, ROWS = 100_000, 60, 117_000
CANARIES = ("token-kanarie", "kanarie@example.org", "10.11.12.13", "Kanarienwort")
WORDS = ("sehr gut", "gut", "mittel", "schlecht", "gar nicht")
AREAS = ("Nord", "Süd", "Ost", "West", "Mitte")
MEASURES, SEXES = ("BEVSTD", "LEBGEB", "GESTOR", "ZUZUEG"), ("", "GESM", "GESW")
ROOT = Path(__file__).resolve().parent.parent


def questionnaires() -> bytes:
    """A packed response export as LimeSurvey writes it, with tokens, addresses and free texts."""
    lots, text = random.Random(7), io.StringIO()
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    asked = [f"Q{at:02d}. Frage {at} (Beispiel)?" for at in range(QUESTIONS - 1)]
    about = ["id. Antwort ID", "submitdate. Datum Abgeschickt", "token. Zugangscode", "ipaddr. IP-Adresse"]
    writer.writerow([*about, "mail. Ihre E-Mail", *asked, "frei. Ihre Meinung"])
    for at in range(PEOPLE):
        token, mail = f"{CANARIES[0]}-{at}", f"{at}.{CANARIES[1]}"
        said = [AREAS[at % 5], *lots.choices(WORDS, k=QUESTIONS - 2)]
        free = f"{CANARIES[3]} {at}" if at % 50 == 0 else ""
        writer.writerow([at, "2026-01-02 10:00", token, CANARIES[2], mail, *said, free])
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("export.csv", "\ufeff" + text.getvalue())
    return packed.getvalue()


def statistics(codes: list[str]) -> Iterator[str]:
    """Lines of a table in the layout of the statistical offices: measures of areas by year and sex."""
    yield (
        "\ufeffstatistics_code;statistics_label;time_code;time_label;time;1_variable_code;1_variable_label;"
        "1_variable_attribute_code;1_variable_attribute_label;2_variable_code;2_variable_label;"
        "2_variable_attribute_code;2_variable_attribute_label;value;value_unit;value_variable_code;value_variable_label"
    )
    done = 0
    for year in range(2024, 1900, -1):
        for code in codes:
            for measure in MEASURES:
                for sex in SEXES:
                    region = "GEMEIN" if len(code) == 8 else "KREISE"
                    yield (
                        f"12411;Fortschreibung;STAG;Stichtag;{year}-12-31;{region};Gebiet;{code};"
                        f"Gebiet {code};GES;Geschlecht;{sex};Wort;{done % 90_000};Anzahl;{measure};Maß {measure}"
                    )
                    done += 1
                    if done == ROWS:
                        return


def used(process: "subprocess.Popen[bytes]") -> tuple[int, float]:
    """The highest memory of a process so far, in MB, and its seconds of computing; nothing when it is gone."""
    try:
        told = Path(f"/proc/{process.pid}/status").read_text()
        ticks = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0, 0
    peak = next((int(line.split()[1]) // 1024 for line in told.splitlines() if line.startswith("VmHWM")), 0)
    return peak, (int(ticks[11]) + int(ticks[12])) / os.sysconf("SC_CLK_TCK")


@dataclass
class Ran:
    """What a command took: seconds by the clock and of computing, highest memory in MB, exit code, and what it said."""

    seconds: float
    cpu: float
    peak: int
    code: int
    said: str

    def __str__(self) -> str:
        return f"{self.seconds:.0f} s ({self.cpu:.0f} s CPU), {self.peak} MB, Ende {self.code}. {self.said}"


def watched(command: list[str], kill_after: float = 0) -> Ran:
    """Run a command; it is killed after so many seconds of computing."""
    begin, peak, cpu = time.monotonic(), 0, 0.0
    with tempfile.TemporaryFile() as told:
        process = subprocess.Popen([sys.executable, *command], cwd=ROOT, stdout=told)
        while process.poll() is None:
            now = used(process)
            peak, cpu = max(peak, now[0]), max(cpu, now[1])
            if kill_after and cpu > kill_after:
                process.kill()
            time.sleep(0.05)
        told.seek(0)
        lines = told.read().decode().split("\n")
    return Ran(time.monotonic() - begin, cpu, peak, process.returncode, " | ".join(line for line in lines if line))


def set_up() -> None:
    """Django with the portal's settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lsz_portal.settings")
    import django

    django.setup()


def read_survey(path: str) -> None:
    """As a planner: upload, choose the groups, look at the tables, take them over."""
    set_up()
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client
    from django.urls import reverse

    from accounts.models import User
    from participation.models import Survey

    survey, client = Survey.objects.get(title="Messung (Beispiel)"), Client(HTTP_HOST="localhost")
    client.force_login(User.objects.get(username="planung-kyf"))
    url, times = reverse("participation:survey-read", args=[survey.municipality.slug, survey.pk]), [time.monotonic()]
    shown = client.post(url, {"file": SimpleUploadedFile("export.zip", Path(path).read_bytes())})
    times.append(time.monotonic())
    page = client.get(shown["Location"]).content.decode()
    group = {re.findall(r'name="(group_[^"]+)"', page)[0]: "on", "smallest": "5"}
    client.post(shown["Location"], group)
    times.append(time.monotonic())
    done = client.post(shown["Location"], group | {"_take": "1"})
    times.append(time.monotonic())
    parts = [f"{after - before:.0f}" for before, after in pairwise(times)]
    print(f"Hochladen {parts[0]} s, Vorschau {parts[1]} s, Übernehmen {parts[2]} s; Antwort {done.status_code}")


def left_over(folder: str) -> list[str]:
    """Where a canary is found: tables of the database and files of the portal. Free texts wait for their moderation."""
    from django.db import connection

    from participation.models import FreeText

    FreeText.objects.update(text="")
    found = []
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor:
                found += [f"{table}: {canary}" for canary in CANARIES if canary in str(row)]
    for path in Path(folder).rglob("*"):
        if path.is_file() and path.suffix != ".messung":
            content = path.read_bytes()
            found += [f"{path}: {canary}" for canary in CANARIES if canary.encode() in content]
    return found


def measure_survey(folder: str) -> None:
    """100 000 × 60 answers, and what is left of them."""
    from accounts.models import Municipality
    from participation.models import Survey, SurveyQuestion

    home = Municipality.objects.get(slug="kyffhaeuserkreis")
    Survey.objects.create(municipality=home, title="Messung (Beispiel)", target_group="Familien", is_example=True)
    export = Path(folder, "export.messung")
    export.write_bytes(questionnaires())
    print(f"Befragung {PEOPLE} × {QUESTIONS}: {watched(['-m', 'benchmarks.bringing', 'survey', str(export)])}")
    print(f"Fragen mit Tabellen: {SurveyQuestion.objects.exclude(tables=None).count()}; übrig: {left_over(folder)}")


def measure_statistics(folder: str) -> None:
    """117 000 rows: read, again without change, and killed in the middle."""
    from django.db import connection

    from planning.domain.official import load_areas
    from planning.models import Area, OfficialValue, StatImport

    load_areas()
    codes = list(Area.objects.filter(code__startswith="16", valid_until=None).values_list("code", flat=True))
    file = Path(folder, "statistik.messung")
    file.write_text("\n".join(statistics([code for code in codes if len(code) > 2])) + "\n", encoding="utf-8")
    command = ["manage.py", "import_ffcsv", str(file)]
    print(f"Statistik: {ROWS} Zeilen, {file.stat().st_size // 2**20} MB")
    dry = watched([*command, "--dry-run"])
    print(dry)
    killed = watched(command, kill_after=1.4 * dry.cpu)
    connection.close()
    print(f"{killed} {OfficialValue.objects.count()} Werte, {StatImport.objects.count()} Dateien")
    for _ in range(2):
        print(watched(command))
    connection.close()
    print(f"{OfficialValue.objects.count()} Werte, {StatImport.objects.count()} Dateien")


def main() -> None:
    """Fill a database of its own and measure."""
    if sys.argv[1:2] == ["survey"]:
        read_survey(sys.argv[2])
        return
    with tempfile.TemporaryDirectory(prefix="lsz-bench-") as folder:
        os.environ |= {"DEMO": "1", "LSZ_VAR_DIR": folder, "LOG_LEVEL": "ERROR", "TASK_WORKER": "service"}
        set_up()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        call_command("load_demo", stdout=io.StringIO())
        print(f"{connection.vendor}, Last {os.getloadavg()[0]:.1f}")
        if "statistik" not in sys.argv[1:]:
            measure_survey(folder)
        if "befragung" not in sys.argv[1:]:
            measure_statistics(folder)
        connection.close()


if __name__ == "__main__":
    main()
