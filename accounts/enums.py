"""Values with a fixed meaning: kinds of municipality, regions, roles, actions."""

from enum import StrEnum

from django.db import models


class MunicipalityKind(models.TextChoices):
    """Districts and cities without a district."""

    DISTRICT = "district", "Landkreis"
    CITY = "city", "Kreisfreie Stadt"


class StateRegion(models.TextChoices):
    """The four planning regions of Thüringen (Landesplanung), for grouping on the ministry's pages."""

    NORTH = "north", "Nordthüringen"
    CENTRE = "centre", "Mittelthüringen"
    EAST = "east", "Ostthüringen"
    SOUTH_WEST = "south_west", "Südwestthüringen"


class Role(models.TextChoices):
    """What a person is in a municipality, or (last two) in the whole portal."""

    PLANNER = "planner", "Sozialplanung"
    LEAD = "lead", "Leitung"
    ADVISER = "adviser", "Prozessbegleitung"
    MINISTRY = "ministry", "Ministerium"
    ADMIN = "admin", "Administration"


class InvitationState(StrEnum):
    """What became of a link with which a person sets the own password."""

    OPEN = "open"
    ACCEPTED = "accepted"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


PORTAL_ROLES = frozenset({Role.MINISTRY, Role.ADMIN})


class Action(StrEnum):
    """What a view lets a person do; every view declares exactly one."""

    PUBLIC = "public"  # without log-in
    ACCOUNT = "account"  # any person who is logged in
    READ = "read"  # read the records of a municipality
    WRITE = "write"  # enter, change and delete records of a municipality
    RELEASE = "release"  # release, withdraw and publish plans of a municipality
    REVIEW = "review"  # review submitted plans, return or approve them
    SUPPORT = "support"  # record advice given to a municipality
    ADVISE = "advise"  # give a municipality hints from outside
    SHARE = "share"  # release experiences of a municipality for the others, and take that back
    CATALOGUE = "catalogue"  # keep the catalogues of the programme
    OVERVIEW = "overview"  # see all municipalities side by side
    PEOPLE = "people"  # keep people and roles
    EXPORT = "export"  # have the plans of all municipalities written as one archive
