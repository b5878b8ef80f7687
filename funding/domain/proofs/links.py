"""The secret link under which a Träger fills in its proof: 160 random bits, of which the hash alone is kept."""

import hashlib
import secrets
from datetime import datetime
from typing import Any

from funding.enums import ProofState
from funding.models import ProofDraft, ProofOfUse
from records.text import clean_text

OPEN = (ProofState.DUE, ProofState.ASKED)


def hash_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_link(proof: ProofOfUse, now: datetime) -> str:
    """A token that opens this proof alone; the one before opens nothing any more, what was typed stays."""
    token = secrets.token_urlsafe(20)
    ProofDraft.objects.update_or_create(proof=proof, defaults={"token_hash": hash_of(token), "made_at": now})
    return token


def draft_of(token: str) -> ProofDraft | None:
    """The draft that a token opens, as long as the proof is awaited."""
    rows = ProofDraft.objects.select_related("proof__application", "proof__municipality")
    return rows.filter(token_hash=hash_of(token), proof__state__in=OPEN).first()


def keep_draft(draft: ProofDraft, typed: dict[str, Any], now: datetime) -> None:
    """Keep what was typed, apart from the records."""
    clean = {name: clean_text(value) if isinstance(value, str) else value for name, value in typed.items()}
    draft.typed, draft.saved_at = clean, now
    draft.save(update_fields=["typed", "saved_at"])


def drop_settled_drafts() -> int:
    """Forget what was typed under the links of proofs that are recognised, however they came; returns how many."""
    settled = ProofDraft.objects.filter(proof__state=ProofState.RECOGNISED)
    return settled.delete()[0]


def close(draft: ProofDraft) -> None:
    """After the proof was handed in nothing of the draft is kept, and its link is dead."""
    draft.delete()
