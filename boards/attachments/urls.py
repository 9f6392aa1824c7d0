"""Where the files of a proposal are reached."""

from django.urls import path

from boards.attachments import views

urlpatterns = [
    path("proposals/<int:pk>/attachments/", views.attachments, name="attachments"),
    path("proposals/<int:pk>/removal/", views.draft_removal, name="draft_removal"),
    path("attachments/<int:pk>/", views.attachment, name="attachment"),
    path("attachments/<int:pk>/preview/", views.preview, name="attachment_preview"),
    path("attachments/<int:pk>/removal/", views.removal, name="attachment_removal"),
]
