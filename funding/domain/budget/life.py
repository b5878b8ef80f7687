"""The life of a Finanzplan: Entwurf, abgestimmt, beschlossen, abgeschlossen; who agreed does not resolve.

From „abgestimmt“ on the lines are locked, so that what is resolved is what was agreed. What the Kommune spends, and why
it came differently, is entered until the year is closed; then the database refuses it as well (records.closing).
"""

from collections.abc import Iterable

from django.utils import timezone

from accounts.enums import Action
from funding.domain.budget.comparing import unexplained
from funding.enums import BudgetAction, BudgetState
from funding.models import BudgetExplanation, BudgetLine, BudgetStep, BudgetYear, OwnExpense
from funding.queries.budget import lines_of
from records.life.table import Attempt, Life, Move, Unmet, condition
from records.models.guard import Guard
from records.queries.steps import steps_of

A, S = BudgetAction, BudgetState
NAMED = 3


@condition("Der Finanzplan hat Posten mit Beträgen")
def has_lines(attempt: Attempt) -> Iterable[Unmet]:
    """An empty plan is nothing to agree on."""
    if not any(line.has_amount for line in lines_of(attempt.record)):
        yield Unmet("empty", "Tragen Sie zuerst Posten mit Beträgen ein.")


@condition("Jede Maßnahme mit Beträgen läuft in diesem Jahr")
def measures_run(attempt: Attempt) -> Iterable[Unmet]:
    """What does not run in the year does not count; a resolved plan holds nothing that does not count."""
    idle = [line for line in lines_of(attempt.record) if not line.is_planned]
    if idle:
        named = ", ".join(f"„{line}“" for line in idle[:NAMED]) + (" und weitere" if len(idle) > NAMED else "")
        yield Unmet(
            "idle",
            f"Diese Posten gehören zu Maßnahmen, die {attempt.record.year} nicht laufen: {named}. "
            "Ändern Sie die Maßnahme, oder nehmen Sie den Posten heraus.",
        )


@condition("Jede Quelle steht fest")
def nothing_open(attempt: Attempt) -> Iterable[Unmet]:
    """Amounts without a source."""
    found = [line for line in lines_of(attempt.record) if line.open]
    if found:
        text = f"Bei {len(found)} Posten steht noch nicht fest, woher das Geld kommt (Spalte „Noch offen“)."
        yield Unmet("open", text, by_reason=True)


@condition("Eine zweite Person hält den Beschluss fest")
def second_person(attempt: Attempt) -> Iterable[Unmet]:
    """Who agreed on the plan for the office does not resolve it."""
    agreed = steps_of(BudgetStep, "budget_year", attempt.record).filter(action=A.AGREE).first()
    if attempt.actor is not None and agreed is not None and agreed.actor_id == attempt.actor.pk:
        yield Unmet(
            "second", "Sie haben den Finanzplan abgestimmt. Bitten Sie eine zweite Person, den Beschluss festzuhalten."
        )


@condition("Eine zweite Person schließt das Jahr ab")
def closing_person(attempt: Attempt) -> Iterable[Unmet]:
    """Who entered the year's own expenses last does not close it alone."""
    own = OwnExpense.objects.filter(line__budget_year=attempt.record)
    if attempt.actor is not None and own.filter(changed_by=attempt.actor).exists():
        yield Unmet(
            "second", "Sie haben eigene Ausgaben eingetragen. Bitten Sie eine zweite Person, das Jahr abzuschließen."
        )


@condition("Jede große Abweichung ist begründet")
def explained(attempt: Attempt) -> Iterable[Unmet]:
    """What differs much from the plan has its sentence before nothing can be added."""
    missing = unexplained(attempt.record, timezone.localdate(attempt.at))
    if missing:
        named = ", ".join(f"„{label}“" for label in missing[:NAMED]) + (" und weitere" if len(missing) > NAMED else "")
        yield Unmet("explained", f"Schreiben Sie zu diesen Posten, warum es anders kam: {named}.")


LIFE = Life(
    model=BudgetYear,
    steps=BudgetStep,
    owner="budget_year",
    states=BudgetState,
    actions=BudgetAction,
    moves={
        A.AGREE: Move(
            (S.DRAFT,),
            S.AGREED,
            Action.WRITE,
            (has_lines, measures_run, nothing_open),
            meaning="Der Finanzplan ist mit den Beteiligten abgestimmt. Seine Posten ändern sich so lange nicht.",
            done="{record} ist abgestimmt.",
            asks="Wie und mit wem abgestimmt",
            asks_for="Zum Beispiel „Kämmerei und Planungsbeirat, 14.05.“.",
            locks=True,
        ),
        A.RETURN: Move(
            (S.AGREED,),
            S.DRAFT,
            Action.WRITE,
            meaning="Der Finanzplan wird wieder Entwurf; seine Posten lassen sich ändern.",
            done="{record} ist wieder Entwurf.",
            asks="Grund",
            must_say=True,
        ),
        A.RESOLVE: Move(
            (S.AGREED,),
            S.RESOLVED,
            Action.RELEASE,
            (has_lines, measures_run, second_person),
            meaning="Der Finanzplan gilt. Seine Posten ändern sich nur, wenn er mit einem Grund wieder geöffnet wird.",
            done="{record} ist beschlossen.",
            asks="Grundlage",
            asks_for="Gremium, Datum und Nummer des Beschlusses, oder die Haushaltssatzung.",
            must_say=True,
            locks=True,
        ),
        A.REOPEN: Move(
            (S.RESOLVED,),
            S.DRAFT,
            Action.RELEASE,
            meaning="Der Finanzplan wird wieder Entwurf. Grund und Zeitpunkt bleiben stehen.",
            done="{record} ist wieder geöffnet.",
            asks="Grund",
            must_say=True,
        ),
        A.CLOSE: Move(
            (S.RESOLVED,),
            S.CLOSED,
            Action.RELEASE,
            (closing_person, explained),
            meaning="Posten, eigene Ausgaben und Begründungen des Jahres lassen sich danach nicht mehr ändern.",
            done="{record} ist abgeschlossen.",
            asks="Anmerkung",
            locks=True,
        ),
        A.REVIVE: Move(
            (S.CLOSED,),
            S.RESOLVED,
            Action.RELEASE,
            meaning="Das Jahr ist wieder offen für eigene Ausgaben und Begründungen. Der Grund bleibt stehen.",
            done="{record} ist wieder offen.",
            asks="Grund",
            must_say=True,
            locks=True,
        ),
    },
    start=S.DRAFT,
    says={
        S.DRAFT: "Der Finanzplan ist ein Entwurf. Stimmen Sie ihn zuerst ab.",
        S.AGREED: "Der Finanzplan ist abgestimmt. Geben Sie ihn zum Entwurf zurück, um seine Posten zu ändern.",
        S.RESOLVED: "Der Finanzplan ist beschlossen. Die Leitung öffnet ihn mit einem Grund, um Posten zu ändern.",
        S.CLOSED: "Das Jahr ist abgeschlossen und ändert sich nicht mehr. Die Leitung öffnet es mit einem Grund.",
    },
    slugs={
        A.AGREE: "abstimmen",
        A.RETURN: "zurueckgeben",
        A.RESOLVE: "beschliessen",
        A.REOPEN: "oeffnen",
        A.CLOSE: "abschliessen",
        A.REVIVE: "wieder-oeffnen",
    },
    row=(S.DRAFT, S.AGREED, S.RESOLVED, S.CLOSED),
    ahead={S.RESOLVED: "durch die Leitung", S.CLOSED: "nach dem Jahr"},
    main=(A.AGREE, A.RESOLVE, A.CLOSE),
    parts=((BudgetLine, "budget_year"),),
)
ONLY_CLOSED = frozenset({str(S.CLOSED)})
# Written beside the lines until the year is closed.
BESIDE = {
    model: Guard(BudgetYear, str(S.DRAFT), ONLY_CLOSED, LIFE.says, "line__budget_year")
    for model in (OwnExpense, BudgetExplanation)
}
