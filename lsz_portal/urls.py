"""All addresses of the portal (docs/product.md §9), fixed words before those below a municipality."""

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
            "insight",
            "plans",
            "reporting",
        )
    ),
]
