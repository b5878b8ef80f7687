"""A survey for everybody: one page in the language of whoever answers, without account, cookies and JavaScript."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.http import require_safe

from accounts.client import client_address
from accounts.models import Municipality
from accounts.open_forms import FILLED_TRAP, NOBODY, guard_fields, guard_problem, without_account
from participation.domain import open_surveys
from participation.domain.open_surveys import Busy
from participation.domain.questionnaire import Questionnaire
from participation.domain.survey_words import FRAME, GERMAN, LANGUAGES
from participation.forms.replies import ReplyForm
from participation.models import OpenSurvey
from participation.queries.open_surveys import closed_at, opened_at
from planning.queries.office import office_lines
from records.templatetags.german import datum

SALT, PARAMETER, KEY, SWITCH = "participation.survey", "sprache", "fragebogen", "_sprache"
OPEN = {"Cache-Control": "no-cache", "Vary": "Accept-Language"}


def survey_url(place: Municipality, pk: int, name: str = "public-survey") -> str:
    """The address of a survey for everybody."""
    return reverse(f"participation:{name}", args=[place.slug, pk])


def language_of(request: HttpRequest, asked: Questionnaire) -> str:
    """The language that was chosen, else the first of the browser's that the survey speaks, else German."""
    known = asked.languages()
    if (chosen := request.GET.get(PARAMETER, "")) in known:
        return chosen
    for told, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "").lower()[:200]):
        if (code := told.partition("-")[0]) in known:
            return code
    return GERMAN


def around(asked: Questionnaire, code: str, place: Municipality, url: str) -> dict[str, Any]:
    """What every page of a survey says, in its language."""
    return NOBODY | {
        "title": asked.say(code, asked.title),
        "intro": asked.say(code, asked.intro),
        "code": code,
        "direction": LANGUAGES[code].direction,
        "words": asked.frame(code),
        "languages": [(each, LANGUAGES[each], f"{url}?{PARAMETER}={each}", each == code) for each in asked.languages()],
        "place": place,
        "office": office_lines(place),
        "url": url,
        "switch": SWITCH,
    }


def _survey(request: HttpRequest, place: str, pk: int) -> HttpResponse:
    opened = opened_at(place, pk, timezone.localdate())
    if opened is None or not open_surveys.is_open(opened, timezone.localdate()):
        return over(request, place, pk, opened)
    asked, municipality = Questionnaire.of(opened.form), opened.survey.municipality
    code, url = language_of(request, asked), survey_url(municipality, pk)
    is_sent = request.method == "POST"
    form = ReplyForm(request.POST if is_sent else None, asked, code)
    words, problem, status = asked.frame(code), "", 200
    if SWITCH in request.POST:
        form.errors.clear()  # another language is no answer yet
    elif is_sent:
        status = 422
        problem = problem_of(request, words)
        if not problem and form.is_valid():
            if not form.said():
                problem = words["nothing"]
            else:
                try:
                    open_surveys.reply(opened, form.said(), key=key_of(request), address=client_address(request))
                    return HttpResponseRedirect(f"{survey_url(municipality, pk, 'public-thanks')}?{PARAMETER}={code}")
                except Busy:
                    problem, status = words["busy"], 429
                except OpenSurvey.DoesNotExist:
                    return over(request, place, pk, None)
    context = around(asked, code, municipality, url) | {
        "form": form,
        "problem": problem,
        "errors": errors_of(form) if status != 200 else [],
        "until": datum(opened.closes_on),
        "is_example": opened.survey.is_example,
        "key_name": KEY,
        "key": key_of(request),
        **guard_fields(request, SALT),
    }
    return TemplateResponse(request, "participation/public/survey.html", context, status=status)


def key_of(request: HttpRequest) -> str:
    """What the page drew by lot; the same page sent twice says the same."""
    return request.POST.get(KEY, "")[:64] or uuid.uuid4().hex


def problem_of(request: HttpRequest, words: dict[str, str]) -> str:
    """Why nothing is taken, in the language of the page."""
    problem = guard_problem(request, SALT, FRAME["send"])
    if not problem:
        return ""
    return words["trap"] if problem == FILLED_TRAP else words["quick"]


def errors_of(form: ReplyForm) -> list[tuple[str, str]]:
    """Id of the control and sentence of everything that is wrong."""
    return [
        (form[name].auto_id, f"{form.fields[name].label}: {sentence}")
        for name, sentences in form.errors.items()
        for sentence in sentences
    ]


def over(request: HttpRequest, place: str, pk: int, opened: OpenSurvey | None) -> HttpResponse:
    """That the survey has ended; what was never open does not exist."""
    survey = opened.survey if opened else closed_at(place, pk)
    if survey is None:
        raise Http404("Diese Befragung gibt es nicht.")
    asked = Questionnaire.of(opened.form if opened else survey.questionnaire, survey.title)
    code = language_of(request, asked)
    context = around(asked, code, survey.municipality, survey_url(survey.municipality, pk)) | {"is_over": True}
    return TemplateResponse(request, "participation/public/survey_end.html", context)


def _thanks(request: HttpRequest, place: str, pk: int) -> HttpResponse:
    opened = opened_at(place, pk, timezone.localdate())
    if opened is None:
        return over(request, place, pk, None)
    asked, municipality = Questionnaire.of(opened.form), opened.survey.municipality
    code = language_of(request, asked)
    context = around(asked, code, municipality, survey_url(municipality, pk))
    return TemplateResponse(request, "participation/public/survey_end.html", context)


survey = without_account(_survey, "/oeffentlich/", headers=OPEN)
thanks = without_account(_thanks, "/oeffentlich/", require_safe, headers=OPEN)
