"""Drafts of a grid: kept while somebody types and over the end of a session, offered again, gone when it is saved."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from accounts.access import person_of
from records.domain import drafts
from records.errors import DraftTooLarge
from records.grids.place import GridPlace
from records.grids.rows import Block, Rows, is_wanted, sent_rows, stored_rows
from records.pages.drafting import OFFERED, Drafting, address_of, notice, own_address, shown_draft
from records.queries.drafts import drafts_at


def open_rows(request: HttpRequest, place: GridPlace) -> tuple[Rows, str]:
    """The rows as they are stored, or as the draft has them that the address names; and the draft's form key."""
    draft = shown_draft(request)
    if draft is None:
        return stored_rows(place), ""
    typed = drafts.typed_fields(draft)
    return sent_rows(place, typed), drafts.key_of(typed)


def drafting_of(request: HttpRequest, place: GridPlace) -> Drafting:
    """What the page tells about drafts; where one is shown already or something was sent, it offers none."""
    keep_url = reverse("records:draft-keep", kwargs={"slug": place.municipality.slug})
    if request.method == "POST":
        return Drafting(keep_url)
    draft = shown_draft(request)
    if draft:
        return Drafting(keep_url, shown=notice(draft))
    begun = drafts_at(person_of(request), request.path)[:OFFERED]
    return Drafting(keep_url, offered=tuple(notice(row) for row in begun))


def keep(request: HttpRequest, place: GridPlace, title: str) -> HttpResponse:
    """Keep the sent rows instead of saving them: 302 to the draft; 204 where they say nothing new; 413."""
    actor = person_of(request)
    key = drafts.key_of(request.POST)
    if drafts.is_saved(key) or not says_something_new(place, sent_rows(place, request.POST)):
        drafts.drop_draft_of_form(actor=actor, key=key)
        return HttpResponse(status=204)
    try:
        draft = drafts.keep_draft(
            actor=actor, municipality=place.municipality, path=own_address(request), data=request.POST, title=title
        )
    except DraftTooLarge as error:
        return HttpResponse(str(error), status=413)
    return HttpResponseRedirect(address_of(draft))


def says_something_new(place: GridPlace, found: Rows) -> bool:
    """Whether the rows differ from what is stored."""
    stored = {block.uid: block.cells for row in stored_rows(place).rows for block in (row.own, *row.values.values())}

    def differs(block: Block) -> bool:
        cells = {name: text.strip() for name, text in block.cells.items()}
        return cells != stored.get(block.uid) if block.uid else any(cells.values())

    for row in found.rows:
        if any(differs(block) for block in row.values.values()):
            return True
        if row.own.uid and (differs(row.own) or row.ticked != bool(place.grid.each)):
            return True
        if not row.is_stored and is_wanted(place, row):
            return True
    return False
