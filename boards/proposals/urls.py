"""Where proposals are reached."""

from django.urls import path

from boards.proposals import views

urlpatterns = [
    path("boards/<slug:slug>/proposals/new/", views.new, name="proposal_new"),
    path("proposals/<int:pk>/", views.proposal, name="proposal"),
    path("proposals/<int:pk>/edit/", views.edit, name="proposal_edit"),
    path("proposals/<int:pk>/opening/", views.opening, name="proposal_opening"),
    path("proposals/<int:pk>/text/", views.text, name="proposal_text"),
    path("proposals/<int:pk>/state/", views.state, name="proposal_state"),
    path("proposals/<int:pk>/timeline/", views.timeline_panel, name="proposal_timeline"),
    path("proposals/<int:pk>/withdrawal/", views.withdrawal, name="proposal_withdrawal"),
    path("proposals/<int:pk>/improvement/", views.improvement, name="proposal_improvement"),
]
