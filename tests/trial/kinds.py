"""The life of an application, and the kinds of the room."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from accounts.enums import Action
from planning.enums import Phase
from records.grid import Grid
from records.kind import Gap, Group, Mark, RecordKind
from records.life.people import another_person
from records.life.table import Attempt, Life, Move, Unmet, condition
from tests.trial.models import GrantAction, GrantApplication, GrantLine, GrantState, GrantStep, Note

A, S = GrantAction, GrantState


@condition("Ein Betrag ist genannt")
def has_amount(attempt: Attempt) -> Iterable[Unmet]:
    if not attempt.record.amount:
        yield Unmet("amount", "Nennen Sie einen Betrag.")


@condition("Der Betrag ist klein")
def is_small(attempt: Attempt) -> Iterable[Unmet]:
    if attempt.record.amount > 1000:
        yield Unmet("small", "Der Betrag ist größer als üblich.", by_reason=True)


@condition("Die Kasse ist geöffnet")
def cents_are_explained(attempt: Attempt) -> Iterable[Unmet]:
    if (attempt.values.get("paid") or 0) % 1:
        yield Unmet("cents", "Die Kasse zahlt keine Cents aus.", by_reason=True)


def is_micro(record: Any) -> bool:
    return 0 < record.amount <= 100


def columns_of(action: str, attempt: Attempt, prepared: Any, outweighed: list[Unmet]) -> dict[str, Any]:
    return {"details": {"prepared": prepared, "outweighed": [each.text for each in outweighed]}}


LIFE = Life(
    model=GrantApplication,
    steps=GrantStep,
    owner="application",
    states=GrantState,
    actions=GrantAction,
    moves={
        A.FILE: Move(
            (S.DRAFT,),
            S.FILED,
            Action.WRITE,
            (has_amount,),
            meaning="Der Antrag geht ein.",
            done="„{record.title}“ eingereicht.",
            asks="Begleitschreiben",
            asks_for="Die Leitung liest es.",
            locks=True,
        ),
        A.DECIDE: Move(
            (S.FILED,),
            S.DECIDED,
            Action.RELEASE,
            (has_amount, is_small),
            meaning="Der Antrag ist beschieden.",
            done="Durchgang {record.round} beschieden.",
            asks="Begründung",
            locks=True,
            prepare=lambda attempt: f"Betrag {attempt.record.amount}",
        ),
        A.RETURN: Move(
            (S.FILED,),
            S.DRAFT,
            Action.RELEASE,
            meaning="Der Antrag wird wieder Entwurf.",
            done="Durchgang {record.round} begonnen.",
            asks="Grund",
            must_say=True,
        ),
        A.PAY: Move(
            (S.DECIDED,),
            S.PAID,
            Action.WRITE,
            (another_person(A.DECIDE), cents_are_explained),
            meaning="Die Kasse zahlt aus.",
            done="{record.paid} ausgezahlt.",
            asks="Warum trotzdem",
            reason_only=True,
            locks=True,
            prepare=lambda attempt: f"Anweisung über {attempt.values['paid']:.0f}",
            doing="{record} wird angewiesen",
            fields=("paid_on", "paid", "receipt", "pay_note"),
            optional_fields=("receipt", "pay_note"),
            initial=lambda record: {"paid": record.amount},
        ),
        A.PAY_AT_ONCE: Move(
            (S.FILED,),
            S.PAID,
            Action.WRITE,
            (another_person(A.FILE, content=True),),
            meaning="Kleine Beträge werden ohne Bescheid ausgezahlt.",
            done="Ausgezahlt.",
            locks=True,
            fields=("paid_on", "paid"),
            fits=is_micro,
        ),
    },
    start=S.DRAFT,
    says={
        S.DRAFT: "Der Antrag ist noch ein Entwurf. Reichen Sie ihn zuerst ein.",
        S.FILED: "Der Antrag ist eingegangen und ändert sich nicht mehr.",
        S.DECIDED: "Der Antrag ist beschieden und ändert sich nicht mehr.",
        S.PAID: "Der Antrag ist ausgezahlt und ändert sich nicht mehr.",
    },
    slugs={
        A.FILE: "einreichen",
        A.DECIDE: "bescheiden",
        A.RETURN: "zurueckgeben",
        A.PAY: "auszahlen",
        A.PAY_AT_ONCE: "sofort",
    },
    row=(S.DRAFT, S.FILED, S.DECIDED, S.PAID),
    row_of=lambda record: (S.DRAFT, S.FILED, *(() if is_micro(record) else (S.DECIDED,)), S.PAID),
    ahead={S.DECIDED: "durch die Leitung"},
    main=(A.FILE, A.DECIDE),
    parts=((GrantLine, "application"),),
    sets=lambda move, record: {"round": record.round + 1} if move.target == S.DRAFT else {},
    columns=columns_of,
)

NOTE = RecordKind(
    model=Note,
    segment="vermerke",
    section=Phase.NEEDS,
    grid=Grid(("title", "text")),
    intro="Vermerke, die nur Sie lesen.",
    empty_way="Schreiben Sie auf, was Sie sich merken.",
    columns=("begin", "text"),
    filters=(),
    gaps=(Gap("ohne-text", "ohne Text", Q(text=""), "ergänzen"),),
    marks=(Mark("begin", lane=Phase.NEEDS),),
    groups=(Group("Vermerk", "Was Sie sich merken.", ("title", "text", "begin", "end")),),
)
APPLICATION = RecordKind(
    model=GrantApplication,
    segment="probeantraege",
    section=Phase.NEEDS,
    intro="Anträge der Probe.",
    empty_way="Legen Sie einen an.",
    columns=("amount", "state", "main_note", "notes"),
    in_plan=True,
    filters=("main_note",),
    bulk=("urgent", "notes"),
    groups=(Group("Antrag", "Wofür und wie viel.", ("title", "amount", "urgent", "main_note", "notes")),),
)
LINE = RecordKind(
    model=GrantLine,
    segment="probezeilen",
    section=Phase.NEEDS,
    parent="application",
    grid=Grid(("title",)),
    in_menu=False,
    intro="Zeilen eines Antrags.",
    empty_way="Schreiben Sie eine.",
    columns=("application",),
    groups=(Group("Zeile", "Wofür.", ("application", "title")),),
)
KINDS = (NOTE, APPLICATION, LINE)
