"""Heads of response exports of LimeSurvey: which column is what, in all forms in which the program writes them.

A head is a code („Q012[SQ001]“), a text („Frage? [Antwort]“), or both („Q012[SQ001]. Frage? [Antwort]“). Source:
LimeSurvey, CsvWriter.php and Writer.php; the German names of the first columns as its translation has them.
"""

import re
from dataclasses import dataclass

from records.text import fold

CODED = re.compile(r"([A-Za-z][A-Za-z0-9_]*)((?:\[[^\]]+\])*)(?:\. ?(.*))?", re.DOTALL)
TEXTED = re.compile(r"(.*)\[([^\[\]]*)\]", re.DOTALL)
SUBMITTED = {"submitdate", "datum abgeschickt", "date submitted", "abgeschickt am"}
OTHER = {"other", "sonstiges", "sonstige", "andere", "anderes"}
TECHNICAL = re.compile(
    r"(id|antwort[ -]?id|response id|submitdate|datum abgeschickt|abgeschickt am|date submitted|lastpage|letzte seite|"
    r"last page|startlanguage|start-?sprache|start language|seed|zufallsstartwert|token|zugangs(code|schlüssel)|"
    r"teilnahme(code|schlüssel)|access code|startdate|datum gestartet|date started|datestamp|"
    r"datum letzte aktivität|date last action|ipaddr|ip[ -]adresse|ip address|refurl|(weiterleitungs|referrer)[ -]?url|"
    r"interviewtime|gesamtzeit|total time|(group|question|gruppen|fragen)-?(time|zeit)\b.*|(?-i:\w+Time\d*)|"
    r"firstname|lastname|email|e-mail-adresse|vorname|nachname|attribute?_?\s?\d+|participant_id)",
    re.IGNORECASE,
)
PERSONAL = re.compile(
    r"e-?mail|telefon|handy|mobilnummer|anschrift|adresse|vorname|nachname|familienname|ihr name|name, vorname|"
    r"geburtsdatum|iban|kontaktdaten|rückruf",
    re.IGNORECASE,
)

NAMED = re.compile(
    r"(?<![^@\s])[^@\s]+@[^@\s]+\.[A-Za-z]{2,}"
    r"|(?:\+|00|0)[1-9][\d /().-]{5,18}\d"
    r"|\b(?:Herrn?|Frau|Hr\.|Fr\.|Dr\.|Familie|Fam\.)(?: Dr\.)?(?: [A-ZÄÖÜ][\w-]+){1,2}"
)  # what leads to a person within a text


@dataclass(frozen=True)
class Head:
    """A column: code of the question, code of the part below it, and their texts, as far as the head says them."""

    index: int
    code: str = ""
    part: str = ""
    text: str = ""
    option: str = ""

    @property
    def stem(self) -> str:
        """What columns of one question share."""
        return self.code or self.text

    @property
    def is_other(self) -> bool:
        """Whether it holds what people wrote beside the choices."""
        return fold(self.part or self.option) in OTHER


def head_of(index: int, text: str) -> Head:
    """A head in whatever form."""
    said = " ".join(text.split())
    coded = CODED.fullmatch(said)
    if coded and (coded[2] or coded[3] or " " not in said):
        parts = re.findall(r"\[([^\]]+)\]", coded[2])
        words, option = texts_of(coded[3] or "") if parts else (coded[3] or "", "")
        return Head(index, coded[1], "_".join(parts), words, option)
    words, option = texts_of(said)
    return Head(index, "", "", words, option)


def texts_of(said: str) -> tuple[str, str]:
    """Question and part of „Frage? [Antwort]“."""
    found = TEXTED.fullmatch(said)
    return (found[1].rstrip(), found[2]) if found else (said, "")


def is_technical(text: str) -> bool:
    """Whether LimeSurvey filled the column by itself: identifiers, times, addresses, attributes of participants."""
    coded, _, words = text.strip().partition(". ")
    return any(TECHNICAL.fullmatch(part.strip()) for part in (text.strip(), coded, words) if part)


def is_submitted(text: str) -> bool:
    """Whether the column says when the questionnaire was sent off."""
    return any(fold(part).strip() in SUBMITTED for part in (text, *text.split(". ")))
