"""The life of a hint, and giving one."""

from typing import Any

from accounts.enums import Action
from accounts.models import Municipality, User
from participation.enums import HintAction, HintState
from participation.models import Hint, HintStep
from records.domain.saving import create_record
from records.life.table import Life, Move
from records.spots import Spot

A, S = HintAction, HintState
LIFE = Life(
    model=Hint,
    steps=HintStep,
    owner="hint",
    states=S,
    actions=A,
    moves={
        A.ANSWER: Move(
            (S.OPEN,),
            S.ANSWERED,
            Action.WRITE,
            meaning="Die Prozessbegleitung liest Ihre Antwort. In einem Dokument steht sie nie.",
            done="Hinweis beantwortet.",
            locks=True,
            fields=("answer",),
        ),
        A.SETTLE: Move(
            (S.OPEN, S.ANSWERED),
            S.SETTLED,
            Action.SUPPORT,
            meaning="Der Hinweis wartet auf niemanden mehr. Er bleibt an seiner Stelle lesbar.",
            done="Hinweis erledigt.",
            asks="Anmerkung",
            asks_for="Zum Beispiel, was daraus geworden ist.",
            locks=True,
        ),
        A.REOPEN: Move(
            (S.ANSWERED, S.SETTLED),
            S.OPEN,
            Action.SUPPORT,
            meaning="Der Hinweis wartet wieder auf die Kommune.",
            done="Hinweis wieder geöffnet.",
            asks="Was noch offen ist",
            must_say=True,
        ),
    },
    start=S.OPEN,
    says={
        S.OPEN: "Der Hinweis ist offen. Die Kommune beantwortet ihn.",
        S.ANSWERED: "Der Hinweis ist beantwortet. Öffnen Sie ihn wieder, wenn noch etwas fehlt.",
        S.SETTLED: "Der Hinweis ist erledigt. Öffnen Sie ihn wieder, wenn noch etwas fehlt.",
    },
    slugs={A.ANSWER: "beantworten", A.SETTLE: "erledigt", A.REOPEN: "wieder-oeffnen"},
    row=(S.OPEN, S.ANSWERED, S.SETTLED),
    ahead={S.ANSWERED: "durch die Kommune"},
    main=(A.ANSWER, A.SETTLE),
)


def give_hint(
    *,
    municipality: Municipality,
    spot: Spot,
    title: str,
    text: str,
    actor: User | None,
    form_key: str = "",
    **more: Any,
) -> Hint:
    """A new hint at a place. Raises PermissionDenied, ValidationError, DuplicateSubmission."""
    hint = Hint(municipality=municipality, about=spot.key, about_label=spot.label[:300], title=title, text=text, **more)
    return create_record(hint, actor=actor, form_key=form_key)
