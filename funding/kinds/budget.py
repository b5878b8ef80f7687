"""The Finanzplan of a year with its lines, own expenses and explanations."""

from accounts.enums import Action
from funding.models import BudgetExplanation, BudgetLine, BudgetYear, OwnExpense
from funding.models.budget import SOURCES
from funding.pages.budget_grid import limits_beside
from planning.kinds.common import EXAMPLE_GROUP, current_cycle_initial
from records.grid import Grid
from records.kind import Group, RecordKind, Way
from records.registry import register

register(
    RecordKind(
        model=BudgetYear,
        segment="finanzplaene",
        title_field="",
        in_menu=False,
        intro="Der Finanzplan eines Jahres: was geplant ist, und woher das Geld kommt.",
        empty_way="mit dem Jahr, für das der nächste Plan gilt.",
        columns=("year", "cycle", "state"),
        filters=("cycle", "state"),
        tags=("state",),
        initial=current_cycle_initial,
        ways=(
            Way("Summen und Grenzen", "funding:budget", on="detail", icon="list", parameter="plan", action=Action.READ),
        ),
        ordering=("-year",),
        groups=(
            Group("Finanzplan", "Jedes Jahr des Planungszyklus hat einen.", (("cycle", "year"), "note")),
            EXAMPLE_GROUP,
        ),
    ),
    RecordKind(
        model=BudgetLine,
        segment="posten",
        parent="budget_year",
        in_menu=False,
        intro="Die Posten der Finanzpläne mit ihren Beträgen nach Quellen.",
        empty_way="mit der Planerstelle und danach je Maßnahme einem Posten.",
        columns=("budget_year", "cost_kind", "land", "municipal", "own"),
        filters=("budget_year", "cost_kind", "provider", "action_field"),
        key=("budget_year", "title", "cost_kind"),
        ordering=("budget_year__year", "position", "pk"),
        grid=Grid(
            ("title", "measure", "cost_kind", *SOURCES, "action_field"),
            sums=SOURCES,
            beside=limits_beside,
        ),
        groups=(
            Group(
                "Posten",
                "Wofür das Geld ist. Eine Maßnahme oder Planerstelle gibt ihm den Namen, wenn Sie keinen nennen.",
                ("budget_year", ("title", "position"), ("measure", "planner_post"), ("action_field", "provider")),
            ),
            Group("Kosten", "Die Art der Ausgaben.", (("cost_kind", "eligible"),)),
            Group(
                "Quellen",
                "Woher das Geld kommt, in Euro und Cent. Leer heißt: keine Angabe; die Summe rechnet das Portal.",
                (("land", "municipal"), ("own", "third"), ("fees", "open"), "note"),
            ),
            EXAMPLE_GROUP,
        ),
    ),
    RecordKind(
        model=OwnExpense,
        segment="eigene-ausgaben",
        parent="line",
        in_menu=False,
        title_field="",
        intro="Was die Kommune selbst bezahlt hat. Ausgaben der Träger stehen in ihren Nachweisen.",
        empty_way="mit den Gehältern der Planerstelle.",
        columns=("line", "paid_on", "amount", "source", "reference"),
        filters=("line", "source"),
        grid=Grid(("paid_on", "amount", "source", "reference")),
        groups=(
            Group(
                "Ausgabe",
                "Eine Zahlung oder die Summe eines Zeitraums; das Datum darf ungenau sein.",
                ("line", ("paid_on", "amount"), ("source", "reference")),
            ),
            EXAMPLE_GROUP,
        ),
    ),
    RecordKind(
        model=BudgetExplanation,
        segment="abweichungen",
        parent="line",
        in_menu=False,
        title_field="",
        intro="Warum etwas anders kam, als es geplant war.",
        empty_way="mit dem Posten, der am weitesten abweicht.",
        columns=("line", "text"),
        key=("line",),
        groups=(
            Group("Begründung", "Ein Satz, der für sich verständlich ist.", ("line", "text")),
            EXAMPLE_GROUP,
        ),
    ),
)
