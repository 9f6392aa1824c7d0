"""Where invitations are sent and accepted."""

from django.urls import path

from boards.membership.invitations import views

urlpatterns = [
    path("boards/<slug:slug>/invitations/", views.invitations, name="invitations"),
    path("invitations/<int:pk>/revocation/", views.revocation, name="invitation_revocation"),
    path("invitations/<str:token>/", views.invitation, name="invitation"),
]
