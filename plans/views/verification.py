"""„Fassung prüfen“: everybody may ask whether a file or a checksum is exactly a released edition or a notice.

Nothing is stored. The answer names municipality, year, edition, day of the release, state, and whether a newer edition
exists, and only to somebody who holds the file or its checksum already.
"""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from accounts.access import public
from funding.models import FrozenPaper
from funding.queries.papers import paper_with_sum
from plans.content import groups_of_four
from plans.domain.intact import is_header_intact
from plans.enums import PlanState
from plans.forms.verification import HashingHandler, VerificationForm
from plans.models import PlanVersion
from plans.pages.known_files import KnownFile, known_file
from plans.queries.published import newer_edition, version_with_sum
from plans.queries.versions import state_label
from plans.views.public import url_of

TEMPLATE = "plans/public/verification.html"


@dataclass(frozen=True)
class Answer:
    """What a checksum says. ``version`` is None where it belongs to no released edition, ``paper`` where to none."""

    groups: tuple[str, ...]
    file_name: str
    version: PlanVersion | None = None
    what: str = ""
    state: str = ""
    newer: PlanVersion | None = None
    url: str = ""
    is_intact: bool = True
    paper: FrozenPaper | None = None
    known: KnownFile | None = None


def answer_to(sha256: str, file_name: str = "") -> Answer:
    """Look the checksum up."""
    version, groups = version_with_sum(sha256), groups_of_four(sha256)
    if version is None:
        paper = paper_with_sum(sha256)
        known = None if paper else known_file(sha256)
        is_intact = (paper is None or paper.is_intact()) and (known is None or known.is_intact)
        return Answer(groups, file_name, paper=paper, known=known, is_intact=is_intact)
    whats = {version.pdf_sha256: "die PDF-Datei", version.content_sha256: "die Plandaten (plan.json)"}
    state = version.state  # type: ignore[attr-defined]
    return Answer(
        groups=groups,
        file_name=file_name,
        version=version,
        what=whats.get(sha256, "die Prüfnummer der Fassung"),
        state=state_label(state),
        newer=newer_edition(version),
        url=url_of("year", version) if state == PlanState.PUBLISHED else "",
        is_intact=is_header_intact(version),
    )


@csrf_protect
def _page(request: HttpRequest) -> HttpResponse:
    context: dict[str, object] = {"frame": None, "messages": ()}
    if request.method != "POST":
        return TemplateResponse(request, TEMPLATE, context | {"form": VerificationForm()})
    form = VerificationForm(request.POST, request.FILES)
    if not form.is_valid():
        return TemplateResponse(request, TEMPLATE, context | {"form": form}, status=422)
    file = form.cleaned_data["file"]
    answer = answer_to(form.cleaned_data["sha256"], file.name if file else "")
    fresh = VerificationForm(initial={"sha256": form.data.get("sha256", "")})
    return TemplateResponse(request, TEMPLATE, context | {"form": fresh, "answer": answer})


@require_http_methods(["GET", "HEAD", "POST"])
def _verification(request: HttpRequest) -> HttpResponse:
    """Set the handler that keeps nothing before anybody reads the form; then the token is checked, in ``_page``."""
    request.upload_handlers = [HashingHandler(request)]
    return _page(request)


verification = public(csrf_exempt(_verification))
