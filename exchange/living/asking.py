"""Surveys of the model municipalities: one that was read in from an export, and one that everybody can answer today."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

from exchange.dated import written_on
from exchange.living.calendar import Calendar, on
from exchange.living.place import Place
from participation.domain.open_surveys import answers_of, open_survey, questions_of
from participation.domain.questionnaire import Item, Questionnaire
from participation.domain.survey_import import results_of, take_over
from participation.domain.survey_words import PROPOSED
from participation.enums import TextState
from participation.models import FreeText, Survey, SurveyQuestion, SurveyReply
from records.domain.saving import create_record, update_record

TITLE = "Familien und ihre Wege"
OPINIONS = (
    "Beispiel: Der Bus fährt am Wochenende nicht.",
    "Beispiel: Die Beratung ist gut, aber weit weg.",
    "Beispiel: Für Jugendliche gibt es keinen Raum.",
    "Beispiel: Frau Muster im Amt hat uns sehr geholfen, Tel. 03632 000000.",
    "Beispiel: Mehr Plätze am Nachmittag.",
    "Beispiel: Danke, dass Sie fragen.",
)
READ_IN, ARRIVED = 148, 37


def ask_everybody(places: Iterable[Place], calendar: Calendar) -> None:
    """Both surveys for each place."""
    told = json.loads((Path(__file__).parent / "survey.json").read_text(encoding="utf-8"))
    asked = Questionnaire(told["title"], told["intro"], 5, [Item(**each) for each in told["items"]])
    texts = asked.texts()
    for code, words in told["words"].items():
        asked.words[code] = {"texts": dict(zip(texts, words, strict=True)), "frame": PROPOSED[code]}
    for place in places:
        read_one_in(place, asked, calendar)
        open_one(place, asked, calendar)


def drawn(salt: str, at: int, sides: int) -> int:
    """A number from 0 on, always the same for the same reply."""
    return crc32(f"{salt}.{at}".encode()) % sides


def replies(count: int, shift: int) -> Iterator[dict[str, Any]]:
    """Invented answers; in villages there are few without a car, and they are hidden in the tables."""
    for at in range(count):
        home = drawn(f"home {shift}", at, 10) // 4
        by = 2 if home == 2 and drawn("car", at, 9) else drawn("by", at, 3)
        said: dict[str, Any] = {
            "f1": f"a{home + 1}",
            "f2": [f"a{option}" for option in range(1, 5) if drawn(f"{option}", at, 5) < 6 - option],
            "f3": f"a{1 + min(4, drawn('content', at, 6) + (home == 0))}",
            "f4": f"a{1 + drawn('age', at, 5)}",
            "f5": f"a{by + 1}",
        }
        if at % 25 == 0:
            said["f6"] = OPINIONS[at // 25 % len(OPINIONS)]
        yield said


def survey_of(place: Place, title: str, **values: Any) -> Survey:
    """A survey of the place."""
    survey = Survey(
        municipality=place.municipality,
        title=title,
        target_group="Familien mit Kindern unter 18 Jahren",
        is_example=True,
        **values,
    )
    return create_record(survey, actor=place.people.planner)


def read_one_in(place: Place, asked: Questionnaire, calendar: Calendar) -> None:
    """A survey whose tables were made of an export; some free texts nobody has looked through yet."""
    planner = place.people.planner
    with written_on(calendar.ago(40)):
        days = {"begin": on(calendar.ago(90)), "end": on(calendar.ago(60))}
        survey = survey_of(place, TITLE, method="Fragebogen im Internet", sent=400, **days)
        answers = answers_of(asked.items, replies(READ_IN, place.number))
        answers.dropped = [
            "id. Antwort ID",
            "submitdate. Datum Abgeschickt",
            "token. Zugangscode",
            "ipaddr. IP-Adresse",
        ]
        questions = questions_of(asked.items)
        told = {"file": "antworten-beispiel.csv", "smallest": 5, "groups": [questions[0].text]}
        take_over(survey, answers, results_of(answers, questions, questions[:1], 5), told=told, actor=planner)
        question = SurveyQuestion.objects.get(survey=survey, code="f5")
        question.finding = "Beispiel: Auf dem Dorf geht fast nichts ohne Auto."
        update_record(question, version=question.version, actor=planner)
    for text in FreeText.objects.filter(question__survey=survey, text__in=OPINIONS[:2]):
        text.state = TextState.RELEASED
        text.save(update_fields=["state"])


def open_one(place: Place, asked: Questionnaire, calendar: Calendar) -> None:
    """A survey in five languages, open for four weeks, which some have answered."""
    with written_on(calendar.ago(10)):
        survey = survey_of(place, asked.title, method="Fragebogen im Portal", sent=250, questionnaire=asked.told())
        days = {"opens_on": calendar.ago(7), "closes_on": calendar.ahead(21)}
        opened = open_survey(survey, **days, actor=place.people.planner)
    for at, said in enumerate(replies(ARRIVED, place.number)):
        SurveyReply.objects.create(opened=opened, key=f"beispiel-{at}", said=said)
