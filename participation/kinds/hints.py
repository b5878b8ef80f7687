"""Hints of advisers: between adviser and municipality."""

from participation.models import Hint
from planning.kinds.common import EXAMPLE_GROUP
from records.kind import Group, RecordKind
from records.parts import Fact, FactGroup
from records.registry import register

ABOUT = "Bezieht sich auf"


def answered(hint: Hint) -> FactGroup:
    """Where the hint was given, and what the municipality answered."""
    facts = [Fact(ABOUT, (hint.about_label,))] if hint.about_label else []
    if hint.answer:
        facts.append(Fact("Antwort", tuple(line.strip() for line in hint.answer.split("\n") if line.strip())))
    return FactGroup("Stelle und Antwort", tuple(facts))


register(
    RecordKind(
        model=Hint,
        segment="hinweise",
        creatable=False,
        intro=(
            "Was der Prozessbegleitung an Einträgen und Kapiteln auffällt. Hinweise lesen Prozessbegleitung, "
            "Sozialplanung und Leitung; in einem Dokument stehen sie nie."
        ),
        empty_way="auf der Seite eines Eintrags oder Kapitels: Dort gibt die Prozessbegleitung Hinweise.",
        columns=("about_label", "state"),
        filters=("state",),
        tags=("state",),
        further=answered,
        groups=(Group("Hinweis", "Was auffällt, warum, und was Sie vorschlagen.", ("title", "text")), EXAMPLE_GROUP),
    ),
)
