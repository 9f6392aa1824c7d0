"""Where home and the boards are reached."""

from django.urls import path

from boards.home import views

urlpatterns = [
    path("", views.home, name="home"),
    path("boards/<slug:slug>/", views.board, name="board"),
    path("boards/<slug:slug>/visit/", views.visit_board, name="board_visit"),
    path("boards/<slug:slug>/log/", views.log, name="board_log"),
]
