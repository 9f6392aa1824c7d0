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
    path("proposals/<int:pk>/revisions/", views.revisions, name="revisions"),
    path("proposals/<int:pk>/revisions/new/", views.revision_new, name="revision_new"),
    path("proposals/<int:pk>/working-copy/", views.working_copy, name="working_copy"),
    path("proposals/<int:pk>/working-copy/removal/", views.working_copy_removal, name="working_copy_removal"),
    path("revisions/<int:pk>/", views.revision, name="revision"),
    path("proposals/<int:pk>/co-proposers/", views.co_proposers, name="co_proposers"),
    path("co-proposals/<int:pk>/", views.co_proposal, name="co_proposal"),
    path("co-proposals/<int:pk>/answer/", views.co_proposal_answer, name="co_proposal_answer"),
    path("co-proposals/<int:pk>/departure/", views.co_proposal_departure, name="co_proposal_departure"),
    path("co-proposals/<int:pk>/cancellation/", views.co_proposal_cancellation, name="co_proposal_cancellation"),
]
