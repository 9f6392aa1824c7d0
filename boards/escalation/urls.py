"""Where the duty to answer is met."""

from django.urls import path

from boards.escalation import views

urlpatterns = [
    path("desk/", views.desk, name="desk"),
    path("proposals/<int:pk>/answer/", views.panel, name="answer"),
    path("proposals/<int:pk>/paper/", views.paper, name="proposal_paper"),
    path("escalations/<int:pk>/", views.escalation, name="escalation"),
    path("escalations/<int:pk>/receipt/", views.receipt, name="escalation_receipt"),
    path("escalations/<int:pk>/answer/", views.answer, name="escalation_answer"),
    path("escalations/<int:pk>/publication/", views.publication, name="escalation_publication"),
    path("escalations/<int:pk>/notes/", views.notes, name="escalation_notes"),
    path("commitments/<int:pk>/progress/", views.progress, name="commitment_progress"),
    path("commitments/<int:pk>/confirmation/", views.confirmation, name="commitment_confirmation"),
    path("commitments/<int:pk>/dispute/", views.dispute, name="commitment_dispute"),
]
