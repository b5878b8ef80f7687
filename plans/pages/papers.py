"""Documents that other rooms make of a plan, listed on its page."""

from dataclasses import dataclass

from django.urls import reverse

from plans.models import Plan
from records.parts import Link


@dataclass(frozen=True)
class PlanPaper:
    """``files`` are media and the route that takes the slug and the plan's key; ``spoken`` says whose they are."""

    label: str
    spoken: str
    files: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PaperLine:
    """A document with its files, as the page lists it."""

    label: str
    spoken: str
    files: tuple[Link, ...]


EDITION = "fassung"  # in the address of a paper: the frozen edition that it is made of
FORMS = ("pdf", "svg")
_papers: list[PlanPaper] = []


def register_paper(paper: PlanPaper) -> None:
    """List a document on the page of every plan."""
    _papers.append(paper)


def papers_of(plan: Plan, edition: int | None = None) -> list[PaperLine]:
    """The documents with their addresses; of a frozen edition, or of the plan as it stands."""
    key, query = [plan.municipality.slug, plan.pk], f"?{EDITION}={edition}" if edition else ""
    return [
        timeline_line(plan, edition),
        *(
            PaperLine(
                f"{paper.label} {plan.year}",
                paper.spoken,
                tuple(Link(medium, f"{reverse(route, args=key)}{query}") for medium, route in paper.files),
            )
            for paper in _papers
        ),
    ]


def timeline_line(plan: Plan, edition: int | None) -> PaperLine:
    """The timeline: as the edition has it, or of all records as they are now."""
    slug = plan.municipality.slug
    if edition:
        ways = {form: reverse(f"plans:plan-version-timeline-{form}", args=[slug, plan.pk, edition]) for form in FORMS}
    else:
        ways = {form: reverse("insight:timeline-export", args=[slug, form]) for form in FORMS}
    label = "Zeitstrahl" if edition else "Zeitstrahl (laufend)"
    return PaperLine(label, "des Zeitstrahls", tuple(Link(form.upper(), url) for form, url in ways.items()))
