"""A page that does not exist says what to do, to somebody who has an account and to somebody who has a link."""

import pytest

pytestmark = pytest.mark.django_db


def test_who_has_an_account_and_who_has_a_link_are_told_what_to_do(cast, client):
    inside = cast.client().get(f"/{cast.home.slug}/bedarfe/999999/")
    assert (inside.status_code, "Liste seiner Kommune" in inside.content.decode()) == (404, True)
    for path in ("/antrag/falsch/", "/anmeldung/falsch/", "/oeffentlich/nirgends/"):
        told = client.get(path)
        assert (told.status_code, "fragen Sie die Stelle, von der Sie sie haben" in told.content.decode()) == (
            404,
            True,
        )
        assert "seiner Kommune" not in told.content.decode(), path
