"""What a planner sees of a survey that is open in the portal: counts, its address, and texts to be passed on."""

from dataclasses import dataclass
from datetime import date

from participation.domain.questionnaire import Questionnaire
from participation.domain.survey_words import GERMAN, LANGUAGES, Language
from printing.typeset import unprintable
from records.templatetags.german import datum


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


def is_printed(asked: Questionnaire, notice: Notice) -> bool:
    """Whether the fonts of print have all letters of a language; the notice as PDF leaves the others out."""
    told = (notice.language.name, asked.frame(notice.code)["hint"], *notice.lines)
    return not notice.language.is_right_to_left and not unprintable(" ".join(told))
