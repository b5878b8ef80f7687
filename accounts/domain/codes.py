"""People without an account: a secret link that only they know, and a code by mail that shows whose address it is.

Of neither is anything stored but a digest (docs/adr/0043).
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.domain.attempts import Limit, take
from accounts.models import Coded

HOUR = timedelta(hours=1)
CODES_TO = Limit("codes to a mailbox from one place", 5, HOUR, HOUR)
CODES_TO_ALL = Limit("codes to an address of mail", 20, HOUR, HOUR)
CODE_HOLDS = timedelta(days=1)
CODE_TRIES = 6
TOO_MANY_CODES = "Es wurden schon mehrere Codes verschickt. Warten Sie bis {} Uhr, bevor Sie einen neuen anfordern."


def new_secret() -> str:
    """The secret of a link, 160 bits; store ``key_of`` it."""
    return secrets.token_urlsafe(20)


def key_of(secret: str) -> str:
    """What is stored of the secret of a link."""
    return hashlib.sha256(secret.encode()).hexdigest()


def code_limit(row: Coded) -> Limit:
    """How often one may ask for a code for one thing."""
    return Limit(f"codes for {row._meta.label_lower}", 5, HOUR, HOUR)


def code_wait(row: Coded, email: str, *, address: str) -> str:
    """Count a code that is asked for; why none is sent, or an empty sentence.

    ``address`` is whence it is asked for: nobody uses up what another one's mailbox may get.
    """
    mail = email.casefold()
    until = take([(code_limit(row), str(row.pk)), (CODES_TO, f"{mail} {address}"), (CODES_TO_ALL, mail)])
    return "" if until is None else TOO_MANY_CODES.format(f"{timezone.localtime(until):%H:%M}")


def new_code(row: Coded, at: datetime) -> str:
    """Six digits for the mail; the code before ends. The caller holds the row and saves it."""
    code = f"{secrets.randbelow(1_000_000):06}"
    row.code, row.code_until, row.code_tries = code_digest(row, code), at + CODE_HOLDS, 0
    return code


def code_digest(row: Coded, code: str) -> str:
    """What is stored of a code."""
    return salted_hmac(f"{row._meta.label_lower}.code", f"{row.pk} {code}", algorithm="sha256").hexdigest()


def code_problem(row: Coded, code: str, at: datetime) -> str:
    """Count the try; why the code opens nothing, or an empty sentence. The caller holds the row and keeps the count."""
    if not row.code or row.code_until is None or row.code_until < at:
        return "Der Code gilt nicht mehr. Fordern Sie einen neuen an."
    if row.code_tries >= CODE_TRIES:
        return "Der Code wurde zu oft falsch eingegeben. Fordern Sie einen neuen an."
    row.code_tries += 1
    row.save(update_fields=["code_tries"])
    typed = "".join(filter(str.isdigit, code[:40]))
    if constant_time_compare(code_digest(row, typed), row.code):
        return ""
    return "Dieser Code stimmt nicht. Sehen Sie in der neuesten E-Mail nach; er hat sechs Ziffern."
