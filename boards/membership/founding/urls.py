"""Where boards are founded."""

from django.urls import path

from boards.membership.founding import views

urlpatterns = [
    path("institution/boards/new/", views.new, name="board_new"),
    path("institution/boards/<slug:slug>/addressee/", views.addressee, name="board_addressee"),
]
