"""A guard does not shut out the owner: known browsers have counts of their own, unknown ones wait a while."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.core import signing
from django.core.checks import run_checks
from django.db import connection
from django.test import Client, RequestFactory
from django.utils import timezone

from accounts.client import client_address
from accounts.domain import attempts, codes, guessing, invitations
from accounts.models import Attempts
from participation.models import SignUp
from tests.accounts.test_login import attempt, guess
from tests.accounts.test_passwords import FORGOTTEN, NEW, link_in
from tests.cast import PASSWORD

pytestmark = pytest.mark.usefixtures("quiet")


def known_browser(username: str = "planung-kyf") -> Client:
    """A browser in which the person logged in once, and out again."""
    client = Client()
    assert attempt(PASSWORD, username, client) == 302
    client.cookies.pop("sessionid")
    return client


@pytest.mark.slow
def test_nobody_can_lock_the_owners_browser_behind_one_address_for_all(cast):
    """Everybody has the same address: an attacker uses up the name, and every name there is."""
    own, other = known_browser(), known_browser("leitung-kyf")
    answers = guess(60)
    assert answers[6:] == [429] * 54
    for number in range(60):
        attempt("Sommer2026!", f"person-{number}")
    assert attempt(PASSWORD, "planung-kyf", Client()) == 429, "unknown browsers wait"
    assert attempt(PASSWORD, "leitung-kyf", own) == 429, "a browser is known for its own people only"
    assert attempt(PASSWORD, "planung-kyf", own) == 302
    assert attempt(PASSWORD, "leitung-kyf", other) == 302


def test_an_invented_cookie_makes_no_browser_known(cast):
    guess(6)
    for value in ("", "x", signing.dumps({"planung-kyf": "x"}, salt="another"), "e30:1:x"):
        client = Client()
        client.cookies[guessing.COOKIE] = value
        assert attempt(PASSWORD, client=client) == 429, value


def test_a_known_browser_cannot_guess_without_end_and_harms_only_itself(cast):
    stolen = known_browser()
    assert [attempt("geraten", client=stolen) for _ in range(8)] == [200] * 6 + [429] * 2
    assert attempt(PASSWORD) == 302
    assert attempt(PASSWORD, client=known_browser()) == 302


def test_waiting_grows_says_until_when_and_ends_by_itself(cast):
    waits = []
    now = timezone.now().replace(microsecond=0)
    with time_machine.travel(now, tick=False) as clock:
        guess(6)
        for _ in range(4):
            refused = Client().post("/anmelden/", {"username": "planung-kyf", "password": PASSWORD})
            assert refused.status_code == 429
            waits.append(int(refused["Retry-After"]))
            until = timezone.localtime(timezone.now() + timedelta(seconds=waits[-1]))
            assert f"ab {until:%H:%M} Uhr möglich" in refused.content.decode()
            clock.shift(timedelta(seconds=waits[-1]))
            assert guess(1) == [200]
        assert waits == [300, 600, 1200, 2400]
        clock.shift(timedelta(hours=1))
        assert attempt(PASSWORD) == 302


@pytest.mark.slow
def test_one_password_on_every_name_is_counted(cast, caplog, monkeypatch):
    import logging

    logging.disable(logging.NOTSET)
    monkeypatch.setattr(guessing, "EVERYBODY", replace(guessing.EVERYBODY, most=60))
    spray = [attempt("Sommer2026!", f"person-{number}") for number in range(45)]
    assert spray == [200] * 40 + [429] * 5
    far = [attempt("Sommer2026!", f"fern-{n}", REMOTE_ADDR=f"203.0.113.{n}") for n in range(25)]
    assert far == [200] * 20 + [429] * 5
    assert [record.levelname for record in caplog.records if record.name == "accounts.domain.attempts"] == [
        "WARNING",
        "WARNING",
    ]
    assert "Sommer" not in caplog.text
    assert attempt(PASSWORD, client=Client(), REMOTE_ADDR="198.51.100.7") == 429, "unknown, for a minute"


@pytest.mark.slow
def test_who_gets_it_right_uses_up_nothing(cast):
    for _ in range(3):
        assert [attempt(PASSWORD) for _ in range(20)] == [302] * 20
    counted = dict(Attempts.objects.values_list("scope", "count"))
    assert set(counted.values()) <= {0}


def test_a_new_password_by_mail_makes_the_browser_known(cast, mailoutbox):
    guess(40)
    Client().post(FORGOTTEN, {"email": cast.planner.email})
    client = Client()
    form = client.get(link_in(mailoutbox[0]), follow=True)
    client.post(form.redirect_chain[-1][0], {"new_password1": NEW, "new_password2": NEW})
    assert attempt(NEW) == 429
    assert attempt(NEW, client=client) == 302


def test_an_invitation_makes_the_browser_known_and_opens_whatever_others_guess(cast):
    guess(40)
    link = f"/konto/einladung/{invitations.token_of(invitations.invite(cast.planner, actor=cast.admin))}/"
    invented = [Client().get(f"/konto/einladung/{number}:abc/").status_code for number in range(8)]
    assert invented == [410] * 6 + [429] * 2
    client = Client()
    assert client.post(link, {"new_password1": NEW, "new_password2": NEW}).status_code == 302
    assert client.get(link).status_code == 410, "an own link that is over is no guess"
    assert attempt(NEW, client=client) == 302


def test_invented_links_for_a_password_end_too(cast):
    answers = [Client().get(f"/konto/passwort-neu/MQ/x-{number}/").status_code for number in range(8)]
    assert answers == [200] * 6 + [429] * 2


def test_forgotten_passwords_are_limited_and_tell_nothing(cast, mailoutbox):
    def ask(to, **headers):
        answer = Client().post(FORGOTTEN, {"email": to}, **headers)
        return answer.status_code, re.sub(r'value="[^"]*"', "", answer.content.decode())

    known = [ask(cast.planner.email) for _ in range(5)]
    unknown = [ask("niemand@example.org", REMOTE_ADDR="198.51.100.7") for _ in range(5)]
    assert known == unknown
    assert [status for status, _ in known] == [302] * 3 + [429] * 2
    assert len(mailoutbox) == 3
    sender = [ask(f"person-{number}@example.org", REMOTE_ADDR="198.51.100.8")[0] for number in range(12)]
    assert sender == [302] * 10 + [429] * 2


def test_an_unknown_address_of_mail_costs_what_a_known_one_costs(cast, monkeypatch):
    """Counted, not timed: what takes time is made for both."""
    from django.contrib.auth import tokens

    from accounts.forms import session

    made = []
    token = tokens.default_token_generator.make_token
    monkeypatch.setattr(tokens.default_token_generator, "make_token", lambda user: made.append(user) or token(user))
    found = []
    for to in (cast.planner.email, "niemand@example.org"):
        with monkeypatch.context() as inner:
            inner.setattr(session.ResetForm, "send_mail", lambda *args, **options: None)
            Client().post(FORGOTTEN, {"email": to})
            found.append(len(made))
    assert found == [1, 2]


def test_the_old_password_is_not_tried_without_end(cast):
    client = cast.client()
    sent = {"old_password": "geraten", "new_password1": NEW, "new_password2": NEW}
    assert [client.post("/konto/passwort/", sent).status_code for _ in range(8)] == [200] * 6 + [429] * 2


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "1.2.3.4, 203.0.113.9", "203.0.113.9"),
        (2, "1.2.3.4, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.1"),
        (1, "unsinn", "192.0.2.1"),
        (1, "", "192.0.2.1"),
        (1, "203.0.113.9:4711", "203.0.113.9"),
        (1, "[2001:db8:1:2:3::4]:443", "2001:db8:1:2::/64"),
        (1, "::ffff:203.0.113.9", "203.0.113.9"),
    ],
)
def test_only_what_own_proxies_add_is_believed(settings, proxies, forwarded, address):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", HTTP_X_FORWARDED_FOR=forwarded, REMOTE_ADDR="192.0.2.1")
    assert client_address(request) == address


def test_people_behind_a_proxy_are_told_apart(cast, settings):
    settings.TRUSTED_PROXIES = 1
    guess(10, HTTP_X_FORWARDED_FOR="1.1.1.1, 203.0.113.9")
    assert attempt(PASSWORD, HTTP_X_FORWARDED_FOR="203.0.113.9, 203.0.113.10") == 302
    assert attempt(PASSWORD, HTTP_X_FORWARDED_FOR="203.0.113.10, 203.0.113.9") == 429


@pytest.mark.django_db
def test_codes_that_somebody_asks_for_elsewhere_do_not_use_up_those_of_the_owner():
    """Five codes an hour to a mailbox, whoever asked: a rival could keep everybody from handing in."""

    def asked(number: int, address: str) -> bool:
        return not codes.code_wait(SignUp(pk=number), "traeger@example.org", address=address)

    assert [asked(number, "203.0.113.9") for number in range(7)] == [True] * 5 + [False] * 2
    assert asked(100, "198.51.100.7")
    flood = [asked(1000 + number, f"198.51.100.{number}") for number in range(30)]
    assert sum(flood) == 14, "a mailbox gets no more than twenty an hour"


def test_a_proxy_that_nobody_told_of_is_warned_of(settings):
    settings.SECURE_PROXY_SSL_HEADER, settings.TRUSTED_PROXIES = ("HTTP_X_FORWARDED_PROTO", "https"), 0
    assert "lsz.W001" in [each.id for each in run_checks(include_deployment_checks=True)]
    settings.TRUSTED_PROXIES = 1
    assert "lsz.W001" not in [each.id for each in run_checks(include_deployment_checks=True)]


@pytest.mark.django_db(transaction=True)
def test_twenty_attempts_at_once_are_twenty():
    limit = attempts.Limit("test", 6, timedelta(minutes=5), timedelta(hours=1))

    def once(_: int) -> bool:
        try:
            return attempts.take([(limit, "name")]) is None
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(once, range(20))) == 6


def test_what_was_counted_names_nobody_and_is_forgotten(cast):
    guess(3)
    assert "planung" not in str(list(Attempts.objects.values()))
    assert attempts.forget_old() == 0
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert attempts.forget_old() == 4
