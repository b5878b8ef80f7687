"""Reading official statistics in: upload, preview with what is not taken and why, confirmation, progress."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.access import in_municipality, in_portal, person_of
from accounts.enums import Action
from accounts.models import Municipality
from exchange.statistics.choosing import MOST_ROWS, chosen_in, combinations, is_unseen
from exchange.statistics.job import UNDER_WAY, decide, go_on, progress_of, take_in
from exchange.statistics.opening import MOST_BYTES
from exchange.statistics.review import CHANGED, NEW, TAKEN, UNCHANGED, UNPUBLISHED
from planning.domain.official import StandsUpon, take_back_import
from planning.enums import StatImportState
from planning.models import Indicator, StatImport
from planning.queries.official import brought, own_import, stored_import, stored_imports
from records.parts import Link
from records.places import home_link
from records.registry import kind_of
from records.text import whole_number

NUMBER = "vorgang"
BACK = "zuruecknehmen"
NOT_STORED = "Diese Datei ist hier nicht eingelesen oder schon zurückgenommen."
STANDS_UPON = "Die Datei „{}“ hat später Werte davon berichtigt. Nehmen Sie zuerst diese zurück."
GONE = "Diese Vorschau gibt es nicht mehr. Laden Sie die Datei noch einmal hoch."
LOOK_FIRST = "Gespeichert ist noch nichts: Sehen Sie zuerst, was sich bei der gewählten Kennzahl ändert."
PLACES = {
    "KREISE": "Kreise und kreisfreie Städte",
    "GEMEIN": "Gemeinden",
    "DLAND": "Länder",
    "DINSG": "Deutschland",
    "REGBEZ": "Regierungsbezirke",
}


class StatUpload(forms.Form):
    """A file of the statistics."""

    file = forms.FileField(
        label="Tabelle der amtlichen Statistik",
        help_text=(
            "Als „CSV (flach)“ (ffcsv) von regionalstatistik.de, genesis.destatis.de oder zensus2022.de, auch gepackt "
            "als ZIP. Höchstens 200 MB."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.zip"}),
        error_messages={
            "required": "Wählen Sie eine Datei aus.",
            "empty": "Die Datei ist leer. Wählen Sie eine andere.",
        },
    )

    def clean_file(self) -> Any:
        """Not larger than what is read."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError("Die Datei hat mehr als 200 MB. Schränken Sie die Tabelle ein.")
        return file


@require_http_methods(["GET", "HEAD", "POST"])
def _read_in(request: HttpRequest, municipality: Municipality | None) -> HttpResponse:
    """The page: an upload, or one's own file that waits, is under way or has ended."""
    if BACK in request.GET or BACK in request.POST:
        return take_back(request, municipality)
    number = request.POST.get(NUMBER) or request.GET.get(NUMBER)
    if number is not None:
        waiting = own_import(person_of(request), municipality, whole_number(number))
        if waiting is None:
            return answer(request, municipality, StatUpload(), status=422, refusal=GONE)
        if request.method == "POST":
            return act(request, waiting)
        return answer(request, municipality, StatUpload(), waiting)
    if request.method != "POST":
        return answer(request, municipality, StatUpload())
    form = StatUpload(request.POST, request.FILES)
    if not form.is_valid():
        return answer(request, municipality, form, status=422)
    waiting = take_in(form.cleaned_data["file"], user=person_of(request), municipality=municipality)
    waiting.refresh_from_db()
    if waiting.state == StatImportState.REFUSED:
        form.add_error("file", waiting.problem)
        return answer(request, municipality, form, status=422)
    return HttpResponseRedirect(f"{request.path}?{NUMBER}={waiting.pk}")


def _of_programme(request: HttpRequest) -> HttpResponse:
    """For everybody, by the ministry."""
    return _read_in(request, None)


read_in = in_municipality(Action.WRITE)(_read_in)
read_in_programme = in_portal(Action.CATALOGUE)(_of_programme)


def take_back(request: HttpRequest, municipality: Municipality | None) -> HttpResponse:
    """Ask what taking a file back changes, and do it."""
    stored = stored_import(municipality, whole_number(request.POST.get(BACK) or request.GET.get(BACK, "")))
    if stored is None:
        return answer(request, municipality, StatUpload(), status=422, refusal=NOT_STORED)
    if request.method != "POST":
        return answer(request, municipality, StatUpload(), back=stored)
    try:
        take_back_import(stored.pk, actor=person_of(request))
    except StandsUpon as later:
        return answer(request, municipality, StatUpload(), status=422, refusal=STANDS_UPON.format(later))
    messages.success(request, f"Zurückgenommen: {stored.name}.")
    return HttpResponseRedirect(request.path)


def act(request: HttpRequest, waiting: StatImport) -> HttpResponse:
    """What the person decided in the preview, or to go on after a crash."""
    if waiting.state == StatImportState.SEEN:
        choice, store = said(request, waiting), "uebernehmen" in request.POST
        if store and is_unseen(choice, waiting):
            messages.info(request, LOOK_FIRST)
            store = False
        decide(waiting, choice, StatImportState.QUEUED if store else StatImportState.CHECKING)
    elif waiting.state in UNDER_WAY and not progress_of(waiting.pk).is_worked_on():
        go_on(waiting)
    return HttpResponseRedirect(f"{request.path}?{NUMBER}={waiting.pk}")


def said(request: HttpRequest, waiting: StatImport) -> dict[str, Any]:
    """The choice as it is kept."""
    region = request.POST.get("merkmal", waiting.choice.get("region", ""))
    return {
        "region": region if region in {*waiting.counts.get("places", []), waiting.choice.get("region", "")} else "",
        "makes": True,
        "unpublished": "unveroeffentlicht" in request.POST,
    } | chosen_in(request.POST, waiting)


def answer(
    request: HttpRequest,
    municipality: Municipality | None,
    form: StatUpload,
    waiting: StatImport | None = None,
    *,
    status: int = 200,
    refusal: str = "",
    back: StatImport | None = None,
) -> HttpResponse:
    """The page."""
    context = {
        "form": form,
        "waiting": waiting,
        "refusal": refusal,
        "back": back,
        "brought": brought(back) if back else None,
        "municipality": municipality,
        "stored": stored_imports(municipality),
        "crumbs": crumbs(municipality),
        "back_url": kind_of(Indicator).url("list", None),
    }
    if municipality is not None:
        context["back_url"] = reverse("insight:figures", args=[municipality.slug])
    if waiting is not None:
        context |= shown(waiting)
    is_part = bool(request.headers.get("HX-Request"))
    template = "exchange/_statistics_state.html" if is_part and waiting else "exchange/statistics.html"
    return TemplateResponse(request, template, context, status=status)


def crumbs(municipality: Municipality | None) -> list[Link]:
    """The way here."""
    last = Link("Statistik einlesen", "")
    if municipality is None:
        return [Link("Kennzahlen", kind_of(Indicator).url("list", None)), last]
    overview = Link("Kennzahlen im Verlauf", reverse("insight:figures", args=[municipality.slug]))
    return [home_link(municipality), overview, last]


def shown(waiting: StatImport) -> dict[str, Any]:
    """What the page says of a file."""
    counts, works = waiting.counts, waiting.state in UNDER_WAY
    verdicts = counts.get("counts", {})
    samples = counts.get("samples", {})
    unknown = counts.get("unknown", [])
    is_seen = waiting.state == StatImportState.SEEN and "places" not in counts
    is_worked_on = works and progress_of(waiting.pk).is_worked_on()
    return {
        "works": works,
        "is_dead": waiting.state == StatImportState.RUNNING and not is_worked_on,
        "done": progress_of(waiting.pk).done() if is_worked_on else 0,
        "is_seen": is_seen,
        "is_stored": waiting.state == StatImportState.DONE,
        "places": [(code, PLACES.get(code, code)) for code in counts.get("places", [])],
        "taken": [(word, verdicts.get(word, 0), samples.get(word, [])) for word in TAKEN],
        "jumps": (counts.get("jumps", 0), samples.get("Sprung", [])),
        "not_taken": [(word, number, samples.get(word, [])) for word, number in verdicts.items() if word not in TAKEN],
        "unpublished": verdicts.get(UNPUBLISHED, 0) or waiting.choice.get("unpublished", False),
        "changes": verdicts.get(NEW, 0) + verdicts.get(CHANGED, 0),
        "unchanged": verdicts.get(UNCHANGED, 0),
        "signs": sorted(counts.get("signs", {}).items()),
        "unknown": unknown,
        "combinations": combinations(waiting) if is_seen and waiting.municipality_id is None else [],
        "too_many": len(unknown) > MOST_ROWS,
        "most": MOST_ROWS,
        "all_on": len(unknown) > MOST_ROWS and not waiting.choice.get("left_out", []) and bool(waiting.choice),
    }
