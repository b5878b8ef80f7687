"""What a planner sees of a survey that is open in the portal: counts, its address, and texts to be passed on."""

from dataclasses import dataclass
from datetime import date

from participation.domain.questionnaire import Questionnaire
from participation.domain.survey_words import GERMAN, LANGUAGES, Language
from participation.models import OpenSurvey, Survey
from records.templatetags.german import datum, number


@dataclass(frozen=True)
class Notice:
    """A text for a notice board or a letter, in one language."""

    code: str
    language: Language
    lines: tuple[str, ...]
    address: str


def notice_of(asked: Questionnaire, code: str, closes_on: date, address: str) -> Notice:
    """Title, introduction, last day, and the address that opens this language."""
    lines = (
        asked.say(code, asked.title),
        asked.say(code, asked.intro),
        f"{asked.frame(code)['until']} {datum(closes_on)}",
    )
    own = address if code == GERMAN else f"{address}?sprache={code}"
    return Notice(code, LANGUAGES[code], tuple(line for line in lines if line), own)


def standing_of(opened: OpenSurvey, today: date) -> str:
    """Whether one can answer now."""
    if today < opened.opens_on:
        return f"Öffnet am {datum(opened.opens_on)}, endet am {datum(opened.closes_on)}."
    if today > opened.closes_on:
        return f"Seit dem {datum(opened.closes_on)} vorbei. Die tägliche Aufräumung wertet sie aus, oder Sie jetzt."
    return f"Offen bis {datum(opened.closes_on)}."


def rate_of(arrived: int, sent: int | None) -> str:
    """„37 ausgefüllte Fragebögen, 9,3 % von 400 versandten“."""
    words = f"{number(arrived)} {'ausgefüllter Fragebogen' if arrived == 1 else 'ausgefüllte Fragebögen'}"
    if not sent or arrived > sent:
        return words
    return f"{words}, {Survey(sent=sent, returned=arrived).return_share} von {number(sent)} versandten"
