"""The public form below the address of a call: without account, without cookies, without JavaScript."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from accounts.client import client_address
from accounts.open_forms import NOBODY, View, form_methods, guard_fields, guard_problem, without_account
from funding.domain.public import drafts
from funding.domain.public.answers import answer_inquiry, open_inquiries
from funding.domain.public.confirming import confirm
from funding.models import Call, PublicDraft
from funding.pages.public import BY_SLUG, MORE_ROWS, STEPS, Part, Whole, typed_of
from funding.pages.public_limits import beyond_limits, limit_words
from funding.pages.public_receipt import receipt_pdf
from funding.queries.public import call_at, draft_at, offers_of, standing_for_applicant
from planning.queries.office import office_lines
from printing.errors import RenderError
from records.errors import StepRefused
from records.forms.long_text import asks_to_read
from records.queue.answers import answered
from records.text import fold, whole_number

SALT = "funding.public"
DECLARATIONS = (
    "Die Angaben sind vollständig und richtig. Änderungen teile ich der Stelle unverzüglich mit.",
    "Mit dem Vorhaben wird nicht vor dem Bescheid begonnen, es sei denn, die Stelle stimmt vorher zu.",
    "Für denselben Zweck sind keine anderen Mittel beantragt als die im Antrag genannten.",
    "Ich darf den Antrag für den Antragsteller stellen.",
    "Die Hinweise zum Datenschutz habe ich gelesen.",
)


def for_applicants(view: View, methods: Callable[[View], View] = form_methods) -> View:
    """A page of the call with this token, or of the draft that the secret opens there; else 404."""

    @wraps(view)
    def shown(request: HttpRequest, token: str, secret: str = "", **kwargs: Any) -> HttpResponseBase:
        call = call_at(token)
        target: Any = draft_at(call, secret) if call and secret else call
        if target is None:
            raise Http404("Diese Adresse gibt es nicht.")
        return view(request, target, **({"secret": secret} if secret else {}), **kwargs)

    return without_account(shown, "/antrag/", methods)


def url_of(name: str, call: Call, *parts: str) -> str:
    """The address of a page."""
    return reverse(f"funding:public-{name}", args=[call.token, *parts])


def render(request: HttpRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page of the form."""
    at = timezone.localtime()
    return TemplateResponse(request, f"funding/public/{name}.html", NOBODY | {"now": at} | context, status=status)


def closed(request: HttpRequest, call: Call, *, draft: PublicDraft | None = None) -> HttpResponse:
    """Why nothing can be applied for, or sent, any more or yet; withdrawn calls are gone (410)."""
    now = timezone.now()
    context = {"call": call, "draft": draft, "is_early": now < call.opens, "office": office_lines(call.municipality)}
    return render(request, "closed", context, 410 if call.withdrawn_on else 200)


# ---------------------------------------------------------------- begin
def _start(request: HttpRequest, call: Call) -> HttpResponse:
    if not call.is_open(timezone.now()):
        return closed(request, call)
    problem, status = "", 200
    if request.method == "POST":
        problem, status = guard_problem(request, SALT, "Antrag beginnen"), 422
        if not problem:
            try:
                secret = drafts.start(call, address=client_address(request))
                return HttpResponseRedirect(url_of("step", call, secret, STEPS[0].slug))
            except ValidationError as error:
                problem, status = error.messages[0], 429
    context = {
        "call": call,
        "problem": problem,
        **guard_fields(request, SALT),
        "steps": STEPS,
        "limits": limit_words(call),
        "office": office_lines(call.municipality),
        "days": drafts.KEPT_DAYS,
    }
    return render(request, "start", context, status)


# ---------------------------------------------------------------- the pages
def _home(request: HttpRequest, draft: PublicDraft, secret: str) -> HttpResponse:
    """Where the link leads: to the state of what was sent, to the code, or to the first page."""
    if draft.application is not None:
        problem, key = "", whole_number(request.POST.get("inquiry", ""))
        if request.method == "POST":
            try:
                answer_inquiry(draft, key, request.POST.get("answer", ""), request.FILES.get("file"))
                return HttpResponseRedirect(url_of("draft", draft.call, secret))
            except ValidationError as error:
                problem = error.messages[0]
        context = {
            "problem": problem,
            "inquiries": [
                (each, request.POST.get("answer", "") if problem and each.pk == key else "")
                for each in open_inquiries(draft.application)
            ],
            "draft": draft,
            "call": draft.call,
            "standing": standing_for_applicant(draft.application),
            "receipt_url": url_of("receipt", draft.call, secret),
            "link": request.build_absolute_uri(url_of("draft", draft.call, secret)),
            "office": office_lines(draft.call.municipality),
        }
        return render(request, "state", context, 422 if problem else 200)
    if request.method == "POST":
        return HttpResponseRedirect(url_of("draft", draft.call, secret))
    if draft.handed_in_at:
        return HttpResponseRedirect(url_of("confirm", draft.call, secret))
    return HttpResponseRedirect(url_of("check", draft.call, secret))


def _step(request: HttpRequest, draft: PublicDraft, secret: str, step: str) -> HttpResponse:
    known = BY_SLUG.get(step)
    if known is None:
        raise Http404("Diese Seite gibt es nicht.")
    if draft.application_id is not None:
        return HttpResponseRedirect(url_of("draft", draft.call, secret))
    is_open = draft.call.is_open(timezone.now())
    if request.method == "POST" and (is_open or not draft.handed_in_at):
        return sent_step(request, draft, secret, Part(known, offers_of(draft.call), request.POST, judged=True))
    if not is_open:
        return closed(request, draft.call, draft=draft)
    part = Part(known, offers_of(draft.call), typed_of(draft), judged=False)
    return step_page(request, draft, secret, part)


def sent_step(request: HttpRequest, draft: PublicDraft, secret: str, part: Part) -> HttpResponse:
    """Keep what was typed; go on where it is right, elsewhere without asking, or stay."""
    problem = keep(request, draft, part)
    if "_still" in request.POST:
        return HttpResponse(status=422 if problem else 204)
    if not draft.call.is_open(timezone.now()):
        return closed(request, draft.call, draft=draft)
    if asks_to_read(request.POST):
        shown = Part(part.step, part.offers, request.POST, judged=False)
        return step_page(request, draft, secret, shown, problem=problem)
    problem = problem or file_problem(request, draft)
    target = request.POST.get("_to", "")
    if not problem and (target in BY_SLUG or target == "pruefen"):
        return HttpResponseRedirect(address_of(draft, secret, target))
    goes_on = "_next" in request.POST
    if goes_on and not problem and not part.errors:
        return HttpResponseRedirect(address_of(draft, secret, after(part)))
    if problem or goes_on:
        return step_page(request, draft, secret, part, problem=problem, status=422)
    if "_more" in request.POST:
        shown = Part(part.step, part.offers, typed_of(draft), judged=False, more=MORE_ROWS)
        return step_page(request, draft, secret, shown)
    place = address_of(draft, secret, part.step.slug)
    return HttpResponseRedirect(
        f"{place}?unterlagen=1#h-dateien" if {"_upload", "_remove"} & set(request.POST) else place
    )


def keep(request: HttpRequest, draft: PublicDraft, part: Part) -> str:
    """Store the fields of the page; why that was not possible."""
    typed = {name: request.POST.getlist(name) for name in request.POST if part.belongs(name)}
    try:
        drafts.keep(draft, names=[name for name in draft.values if part.belongs(name)], typed=typed)
    except ValidationError as error:
        return error.messages[0]
    return ""


def file_problem(request: HttpRequest, draft: PublicDraft) -> str:
    """Take in or remove a file; why it was not taken."""
    drafts.remove_files(draft, [key for text in request.POST.getlist("_remove") if (key := whole_number(text))])
    upload: Any = request.FILES.get("file")
    if upload is None:
        return ""
    try:
        drafts.add_file(draft, upload)
    except ValidationError as error:
        return f"Datei: {error.messages[0]}"
    return ""


def after(part: Part) -> str:
    """The page behind."""
    place = STEPS.index(part.step) + 1
    return STEPS[place].slug if place < len(STEPS) else "pruefen"


def address_of(draft: PublicDraft, secret: str, place: str) -> str:
    """The address of a page of the draft, or of its check."""
    if place == "pruefen":
        return url_of("check", draft.call, secret)
    return url_of("step", draft.call, secret, place)


def step_page(
    request: HttpRequest, draft: PublicDraft, secret: str, part: Part, *, problem: str = "", status: int = 200
) -> HttpResponse:
    """One of the five pages."""
    has_sums = part.step.slug in ("ausgaben", "finanzierung")
    context = around(request, draft, secret, part.step.slug) | {
        "part": part,
        "errors": [*([("", problem)] if problem else []), *part.errors],
        "number": STEPS.index(part.step) + 1,
        "whole": Whole.of(draft) if has_sums else None,
        "limits": limit_words(draft.call) if has_sums else (),
        "files": draft.files.all() if part.step.takes_files else (),
        "most_files": drafts.MOST_FILES,
    }
    return render(request, "step", context, status)


def around(request: HttpRequest, draft: PublicDraft, secret: str, place: str) -> dict[str, Any]:
    """What every page of a draft says."""
    return {
        "draft": draft,
        "call": draft.call,
        "steps": STEPS,
        "place": place,
        "link": request.build_absolute_uri(url_of("draft", draft.call, secret)),
        "days": drafts.KEPT_DAYS,
    }


# ---------------------------------------------------------------- check, code, receipt
def _check(request: HttpRequest, draft: PublicDraft, secret: str) -> HttpResponse:
    if draft.application_id is not None:
        return HttpResponseRedirect(url_of("draft", draft.call, secret))
    now = timezone.now()
    if not draft.call.is_open(now):
        return closed(request, draft.call, draft=draft)
    whole = Whole.of(draft)
    missed: list[int] = []
    given = {whole_number(text) for text in request.POST.getlist("declaration")}
    if request.method == "POST" and "_to" in request.POST:
        target = request.POST["_to"]
        return HttpResponseRedirect(address_of(draft, secret, target if target in BY_SLUG else "pruefen"))
    if request.method == "POST" and not whole.missing:
        missed = [at for at in range(len(DECLARATIONS)) if at not in given]
        if not missed:
            try:
                told = [{"text": text, "at": now.isoformat()} for text in DECLARATIONS]
                drafts.hand_in(draft, declarations=told, at=now)
            except ValidationError:
                return closed(request, draft.call, draft=draft)
            return code_sent(request, draft, secret, whole)
    context = around(request, draft, secret, "pruefen") | {
        "whole": whole,
        "beyond": beyond_limits(draft.call, whole),
        "errors": [(f"id_declaration_{at}", f"Bestätigen Sie: „{DECLARATIONS[at]}“") for at in missed],
        "declarations": [(at, text, at in given, at in missed) for at, text in enumerate(DECLARATIONS)],
        "files": draft.files.all(),
    }
    return render(request, "check", context, 422 if request.method == "POST" else 200)


def code_sent(request: HttpRequest, draft: PublicDraft, secret: str, whole: Whole) -> HttpResponse:
    """Send the code; the page for it says where it went, or why none was sent."""
    try:
        drafts.send_code(draft, email=whole.email, at=timezone.now(), address=client_address(request))
    except ValidationError as error:
        return confirm_page(request, draft, secret, whole, problem=error.messages[0], status=429)
    return HttpResponseRedirect(url_of("confirm", draft.call, secret))


def _confirm(request: HttpRequest, draft: PublicDraft, secret: str) -> HttpResponse:
    if draft.application_id is not None:
        return HttpResponseRedirect(url_of("draft", draft.call, secret))
    if draft.call.withdrawn_on is not None:
        return closed(request, draft.call, draft=draft)
    if draft.handed_in_at is None:
        return HttpResponseRedirect(url_of("check", draft.call, secret))
    whole = Whole.of(draft)
    if request.method != "POST":
        return confirm_page(request, draft, secret, whole)
    if "_again" in request.POST:
        return code_sent(request, draft, secret, whole)
    now = timezone.now()
    problem = drafts.wrong_code(draft, request.POST.get("code", ""), now)
    if not problem and whole.missing:
        problem = "Am Antrag fehlt inzwischen etwas. Gehen Sie zurück, und senden Sie ihn noch einmal ab."
    if not problem:
        try:
            stored = confirm(draft, whole.sent(), at=now)
        except (ValidationError, StepRefused) as error:
            problem = " ".join(getattr(error, "messages", None) or [str(error)])
        else:
            link = request.build_absolute_uri(url_of("draft", draft.call, secret))
            drafts.tell_received(stored, email=whole.email, link=link)
            return HttpResponseRedirect(url_of("draft", draft.call, secret))
    return confirm_page(request, draft, secret, whole, problem=problem, status=422)


def confirm_page(
    request: HttpRequest, draft: PublicDraft, secret: str, whole: Whole, *, problem: str = "", status: int = 200
) -> HttpResponse:
    """Where the code is entered."""
    is_open = draft.call.is_open(timezone.now())
    context = around(request, draft, secret, "bestaetigen") | {
        "email": whole.email,
        "problem": problem,
        "back": url_of("check", draft.call, secret) if is_open else "",
    }
    return render(request, "confirm", context, status)


def _receipt(request: HttpRequest, draft: PublicDraft, secret: str) -> HttpResponse:
    if draft.application_id is None:
        raise Http404("Der Antrag ist nicht bestätigt.")
    back = url_of("draft", draft.call, secret)
    return answered(request, partial(receipt_answer, draft, back), called="Eingangsbestätigung", back=back)


def receipt_answer(draft: PublicDraft, back: str) -> HttpResponse:
    """The receipt; where it cannot be drawn, the page of the application stays."""
    try:
        content = receipt_pdf(draft)
    except RenderError:
        return HttpResponseRedirect(back)
    name = f"eingangsbestaetigung-{slugify(fold(draft.sent['number'] or 'Skizze'))}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


start = for_applicants(_start)
home = for_applicants(_home)
step = for_applicants(_step)
check = for_applicants(_check)
confirmation = for_applicants(_confirm)
receipt = for_applicants(_receipt, require_safe)
