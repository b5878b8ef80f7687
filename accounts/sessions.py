"""Sessions in the database, which do not stop anybody from reading where nothing can be written just now."""

import logging
from functools import cache
from typing import Any

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.queries.prepared import Parameter, PreparedRows

logger = logging.getLogger(__name__)


@cache
def stored() -> PreparedRows:
    """The session of a key; every request asks for one."""
    return PreparedRows(Session.objects.filter(session_key=Parameter("key")))


class SessionStore(DatabaseStore):
    """A session whose changes (what was opened last) may be lost; a log-in is stored or refused."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """The table of Django's own sessions."""
        return Session

    def _get_session_from_db(self) -> Session | None:
        """The stored session; None, and the key is forgotten, where there is none or its time is over."""
        for session in stored().run(None, key=self.session_key):
            if session.expire_date > timezone.now():
                return session
        self._session_key = None
        return None

    def save(self, must_create: bool = False) -> Any:
        """Store the session. A new one raises where it cannot be stored; a known one stays as it is stored.

        One that ended meanwhile, in another window, stays ended, and the answer to what was done is still seen.
        """
        try:
            super().save(must_create)
        except UpdateError as error:
            cause = getattr(error.__context__, "__cause__", None)
            if cause is not None:
                logger.warning("session-not-stored: %s", type(cause).__name__)
