"""What can go wrong when records are written."""

from collections.abc import Iterable


class PlanningError(Exception):
    """Base of the errors that a person can understand; ``str()`` is a German sentence."""


class StaleRecord(PlanningError):
    """The record was saved since it was opened: by somebody else, or by the person in another window (``own``)."""

    def __init__(self, own: bool = False) -> None:
        who = "Sie selbst haben diesen Eintrag inzwischen gespeichert, vielleicht in einem anderen Fenster."
        super().__init__(who if own else "Inzwischen hat eine andere Person diesen Eintrag gespeichert.")


class RecordInUse(PlanningError):
    """Other records depend on the one to be deleted; ``dependents`` maps a kind's label to the records."""

    def __init__(self, dependents: dict[str, list[object]]) -> None:
        self.dependents = dependents
        count = sum(len(rows) for rows in dependents.values())
        super().__init__(f"Nicht gelöscht: {count} andere Einträge beziehen sich darauf.")


class PartsChanged(PlanningError):
    """Others than the parts about which the person was asked would be deleted."""

    def __init__(self) -> None:
        super().__init__("Was mit gelöscht würde, hat sich geändert.")


class RecordLocked(PlanningError):
    """The record, or the one it belongs to, is in a state in which it does not change; ``str()`` says so."""


class StepRefused(PlanningError):
    """A step in the life of a record is not possible now; ``reasons`` are German sentences."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(" ".join(self.reasons))


class DuplicateSubmission(PlanningError):
    """The same form was sent a second time; ``pk`` is the record that the first one created."""

    def __init__(self, pk: int) -> None:
        self.pk = pk
        super().__init__("Dieses Formular haben Sie schon gespeichert; es ist nichts doppelt entstanden.")


class AlreadyUndone(PlanningError):
    """The action was undone before, or it was somebody else's."""

    def __init__(self) -> None:
        super().__init__("Das ist schon rückgängig gemacht. Sie brauchen nichts weiter zu tun.")


class DraftTooLarge(PlanningError):
    """More was typed than a draft can hold."""

    def __init__(self) -> None:
        super().__init__("Ihr Text ist für einen Entwurf zu lang. Kürzen Sie ihn oder speichern Sie ihn jetzt.")


class ActionRefused(PlanningError):
    """An action on several records is not possible; ``problems`` maps a sentence to the names of the records.

    ``is_question``: the sentences are questions; once they are answered the action is possible.
    """

    def __init__(self, problems: dict[str, list[str]], *, is_question: bool = False) -> None:
        self.problems, self.is_question = problems, is_question
        super().__init__(" ".join(f"{named(names)}: {sentence}" for sentence, names in problems.items()))


class TableRefused(PlanningError):
    """A table cannot be stored; ``problems`` maps row numbers to sentences (empty: the preview says what is wrong)."""

    def __init__(self, problems: dict[int, list[str]] | None = None) -> None:
        self.problems = problems or {}
        super().__init__(
            "Nichts gespeichert. Seit der Vorschau hat sich etwas geändert, oder Zeilen widersprechen sich."
        )


def named(names: list[str], most: int = 3) -> str:
    """„„Kita“, „Bus“ und 4 weitere“."""
    more = f" und {len(names) - most} weitere" if len(names) > most else ""
    return ", ".join(f"„{name}“" for name in names[:most]) + more
