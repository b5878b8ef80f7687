"""What the log calls an error: that somebody has to act."""

import logging


class RefusedIsNoError(logging.Filter):
    """What the portal refused at the door (hosts, sizes, numbers of fields) calls nobody, whatever Django names it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Lower the level; everything is logged."""
        if record.name.startswith("django.security") and record.levelno > logging.WARNING:
            record.levelno, record.levelname = logging.WARNING, "WARNING"
        return True
