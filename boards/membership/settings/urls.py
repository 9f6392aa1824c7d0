"""Where a board's rules and teams are managed."""

from django.urls import path

from boards.membership.settings import views

urlpatterns = [
    path("boards/<slug:slug>/settings/", views.settings, name="board_settings"),
    path("boards/<slug:slug>/teams/", views.teams, name="teams"),
    path("teams/<int:pk>/", views.team, name="team"),
    path("teams/<int:pk>/retirement/", views.retirement, name="team_retirement"),
    path("teams/<int:pk>/reopening/", views.reopening, name="team_reopening"),
]
