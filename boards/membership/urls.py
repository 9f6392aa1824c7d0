"""Where seats are managed."""

from django.urls import path

from boards.membership import views

urlpatterns = [
    path("boards/<slug:slug>/members/", views.members, name="members"),
    path("boards/<slug:slug>/members/new/", views.new, name="member_new"),
    path("memberships/<int:pk>/", views.seat, name="membership"),
    path("memberships/<int:pk>/end/", views.end, name="membership_end"),
]
