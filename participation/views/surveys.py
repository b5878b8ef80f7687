"""Answers of a survey are read in, shown as protected tables, and become findings."""

import hashlib
import uuid
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import access_of, in_municipality, person_of
from accounts.enums import Action
from accounts.models import Municipality
from participation.domain import survey_file
from participation.domain.findings import stored
from participation.domain.open_surveys import IS_OPEN
from participation.domain.survey_file import Answers
from participation.domain.survey_import import MOST_TEXTS, blackened, decide_text, keep_words, results_of, take_over
from participation.domain.survey_questions import Structure, questions_of, read_structure
from participation.enums import FindingOrigin, TextState
from participation.forms.surveys import AnswersForm, ChosenForm
from participation.models import Finding, Survey
from participation.pages.surveys import csv_rows, shown, words_of
from participation.queries.open_surveys import opened_of
from participation.queries.surveys import new_texts, question_of, questions_in_order, released_texts
from records.domain.batches import record_batch
from records.errors import DuplicateSubmission, StaleRecord
from records.pages.crumbs import crumbs_for
from records.pages.rows import get_row
from records.queries.batches import undo_address
from records.reading.errors import Refused
from records.registry import kind_of
from records.tables.writing import CSV_TYPE, csv_bytes
from records.text import whole_number

RUN, TEXTS_SHOWN = "lauf", 50
GONE = "Die hochgeladene Datei ist nicht mehr da; sie bleibt höchstens zwei Stunden. Laden Sie sie noch einmal hoch."
TOO_MANY_BACK = "Es sind mehr Fragebögen ({}) als versandt ({}). Berichtigen Sie zuerst „Versandt“ bei der Befragung."
HEADS = ["Frage", "Antwort", "Gruppen nach", "Gruppe", "Nennungen", "Befragte der Gruppe", "Anteil"]


def survey_at(request: HttpRequest, municipality: Municipality, pk: int) -> Survey:
    """The survey of the address."""
    return cast(Survey, get_row(kind_of(Survey), municipality, pk, access_of(request)))


def url_of(name: str, survey: Survey) -> str:
    """The address of a page."""
    return reverse(f"participation:survey-{name}", args=[survey.municipality.slug, survey.pk])


# ---------------------------------------------------------------- reading in
@in_municipality(Action.WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def read_in(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """First the file, then what its columns are, then the tables as they would be, then stored."""
    survey = survey_at(request, municipality, pk)
    name = request.GET.get(RUN, "")
    if name:
        answers = Answers.kept(name)
        if answers is None or answers.about.get("survey") != pk or answers.about.get("person") != request.user.pk:
            messages.warning(request, GONE)
            return HttpResponseRedirect(url_of("read", survey))
        return choose(request, survey, answers, name)
    form = AnswersForm(request.POST, request.FILES) if request.method == "POST" else AnswersForm()
    if form.is_bound and form.is_valid():
        try:
            return HttpResponseRedirect(f"{url_of('read', survey)}?{RUN}={kept_upload(request, survey, form)}")
        except Refused as error:
            form.add_error("file", str(error))
    context = around(survey, "Antworten einlesen") | {"form": form}
    return TemplateResponse(request, "participation/survey_file.html", context, status=422 if form.errors else 200)


def kept_upload(request: HttpRequest, survey: Survey, form: AnswersForm) -> str:
    """Keep the columns of the uploaded file that may be kept; returns their name. Raises Refused."""
    upload, structure = form.cleaned_data["file"], form.cleaned_data["structure"]
    known = read_structure(structure.read()) if structure else {}
    answers = Answers.read(upload.file, upload.size)
    digest = hashlib.sha256()
    upload.seek(0)
    for chunk in upload.chunks():
        digest.update(chunk)
    answers.about = {
        "survey": survey.pk,
        "person": request.user.pk,
        "file": upload.name[:200],
        "sha256": digest.hexdigest(),
        "structure": {code: vars(told) for code, told in known.items()},
    }
    return answers.keep()


def choose(request: HttpRequest, survey: Survey, answers: Answers, name: str) -> HttpResponse:
    """What each question is, and the protected tables that come of it."""
    known = {code: Structure(**told) for code, told in answers.about["structure"].items()}
    form = ChosenForm(request.POST if request.method == "POST" else None, questions_of(answers, known))
    if request.method == "POST" and "_drop" in request.POST:
        survey_file.drop(name)
        messages.info(request, "Nichts übernommen; die Antworten sind gelöscht.")
        return HttpResponseRedirect(url_of("read", survey))
    results = []
    if form.is_bound and form.is_valid():
        asked, groups = form.chosen()
        try:
            results = results_of(answers, asked, groups, form.cleaned_data["smallest"])
            if survey.sent is not None and answers.rows > survey.sent:
                raise ValidationError(TOO_MANY_BACK.format(answers.rows, survey.sent))
            if opened_of(survey):
                raise ValidationError(IS_OPEN)
            if "_take" in request.POST:
                told = {key: answers.about[key] for key in ("file", "sha256")}
                told |= {"smallest": form.cleaned_data["smallest"], "groups": [each.text for each in groups]}
                take_over(survey, answers, results, told=told, actor=person_of(request))
                survey_file.drop(name)
                messages.success(request, f"{len(results)} Fragen übernommen. Datei und Antworten sind gelöscht.")
                return HttpResponseRedirect(url_of("results", survey))
        except ValidationError as error:
            form.add_error(None, error.messages)
        except StaleRecord:
            form.add_error(None, "Die Befragung wurde gerade geändert. Drücken Sie noch einmal auf „Übernehmen“.")
    context = around(survey, "Antworten einlesen") | {
        "form": form,
        "answers": answers,
        "dropped": answers.dropped,
        "previews": [(result, shown(result.tables, "")) for result in results] if not form.errors else [],
        "replaces": bool(survey.read_in),
        "most_texts": MOST_TEXTS,
    }
    return TemplateResponse(request, "participation/survey_choose.html", context, status=422 if form.errors else 200)


def around(survey: Survey, last: str) -> dict[str, Any]:
    """What every page says."""
    return {
        "survey": survey,
        "back_url": kind_of(Survey).url("detail", survey.municipality, survey.pk),
        "results_url": url_of("results", survey),
        "read_url": url_of("read", survey),
        "crumbs": crumbs_for(kind_of(Survey), survey.municipality, survey, last=last),
    }


# ---------------------------------------------------------------- results
@in_municipality(Action.READ)
@require_safe
def results(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """The protected tables; who may write also looks through the free texts."""
    survey = survey_at(request, municipality, pk)
    may_write = access_of(request).allows(Action.WRITE, municipality)
    questions = questions_in_order(survey)
    new = new_texts(survey) if may_write else new_texts(survey).none()
    context = around(survey, "Ergebnisse") | {
        "questions": [(each, shown(each.tables, str(each.pk))) for each in questions if each.tables],
        "told": survey.read_in,
        "csv_url": url_of("tables-csv", survey),
        "finding_url": url_of("finding", survey),
        "text_url": url_of("text", survey),
        "form_key": str(uuid.uuid4()),
        "may_write": may_write,
        "waiting": new.count(),
        "new_texts": [(text, blackened(text.text)) for text in new[:TEXTS_SHOWN]],
        "texts": released_texts(survey)[:500],
    }
    return TemplateResponse(request, "participation/survey_results.html", context)


@in_municipality(Action.READ)
@require_safe
def export(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """The same tables as CSV."""
    survey = survey_at(request, municipality, pk)
    name = f"{municipality.slug}-befragung-{pk}-{timezone.localdate().isoformat()}.csv"
    content = csv_bytes(HEADS, csv_rows(questions_in_order(survey)))
    return HttpResponse(
        content, content_type=CSV_TYPE, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@in_municipality(Action.WRITE)
@require_POST
def finding(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """A finding of a cell or a text that was released, in one step; it can be undone."""
    survey = survey_at(request, municipality, pk)
    back = url_of("results", survey)
    try:
        with record_batch(
            municipality=municipality,
            actor=person_of(request),
            summary="Erkenntnis aus der Befragung",
            form_key=request.POST.get("form_key", "")[:36],
        ) as recorder:
            text = said_by(survey, request.POST.get("cell", ""))
            recorder.create(
                Finding(text=text, origin=FindingOrigin.SURVEY, survey=survey, is_example=survey.is_example)
            )
    except DuplicateSubmission as error:
        return HttpResponseRedirect(undo_address(back, error.pk))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return HttpResponseRedirect(back)
    messages.success(request, f"Als Erkenntnis gespeichert: „{text}“")
    return HttpResponseRedirect(undo_address(back, stored(recorder).pk))


def said_by(survey: Survey, key: str) -> str:
    """The words of a cell („12.0.3.1“) or of a text („text.7“). Raises ValidationError, Http404."""
    kind, _, rest = key.partition(".")
    if kind == "text":
        found = released_texts(survey).filter(pk=whole_number(rest) or 0).first()
        if found is None:
            raise ValidationError("Diesen Text gibt es nicht mehr. Laden Sie die Seite neu.")
        return found.text[:400]
    question = question_of(survey, kind)
    if question is None:
        raise Http404("Diese Frage gibt es nicht.")
    try:
        return words_of(question, rest)
    except ValueError as error:
        raise ValidationError("Diese Zahl ist verborgen oder gibt es nicht mehr. Laden Sie die Seite neu.") from error


DECIDED = {
    TextState.RELEASED: "Die Antwort ist freigegeben.",
    TextState.BLACKENED: "Die Antwort ist geschwärzt freigegeben.",
    TextState.DISCARDED: "Die Antwort ist verworfen und gelöscht.",
}


@in_municipality(Action.WRITE)
@require_POST
def decide(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """What happens with a free text; what was typed in the others is kept for them."""
    survey = survey_at(request, municipality, pk)
    state, _, number = request.POST.get("decide", "").partition(".")
    for text in new_texts(survey):
        words = request.POST.get(f"words-{text.pk}", "").strip()
        try:
            if text.pk == whole_number(number):
                decide_text(text, state=state, words=words)
                messages.success(request, DECIDED[TextState(text.state)])
            else:
                keep_words(text, words)
        except ValidationError as error:
            messages.error(request, error.messages[0])
    return HttpResponseRedirect(f"{url_of('results', survey)}#freitexte")
