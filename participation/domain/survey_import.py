"""Answers become protected tables and free texts, in one transaction; then the answers are gone."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from participation.domain.survey_file import NOT_SHOWN, Answers
from participation.domain.survey_heads import NAMED
from participation.domain.survey_questions import Asked
from participation.domain.survey_tables import NONE, UNSEEN, Grouping, Table, answered_of, grouping_of, tables_of
from participation.enums import AnswerKind, TextState
from participation.models import FreeText, Survey, SurveyQuestion
from participation.models.events import SMALLEST_GROUP
from records.domain.saving import create_record, update_record
from records.text import clean_text

MOST_GROUPINGS, MOST_TEXTS = 3, 5_000
GROUPABLE = frozenset({AnswerKind.CHOICE, AnswerKind.SCALE})
TOO_FEW = (
    "Weniger als {} vollständige Fragebögen: Daraus entsteht keine Tabelle, in der niemand zu "
    "erkennen ist. Lesen Sie die Antworten ein, wenn mehr da sind."
)


@dataclass(frozen=True)
class Result:
    """A question as it would be stored."""

    asked: Asked
    seen: int
    answered: int
    tables: list[Table]
    texts: list[str]


def results_of(answers: Answers, questions: Sequence[Asked], groups: Sequence[Asked], smallest: int) -> list[Result]:
    """What comes of the answers. Raises ValidationError where there are too few."""
    if answers.complete < max(smallest, SMALLEST_GROUP):
        raise ValidationError(TOO_FEW.format(smallest))
    groupings = [grouping_of(answers, asked, smallest) for asked in groups]
    usable = [grouping for grouping in groupings if len(grouping.names) > 1]
    return [result_of(answers, asked, [] if asked in groups else usable, smallest) for asked in questions]


def result_of(answers: Answers, asked: Asked, groupings: Sequence[Grouping], smallest: int) -> Result:
    """One question. Groups are not divided by other groups: three such tables together would tell too much."""
    seen, answered = answered_of(answers, asked)
    places = asked.columns if asked.kind == AnswerKind.TEXT else asked.others
    texts = [text for at in places for text in answers.columns[at] if text and text not in NOT_SHOWN]
    tables = [] if asked.kind == AnswerKind.TEXT else tables_of(answers, asked, groupings, smallest)
    return Result(asked, seen, answered, tables, texts if len(texts) >= smallest else [])


@transaction.atomic
def take_over(
    survey: Survey,
    answers: Answers,
    results: Sequence[Result],
    *,
    told: Mapping[str, Any],
    actor: User | None,
    reason: str = "Antworten eingelesen",
) -> None:
    """Store tables and texts in the place of those that were read in before. Raises PermissionDenied, ValidationError.

    ``told`` says what they were made of. What people wrote about a question stays with it.
    """
    survey.read_in = dict(told) | {
        "rows": answers.rows,
        "complete": answers.complete,
        "doubled": answers.doubled,
        "dropped": answers.dropped,
        "at": timezone.localdate().isoformat(),
    }
    survey.evaluated = answers.complete
    if survey.returned is None or survey.returned < answers.rows:
        survey.returned = answers.rows
    update_record(survey, version=survey.version, actor=actor, reason=reason)
    before = {row.code: row for row in survey.questions.all() if row.code}
    FreeText.objects.filter(question__survey=survey).delete()
    last = max([row.position for row in survey.questions.all()], default=0)
    for result in results:
        code = code_of(result.asked)
        question = before.pop(code, None)
        is_new = question is None
        if question is None:
            last += 1
            question = SurveyQuestion(
                municipality=survey.municipality, survey=survey, code=code, position=min(last, 30_000)
            )
        question.text, question.kind = shortened(result.asked.text), result.asked.kind
        question.seen, question.answered = shown_counts(result)
        question.tables = result.tables or None
        question.is_example = survey.is_example
        if is_new:
            create_record(question, actor=actor, reason=reason)
        else:
            update_record(question, version=question.version, actor=actor, reason=reason)
            SurveyQuestion.objects.filter(pk=question.pk).update(tables=question.tables)
        FreeText.objects.bulk_create(
            FreeText(question=question, text=clean_text(text)[:20_000]) for text in mixed(result.texts)
        )
    for question in before.values():
        SurveyQuestion.objects.filter(pk=question.pk).update(tables=None)


def shown_counts(result: Result) -> tuple[int | None, int | None]:
    """Seen and answered, where neither tells of fewer than five people; tables show the same sums."""
    if not result.tables:
        return None, None
    seen, answered = sum(result.tables[0]["base"]), result.answered
    if result.asked.kind != AnswerKind.SEVERAL:
        apart = {row["label"]: row["cells"][0] or 0 for row in result.tables[0]["rows"] if row["silent"]}
        seen -= apart.get(UNSEEN, 0)
        if seen - apart.get(NONE, 0) != answered or seen != result.seen:
            return None, None  # who said nothing stands together with small answers, and would tell of these
    return (seen, answered) if answered >= SMALLEST_GROUP and not 0 < seen - answered < SMALLEST_GROUP else (None, None)


def code_of(asked: Asked) -> str:
    """What a question is known by when the same survey is read in again."""
    return (asked.code or asked.text)[:80]


def shortened(text: str) -> str:
    """A text that fits into the record."""
    return text if len(text) <= 300 else f"{text[:299]}…"


def mixed(texts: Sequence[str]) -> list[str]:
    """In an order that tells nothing of who wrote them, the portal's most."""
    found = list(texts)
    secrets.SystemRandom().shuffle(found)
    return found[:MOST_TEXTS]


# ---------------------------------------------------------------- free texts
BLACK = "█████"


def blackened(text: str) -> str:
    """The text without addresses, telephones and what looks like a name; a proposal that somebody looks at."""
    return NAMED.sub(BLACK, text)


@transaction.atomic
def decide_text(text: FreeText, *, state: str, words: str) -> None:
    """Keep what was decided; what was thrown away leaves no word. A released text that differs is a blackened one.

    Raises ValidationError.
    """
    words = clean_text(words).strip()
    if state == TextState.RELEASED and (words != text.text.strip() or BLACK in words):
        state = TextState.BLACKENED
    if state not in TextState.values:
        raise ValidationError("Wählen Sie aus, was mit dem Text geschieht.")
    if state == TextState.DISCARDED:
        text.text = ""
    elif words:
        text.text = words[:20_000]
    text.state = state
    text.save(update_fields=["text", "state"])


def keep_words(text: FreeText, words: str) -> None:
    """Keep what somebody has blackened by hand in a text on which nobody has decided yet."""
    words = clean_text(words).strip()[:20_000]
    if words and words != blackened(text.text):
        text.text = words
        text.save(update_fields=["text"])


def percent(number: int | None, base: int) -> str:
    """„40 %“ of those who were asked, with a decimal from 100 on; empty where the number is hidden."""
    if number is None or not base:
        return ""
    share = 100 * number / base
    return f"{share:.1f}".replace(".", ",") + "\u202f%" if base >= 100 else f"{share:.0f}\u202f%"
