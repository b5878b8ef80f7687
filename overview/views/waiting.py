"""The inbox of a person: what waits, what comes next, what has happened; and how often the person gets mail."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import access_of, in_portal, person_of
from accounts.enums import Action
from overview.domain.messages import choose_frequency, frequency_of, mark_read
from overview.enums import MailFrequency
from overview.queries.due import waiting_items
from overview.queries.inbox import ahead, happened_messages, target_of, unread
from records.parts import Link
from records.waiting import note_number, read_everywhere

PAGE = 100
ABOUT = {
    MailFrequency.AT_ONCE: "Sie erfahren gleich, was auf Sie wartet und was Ihre Sachen betrifft; Erinnerungen kommen "
    "einmal am Tag.",
    MailFrequency.DAILY: "Einmal am Tag eine E-Mail, wenn es etwas gibt.",
    MailFrequency.WEEKLY: "Einmal in der Woche eine E-Mail, wenn es etwas gibt.",
    MailFrequency.NEVER: "Keine E-Mails. Unter „Wartet auf Sie“ steht alles.",
}


@in_portal(Action.ACCOUNT)
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """What waits, group by group, the oldest first; what is due soon; what happened, the newest first."""
    now, access = timezone.now(), access_of(request)
    today = timezone.localdate(now)
    found = read_everywhere(access, today)
    note_number(request, found.number)
    page = Paginator(found.mine, PAGE).get_page(request.GET.get("seite"))
    happened = happened_messages(access, now)
    news = Paginator(happened, PAGE).get_page(request.GET.get("meldungen"))
    context = {
        "items": waiting_items(page.object_list, today),
        "total": found.number,
        "page": page,
        "pages": [Link(str(number), f"?seite={number}") for number in page.paginator.page_range],
        "ahead": ahead(access, today),
        "happened": news,
        "news_pages": [Link(str(number), f"?meldungen={number}#geschehen") for number in news.paginator.page_range],
        "unread": unread(happened),
        "names_places": access.sees_all or len(access.municipalities()) > 1,
    }
    return TemplateResponse(request, "overview/waiting.html", context)


@in_portal(Action.ACCOUNT)
@require_safe
def opened(request: HttpRequest, key: str) -> HttpResponse:
    """To the page that a message is about; who opens it has read it."""
    target = target_of(access_of(request), key, timezone.now())
    if target is None:
        messages.info(request, "Diese Meldung gibt es nicht mehr. Unter „Wartet auf Sie“ steht, was für Sie da ist.")
        return redirect("overview:waiting")
    if request.method == "GET":
        mark_read(person_of(request), [key])
    return redirect(target)


@in_portal(Action.ACCOUNT)
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Note what the person has read: one message, or all that the page showed; or that one counts as new again."""
    known = {message.key for message in happened_messages(access_of(request), timezone.now())}
    sent, again = request.POST, "again" in request.POST
    asked = sent.getlist("shown") if "all" in sent else [sent.get("again") or sent.get("key", "")]
    keys = [key for key in asked if key in known]
    mark_read(person_of(request), keys, read=not again)
    if "all" in sent:
        messages.success(request, "Alle Meldungen der Seite sind gelesen.")
    elif keys:
        messages.success(request, "Die Meldung ist wieder neu." if again else "Die Meldung ist gelesen.")
    return redirect(f"{reverse('overview:waiting')}#geschehen")


@in_portal(Action.ACCOUNT)
@require_http_methods(["GET", "HEAD", "POST"])
def mail_setting(request: HttpRequest) -> HttpResponse:
    """How often the person gets mail."""
    error = ""
    if request.method == "POST":
        try:
            choose_frequency(person_of(request), request.POST.get("frequency", ""))
        except ValueError:
            error = "Wählen Sie, wie oft Sie E-Mails bekommen."
        else:
            messages.success(request, "Gespeichert.")
            return redirect("overview:mail-setting")
    chosen = frequency_of(person_of(request))
    context = {
        "choices": [(value, str(MailFrequency(value).label), ABOUT[MailFrequency(value)]) for value in MailFrequency],
        "chosen": chosen,
        "error": error,
        "crumbs": [Link("Mein Konto", reverse("accounts:account")), Link("E-Mails", "")],
    }
    return TemplateResponse(request, "overview/mail_setting.html", context, status=422 if error else 200)
