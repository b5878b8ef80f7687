"""The notice of a survey that is open in the portal: for doors and boards, one page in each language that print has."""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

import segno
from django.utils import timezone

from participation.domain.questionnaire import Questionnaire
from participation.domain.survey_words import GERMAN, SIMPLE
from participation.models import OpenSurvey
from participation.pages.questionnaires import is_printed, notice_of
from planning.queries.office import office_lines
from printing.papers.frame import frame_of
from printing.papers.making import document_pdf

KIND = "Aushang"
QR_SIZE = "60mm"  # scanned from an arm's length and more


@dataclass(frozen=True)
class Page:
    """One language: ``lang`` as a screen reader needs it, ``picture`` the QR code of ``address``."""

    lang: str
    name: str
    title: str
    intro: str
    until: str
    hint: str
    address: str
    picture: str


def pages_of(opened: OpenSurvey, address: str) -> list[Page]:
    """The pages, German first; a language whose letters the fonts of print do not have is left out."""
    asked, found = Questionnaire.of(opened.form), []
    for code in asked.languages():
        notice = notice_of(asked, code, opened.closes_on, address)
        if not is_printed(asked, notice):
            continue
        found.append(
            Page(
                lang=GERMAN if code == SIMPLE else code,
                name=notice.language.name,
                title=asked.say(code, asked.title),
                intro=asked.say(code, asked.intro),
                until=notice.lines[-1],
                hint=asked.frame(code)["hint"],
                address=notice.address,
                picture=qr_path(notice.address),
            )
        )
    return found


def qr_path(address: str) -> str:
    """The QR code (ISO/IEC 18004) as SVG with its words, for a page of print."""
    drawn = BytesIO()
    code = segno.make_qr(address, error="m")
    code.save(
        drawn,
        kind="svg",
        xmldecl=False,
        svgns=True,
        omitsize=True,
        title=f"QR-Code mit der Adresse {address}",
        border=4,
    )
    text = drawn.getvalue().decode().strip()
    return text.replace("<svg ", f'<svg role="img" width="{QR_SIZE}" height="{QR_SIZE}" ', 1)


def survey_notice_pdf(opened: OpenSurvey, address: str, created: datetime) -> bytes:
    """The notice; ``opened`` comes with survey and municipality, ``address`` is absolute. Raises RenderError."""
    survey, today = opened.survey, timezone.localdate(created)
    context: dict[str, Any] = {
        "frame": frame_of(
            survey.municipality,
            KIND,
            as_of=today,
            subject=survey.title,
            example=survey.is_example,
            office=office_lines(survey.municipality),
        ),
        "pages": pages_of(opened, address),
    }
    return document_pdf("reporting/papers/survey_notice.html", context, title=f"{KIND} {survey.title}", created=created)
