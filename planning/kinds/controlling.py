"""What controlling leaves: reviews of measures, results of goals, reported values, revised targets, decisions."""

from accounts.enums import Action
from planning.enums import Phase
from planning.kinds.common import EXAMPLE_GROUP
from planning.models import CarryOver, CriterionReport, GoalResult, MeasureReview, TargetRevision
from records.grid import Grid
from records.kind import Group, RecordKind, Way
from records.registry import register

MEASURES = Way("Maßnahmen öffnen", "planning:measure-list", action=Action.READ)
CRITERIA = Way("Qualitätskriterien öffnen", "planning:qualitycriterion-list", action=Action.READ)

register(
    RecordKind(
        model=MeasureReview,
        segment="besprechungen",
        section=Phase.CONTROLLING,
        title_field="",
        key=("measure", "year"),
        parent="measure",
        in_menu=False,
        intro="Was im Controlling eines Jahres zu einer Maßnahme gesagt wurde.",
        empty_way="mit dem Controlling des letzten Jahres; es führt durch alle Maßnahmen.",
        empty_link=MEASURES,
        columns=("year", "meaning"),
        filters=("measure",),
        tags=("year",),
        groups=(
            Group(
                "Besprechung",
                "Ein Satz zu dem, was Meilensteine, Werte und Geld zeigen.",
                (("measure", "year"), "meaning"),
            ),
            EXAMPLE_GROUP,
        ),
    ),
    RecordKind(
        model=GoalResult,
        segment="zielerreichungen",
        section=Phase.CONTROLLING,
        title_field="",
        key=("goal", "year"),
        parent="goal",
        in_menu=False,
        intro="Wie weit ein Ziel in einem Jahr erreicht wurde, in Worten.",
        empty_way="mit dem Controlling des letzten Jahres; die Zahlen der Maßnahmen stehen dort daneben.",
        empty_link=Way("Ziele öffnen", "planning:goal-list", action=Action.READ),
        columns=("year", "text"),
        filters=("goal",),
        tags=("year",),
        groups=(
            Group("Zielerreichung", "Was erreicht wurde und was nicht.", (("goal", "year"), "text")),
            EXAMPLE_GROUP,
        ),
    ),
    RecordKind(
        model=CriterionReport,
        segment="gemeldete-werte",
        section=Phase.CONTROLLING,
        title_field="",
        key=("criterion", "period"),
        parent="criterion",
        in_menu=False,
        intro="Was Träger zu einem Qualitätskriterium gemeldet haben, je Zeitraum.",
        empty_way=(
            "mit dem Wert aus dem Sachbericht des Trägers. Gemeldete Werte legen Sie auf der Seite des Kriteriums an."
        ),
        empty_link=CRITERIA,
        columns=("period", "value", "numerator", "denominator", "comment"),
        filters=("criterion",),
        tags=("period",),
        grid=Grid(("period", "value", "numerator", "denominator", "comment", "source")),
        groups=(
            Group(
                "Gemeldeter Wert",
                "Ein Anteil wird aus Zähler und Nenner gerechnet, alles andere ist ein Wert.",
                (("criterion", "period"), "value", ("numerator", "denominator"), "comment", "source"),
            ),
            EXAMPLE_GROUP,
        ),
    ),
    RecordKind(
        model=TargetRevision,
        segment="zielaenderungen",
        section=Phase.CONTROLLING,
        title_field="",
        parent="criterion",
        in_menu=False,
        creatable=False,
        intro="Zielwerte, die anders vereinbart wurden. Der alte bleibt, mit dem Grund.",
        empty_way="im Controlling: Wer dort einen Zielwert ändert, nennt den Grund.",
        empty_link=CRITERIA,
        columns=("year", "old", "new", "reason", "decided_on"),
        filters=("criterion",),
        tags=("year",),
        groups=(
            Group(
                "Zieländerung",
                "Was vereinbart war, was jetzt gilt und warum.",
                (("criterion", "year"), ("old", "new"), "reason", "decided_on"),
            ),
            EXAMPLE_GROUP,
        ),
    ),
    RecordKind(
        model=CarryOver,
        segment="fortschreibungen",
        section=Phase.CONTROLLING,
        title_field="",
        intro="Was mit Maßnahmen, Bedarfen und Zielen im nächsten Planungszyklus geschieht.",
        empty_way="im Controlling eines Jahres: Dort steht zu jeder Maßnahme weiter, ändern oder beenden.",
        empty_link=MEASURES,
        columns=("decision", "year", "reason"),
        filters=("decision", "measure", "need", "goal"),
        tags=("decision", "year"),
        groups=(
            Group("Worüber", "Eines von dreien.", ("measure", "need", "goal")),
            Group(
                "Entscheidung",
                "Von mehreren Jahren gilt das letzte. Wer ändert oder beendet, nennt den Grund.",
                (("decision", "year"), "reason"),
            ),
            EXAMPLE_GROUP,
        ),
    ),
)
