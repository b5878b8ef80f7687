"""What can go wrong in the life of a plan; the texts are German sentences for the person at the page."""


class DamagedVersion(Exception):
    """A stored part of a frozen edition is not what its checksum says."""

    def __init__(self) -> None:
        super().__init__(
            "Diese Fassung wird nicht gezeigt: Was gespeichert ist, stimmt nicht mit der Prüfnummer überein. "
            "Die Administration prüft das mit „manage.py verify_plans“."
        )
