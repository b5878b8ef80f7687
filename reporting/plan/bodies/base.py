"""What every entry of a plan may carry."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What every entry may carry: ``example`` marks an invented one, ``contradiction`` names a differing source."""

    example: bool = False
    source: str = ""
    contradiction: str = ""


@dataclass(frozen=True, kw_only=True)
class Fact(Entry):
    """A labelled value."""

    label: str
    value: str
