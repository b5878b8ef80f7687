"""The abbreviations of the programme and its field, kept by hand; a plan lists those that it uses."""

import re
from collections.abc import Iterable

KEPT = {
    "AGS": "Amtlicher Gemeindeschlüssel",
    "AK": "Arbeitskreis",
    "ARM": "Armutsprävention, Förderung integrierter Strategien gegen Armut",
    "BAföG": "Bundesausbildungsförderungsgesetz",
    "e. V.": "eingetragener Verein",
    "EKZ": "Eltern-Kind-Zentrum",
    "ESF": "Europäischer Sozialfonds",
    "gGmbH": "gemeinnützige Gesellschaft mit beschränkter Haftung",
    "HzE": "Hilfen zur Erziehung",
    "IKPE": "Institut für kommunale Planung und Entwicklung",
    "JHA": "Jugendhilfeausschuss",
    "KdU": "Kosten der Unterkunft",
    "LEADER": "Programm der Europäischen Union für den ländlichen Raum",
    "LSZ": "Landesprogramm „Solidarisches Zusammenleben der Generationen“",
    "MGH": "Mehrgenerationenhaus",
    "ÖPNV": "Öffentlicher Personennahverkehr",
    "RAG": "Regionale Aktionsgruppe",
    "SGB": "Sozialgesetzbuch",
    "SWOT": "Stärken, Schwächen, Chancen und Risiken",
    "ThEKiZ": "Thüringer Eltern-Kind-Zentrum",
    "ThürKJHAG": "Thüringer Kinder- und Jugendhilfe-Ausführungsgesetz",
    "TLS": "Thüringer Landesamt für Statistik",
    "TMASGFF": "Thüringer Ministerium für Arbeit, Soziales, Gesundheit, Frauen und Familie",
    "TMSFG": "Thüringer Ministerium für Soziales, Familie und Gesundheit",
    "VzÄ": "Vollzeitäquivalent",
}
TAG = re.compile(r"<[^<>]*>")


def abbreviations_in(parts: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Abbreviation and meaning of those that stand as words in the text of the HTML, in German order."""
    text = " ".join(TAG.sub(" ", part) for part in parts).replace("\u00a0", " ")
    return tuple((short, long) for short, long in KEPT.items() if re.search(rf"(?<!\w){re.escape(short)}(?!\w)", text))
