"""Who sends a request, as far as it tells: the address from which it comes, and whether a page asks for a part."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def by_htmx(request: HttpRequest) -> bool:
    """Whether the page itself asks for a part of it (django_htmx); without JavaScript nobody does."""
    return bool(getattr(request, "htmx", False))


def client_address(request: HttpRequest) -> str:
    """The network address of the client; of IPv6 the part that a household or office has.

    Each proxy of the operator (TRUSTED_PROXIES) adds on the right who asked it. What stands further left anybody can
    invent, so it is not read; without a proxy of ours nothing of it is.
    """
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    count = settings.TRUSTED_PROXIES
    told = forwarded[-count] if 0 < count <= len(forwarded) else ""
    return network(told) or network(request.META.get("REMOTE_ADDR", "")) or "unbekannt"


def network(address: str) -> str:
    """An address in one spelling; empty where it is none. IPv6 counts by its first 64 bits."""
    bare = address.removeprefix("[").partition("]")[0] if address.startswith("[") else address
    if bare.count(":") == 1:
        bare = bare.partition(":")[0]  # IPv4 with port
    try:
        found = ipaddress.ip_address(bare)
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((int(found), 64), strict=False))
    return str(found)
