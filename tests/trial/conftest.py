"""A portal that has the room of the trial."""

import functools
import sys
from collections.abc import Iterator

import pytest

from records import registry
from records.life import registry as lives
from records.models import guard
from tests.accounts.conftest import quiet  # noqa: F401  (a fixture)
from tests.trial.kinds import KINDS, LIFE

ROOMS = {
    "records",
    "planning",
    "participation",
    "funding",
    "insight",
    "plans",
    "reporting",
    "overview",
    "exchange",
    "lsz_portal",
}


def forget_prepared() -> None:
    """Drop what the portal's rooms worked out from the kinds that there were before."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in ROOMS:
            for each in vars(module).values():
                if type(each) is functools._lru_cache_wrapper:
                    each.cache_clear()


@pytest.fixture
def trial(monkeypatch: pytest.MonkeyPatch, settings: object) -> Iterator[None]:
    """The kinds and the life are registered, the addresses exist."""
    monkeypatch.setattr(registry, "_kinds", dict(registry._kinds))
    monkeypatch.setattr(lives, "_lives", dict(lives._lives))
    monkeypatch.setattr(guard, "_guards", dict(guard._guards))
    registry.register(*KINDS)
    lives.register_life(LIFE)
    settings.ROOT_URLCONF = "tests.trial.urls"  # type: ignore[attr-defined]
    forget_prepared()
    yield
    forget_prepared()
