"""Remarks of the ministry on a plan in review and of the Leitung on a draft, and the answers."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from accounts.access import in_municipality, person_of
from accounts.enums import Action
from accounts.models import Municipality
from plans.domain.remarks import (
    NOT_IN_REVIEW,
    NOT_OPEN,
    answer_remark,
    change_remark,
    drop_remark,
    why_not_answered,
    write_lead_remark,
    write_remark,
)
from plans.enums import ChapterCode, PlanState
from plans.forms.life import OF_LEAD, OF_MINISTRY, AnswerForm, RemarkForm
from plans.models import Plan, Remark
from plans.queries.versions import remark_in, remarks_are_sent, versions_of
from plans.views.plans import BOTH, chapter_url, crumbs, get_plan, url_of
from plans.views.review import Beside, beside_remark
from records.errors import DuplicateSubmission, StaleRecord, StepRefused
from records.parts import Link
from records.views.kept import keeps_form

STALE = "Jemand anderes hat inzwischen gespeichert. Ihr Text steht noch hier; vergleichen Sie und speichern Sie erneut."


def get_remark(plan: Plan, number: int) -> Remark:
    """A remark on an edition of this plan, or Http404."""
    remark = remark_in(plan, number)
    if remark is None:
        raise Http404("Diese Anmerkung gibt es nicht.")
    return remark


@in_municipality(Action.REVIEW)
@keeps_form
@require_http_methods(BOTH)
def remark_create(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """A new remark on the edition in review."""
    plan = get_plan(municipality, pk)
    version = versions_of(plan).filter(edition=plan.edition).first()
    if version is None:
        raise Http404("Zu diesem Plan gibt es noch keine Fassung.")
    if request.method != "POST" and plan.state != PlanState.IN_REVIEW:
        return not_now(request, plan)
    code = next((code for code in ChapterCode if code.slug == request.GET.get("kapitel")), ChapterCode.MANDATE)
    form = RemarkForm(sent(request), initial={"chapter": code})

    def store() -> Any:
        return write_remark(
            version=version,
            chapter=ChapterCode(form.cleaned_data["chapter"]),
            text=form.cleaned_data["text"],
            actor=person_of(request),
            form_key=form.cleaned_data["form_key"],
        )

    beside = beside_remark(plan, version, code)
    after = f"{url_of('remark-create', municipality, plan.pk)}?kapitel={code.slug}"  # on to the next chapter
    return remark_page(request, plan, form, store, heading="Anmerkung schreiben", code=code, beside=beside, after=after)


@in_municipality(Action.RELEASE)
@keeps_form
@require_http_methods(BOTH)
def lead_remark_create(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """A new remark of the Leitung on the draft."""
    plan = get_plan(municipality, pk)
    if request.method != "POST" and plan.is_frozen:
        return not_now(request, plan, NOT_OPEN)
    code = next((code for code in ChapterCode if code.slug == request.GET.get("kapitel")), ChapterCode.MANDATE)
    form = RemarkForm(sent(request), initial={"chapter": code}, hint=OF_LEAD)

    def store() -> Any:
        return write_lead_remark(
            plan=plan,
            chapter=ChapterCode(form.cleaned_data["chapter"]),
            text=form.cleaned_data["text"],
            actor=person_of(request),
            form_key=form.cleaned_data["form_key"],
        )

    return remark_page(request, plan, form, store, heading="Anmerkung schreiben", code=code)


@in_municipality(Action.REVIEW)
@keeps_form
@require_http_methods(BOTH)
def remark_update(request: HttpRequest, municipality: Municipality, pk: int, number: int) -> HttpResponse:
    """Other words for a remark of the ministry, or take it back, while the plan is reviewed."""
    plan = get_plan(municipality, pk)
    version = versions_of(plan).filter(edition=plan.edition).first()
    is_open = version is not None and plan.state == PlanState.IN_REVIEW
    return changed(request, plan, number, of_lead=False, edition=plan.edition if is_open else None)


@in_municipality(Action.RELEASE)
@keeps_form
@require_http_methods(BOTH)
def lead_remark_update(request: HttpRequest, municipality: Municipality, pk: int, number: int) -> HttpResponse:
    """The same for a remark of the Leitung, until the plan is released."""
    plan = get_plan(municipality, pk)
    return changed(request, plan, number, of_lead=True, edition=None if plan.is_frozen else plan.edition)


def changed(request: HttpRequest, plan: Plan, number: int, *, of_lead: bool, edition: int | None) -> HttpResponse:
    """The form of a remark that is written; ``edition`` is the one on which remarks are open now, if there is one."""
    if "loeschen" in request.POST and remark_in(plan, number) is None:
        messages.info(request, "Diese Anmerkung ist schon gelöscht.")
        return HttpResponseRedirect(url_of("plan-detail", plan.municipality, plan.pk))
    remark = get_remark(plan, number)
    if remark.is_of_lead != of_lead:
        raise Http404("Diese Anmerkung gibt es nicht.")
    code = ChapterCode(remark.chapter)
    about = remark.edition if remark.plan_version is None else remark.plan_version.edition
    if request.method != "POST" and about != edition:
        return not_now(request, plan, NOT_OPEN if of_lead else NOT_IN_REVIEW)
    form = RemarkForm(sent(request), instance=remark, hint=OF_LEAD if of_lead else OF_MINISTRY)

    def store() -> Any:
        fresh = get_remark(plan, number)
        actor = person_of(request)
        if "loeschen" in request.POST:
            return drop_remark(remark=fresh, version=form.cleaned_data["version"], actor=actor)
        return change_remark(
            remark=fresh,
            chapter=ChapterCode(form.cleaned_data["chapter"]),
            text=form.cleaned_data["text"],
            version=form.cleaned_data["version"],
            actor=actor,
        )

    beside = None if of_lead else beside_remark(plan, versions_of(plan).get(pk=remark.plan_version_id), code)
    return remark_page(request, plan, form, store, heading="Anmerkung ändern", code=code, remark=remark, beside=beside)


@in_municipality(Action.WRITE)
@keeps_form
@require_http_methods(BOTH)
def remark_answer(request: HttpRequest, municipality: Municipality, pk: int, number: int) -> HttpResponse:
    """The municipality's answer to a remark that was sent."""
    plan = get_plan(municipality, pk)
    remark = get_remark(plan, number)
    if not remark.is_of_lead and not remarks_are_sent(versions_of(plan).get(pk=remark.plan_version_id)):
        raise Http404("Diese Anmerkung gibt es nicht.")
    if request.method != "POST" and (closed := why_not_answered(remark)):
        messages.info(request, closed)
        return HttpResponseRedirect(chapter_url(plan, ChapterCode(remark.chapter)))
    form = AnswerForm(sent(request), instance=getattr(remark, "answer", None))

    def store() -> Any:
        return answer_remark(
            remark=remark,
            text=form.cleaned_data["text"],
            settled=form.cleaned_data["settled"],
            version=form.cleaned_data["version"],
            actor=person_of(request),
        )

    code = ChapterCode(remark.chapter)
    return remark_page(request, plan, form, store, heading="Anmerkung beantworten", code=code, remark=remark)


def not_now(request: HttpRequest, plan: Plan, why: str = NOT_IN_REVIEW) -> HttpResponse:
    """Back to the plan, with the reason why there is no form."""
    messages.info(request, why)
    return HttpResponseRedirect(url_of("plan-detail", plan.municipality, plan.pk))


def sent(request: HttpRequest) -> Any:
    """The fields of a form that was sent."""
    return request.POST if request.method == "POST" else None


def remark_page(
    request: HttpRequest,
    plan: Plan,
    form: Any,
    store: Any,
    *,
    heading: str,
    code: ChapterCode,
    remark: Remark | None = None,
    beside: Beside | None = None,
    after: str = "",
) -> HttpResponse:
    """The form of a remark or an answer, with what it is about beside it; back to the chapter when it is stored."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                store()
            except DuplicateSubmission:
                return HttpResponseRedirect(chapter_url(plan, code))
            except StaleRecord:
                form.add_error(None, STALE)
                status = 409
            except StepRefused as error:
                form.add_error(None, str(error))
            except ValidationError as error:
                form.add_error(None, error.messages)
            else:
                messages.success(
                    request, "Antwort gespeichert." if "beantworten" in heading else "Anmerkung gespeichert."
                )
                return HttpResponseRedirect(after or chapter_url(plan, code))
    back = url_of("plan-detail", plan.municipality, plan.pk)
    context = {
        "plan": plan,
        "form": form,
        "heading": heading,
        "code": code,
        "remark": remark if "beantworten" in heading else None,
        "may_drop": remark is not None and "ändern" in heading,
        "beside": beside,
        "cancel_url": chapter_url(plan, code),
        "crumbs": crumbs(plan.municipality, Link(str(plan), back), Link(heading, "")),
    }
    return TemplateResponse(request, "plans/plan_remark.html", context, status=status)
