"""What the log calls an error: that somebody has to act."""

import logging
import re

OPENING = ("/antrag/", "/anmeldung/", "/nachweis/", "/konto/kalender/")
SECRET_LINK = re.compile(rf"({'|'.join(OPENING)})[^\s\"'?]+")


class RefusedIsNoError(logging.Filter):
    """What the portal refused at the door (hosts, sizes, numbers of fields) calls nobody, whatever Django names it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Lower the level; everything is logged."""
        if record.name.startswith("django.security") and record.levelno > logging.WARNING:
            record.levelno, record.levelname = logging.WARNING, "WARNING"
            record.exc_info = record.exc_text = None  # where it was refused says nothing
        return True


class HidesLinks(logging.Filter):
    """What stands behind OPENING opens an application, registration, proof of use or calendar; no log tells it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Cut the address; everything is logged."""
        told = record.getMessage()
        if any(begin in told for begin in OPENING):
            record.msg, record.args = SECRET_LINK.sub(r"\1…", told), ()
        return True
