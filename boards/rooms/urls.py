"""Where rooms are reached."""

from django.urls import path

from boards.rooms import views

urlpatterns = [
    path("boards/<slug:slug>/rooms/", views.rooms, name="rooms"),
    path("rooms/<int:pk>/", views.room, name="room"),
    path("rooms/<int:pk>/messages/", views.messages, name="messages"),
    path("rooms/<int:pk>/place/", views.place, name="room_place"),
    path("rooms/<int:pk>/state/", views.state, name="room_state"),
    path("rooms/<int:pk>/pause/", views.pause, name="room_pause"),
    path("rooms/<int:pk>/closing/", views.closing, name="room_closing"),
    path("rooms/<int:pk>/opening/", views.opening, name="room_opening"),
    path("proposals/<int:pk>/room/", views.of_proposal, name="proposal_room"),
    path("messages/<int:pk>/", views.acts, name="message"),
    path("messages/<int:pk>/place/", views.message_place, name="message_place"),
    path("messages/<int:pk>/edit/", views.edit, name="message_edit"),
    path("messages/<int:pk>/deletion/", views.deletion, name="message_deletion"),
    path("messages/<int:pk>/reactions/", views.reactions, name="message_reactions"),
    path("messages/<int:pk>/draft/", views.draft, name="message_draft"),
    path("messages/<int:pk>/comment/", views.comment, name="message_comment"),
]
