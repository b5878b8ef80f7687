"""Addresses of accounts."""

from django.urls import path

from accounts.views import invitations, people, session

app_name = "accounts"
urlpatterns = [
    path("anmelden/", session.login, name="login"),
    path("abmelden/", session.logout, name="logout"),
    path("konto/", session.account, name="account"),
    path("konto/passwort/", session.password_change, name="password_change"),
    path("konto/passwort/geaendert/", session.password_change_done, name="password_change_done"),
    path("konto/passwort-vergessen/", session.password_reset, name="password_reset"),
    path("konto/passwort-vergessen/gesendet/", session.password_reset_done, name="password_reset_done"),
    path("konto/passwort-neu/<uidb64>/<token>/", session.password_reset_confirm, name="password_reset_confirm"),
    path("konto/passwort-neu/fertig/", session.password_reset_complete, name="password_reset_complete"),
    path("konto/personen/", people.people_list, name="people"),
    path("konto/sitzungen-beenden/", session.end_others, name="end_others"),
    path("konto/personen/anonymisieren/", people.anonymise, name="anonymise"),
    path("konto/personen/<int:pk>/sitzungen-beenden/", people.person_end_sessions, name="person_end_sessions"),
    path("konto/personen/neu/", people.person_create, name="person_create"),
    path("konto/personen/<int:pk>/", people.person_edit, name="person_edit"),
    path("konto/personen/<int:pk>/einladen/", invitations.person_invite, name="person_invite"),
    path("konto/personen/<int:pk>/einladung-zurueckziehen/", invitations.person_withdraw, name="person_withdraw"),
    path("konto/einladung/<str:token>/", invitations.invitation, name="invitation"),
    path("konto/personen/<int:pk>/rollen/neu/", people.role_create, name="role_create"),
    path("konto/personen/<int:pk>/rollen/<int:role_pk>/", people.role_edit, name="role_edit"),
    path("konto/personen/<int:pk>/rollen/<int:role_pk>/loeschen/", people.role_delete, name="role_delete"),
]
