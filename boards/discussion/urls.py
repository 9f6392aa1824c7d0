"""Where discussions are reached."""

from django.urls import path

from boards.discussion import views

urlpatterns = [
    path("proposals/<int:pk>/comments/", views.comments, name="comments"),
    path("proposals/<int:pk>/discussion/", views.discussion_part, name="discussion"),
    path("comments/<int:pk>/", views.link, name="comment"),
    path("comments/<int:pk>/reply/", views.reply, name="comment_reply"),
    path("comments/<int:pk>/acts/", views.acts, name="comment_acts"),
    path("comments/<int:pk>/edit/", views.edit, name="comment_edit"),
    path("comments/<int:pk>/deletion/", views.deletion, name="comment_deletion"),
    path("comments/<int:pk>/versions/", views.versions, name="comment_versions"),
]
