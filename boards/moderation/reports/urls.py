"""Where reports are read and decided; where each kind of content is reported stands with its measures."""

from django.urls import path

from boards.moderation.reports import views

urlpatterns = [
    path("reports/", views.reports, name="reports"),
    path("reports/<int:pk>/", views.one, name="report"),
    path("reports/<int:pk>/hiding/", views.upholding, name="report_hiding"),
    path("reports/<int:pk>/dismissal/", views.dismissal, name="report_dismissal"),
]
