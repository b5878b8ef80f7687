"""What can be wrong with a dossier."""


class DossierError(Exception):
    """The dossier is not taken over; ``problems`` are German sentences, each naming record and field."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))
