"""Papers that go out: drawn before the transaction from canonical data, frozen inside it with number and hashes.

As with plans the data are read twice; only where both readings give the same bytes is the paper stored. Their numbers
(„KYF-B-2027-003“) have no gaps per Kommune and Förderjahr.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Municipality
from funding.domain.cases.numbers import letters_of
from funding.enums import PaperKind
from funding.models import FrozenPaper, FundingApplication
from planning.queries.office import office_lines
from printing.papers.frame import Named, frame_of
from printing.papers.making import document_pdf
from records.errors import StepRefused
from records.models.base import Record
from records.models.steps import digest

SCHEMA, TEMPLATES = "lsz-schreiben/1", "schreiben-1"
EXAMPLE = "Beispiel: zur Vorführung erfunden, ohne rechtliche Wirkung."
CHANGED = "Während der Freigabe wurden Einträge geändert. Prüfen Sie das Schreiben und geben Sie es noch einmal frei."


@dataclass(frozen=True)
class DrawnPaper:
    """A paper ready to be frozen."""

    kind: PaperKind
    number: str
    at: datetime
    data: bytes
    pdf: bytes


def next_paper_number(application: FundingApplication, before: int = 0) -> str:
    """The number behind the last one of the Kommune and Förderjahr, and behind others drawn ``before`` (one query)."""
    begin = f"{letters_of(application.municipality)}-B-{application.year}-"
    rows = FrozenPaper.objects.filter(municipality=application.municipality, number__startswith=begin)
    given = [int(number.removeprefix(begin)) for number in rows.order_by().values_list("number", flat=True)]
    return f"{begin}{max(given, default=0) + 1 + before:03}"


@transaction.atomic
def hold_numbers(municipality: Municipality) -> None:
    """Others wait here until the transaction around it ends: no number twice, no gap, no pot spent twice."""
    Municipality.objects.select_for_update(no_key=True).get(pk=municipality.pk)


def letter(
    application: FundingApplication, kind: str, number: str, at: datetime, content: Mapping[str, Any]
) -> dict[str, Any]:
    """The data of a paper: who writes to whom about what, and its ``content`` („subject“, „sections“, „figures“).

    ``kind`` is a PaperKind or, for what is not frozen, its name. A section has „heading“, „paragraphs“ and „tables“; a
    table has „caption“, „columns“ (label, and true for amounts), „rows“ and „total“. Amounts are texts as they are
    printed; „figures“ holds them as decimal numbers in euro.
    """
    place = application.municipality
    sender = {"ags": place.ags, "name": place.name, "full_name": place.full_name, "authority": place.authority}
    recipient = [application.applicant, *filter(None, map(str.strip, application.address.splitlines()))]
    return {
        "schema": SCHEMA,
        "template": TEMPLATES,
        "kind": str(kind),
        "number": number,
        "date": timezone.localtime(at).date().isoformat(),
        "sender": sender | {"office": list(office_lines(place))},
        "recipient": recipient,
        "case": application.case_number,
        "project": application.title,
        "example": application.is_example,
        **content,
    }


def to_json(document: Mapping[str, Any]) -> bytes:
    """Canonical JSON: sorted, without blanks, UTF-8."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def paper_pdf(data: bytes, at: datetime, *, note: str = "") -> bytes:
    """The paper as PDF/UA-1 and PDF/A-3a, drawn from its data alone and with them inside. Raises RenderError."""
    document = json.loads(data)
    sender, kind = document["sender"], dict(PaperKind.choices).get(document["kind"], document["kind"])
    day = datetime.fromisoformat(document["date"]).date()
    frame = frame_of(
        Named(sender["name"], sender["full_name"], sender["authority"]),
        kind,
        as_of=day,
        subject=document["project"],
        note=note or (EXAMPLE if document["example"] else ""),
        example=document["example"],
        office=tuple(sender["office"]),
    )
    context = {"frame": frame, "paper": document, "day": day}
    title = f"{kind} {document['number']}: {document['project']}"
    return document_pdf("funding/papers/letter.html", context, title=title, created=at, data=data)


def draw_paper(
    application: FundingApplication, kind: PaperKind, at: datetime, content: Mapping[str, Any], *, number: str = ""
) -> DrawnPaper:
    """Make data and PDF of a paper (about a second; the ``prepare`` of a step). Raises RenderError."""
    number = number or next_paper_number(application)
    data = to_json(letter(application, kind, number, at, content))
    return DrawnPaper(kind, number, at, data, paper_pdf(data, at))


def freeze_paper(
    drawn: DrawnPaper, *, application: FundingApplication, subject: Record, content: Mapping[str, Any]
) -> FrozenPaper:
    """Store the paper for ever; call it in the transaction of the step (the ``columns`` of a life).

    ``content`` is read anew; raises StepRefused where it, or the number that comes next, is another one by now.
    """
    hold_numbers(application.municipality)
    number = next_paper_number(application)
    if to_json(letter(application, drawn.kind, number, drawn.at, content)) != drawn.data:
        raise StepRefused([CHANGED])
    paper = FrozenPaper(
        municipality=application.municipality,
        application=application,
        subject=FrozenPaper.subject_of(subject),
        kind=drawn.kind,
        number=number,
        made_at=drawn.at,
        data=drawn.data,
        data_sha256=digest(drawn.data),
        pdf=drawn.pdf,
        pdf_sha256=digest(drawn.pdf),
        templates=TEMPLATES,
    )
    paper.save()
    return paper
