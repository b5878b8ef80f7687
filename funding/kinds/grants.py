"""The Landeszuwendung with its notices, conditions, calls and proof; the page of a year leads to all of them."""

from typing import Any

from django.utils import timezone

from accounts.enums import Action
from funding.domain.grants import standing
from funding.models import FundsCall, NoticeCondition, StateGrant, StateNotice, StateProof
from funding.queries.grants import read_grant
from planning.enums import Phase
from planning.kinds.common import DOCUMENTS_GROUP, EXAMPLE_GROUP, next_year_initial
from records.grid import Grid
from records.kind import Group, Mark, RecordKind, Way
from records.registry import register
from records.vague import VagueDate

OPEN_NOTICES = Way("Landesbescheide öffnen", "funding:statenotice-list", action=Action.READ)
OPEN_GRANTS = Way("Landeszuwendungen öffnen", "funding:stategrant-list", action=Action.READ)


def next_notice(grant: StateGrant) -> dict[str, Any]:
    """A notice after the first one changes it, and goes on for the same time."""
    last = grant.notices.order_by("-dated", "-pk").first()
    return {"kind": "change", "begin": last.begin, "end": last.end} if last else {}


def what_is_left(notice: StateNotice) -> dict[str, Any]:
    """What can still be called today."""
    today = timezone.localdate()
    read = read_grant(notice.municipality, notice.grant.year)
    return {"amount": standing(read.notices, read.calls, today).callable or None, "requested_on": VagueDate(today)}


register(
    RecordKind(
        model=StateGrant,
        segment="landeszuwendungen",
        title_field="",
        key=("year",),
        in_menu=False,
        intro="Was das Land der Kommune für ein Jahr gibt: beantragt, bewilligt, abgerufen, nachgewiesen.",
        empty_way="mit dem Antrag an das Land für das nächste Jahr. Bescheide und Abrufe kommen auf seiner Seite dazu.",
        columns=("year", "applied_on", "applied_amount"),
        marks=(Mark("applied_on", lane=Phase.IMPLEMENTATION, label="{title}: beantragt"),),
        ordering=("-year",),
        initial=next_year_initial,
        groups=(
            Group(
                "Antrag an das Land",
                "Für welches Jahr wie viel beantragt ist. Was bewilligt wird, steht in den Bescheiden.",
                ("year", ("applied_on", "applied_amount"), "note"),
            ),
            DOCUMENTS_GROUP,
            EXAMPLE_GROUP,
        ),
    ),
    RecordKind(
        model=StateNotice,
        segment="landesbescheide",
        title_field="",
        parent="grant",
        in_menu=False,
        intro="Die Bescheide des Landes. An jedem Tag gilt genau einer, der jüngste; Beträge werden nicht addiert.",
        empty_way="mit dem Zuwendungsbescheid des Landes. Ein Änderungsbescheid kommt als neuer Eintrag dazu.",
        empty_link=OPEN_GRANTS,
        marks=(Mark("dated", shape="resolution", lane=Phase.IMPLEMENTATION, label="Land: {title}"),),
        columns=("kind", "number", "dated", "amount", "grant"),
        filters=("grant", "kind"),
        tags=("kind",),
        ordering=("-dated",),
        begun_from=(("grant", next_notice),),
        groups=(
            Group(
                "Bescheid",
                "Wie er im Schreiben des Landes steht.",
                ("grant", ("kind", "number"), ("dated", "received_on"), "amount"),
            ),
            Group(
                "Bewilligungszeitraum",
                "Beginnt er vor dem Tag des Bescheids, zeigt das die Seite der Landeszuwendung.",
                (("begin", "end"), "note"),
            ),
            DOCUMENTS_GROUP,
            EXAMPLE_GROUP,
        ),
    ),
    RecordKind(
        model=NoticeCondition,
        segment="landesauflagen",
        parent="notice",
        grid=Grid(("title", "due", "done_on")),
        in_menu=False,
        intro="Was das Land im Bescheid verlangt, als Aufgaben mit Frist.",
        empty_way="mit den Nebenbestimmungen des Bescheids. Auflagen legen Sie auf der Seite des Bescheids an.",
        empty_link=OPEN_NOTICES,
        columns=("due", "done_on", "notice"),
        filters=("notice",),
        groups=(
            Group("Auflage", "Was bis wann zu tun ist.", ("notice", "title", ("due", "done_on"))),
            EXAMPLE_GROUP,
        ),
    ),
    RecordKind(
        model=FundsCall,
        segment="mittelabrufe",
        title_field="",
        parent="notice",
        in_menu=False,
        intro="Was beim Land abgerufen ist, was davon eingegangen ist und bis wann es verwendet war.",
        empty_way="mit dem ersten Abruf. Mittelabrufe legen Sie auf der Seite des Bescheids an.",
        empty_link=OPEN_NOTICES,
        columns=("amount", "received_on", "received_amount", "used_on", "notice"),
        filters=("notice",),
        ordering=("-requested_on",),
        begun_from=(("notice", what_is_left),),
        groups=(
            Group(
                "Abruf",
                "Abrufbar ist, was der Bescheid bewilligt, der an dem Tag gilt.",
                ("notice", ("requested_on", "amount"), ("needed_until", "reference")),
            ),
            Group(
                "Eingang und Verwendung",
                "Tragen Sie ein, was auf dem Konto eingegangen ist, und wann es ganz ausgegeben war.",
                (("received_on", "received_amount"), "used_on", "note"),
            ),
            EXAMPLE_GROUP,
        ),
    ),
    RecordKind(
        model=StateProof,
        segment="landesnachweise",
        title_field="",
        parent="grant",
        in_menu=False,
        intro="Der Verwendungsnachweis an das Land: Frist, Einreichung, Ergebnis und Rückzahlung.",
        empty_way="mit der Frist, die im Bescheid steht. Den Nachweis legen Sie auf der Seite der Landeszuwendung an.",
        empty_link=OPEN_GRANTS,
        marks=(Mark("submitted_on", lane=Phase.IMPLEMENTATION, label="{title} an das Land"),),
        columns=("due", "submitted_on", "recognised", "repayment", "grant"),
        filters=("grant",),
        groups=(
            Group(
                "Frist und Einreichung",
                "Bis wann er fällig war und wann er beim Land war.",
                ("grant", ("due", "extended_to"), "extension_reason", "submitted_on"),
            ),
            Group(
                "Ergebnis",
                "Was das Land anerkannt hat und zurückfordert.",
                (("recognised", "repayment"), "repaid_on", "note"),
            ),
            DOCUMENTS_GROUP,
            EXAMPLE_GROUP,
        ),
    ),
)
