"""What can go wrong in the life of a plan; the texts are German sentences for the person at the page."""

from collections.abc import Iterable

from records.errors import PlanningError


class StepRefused(PlanningError):
    """A step in the life of a plan is not possible now; ``reasons`` are German sentences."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(" ".join(self.reasons))


class DamagedVersion(Exception):
    """A stored part of a frozen edition is not what its checksum says."""

    def __init__(self) -> None:
        super().__init__(
            "Diese Fassung wird nicht gezeigt: Was gespeichert ist, stimmt nicht mit der Prüfsumme überein. "
            "Die Administration prüft das mit „manage.py verify_plans“."
        )
