"""Where rooms are reached."""

from django.urls import path

from boards.rooms import views

urlpatterns = [
    path("boards/<slug:slug>/rooms/", views.rooms, name="rooms"),
    path("rooms/<int:pk>/", views.room, name="room"),
    path("rooms/<int:pk>/messages/", views.messages, name="messages"),
    path("rooms/<int:pk>/closing/", views.closing, name="room_closing"),
    path("rooms/<int:pk>/opening/", views.opening, name="room_opening"),
    path("messages/<int:pk>/", views.acts, name="message"),
    path("messages/<int:pk>/edit/", views.edit, name="message_edit"),
    path("messages/<int:pk>/deletion/", views.deletion, name="message_deletion"),
]
