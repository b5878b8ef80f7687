"""Addresses of plans: the public and the programme first, then those below a municipality."""

from django.urls import path

from plans.all_plans import views as exports
from plans.enums import ACTION_SLUGS, PlanAction
from plans.open_data import views as open_data
from plans.views import (
    chapters,
    checks,
    compare,
    plan_detail,
    plans,
    public,
    remarks,
    review,
    steps,
    verification,
    versions,
)
from records.views.life import step_view

app_name = "plans"
urlpatterns = [
    path("programm/ausgaben/", exports.export_list, name="export-list"),
    path("programm/ausgaben/neu/", exports.export_create, name="export-create"),
    path("programm/ausgaben/<int:pk>/", exports.export_detail, name="export-detail"),
    path("programm/ausgaben/<int:pk>/archiv/", exports.export_archive, name="export-archive"),
    path("programm/ausgaben/<int:pk>/abbrechen/", exports.export_cancel, name="export-cancel"),
    path("programm/ausgaben/<int:pk>/fortsetzen/", exports.export_go_on, name="export-go-on"),
    path("pruefen/", verification.verification, name="verification"),
    path("sitemap.xml", open_data.site_map_xml, name="site-map"),
    path("robots.txt", open_data.robots, name="robots"),
    path("oeffentlich/", public.places, name="public-places"),
    path("oeffentlich/daten/", open_data.page, name="open-data"),
    path("oeffentlich/daten/plaene.json", open_data.list_json, name="open-list-json"),
    path("oeffentlich/daten/plaene.csv", open_data.list_csv, name="open-list-csv"),
    path("oeffentlich/daten/katalog.rdf", open_data.catalogue_rdf, name="open-catalogue"),
    path("oeffentlich/<slug:place>/<int:year>/<slug:table>.csv", open_data.table, name="public-table"),
    path("oeffentlich/<slug:place>/veranstaltungen/", public.events, name="public-events"),
    path("oeffentlich/<slug:place>/", public.place, name="public-place"),
    path("oeffentlich/<slug:place>/<int:year>/", public.year, name="public-year"),
    path("oeffentlich/<slug:place>/<int:year>/plan.pdf", public.pdf, name="public-pdf"),
    path("oeffentlich/<slug:place>/<int:year>/plan.json", public.plan_json, name="public-json"),
    path("<slug:slug>/plausibilitaet/", checks.checks, name="checks"),
    path("<slug:slug>/plaene/", plans.plan_list, name="plan-list"),
    path("<slug:slug>/plaene/neu/", plans.plan_create, name="plan-create"),
    path("<slug:slug>/plaene/vergleich/", compare.plan_compare, name="plan-compare"),
    path("<slug:slug>/plaene/vergleich/pdf/", compare.plan_compare_document, name="plan-compare-pdf"),
    path("<slug:slug>/plaene/<int:pk>/docx/", compare.plan_word, name="plan-word"),
    path("<slug:slug>/plaene/<int:pk>/", plan_detail.plan_detail, name="plan-detail"),
    path("<slug:slug>/plaene/<int:pk>/bearbeiten/", plans.plan_update, name="plan-update"),
    path("<slug:slug>/plaene/<int:pk>/kapitel/<slug:chapter>/", chapters.plan_chapter, name="plan-chapter"),
    path("<slug:slug>/plaene/<int:pk>/pdf/", plans.plan_document, name="plan-pdf"),
    *(
        path(
            f"<slug:slug>/plaene/<int:pk>/schritt/{ACTION_SLUGS[action]}/",
            step_view(steps.STEPS, action),
            name=f"plan-{action.value.replace('_', '-')}",
        )
        for action in PlanAction
    ),
    path("<slug:slug>/plaene/<int:pk>/zustaendigkeit/", review.plan_review, name="plan-review"),
    path("<slug:slug>/plaene/<int:pk>/anmerkungen/leitung/", remarks.lead_remark_create, name="lead-remark-create"),
    path(
        "<slug:slug>/plaene/<int:pk>/anmerkungen/leitung/<int:number>/",
        remarks.lead_remark_update,
        name="lead-remark-update",
    ),
    path("<slug:slug>/plaene/<int:pk>/anmerkungen/neu/", remarks.remark_create, name="remark-create"),
    path("<slug:slug>/plaene/<int:pk>/anmerkungen/<int:number>/", remarks.remark_update, name="remark-update"),
    path("<slug:slug>/plaene/<int:pk>/anmerkungen/<int:number>/antwort/", remarks.remark_answer, name="remark-answer"),
    path("<slug:slug>/plaene/<int:pk>/fassungen/<int:edition>/", versions.plan_version, name="plan-version"),
    path("<slug:slug>/plaene/<int:pk>/fassungen/<int:edition>/pdf/", versions.version_pdf, name="plan-version-pdf"),
    path(
        "<slug:slug>/plaene/<int:pk>/fassungen/<int:edition>/plan.json", versions.version_json, name="plan-version-json"
    ),
    path("<slug:slug>/plaene/<int:pk>/fassungen/<int:edition>/docx/", compare.version_word, name="plan-version-word"),
    path(
        "<slug:slug>/plaene/<int:pk>/fassungen/<int:edition>/zeitstrahl.pdf",
        versions.version_timeline,
        {"form": "pdf"},
        name="plan-version-timeline-pdf",
    ),
    path(
        "<slug:slug>/plaene/<int:pk>/fassungen/<int:edition>/zeitstrahl.svg",
        versions.version_timeline,
        {"form": "svg"},
        name="plan-version-timeline-svg",
    ),
    path("<slug:slug>/plaene/<int:pk>/fassungen/<int:edition>/eingang/", versions.plan_receipt, name="plan-receipt"),
    path(
        "<slug:slug>/plaene/<int:pk>/fassungen/<int:edition>/eingang.pdf",
        versions.receipt_document,
        name="plan-receipt-pdf",
    ),
]
