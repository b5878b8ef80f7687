"""The switch from one municipality to another: who has it, and where it leads."""

from django.test import Client

from accounts.enums import Role
from accounts.models import RoleAssignment
from planning.models import Need
from tests.cast import Cast, make_person
from tests.factories import make


def switch_of(cast: Cast, who: str, url: str) -> dict[str, str]:
    switch = cast.client(who).get(url).context["frame"].switch
    return {link.label: link.url for link in switch.links} if switch else {}


def test_the_switch_keeps_lists_phases_and_overviews(cast):
    need = make(Need, cast.home, full=False, title="Bedarf")
    home, away = f"/{cast.home.slug}/", f"/{cast.away.slug}/"
    leads = {
        home: away,
        f"{home}bedarfe/?q=x": f"{away}bedarfe/",
        f"{home}bedarfe/{need.pk}/": f"{away}bedarfe/",
        f"{home}bedarfe/{need.pk}/verlauf/": f"{away}bedarfe/",
        f"{home}phasen/beschlussfassung/": f"{away}phasen/beschlussfassung/",
        f"{home}zeitstrahl/": f"{away}zeitstrahl/",
        f"{home}suche/": f"{away}suche/",
        "/ministerium/": away,
        "/programm/fristen/": away,
    }
    for start, target in leads.items():
        links = switch_of(cast, "ministry", start)
        assert links["Altenburger Land"] == target, start
        assert links["Alle Kommunen"] == "/ministerium/"
        assert cast.client("ministry").get(target).status_code == 200


def test_who_has_one_place_has_no_switch_and_others_see_only_theirs(cast):
    both = make_person("begleitung-beide", Role.ADVISER, cast.home)
    RoleAssignment.objects.create(user=both, role=Role.ADVISER, municipality=cast.away, valid_from="2016-01-01")
    assert switch_of(cast, "planner", f"/{cast.home.slug}/") == {}
    assert switch_of(cast, "adviser", f"/{cast.home.slug}/bedarfe/") == {}
    client = Client()
    client.force_login(both)
    links = client.get(f"/{cast.home.slug}/bedarfe/").context["frame"].switch.links
    assert [(link.label, link.url, link.current) for link in links] == [
        ("Altenburger Land", f"/{cast.away.slug}/bedarfe/", False),
        ("Kyffhäuserkreis", f"/{cast.home.slug}/bedarfe/", True),
    ]
