"""What a file is refused for."""


class Refused(ValueError):
    """The file is not taken; ``str()`` is a German sentence that says why and what to do."""
