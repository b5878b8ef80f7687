"""10 000 people answer a survey at once, in operation's mode: floods, double sending, four languages.

``.venv/bin/python scripts/with_postgres.py .venv/bin/python -m benchmarks.answers`` (three processes of gunicorn, as
scripts/soak.py). While they answer, a planner asks for a list five times a second. Afterwards the survey is closed, and
no address and no single reply is left in the database.
"""

import os
import re
import socket
import subprocess
import tempfile
import threading
import time
from collections import Counter
from urllib.parse import urlsplit

from scripts.soak import HIDDEN, PYTHON, ROOT, Person, Watch, serve

PEOPLE, AT_ONCE, BATCH = 10_000, 6, 60  # BATCH forms are opened before the first of them is sent: people need seconds
LANGUAGES = ("de", "de-simple", "uk", "ar")
TWICE, QUICK = 10, 500  # every tenth sends the same page twice; every 500th is a program
CANARY, NETWORK = "Kanarienantwort", "100.64"

OPEN = """
import os, django
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lsz_portal.settings")
django.setup()
from datetime import timedelta
from django.utils import timezone
from accounts.models import Municipality
from participation.domain.open_surveys import open_survey
from participation.domain.questionnaire import Item, Questionnaire
from participation.domain.survey_words import FRAME, PROPOSED
from participation.models import Survey
from tests.factories import make
home = Municipality.objects.get(slug="kyffhaeuserkreis")
survey = make(Survey, home, full=False, title="Messung (Beispiel)", begin=None, end=None, sent=None)
asked = Questionnaire(survey.title, "Worum es geht.", 5, [
    Item("f1", "Wo wohnen Sie?", "choice", ("Nord", "Süd", "Ost"), True),
    Item("f2", "Was fehlt?", "several", ("Bus", "Hort", "Arzt")),
    Item("f3", "Wie zufrieden sind Sie?", "scale", ("gar nicht", "sehr")),
    Item("f4", "Wie alt sind Sie?", "number", ("18", "30")),
    Item("f5", "Ihre Meinung", "text"),
])
for code in ("de-simple", "uk", "ar"):
    asked.words[code] = {
        "texts": {text: f"{code}: {text}" for text in asked.texts()},
        "frame": {key: PROPOSED.get(code, {}).get(key, f"{code} {key}") for key in FRAME},
    }
survey.questionnaire = asked.told()
survey.save()
today = timezone.localdate()
open_survey(survey, opens_on=today, closes_on=today + timedelta(days=20), actor=None)
print(survey.pk)
"""
LOOK = """
import os, sys, django
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lsz_portal.settings")
django.setup()
from django.db import connection
from participation.domain.open_surveys import close_survey
from participation.models import FreeText, OpenSurvey, SurveyQuestion, SurveyReply
survey = int(sys.argv[1])
print("vor dem Ende", SurveyReply.objects.filter(opened__survey=survey).count(), "Antworten")
close_survey(OpenSurvey.objects.get(survey=survey), actor=None)
FreeText.objects.filter(question__survey=survey).update(text="")
found = []
with connection.cursor() as cursor:
    for table in connection.introspection.table_names():
        cursor.execute(f'SELECT * FROM "{table}"')
        found += [table for row in cursor for word in sys.argv[2:] if word in str(row)]
print("danach", SurveyReply.objects.count(), "Antworten; Fragen mit Tabellen:",
      SurveyQuestion.objects.filter(survey=survey).exclude(tables=None).count(), "; gefunden:", sorted(set(found)))
"""


class Guest(Person):
    """Somebody without account and cookies, behind an address of their own."""

    def __init__(self, port: int, number: int) -> None:
        super().__init__(port, "")
        self.address = f"{NETWORK}.{number // 250 % 250}.{number % 250 + 1}"

    def headers(self, path: str) -> dict[str, str]:
        """What the proxy of operation says, and no cookies."""
        return super().headers(path) | {"Cookie": "", "X-Forwarded-For": self.address}


class Crowd:
    """Everybody who answers, and what came back."""

    def __init__(self, port: int, survey: int) -> None:
        self.port, self.page = port, f"/oeffentlich/kyffhaeuserkreis/befragungen/{survey}/"
        self.told: Counter[str] = Counter()
        self.seconds: list[float] = []
        self.left = iter(range(PEOPLE))
        self.lock = threading.Lock()

    def note(self, what: str) -> None:
        """Count an answer."""
        with self.lock:
            self.told[what] += 1

    def work(self) -> None:
        """Open some forms, fill and send them, until everybody has answered."""
        while True:
            with self.lock:
                numbers = [number for _, number in zip(range(BATCH), self.left, strict=False)]
            if not numbers:
                return
            opened = [(number, *self.open(number)) for number in numbers]
            time.sleep(2.1)
            for number, guest, form in opened:
                self.send(number, guest, form)

    def open(self, number: int) -> tuple[Guest, dict[str, str]]:
        """The form in the language of the person; a program sends it at once."""
        guest, code = Guest(self.port, number), LANGUAGES[number % 4]
        status, _, text = guest.ask(f"{self.page}?sprache={code}")
        is_turned = re.search(r'<html[^>]* dir="rtl"', text)
        self.note(f"Seite {code} {status}" + (" von rechts" if is_turned else ""))
        form = dict(HIDDEN.findall(text)) | {"f1": f"a{number % 3 + 1}", "f2": "a1", "f3": "a2", "f4": "a2"}
        form |= {"f5": f"{CANARY} {number}" if number % 7 == 0 else ""}
        if number % QUICK == 0:
            self.note(f"sofort gesendet {guest.ask(self.page, form)[0]}")
        return guest, form

    def send(self, number: int, guest: Guest, form: dict[str, str]) -> None:
        """Send it, some of them twice."""
        began = time.monotonic()
        self.note(f"gesendet {guest.ask(self.page, form)[0]}")
        self.seconds.append(time.monotonic() - began)
        if number % TWICE == 0:
            self.note(f"doppelt gesendet {guest.ask(self.page, form)[0]}")

    def flood(self) -> None:
        """A hundred replies from one address."""
        guest = Guest(self.port, 0)
        guest.address = "198.51.100.7"
        forms = [dict(HIDDEN.findall(guest.ask(self.page)[2])) | {"f1": "a1"} for _ in range(100)]
        time.sleep(2.1)
        for form in forms:
            self.note(f"eine Adresse {guest.ask(self.page, form)[0]}")


def script(folder: str, text: str, *told: str) -> str:
    """Run a script beside the portal; what it prints."""
    env = os.environ | {"LSZ_VAR_DIR": folder, "LOG_LEVEL": "ERROR", "DEMO": "1"}
    done = subprocess.run([PYTHON, "-c", text, *told], cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE)
    return done.stdout.decode().strip()


def main() -> None:
    """Serve, let everybody answer, close and look."""
    os.environ["TRUSTED_PROXIES"] = "1"
    with tempfile.TemporaryDirectory(prefix="lsz-answers-") as folder, socket.create_server(("127.0.0.1", 0)) as silent:
        process, port = serve(folder, urlsplit(f"//x:{silent.getsockname()[1]}").port or 0)
        try:
            survey = re.findall(r"\d+", script(folder, OPEN))[-1]
            crowd, other = Crowd(port, int(survey)), Person(port, "ministerium")
            other.log_in()
            began = time.monotonic()
            with Watch(other, folder) as watch:
                works = [crowd.flood, *[crowd.work] * AT_ONCE]
                threads = [threading.Thread(target=work) for work in works]
                for thread in threads:
                    thread.start()
                for thread in threads:
                    thread.join()
            took, ordered = time.monotonic() - began, sorted(crowd.seconds)
            print(f"{PEOPLE} Antworten in {took:.0f} s, Last {os.getloadavg()[0]:.1f}; Senden p95 ", end="")
            print(f"{ordered[len(ordered) * 95 // 100]:.2f} s, Liste p95 {watch.within(95):.2f} s, ", end="")
            print(f"Speicher {watch.peak // 1024} MiB, ab 500: {sum(status >= 500 for status in other.statuses)}")
            for what, count in sorted(crowd.told.items()):
                print(f"  {what}: {count}")
            print(script(folder, LOOK, survey, CANARY, f"{NETWORK}.", "198.51.100.7"))
        finally:
            process.terminate()
            process.wait()


if __name__ == "__main__":
    main()
