"""A planner writes a questionnaire, translates it, opens it to everybody and closes it."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import in_municipality, person_of
from accounts.enums import Action
from accounts.models import Municipality
from participation.domain import open_surveys
from participation.domain.questionnaire import Questionnaire
from participation.domain.survey_words import FRAME, GERMAN, LANGUAGES
from participation.forms.questionnaires import BLANK, AroundForm, DaysForm, WordsForm, question_set
from participation.forms.replies import ReplyForm
from participation.models import OpenSurvey, Survey
from participation.pages.questionnaires import is_printed, notice_of
from participation.queries.open_surveys import opened_of, version_of
from participation.views.public_surveys import PARAMETER, survey_url
from participation.views.public_surveys import around as around_public
from participation.views.surveys import around, survey_at, url_of
from records.domain.saving import update_record
from records.errors import StaleRecord
from records.templatetags.german import datum
from records.views.kept import keeps_form
from records.views.really import Really, ask, is_sure

form_methods = require_http_methods(["GET", "HEAD", "POST"])
USUAL_TIME = timedelta(days=28)
NO_QUESTION = "Schreiben Sie mindestens eine Frage."
STALE = (
    "Jemand hat die Befragung inzwischen geändert. Drücken Sie noch einmal auf „Speichern“, gilt Ihre Fassung; "
    "sonst laden Sie die Seite neu."
)


# ---------------------------------------------------------------- questions, days
@in_municipality(Action.WRITE)
@form_methods
@keeps_form
def questionnaire(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """The questions while it is not open; while it is, how many have answered, and its days."""
    survey = survey_at(request, municipality, pk)
    opened = opened_of(survey)
    if opened is not None:
        return running(request, survey, opened)
    asked = Questionnaire.of(survey.questionnaire, survey.title)
    if request.method == "POST" and "_open" in request.POST:
        return opening(request, survey, asked)
    more = BLANK if "_more" in request.POST else 0
    data = request.POST if request.method == "POST" else None
    form = AroundForm(data, initial={"intro": asked.intro, "smallest": asked.smallest, "version": survey.version})
    rows = question_set(data, asked, more=more)
    if data is not None and not more and form.is_valid() and rows.is_valid():
        problem = kept(request, survey, form, rows)
        if not problem:
            return HttpResponseRedirect(url_of("form", survey))
        form.add_error(None, problem)
        form.data = request.POST.dict() | {"version": str(version_of(survey))}
    return questions_page(
        request, survey, asked, form=form, rows=rows, tells=data is not None and not more and not form.only_reads
    )


def kept(request: HttpRequest, survey: Survey, form: AroundForm, rows: Any) -> str:
    """Store the questions; why they are not stored, or an empty sentence."""
    told = Questionnaire.of(survey.questionnaire, survey.title)
    if not rows.asked() and not told.items:
        return NO_QUESTION
    told.intro, told.smallest, told.items = form.cleaned_data["intro"], form.cleaned_data["smallest"], rows.asked()
    survey.questionnaire = told.told()
    version, actor = form.cleaned_data["version"], person_of(request)
    try:
        update_record(survey, version=version, actor=actor, reason="Fragebogen geändert")
    except StaleRecord:
        return STALE
    messages.success(request, f"Gespeichert: {counted(len(told.items), 'Frage', 'Fragen')}.")
    return ""


def counted(number: int, one: str, many: str) -> str:
    """„1 Frage“, „6 Fragen“."""
    return f"{number} {one if number == 1 else many}"


def questions_page(
    request: HttpRequest,
    survey: Survey,
    asked: Questionnaire,
    *,
    form: AroundForm,
    rows: Any,
    days: DaysForm | None = None,
    tells: bool = False,
) -> HttpResponse:
    """The page on which the questions are written."""
    today = timezone.localdate()
    wrong = tells and not (form.is_valid() and rows.is_valid())
    context = around(survey, "Fragebogen") | {
        "form": form,
        "rows": rows,
        "days": days or DaysForm(initial={"opens_on": today, "closes_on": today + USUAL_TIME}, prefix="tage"),
        "has_errors": wrong or (days is not None and bool(days.errors)),
        "asked": asked,
        "languages": languages_of(survey, asked),
        "preview_url": url_of("preview", survey),
        "has_tables": bool(survey.read_in) and "too_few" not in (survey.read_in or {}),
    }
    return TemplateResponse(
        request, "participation/questionnaire.html", context, status=422 if context["has_errors"] else 200
    )


def languages_of(survey: Survey, asked: Questionnaire) -> list[tuple[str, str, int, bool]]:
    """Languages with the address of their texts, how many are missing, and whether somebody has begun."""
    return [
        (
            language.german,
            f"{url_of('words', survey)}?{PARAMETER}={code}",
            len(asked.missing(code)),
            code in asked.words,
        )
        for code, language in LANGUAGES.items()
        if code != GERMAN
    ]


def opening(request: HttpRequest, survey: Survey, asked: Questionnaire) -> HttpResponse:
    """Open the questionnaire as it is stored."""
    days = DaysForm(request.POST, prefix="tage")
    if days.is_valid():
        try:
            open_surveys.open_survey(survey, **days.cleaned_data, actor=person_of(request))
        except ValidationError as error:
            days.add_error(None, error.messages)
        else:
            messages.success(request, "Die Befragung ist geöffnet. Geben Sie die Adresse weiter.")
            return HttpResponseRedirect(url_of("form", survey))
    form = AroundForm(initial={"intro": asked.intro, "smallest": asked.smallest, "version": survey.version})
    return questions_page(request, survey, asked, form=form, rows=question_set(None, asked), days=days)


def running(request: HttpRequest, survey: Survey, opened: OpenSurvey) -> HttpResponse:
    """What is known before the end: how many have answered, and nothing of what."""
    asked = Questionnaire.of(opened.form)
    days = DaysForm(
        request.POST if "_days" in request.POST else None,
        initial={"opens_on": opened.opens_on, "closes_on": opened.closes_on},
        prefix="tage",
    )
    try:
        if "_close" in request.POST:
            return closed(request, survey, opened) if is_sure(request) else ask_to_close(request, survey, opened)
        if days.is_bound and days.is_valid():
            open_surveys.change_days(opened, **days.cleaned_data)
            messages.success(request, "Die Tage sind geändert.")
            return HttpResponseRedirect(url_of("form", survey))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        if not days.is_bound:
            return HttpResponseRedirect(url_of("form", survey))
    address = request.build_absolute_uri(survey_url(survey.municipality, survey.pk))
    notices = [notice_of(asked, code, opened.closes_on, address) for code in asked.languages()]
    context = around(survey, "Fragebogen") | {
        "opened": opened,
        "asked": asked,
        "days": days,
        "address": address,
        "standing": open_surveys.standing_of(opened, timezone.localdate()),
        "rate": open_surveys.rate_of(opened.arrived, survey.sent),  # type: ignore[attr-defined]
        "notices": notices,
        "not_printed": [notice.language.german for notice in notices if not is_printed(asked, notice)],
        "languages": languages_of(survey, asked),
        "preview_url": url_of("preview", survey),
    }
    status = 422 if days.errors else 200
    return TemplateResponse(request, "participation/questionnaire_open.html", context, status=status)


def ask_to_close(request: HttpRequest, survey: Survey, opened: OpenSurvey) -> HttpResponse:
    """The question before the end, which nobody takes back."""
    arrived: int = opened.arrived  # type: ignore[attr-defined]
    text = (
        f"{counted(arrived, 'ausgefüllter Fragebogen wird', 'ausgefüllte Fragebögen werden')} ausgewertet, "
        "die einzelnen Antworten werden gelöscht. Danach kann niemand mehr antworten."
    )
    asked = Really(f"Befragung beenden: „{survey}“?", text, "Beenden und auswerten", url_of("form", survey))
    return ask(request, asked, **around(survey, "Beenden"))


def closed(request: HttpRequest, survey: Survey, opened: OpenSurvey) -> HttpResponse:
    """Close the survey, and say what has become of the answers."""
    number = open_surveys.close_survey(opened, actor=person_of(request))
    open_surveys.forget_pages()
    said = counted(number, "ausgefüllter Fragebogen ist", "ausgefüllte Fragebögen sind")
    messages.success(request, f"Beendet: {said} ausgewertet und gelöscht.")
    return HttpResponseRedirect(url_of("results", survey))


# ---------------------------------------------------------------- languages
@in_municipality(Action.WRITE)
@form_methods
@keeps_form
def words(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """All texts in one further language."""
    survey = survey_at(request, municipality, pk)
    code = request.GET.get(PARAMETER, "")
    if code not in LANGUAGES or code == GERMAN:
        raise Http404("Diese Sprache gibt es hier nicht.")
    asked = Questionnaire.of(survey.questionnaire, survey.title)
    form = WordsForm(request.POST if request.method == "POST" else None, asked, code)
    if form.is_bound and form.is_valid():
        asked.words[code] = form.words()
        survey.questionnaire = asked.told()
        reason = f"Fragebogen: {LANGUAGES[code].german}"
        update_record(survey, version=survey.version, actor=person_of(request), reason=reason)
        open_surveys.translate_open(survey, asked.words)
        left = len(asked.missing(code))
        told = "vollständig und wird angeboten" if not left else f"noch nicht vollständig: {left} Texte fehlen"
        messages.success(request, f"{LANGUAGES[code].german} ist {told}.")
        return HttpResponseRedirect(url_of("form", survey))
    context = around(survey, LANGUAGES[code].german) | {
        "form": form,
        "language": LANGUAGES[code],
        "form_url": url_of("form", survey),
        "number": len(FRAME),
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "participation/questionnaire_words.html", context, status=status)


# ---------------------------------------------------------------- as everybody will see it
@in_municipality(Action.WRITE)
@require_safe
def preview(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """The public page as it would be; nothing can be sent from it."""
    survey = survey_at(request, municipality, pk)
    asked = Questionnaire.of(survey.questionnaire, survey.title)
    code = request.GET.get(PARAMETER, GERMAN)
    code = code if code in asked.languages() else GERMAN
    context = around_public(asked, code, municipality, url_of("preview", survey)) | {
        "form": ReplyForm(None, asked, code),
        "until": datum(timezone.localdate() + USUAL_TIME),
        "is_preview": True,
        "is_example": survey.is_example,
        "back_url": url_of("form", survey),
    }
    return TemplateResponse(request, "participation/public/survey.html", context)
