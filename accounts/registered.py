"""Ways that other rooms add to the page „Mein Konto“."""

from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True)
class AccountWay:
    """A button; ``icon`` names a sign of static/icons.svg."""

    label: str
    route: str
    icon: str

    @property
    def url(self) -> str:
        """Its address."""
        return reverse(self.route)


_ways: list[AccountWay] = []


def register_account_way(way: AccountWay) -> None:
    """Add a way for everybody who is logged in."""
    _ways.append(way)


def account_ways() -> list[AccountWay]:
    """The registered ways."""
    return list(_ways)
