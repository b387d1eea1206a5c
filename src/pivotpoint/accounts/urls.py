from django.urls import path

from pivotpoint.accounts import views

urlpatterns = [
    path("setup/", views.setup, name="setup"),
    path("settings/", views.settings_home, name="settings"),
    path("settings/people/", views.people_list, name="people"),
    path("settings/people/invite/", views.person_invite, name="person_invite"),
    path("settings/people/<int:pk>/", views.person, name="person"),
    path("settings/people/<int:pk>/who/", views.person_who, name="person_who"),
    path("settings/people/<int:pk>/leave/", views.person_leave, name="person_leave"),
    path("settings/functions/", views.team_list, name="teams"),
    path("settings/functions/new/", views.team_add, name="team_add"),
    path("settings/functions/<slug:key>/", views.team, name="team"),
    path("settings/tokens/", views.token_list, name="tokens"),
    path("settings/tokens/issue/", views.token_issue, name="token_issue"),
    path("settings/tokens/<int:pk>/revoke/", views.token_revoke, name="token_revoke"),
]
