"""Decisions with what was granted, and the text blocks of notices."""

from funding.models import DecidedCost, DecidedFinance, DecisionCondition, FundingDecision, Instalment, TextBlock
from planning.enums import Phase
from planning.kinds.common import EXAMPLE_GROUP
from records.grid import Grid
from records.kind import Group, RecordKind
from records.registry import register

register(
    RecordKind(
        model=FundingDecision,
        segment="entscheidungen",
        section=Phase.IMPLEMENTATION,
        title_field="",
        parent="application",
        in_menu=False,
        intro="Was über Anträge entschieden wurde, in Fassungen.",
        empty_way="mit der Seite eines geprüften Antrags.",
        columns=("application", "outcome", "grant", "dated", "state"),
        filters=("application", "outcome", "state"),
        tags=("state", "outcome"),
        groups=(
            Group(
                "Entscheidung",
                "Was entschieden ist und ab wann es gilt.",
                ("application", ("outcome", "dated"), ("decided_by", "decided_on"), "change_reason"),
            ),
            Group(
                "Zuwendung",
                "Nur bei einer Bewilligung.",
                (("financing", "share"), "grant", ("starts_on", "ends_on"), ("proof_due", "proof_form")),
            ),
            Group("Begründung", "Steht so im Bescheid.", ("reasons",)),
            EXAMPLE_GROUP,
        ),
    ),
    RecordKind(
        model=DecidedCost,
        segment="anerkannte-ausgaben",
        inflected="anerkannten Ausgaben",
        section=Phase.IMPLEMENTATION,
        parent="decision",
        grid=Grid(("cost_kind", "title", "amount", "eligible")),
        in_menu=False,
        intro="Welche Ausgaben Entscheidungen anerkennen.",
        empty_way="mit den Ausgaben des Antrags.",
        columns=("decision", "cost_kind", "amount", "eligible"),
        filters=("decision",),
        groups=(
            Group(
                "Anerkannte Ausgabe",
                "Gegen sie wird der Nachweis geprüft.",
                ("decision", ("cost_kind", "title"), ("amount", "eligible")),
            ),
            EXAMPLE_GROUP,
        ),
    ),
    RecordKind(
        model=DecidedFinance,
        segment="anerkannte-finanzierungen",
        inflected="anerkannten Finanzierungen",
        section=Phase.IMPLEMENTATION,
        title_field="giver",
        parent="decision",
        grid=Grid(("source", "giver", "amount")),
        in_menu=False,
        intro="Von welcher Finanzierung Entscheidungen ausgehen.",
        empty_way="mit der Finanzierung des Antrags.",
        columns=("decision", "source", "amount"),
        filters=("decision", "source"),
        groups=(
            Group("Anerkannte Finanzierung", "Wer wie viel gibt.", ("decision", ("source", "giver"), "amount")),
            EXAMPLE_GROUP,
        ),
    ),
    RecordKind(
        model=DecisionCondition,
        segment="auflagen",
        section=Phase.IMPLEMENTATION,
        parent="decision",
        grid=Grid(("title", "due", "done_on")),
        in_menu=False,
        intro="Was Bescheide verlangen.",
        empty_way="mit einer Auflage, die eine Frist hat.",
        columns=("decision", "due", "done_on"),
        filters=("decision",),
        groups=(
            Group("Auflage", "Was bis wann zu tun ist.", ("decision", "title", ("due", "done_on"))),
            EXAMPLE_GROUP,
        ),
    ),
    RecordKind(
        model=Instalment,
        segment="raten",
        section=Phase.IMPLEMENTATION,
        title_field="",
        parent="decision",
        grid=Grid(("planned_on", "amount", "note")),
        in_menu=False,
        intro="In welchen Raten Zuwendungen ausgezahlt werden sollen.",
        empty_way="mit der ersten Rate nach dem Bescheid.",
        columns=("decision", "planned_on", "amount"),
        filters=("decision",),
        groups=(
            Group("Rate", "Wann wie viel.", ("decision", ("planned_on", "amount"), "note")),
            EXAMPLE_GROUP,
        ),
    ),
    RecordKind(
        model=TextBlock,
        segment="textbausteine",
        section=Phase.IMPLEMENTATION,
        intro="Die Sätze der Bescheide, mit ihrer Gültigkeit.",
        empty_way="mit der Rechtsbehelfsbelehrung und den Nebenbestimmungen Ihrer Kommune.",
        columns=("place", "project_class", "position", "valid_from", "valid_until"),
        filters=("place", "project_class"),
        tags=("place",),
        groups=(
            Group(
                "Textbaustein",
                "Wo er im Bescheid steht und was er sagt.",
                ("title", ("place", "project_class"), "position", "text"),
            ),
            Group("Gültigkeit", "Ein Bescheid nimmt, was an seinem Tag gilt.", (("valid_from", "valid_until"),)),
            EXAMPLE_GROUP,
        ),
    ),
)
