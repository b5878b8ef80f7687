"""A survey opened to everybody: what is answered lies in working memory until it closes, then there are tables alone.

Whoever closes it makes the same protected tables as of an export (survey_import), and every single reply goes in the
same transaction (docs/adr/0069).
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from accounts.domain.attempts import Limit, take
from accounts.domain.codes import key_of
from accounts.models import User
from participation.domain.questionnaire import Item, Questionnaire
from participation.domain.survey_file import Answers, Column
from participation.domain.survey_heads import Head
from participation.domain.survey_import import results_of, take_over
from participation.domain.survey_questions import Asked
from participation.enums import AnswerKind
from participation.models import OpenSurvey, Survey, SurveyQuestion, SurveyReply
from participation.models.events import SMALLEST_GROUP
from records.domain.saving import update_record
from records.templatetags.german import datum, number
from records.vague import VagueDate

HOUR = timedelta(hours=1)
FROM_ADDRESS = Limit("answers to surveys of an address", 60, HOUR, HOUR)
MOST_REPLIES = 50_000
LONGEST_TIME = timedelta(days=180)
NO_QUESTION = "Der Fragebogen hat noch keine Frage. Schreiben und speichern Sie mindestens eine."
HAS_TABLES = (
    "Zu dieser Befragung gibt es schon Ergebnisse. Legen Sie für einen neuen Fragebogen eine neue Befragung an."
)
IS_OPEN = "Die Befragung ist im Portal offen. Beenden Sie sie, bevor Sie Antworten einlesen."
TOO_LONG = (
    "Eine Befragung ist höchstens 180 Tage offen, denn so lange bleiben die Antworten "
    "gespeichert. Wählen Sie ein früheres Ende."
)
OVER = "Das Ende liegt in der Vergangenheit. Wählen Sie ein späteres."
MORE_BACK = "Im Portal kamen {} Fragebögen an, mehr als die {} versandten; eine Quote gibt es deshalb nicht."
CLOSED = "Befragung beendet und ausgewertet"


class Busy(Exception):
    """More replies than people send; nothing is stored."""


# ---------------------------------------------------------------- opening
@transaction.atomic
def open_survey(survey: Survey, *, opens_on: date, closes_on: date, actor: User | None) -> OpenSurvey:
    """Freeze the questionnaire and show it to everybody from and until these days. Raises ValidationError."""
    asked = Questionnaire.of(survey.questionnaire, survey.title)
    if not asked.items:
        raise ValidationError(NO_QUESTION)
    if SurveyQuestion.objects.filter(survey=survey, tables__isnull=False).exists():
        raise ValidationError(HAS_TABLES)
    check_days(opens_on, closes_on)
    opened = OpenSurvey(survey=survey, form=asked.told(), opens_on=opens_on, closes_on=closes_on)
    opened.full_clean()
    opened.save()
    if survey.begin is None:
        survey.begin, survey.end = VagueDate(opens_on), VagueDate(closes_on)
        update_record(survey, version=survey.version, actor=actor, reason="Befragung im Portal geöffnet")
    return opened


def check_days(opens_on: date, closes_on: date) -> None:
    """Raise ValidationError where nobody could answer, or answers would be kept for too long."""
    if closes_on < timezone.localdate():
        raise ValidationError(OVER)
    if closes_on - opens_on > LONGEST_TIME:
        raise ValidationError(TOO_LONG)


@transaction.atomic
def change_days(opened: OpenSurvey, *, opens_on: date, closes_on: date) -> None:
    """Other days for a survey that is open. Raises ValidationError."""
    check_days(opens_on, closes_on)
    opened.opens_on, opened.closes_on = opens_on, closes_on
    opened.full_clean()
    opened.save(update_fields=["opens_on", "closes_on"])


@transaction.atomic
def translate_open(survey: Survey, words: Mapping[str, Any]) -> None:
    """Translations that were mended while it is open; the German questions stay as they were opened."""
    for opened in OpenSurvey.objects.select_for_update().filter(survey=survey):
        opened.form["words"] = dict(words)
        opened.save(update_fields=["form"])


# ---------------------------------------------------------------- answering
def is_open(opened: OpenSurvey, today: date) -> bool:
    """Whether one can answer."""
    return opened.opens_on <= today <= opened.closes_on


def reply(opened: OpenSurvey, said: Mapping[str, Any], *, key: str, address: str) -> None:
    """Keep a reply; the same page sent once more takes the place of what it sent before.

    Raises Busy: too many from there or altogether; OpenSurvey.DoesNotExist: it was closed meanwhile.
    """
    if take([(FROM_ADDRESS, address)]) is not None:
        raise Busy
    with transaction.atomic():
        held = OpenSurvey.objects.select_for_update().get(pk=opened.pk)
        if not is_open(held, timezone.localdate()):
            raise OpenSurvey.DoesNotExist
        digest = key_of(key)
        if not SurveyReply.objects.filter(opened=held, key=digest).update(said=dict(said)):
            if SurveyReply.objects.filter(opened=held).count() >= MOST_REPLIES:
                raise Busy
            SurveyReply.objects.create(opened=held, key=digest, said=dict(said))


# ---------------------------------------------------------------- closing
@transaction.atomic
def close_survey(opened: OpenSurvey, *, actor: User | None) -> int:
    """Make the protected tables, and delete every reply; returns how many there were. Raises ValidationError.

    Where they are fewer than five nothing is made of them; they go all the same.
    """
    held = OpenSurvey.objects.select_for_update().select_related("survey").get(pk=opened.pk)
    asked, survey = Questionnaire.of(held.form), held.survey
    answers = answers_of(asked.items, SurveyReply.objects.filter(opened=held).values_list("said", flat=True).iterator())
    questions = questions_of(asked.items)
    told = {
        "portal": f"{held.opens_on.isoformat()}/{min(held.closes_on, timezone.localdate()).isoformat()}",
        "smallest": asked.smallest,
        "groups": [item.text for item in asked.items if item.groups],
        "languages": asked.languages(),
    }
    if answers.complete < max(asked.smallest, SMALLEST_GROUP):
        survey.read_in = told | {"too_few": True, "at": timezone.localdate().isoformat()}
        update_record(survey, version=survey.version, actor=actor, reason=CLOSED)
    else:
        groups = [each for each, item in zip(questions, asked.items, strict=True) if item.groups]
        results = results_of(answers, questions, groups, asked.smallest)
        if survey.sent is not None and answers.rows > survey.sent:
            notes = filter(None, (survey.return_note, MORE_BACK.format(answers.rows, survey.sent)))
            survey.sent, survey.return_note = None, " ".join(notes)[:200]
        take_over(survey, answers, results, told=told, actor=actor, reason=CLOSED)
    held.delete()
    return answers.rows


def close_due(today: date) -> tuple[int, list[str]]:
    """Close what has ended; returns how many, and a line for each that could not be closed."""
    closed, failed = 0, []
    for opened in OpenSurvey.objects.filter(closes_on__lt=today).select_related("survey"):
        try:
            close_survey(opened, actor=None)
        except ValidationError as error:
            failed.append(f"{opened.survey_id}: {' '.join(error.messages)}")
        else:
            closed += 1
    if closed:
        forget_pages()
    return closed, failed


def forget_pages() -> None:
    """Let SQLite write what was deleted over the pages of its log as well; call it outside of transactions."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


# ---------------------------------------------------------------- replies as the columns of an export
def questions_of(items: Iterable[Item]) -> list[Asked]:
    """The questions in the shape in which tables are made of exports."""
    found, at = [], 0
    for item in items:
        codes = dict(item.choices)
        places = tuple(range(at, at + (len(codes) if item.kind == AnswerKind.SEVERAL else 1)))
        if item.kind == AnswerKind.SEVERAL:
            codes = {str(place): label for place, label in zip(places, codes.values(), strict=True)}
        found.append(Asked(item.key, item.key, item.text, item.kind, places, codes))
        at += len(places)
    return found


def answers_of(items: Iterable[Item], replies: Iterable[Mapping[str, Any]]) -> Answers:
    """Columns of what was said."""
    answers = Answers([], [])
    parts = [(item, [code for code, _ in item.choices]) for item in items]
    for item, codes in parts:
        for part in codes if item.kind == AnswerKind.SEVERAL else [""]:
            answers.heads.append(Head(len(answers.heads), item.key, part, item.text))
            answers.columns.append(Column())
    for said in replies:
        columns = iter(answers.columns)
        for item, codes in parts:
            value = said.get(item.key, "")
            if item.kind == AnswerKind.SEVERAL:
                for code in codes:
                    next(columns).add("Y" if code in value else "N")
            else:
                next(columns).add(value)
        answers.rows += 1
        answers.complete += 1
    return answers


# ---------------------------------------------------------------- what is known before it closes
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
