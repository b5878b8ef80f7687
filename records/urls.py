"""Addresses of what belongs to no kind: search, drafts, undoing. Those of kinds are made by their rooms."""

from django.urls import path

from records.views import drafts, pasted, search, undo

app_name = "records"
urlpatterns = [
    path("texte/einlesen/", pasted.pasted_text, name="pasted"),
    path("programm/suche/", search.search_programme, name="search-programme"),
    path("<slug:slug>/suche/", search.search, name="search"),
    path("programm/entwuerfe/", drafts.keep_programme, name="draft-keep-programme"),
    path("konto/entwuerfe/", drafts.draft_list, name="draft-list"),
    path("konto/entwuerfe/<int:pk>/verwerfen/", drafts.discard, name="draft-discard"),
    path("konto/entwuerfe/<int:pk>/zurueckholen/", drafts.take_back, name="draft-take-back"),
    path("<slug:slug>/entwuerfe/", drafts.keep, name="draft-keep"),
    path("<slug:slug>/rueckgaengig/<int:pk>/", undo.undo, name="undo"),
]
