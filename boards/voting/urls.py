"""Where ballots are reached."""

from django.urls import path

from boards.voting import views

urlpatterns = [
    path("proposals/<int:pk>/ballot/", views.ballot, name="ballot"),
    path("proposals/<int:pk>/ballot-call/", views.call, name="ballot_call"),
    path("ballots/<int:pk>/void/", views.void, name="ballot_void"),
    path("ballots/<int:pk>/accepted/", views.accepted, name="ballot_accepted"),
    path("ballots/<int:pk>/receipt/", views.receipt, name="ballot_receipt"),
    path("ballots/<int:pk>/roll/", views.roll, name="ballot_roll"),
]
