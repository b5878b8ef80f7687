"""The life of a report: written, put forward, released by a second person and frozen; a next edition may follow."""

from typing import Any

from django.utils import timezone

from accounts.enums import Action
from records.life.people import another_person
from records.life.table import Attempt, Life, Move, Unmet
from records.vague import VagueDate
from reporting.domain.freezing import draw_report, store_report
from reporting.enums import ReportAction, ReportState
from reporting.models import Report, ReportStep, ReportText

A, S = ReportAction, ReportState
MOVES: dict[str, Move] = {
    A.PROPOSE: Move(
        (S.DRAFT,),
        S.PROPOSED,
        Action.WRITE,
        meaning="Der Bericht liegt einer zweiten Person zur Freigabe vor; seine Texte ändern sich so lange nicht.",
        done="{record} liegt zur Freigabe vor.",
        asks="Anmerkung",
        locks=True,
    ),
    A.TAKE_BACK: Move(
        (S.PROPOSED,),
        S.DRAFT,
        Action.WRITE,
        meaning="Der Bericht lässt sich wieder ändern.",
        done="{record} ist wieder im Entwurf.",
        asks="Was noch zu tun ist",
    ),
    A.RETURN: Move(
        (S.PROPOSED,),
        S.DRAFT,
        Action.RELEASE,
        meaning="Der Bericht geht an die Person zurück, die ihn vorgelegt hat.",
        done="{record} ist zurückgegeben.",
        asks="Grund",
        must_say=True,
    ),
    A.RELEASE: Move(
        (S.PROPOSED,),
        S.RELEASED,
        Action.RELEASE,
        (another_person(A.PROPOSE, content=True),),
        meaning="Daten und PDF dieser Ausgabe werden mit Prüfnummer festgeschrieben und ändern sich nie mehr.",
        done="{record} freigegeben: Ausgabe {record.edition} ist festgeschrieben.",
        asks="Anmerkung",
        locks=True,
        fields=("released_on",),
        initial=lambda record: {"released_on": VagueDate(timezone.localdate())},
        prepare=lambda attempt: draw_report(attempt.record, attempt.at),
        doing="{record} wird freigegeben",
    ),
    A.REVISE: Move(
        (S.RELEASED,),
        S.DRAFT,
        Action.WRITE,
        meaning="Die freigegebene Ausgabe bleibt, wie sie ist. Die nächste beginnt mit denselben Texten.",
        done="{record}: Ausgabe {record.edition} ist begonnen.",
        asks="Warum es eine neue Ausgabe gibt",
        must_say=True,
    ),
}
SAYS: dict[str, str] = {
    S.DRAFT: "Der Bericht ist im Entwurf. Legen Sie ihn zur Freigabe vor, wenn alles darin steht.",
    S.PROPOSED: "Der Bericht liegt bei der zweiten Person. Bitten Sie sie, ihn zurückzugeben, oder holen Sie ihn "
    f"selbst zurück: „{A.TAKE_BACK.label}“.",
    S.RELEASED: "Diese Ausgabe ist freigegeben und ändert sich nicht mehr. Was anders werden soll, wird eine neue "
    f"Ausgabe: „{A.REVISE.label}“.",
}


def counted(move: Move, record: Report) -> dict[str, Any]:
    """The next edition has its number."""
    return {"edition": record.edition + 1} if S.RELEASED in move.origins else {}


def columns_of(action: str, attempt: Attempt, drawn: Any, outweighed: list[Unmet]) -> dict[str, Any]:
    """Releasing freezes the edition; the step notes its hashes. Raises StepRefused where the records have changed."""
    if action != A.RELEASE:
        return {}
    frozen = store_report(attempt.record, drawn)
    sums = {"sha256": frozen.data_sha256, "pdf_sha256": frozen.pdf_sha256}
    return {"details": {"edition": frozen.edition, **sums}}


LIFE = Life(
    model=Report,
    steps=ReportStep,
    owner="report",
    states=S,
    actions=A,
    moves=MOVES,
    start=S.DRAFT,
    says=SAYS,
    slugs={
        A.PROPOSE: "vorlegen",
        A.TAKE_BACK: "zurueckholen",
        A.RETURN: "zurueckgeben",
        A.RELEASE: "freigeben",
        A.REVISE: "neue-ausgabe",
    },
    row=(S.DRAFT, S.PROPOSED, S.RELEASED),
    ahead={S.RELEASED: "durch die Leitung"},
    main=(A.RELEASE, A.PROPOSE),
    parts=((ReportText, "report"),),
    sets=counted,
    columns=columns_of,
)
