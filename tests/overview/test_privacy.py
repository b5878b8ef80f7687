"""The page on data protection names as many cookies as the portal sets."""

import pytest
from django.test import Client
from django.urls import reverse

from planning.models import Hurdle
from records.registry import kind_of
from tests.cast import PASSWORD
from tests.factories import make, post_data, stored_values

pytestmark = pytest.mark.usefixtures("quiet")
NUMBERS = {3: "drei", 4: "vier", 5: "fünf"}


def test_the_page_names_every_cookie(cast):
    client, hurdle, kind = Client(), make(Hurdle, cast.home, full=False), kind_of(Hurdle)
    client.get(reverse("accounts:login"))
    client.post(reverse("accounts:login"), {"username": "planung-kyf", "password": PASSWORD})
    data = post_data(kind, stored_values(kind, hurdle) | {"title": "Anders"}) | {"version": hurdle.version}
    assert client.post(kind.url("update", cast.home, hurdle.pk), data).status_code == 302
    page = client.get(reverse("overview:privacy")).content.decode()
    assert {"sessionid", "csrftoken", "messages"} <= client.cookies.keys()
    assert f"setzt {NUMBERS[len(client.cookies)]} technisch notwendige Cookies" in page
