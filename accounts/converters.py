"""Parts of addresses."""

from django.conf import settings
from django.urls.converters import SlugConverter


class PlaceConverter(SlugConverter):
    """A municipality's address where it stands alone: any slug but the words that pages of the portal begin with."""

    regex = rf"(?!(?:{'|'.join(sorted(settings.RESERVED_SLUGS))})/)[-a-zA-Z0-9_]+"
