"""Where discussions are reached."""

from django.urls import path

from boards.discussion import views

urlpatterns = [
    path("proposals/<int:pk>/comments/", views.comments, name="comments"),
    path("comments/<int:pk>/", views.link, name="comment"),
    path("comments/<int:pk>/reply/", views.reply, name="comment_reply"),
    path("comments/<int:pk>/acts/", views.acts, name="comment_acts"),
]
