"""All addresses of the portal (docs/product.md §9), fixed words before those of municipalities; who answers faults."""

from django.urls import include, path

urlpatterns = [
    path("", include("lsz_portal.site.urls")),
    *(
        path("", include(f"{room}.urls"))
        for room in (
            "accounts",
            "overview",
            "records",
            "planning",
            "participation",
            "funding",
            "insight",
            "plans",
            "reporting",
            "exchange",
        )
    ),
]

handler403 = "lsz_portal.faults.answers.permission_denied"
handler404 = "lsz_portal.faults.answers.page_not_found"
handler500 = "lsz_portal.faults.answers.server_error"
