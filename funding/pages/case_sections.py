"""What other parts of the room show on the page of an application.

A part registers a section: a function that gets the application and the person and returns a ``Section``, or None
where there is nothing to say. The page draws them in the order of ``position``: 10 Prüfliste, 20 Voten,
30 Entscheidung, 40 Auszahlungen, 50 Nachweise, 60 Rückforderungen, 70 Schreiben.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from accounts.access import Access
from funding.models import CostPosition, FinancePosition, FundingApplication
from funding.queries.standing import Case
from records.parts import Link


@dataclass(frozen=True)
class Section:
    """A part of the page. ``template`` draws it and receives ``section`` with these ``values``.

    ``state`` is what stands beside the heading („3 von 12 offen“), ``ways`` are links in its header.
    """

    code: str
    heading: str
    template: str
    values: Mapping[str, Any] = field(default_factory=dict)
    state: str = ""
    ways: tuple[Link, ...] = ()


Build = Callable[[FundingApplication, Access], Section | None]
_sections: dict[str, tuple[int, Build, str]] = {}
_models: set[type[Model]] = {CostPosition, FinancePosition}


def register_case_section(
    code: str, position: int, build: Build, models: Iterable[type[Model]] = (), *, part: str = ""
) -> None:
    """Add a section. Two of one code are a programming error.

    ``models`` are those whose rows it shows, so that the page has no table of them; ``part`` names those of a Case
    (funding.queries.standing) without which it says nothing.
    """
    if code in _sections:
        raise ValueError(f"Den Abschnitt „{code}“ gibt es schon.")
    _sections[code] = (position, build, part)
    _models.update(models)


def shown_in_sections() -> Collection[type[Model]]:
    """What the page has no tables of."""
    return _models


def case_sections(application: FundingApplication, access: Access, case: Case) -> tuple[Section, ...]:
    """The sections that have something to say, in order."""
    ordered = sorted(_sections.values(), key=lambda each: each[0])
    wanted = (build for _, build, part in ordered if not part or getattr(case, part))
    return tuple(section for build in wanted if (section := build(application, access)) is not None)
