"""Words of the synthetic rows. All of it is invented; every row is marked „Beispiel“."""

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

REGIONS = ("Nord", "Mitte", "Süd", "Kernstadt")
PLACES = (
    "Altenfeld",
    "Birkenau",
    "Drosselberg",
    "Eichenrode",
    "Fuchsthal",
    "Grünau",
    "Hasenwinkel",
    "Immenrode",
    "Kaltenbrunn",
    "Lindenthal",
)
PROVIDERS = (
    "Familienzentrum",
    "Mehrgenerationenhaus",
    "Kreisvolkshochschule",
    "Wohlfahrtsverband",
    "Kirchenkreis",
    "Jugendförderverein",
    "Frauenzentrum",
    "Seniorenbüro",
    "Sportbund",
    "Pflegestützpunkt",
    "Kinderschutzverein",
    "Nachbarschaftshilfe",
)
TARGET_GROUPS = (
    "Familien mit kleinen Kindern",
    "Alleinerziehende",
    "Jugendliche",
    "pflegende Angehörige",
    "Seniorinnen und Senioren",
    "Familien mit Fluchterfahrung",
    "Großeltern",
    "Menschen mit Behinderung",
)
OFFERS = (
    "Eltern-Kind-Gruppe",
    "Erziehungsberatung",
    "Familienbildung am Abend",
    "Generationencafé",
    "Hausaufgabenhilfe",
    "Pflegekurs für Angehörige",
    "Rufbus am Wochenende",
    "Ferienfreizeit",
    "Hebammensprechstunde",
    "Wohnberatung",
    "Leihgroßeltern",
    "Schuldnerberatung",
    "Ehrenamtsbörse",
    "Sprachcafé",
    "Stillgruppe",
)
NEEDS = (
    "Betreuung in Randzeiten",
    "Wege ohne eigenes Auto",
    "Beratung in der Nähe",
    "Treffpunkte der Generationen",
    "Entlastung pflegender Angehöriger",
    "bezahlbarer Wohnraum",
    "Angebote für Väter",
    "Überblick über Hilfen",
    "barrierefreie Spielplätze",
    "Begleitung nach der Geburt",
    "Unterstützung beim Übergang in den Beruf",
)
MEASURES = (
    "Familienlotsinnen und Familienlotsen",
    "Mobiles Beratungsteam",
    "Dorfkümmerer",
    "Elternakademie",
    "Mehrgenerationentreff",
    "Familien-App und Wegweiser",
    "Ferienbetreuung mit Betrieben",
    "Wohnen für Hilfe",
    "Begrüßungsbesuche",
    "Netzwerk pflegende Angehörige",
    "Mitfahrbänke",
)
FINDINGS = (
    "Der letzte Bus fährt vor dem Ende der Chorprobe",
    "Viele wissen nicht, an wen sie sich wenden können",
    "Die Wartezeit auf Beratung beträgt mehrere Monate",
    "Großeltern wünschen sich Angebote mit Enkelkindern",
    "Öffnungszeiten passen nicht zur Schichtarbeit",
    "Im Winter fehlt ein Raum zum Treffen",
    "Alleinerziehende finden keine Betreuung am Samstag",
    "Junge Familien ziehen zurück in die Dörfer",
)
STEPS = (
    "Auftrag klären",
    "Steuerungsgruppe einberufen",
    "Angebote erfassen",
    "Daten zusammenstellen",
    "Regionen abgrenzen",
    "Regionalkonferenz vorbereiten",
    "Ergebnisse auswerten",
    "Ziele abstimmen",
    "Maßnahmen beschreiben",
    "Beschlussvorlage schreiben",
    "Mittel weiterleiten",
    "Bilanz ziehen",
)
BODIES = (
    "Externe Steuerungsgruppe",
    "Interne Steuerungsgruppe",
    "Planungsbeirat",
    "Kreistag",
    "Jugendhilfeausschuss",
    "Netzwerk Familie",
)
SENTENCES = (
    "In den Gesprächen wurde das mehrfach genannt.",
    "Die Zahlen der letzten Jahre stützen diese Einschätzung.",
    "Besonders betroffen sind Familien ohne eigenes Auto.",
    "Ähnliche Erfahrungen melden die Nachbarregionen.",
    "Die Beteiligten schlagen vor, bestehende Strukturen zu nutzen.",
    "Eine Verstetigung über drei Jahre ist vorgesehen.",
    "Zuständig ist die Sozialplanung gemeinsam mit den Trägern.",
    "Der Beirat hat das im Frühjahr beraten.",
)


def pick(words: Sequence[T], number: int) -> T:
    """The word of that number, beginning anew at the end."""
    return words[number % len(words)]


def some(rows: Sequence[T], number: int, count: int) -> list[T]:
    """``count`` different rows, spread by the number."""
    size = len(rows)
    return [rows[(number + step * 3) % size] for step in range(count)] if size % 3 else list(rows[:count])


def text(number: int, sentences: int = 3) -> str:
    """A paragraph."""
    return " ".join(pick(SENTENCES, number * 5 + step * 3) for step in range(sentences))
