"""What a notice says: made of the decision and the Textbausteine of its day, and of nothing else."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from funding.domain.letters import Blocks, amounts, blocks_of, said, section, table, words
from funding.domain.papers import DrawnPaper, draw_paper, letter, paper_pdf, to_json
from funding.domain.reckoning.steps import day as in_days
from funding.domain.reckoning.steps import euro, percent
from funding.enums import FinancingKind, PaperKind, TextPlace
from funding.models import FundingDecision
from funding.queries.in_force import granted, next_edition, replaced_by

P = TextPlace
DRAFT = "Vorschau: nicht freigegeben, ohne rechtliche Wirkung."


def kind_of_notice(decision: FundingDecision) -> PaperKind:
    """A refusal, a change of what is out, or the first grant."""
    if decision.is_refusal:
        return PaperKind.REFUSAL
    return PaperKind.CHANGE if replaced_by(decision) else PaperKind.NOTICE


def notice_content(decision: FundingDecision, at: datetime) -> dict[str, Any]:
    """The content of the decision's notice as released at the moment (a constant number of queries)."""
    blocks = blocks_of(decision.application, timezone.localtime(at).date())
    before = replaced_by(decision)
    sections = refusal(decision, blocks) if decision.is_refusal else grant(decision, blocks)
    figures = {} if decision.is_refusal else {"grant": str(granted(decision))}
    return {
        "valid_from": decision.dated.isoformat(),
        "edition": next_edition(decision),
        "figures": figures | ({"share": str(decision.share)} if decision.share is not None else {}),
        "decided_by": decision.decided_by,
        "sections": said(
            [
                section("", blocks[P.OPENING]),
                *changed(decision, before),
                *sections,
                section("Begründung", [decision.reasons, *blocks[P.REASONS]]),
                section("Rechtsbehelfsbelehrung", blocks[P.REMEDY]),
                section("", blocks[P.CLOSING]),
            ]
        ),
    }


def changed(decision: FundingDecision, before: FundingDecision | None) -> list[dict[str, Any]]:
    """What the version before said, and what changes."""
    if before is None:
        return []
    then = "abgelehnt" if before.is_refusal else f"eine Zuwendung von {euro(granted(before))}"
    text = (
        f"Der Bescheid {before.notice_number} ({then}) wird ab {in_days(decision.dated)} durch diesen Bescheid ersetzt."
    )
    if not before.is_refusal and not decision.is_refusal:
        text += f" Die Zuwendung beträgt nun insgesamt {euro(granted(decision))}; die Beträge werden nicht addiert."
    return [section("Änderung", [text, decision.change_reason])]


def refusal(decision: FundingDecision, blocks: Blocks) -> list[dict[str, Any]]:
    """Nothing is granted."""
    name = decision.application.title
    by = f" Entschieden hat: {decision.decided_by}{decided_day(decision)}." if decision.decided_by else ""
    return [section("Entscheidung", [f"Ihr Antrag für das Vorhaben „{name}“ wird abgelehnt.{by}", *blocks[P.REFUSAL]])]


def decided_day(decision: FundingDecision) -> str:
    """„ am 14.05.2027“."""
    return f" am {in_days(decision.decided_on)}" if decision.decided_on else ""


def grant(decision: FundingDecision, blocks: Blocks) -> list[dict[str, Any]]:
    """What is granted, for what, when, on which conditions, and how it is proved."""
    costs = list(decision.costs.select_related("cost_kind"))
    finances = list(decision.finances.all())
    instalments = list(decision.instalments.all())
    return [
        section("Bewilligung", [granted_words(decision), *blocks[P.GRANT]]),
        section("Bewilligungszeitraum", [period(decision.starts_on, decision.ends_on)]),
        section(
            "Anerkannte Ausgaben und Finanzierung",
            tables=[
                amounts(
                    "Anerkannte Ausgaben",
                    "Ausgabe",
                    [([row.title, str(row.cost_kind), "ja" if row.eligible else "nein"], row.amount) for row in costs],
                    ("Kostenart", "zuwendungsfähig"),
                ),
                amounts(
                    "Anerkannte Finanzierung",
                    "Quelle",
                    [([str(row.get_source_display()), row.giver], row.amount) for row in finances],
                    ("Geldgeber",),
                ),
            ],
        ),
        section(
            "Auszahlung",
            blocks[P.PAYMENT],
            [amounts("Geplante Raten", "Geplant zum", [([in_days(r.planned_on)], r.amount) for r in instalments])]
            if instalments
            else [],
        ),
        section("Nebenbestimmungen", blocks[P.CONDITIONS], conditions(decision)),
        section("Verwendungsnachweis", [proof(decision), *blocks[P.PROOF]]),
    ]


def granted_words(decision: FundingDecision) -> str:
    """The sentence that grants."""
    by = f" Entschieden hat: {decision.decided_by}{decided_day(decision)}." if decision.decided_by else ""
    share = f" ({percent(decision.share)})" if decision.share is not None else ""
    up_to = "" if decision.financing == FinancingKind.FIXED else "höchstens "
    return (
        f"Für das Vorhaben „{decision.application.title}“ bewilligen wir Ihnen ab {in_days(decision.dated)} als "
        f"{decision.get_financing_display()}{share} eine Zuwendung von {up_to}{euro(granted(decision))}.{by}"
    )


def period(begin: date | None, end: date | None) -> str:
    """The Bewilligungszeitraum, where one is recorded."""
    if begin and end:
        return f"Der Bewilligungszeitraum reicht vom {in_days(begin)} bis {in_days(end)}."
    return ""


def conditions(decision: FundingDecision) -> list[Any]:
    """The Auflagen with their days."""
    rows = [[words(each.title), words(in_days(each.due) if each.due else "")] for each in decision.conditions.all()]
    return [table("Auflagen", [("Auflage", False), ("Fällig", False)], rows, [])] if rows else []


def proof(decision: FundingDecision) -> str:
    """Until when and in which form the use is proved."""
    if decision.proof_due is None:
        return ""
    form = decision.get_proof_form_display()
    return f"Den Verwendungsnachweis legen Sie bis zum {in_days(decision.proof_due)} vor" + (
        f" ({form})." if form else "."
    )


def draw_notice(decision: FundingDecision, at: datetime) -> DrawnPaper:
    """Data and PDF of the notice before its release. Raises RenderError."""
    return draw_paper(decision.application, kind_of_notice(decision), at, notice_content(decision, at))


def preview_pdf(decision: FundingDecision, at: datetime) -> bytes:
    """The notice as it would go out now, marked as preview and without a number. Raises RenderError."""
    content = notice_content(decision, at)
    data = to_json(letter(decision.application, kind_of_notice(decision), "noch keine", at, content))
    return paper_pdf(data, at, note=DRAFT)
