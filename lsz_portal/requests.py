"""How the portal reads what a web server hands over."""

from typing import Any

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.utils.http import parse_header_parameters


class PortalRequest(WSGIRequest):
    """A request that cannot choose how it is decoded: Django would read the query with it before anybody can refuse.

    What names another coding than UTF-8 is refused by accounts.middleware.
    """

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))


class PortalHandler(WSGIHandler):
    """Django's, with such requests."""

    request_class = PortalRequest
