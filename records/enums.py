"""Values with a fixed meaning of what belongs to no kind."""

from django.db import models


class ImportState(models.TextChoices):
    """Where a table stands that was read in. Whether a running one is really worked on, its file knows."""

    READING = "reading", "wird gelesen"
    CHECKING = "checking", "wird geprüft"
    SEEN = "seen", "wartet auf Bestätigung"
    QUEUED = "queued", "wartet"
    RUNNING = "running", "läuft"
    DONE = "done", "übernommen"
    REFUSED = "refused", "nicht übernommen"
