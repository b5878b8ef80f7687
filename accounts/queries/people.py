"""People for the administration's list."""

from django.db.models import Prefetch, Q, QuerySet

from accounts.models import RoleAssignment, User


def people_with_roles(query: str) -> QuerySet[User]:
    """People whose user name or function contains the text, with their roles of today (two queries)."""
    roles = RoleAssignment.objects.valid().select_related("municipality")
    return User.objects.filter(Q(username__icontains=query) | Q(display_name__icontains=query)).prefetch_related(
        Prefetch("assignments", queryset=roles, to_attr="current_roles")
    )


def people_with_address(email: str) -> list[User]:
    """Active people with exactly this e-mail address, whatever its case; also those without a password yet."""
    found = User.objects.filter(email__iexact=email, is_active=True)
    return [user for user in found if user.email.casefold() == email.casefold()]
