"""Who may see, create, change and delete the rows of a kind: roles × own rows × state, as data on the model.

A role is named by the action that it gives (accounts.access.ROLE_ACTIONS), so that the rights of the portal stay on one
screen. Pages ask before they show something, saving asks again, and queries take the condition of what may be seen.
Source: docs/product.md §7.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Q

from accounts.access import Access
from accounts.enums import Action
from accounts.models import Municipality


class Right(StrEnum):
    """What is done to a row."""

    SEE = "see"
    CREATE = "create"
    CHANGE = "change"
    DELETE = "delete"


@dataclass(frozen=True)
class Grant:
    """Opens rows to everybody who has the action there.

    ``own`` opens only those that the person entered, ``states`` only those in one of these states.
    """

    action: Action
    own: bool = False
    states: frozenset[str] = frozenset()

    @property
    def is_whole(self) -> bool:
        """True where it opens every row."""
        return not (self.own or self.states)

    def opens(self, row: Any, user: Any) -> bool:
        """Whether this row is among those that it opens; a new row is one's own."""
        is_own = row._state.adding or row.created_by_id == user.pk
        return (is_own or not self.own) and (not self.states or row.state in self.states)

    def condition(self, user: Any) -> Q:
        """The rows that it opens to a person, by the person's key or what stands for it in a prepared query."""
        found = Q()
        if self.own:
            found &= Q(created_by=user)
        if self.states:
            found &= Q(state__in=sorted(self.states))
        return found


Grants = tuple[Grant, ...]


@dataclass(frozen=True)
class Policy:
    """For each right the grants that give it; one is enough."""

    see: Grants
    create: Grants
    change: Grants
    delete: Grants

    def grants(self, right: Right) -> Grants:
        """All that give a right."""
        return {
            Right.SEE: self.see,
            Right.CREATE: self.create,
            Right.CHANGE: self.change,
            Right.DELETE: self.delete,
        }[right]

    def actions(self, right: Right) -> tuple[Action, ...]:
        """What a person needs one of in order to have the right for some row: gate 3 of its pages."""
        return tuple(dict.fromkeys(grant.action for grant in self.grants(right)))

    def held(self, right: Right, access: Access, municipality: Municipality | None) -> Grants:
        """The grants that the person has there today."""
        return tuple(grant for grant in self.grants(right) if access.allows(grant.action, municipality))

    def allows(self, right: Right, access: Access, municipality: Municipality | None) -> bool:
        """Whether the person has the right for some row there: whether a page or a button makes sense."""
        return bool(self.held(right, access, municipality))

    def opens(self, right: Right, access: Access, municipality: Municipality | None, row: Any) -> bool:
        """Whether the person has the right for this row, as it was read."""
        return any(grant.opens(row, access.user) for grant in self.held(right, access, municipality))


def kept_by(action: Action, *, seen_by: Action = Action.READ) -> Policy:
    """The usual policy: who has the action writes every row, all others who may enter read them."""
    grants = (Grant(action),)
    return Policy(see=(Grant(seen_by),), create=grants, change=grants, delete=grants)


def opened(grants: Iterable[Grant], user: Any) -> Q:
    """The rows that at least one of the grants opens; none where there is no grant."""
    found = Q(pk__in=[])
    for grant in grants:
        if grant.is_whole:
            return Q()
        found |= grant.condition(user)
    return found
