"""Where notices are read."""

from django.urls import path

from forum.notifications import views

urlpatterns = [
    path("", views.inbox, name="notifications"),
    path("<int:pk>/", views.follow, name="notification"),
    path("settings/", views.settings, name="notification_settings"),
    path("all-read/", views.all_read, name="notifications_all_read"),
]
