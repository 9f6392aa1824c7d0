"""Where support is given."""

from django.urls import path

from boards.support import views

urlpatterns = [path("proposals/<int:pk>/support/", views.panel, name="support")]
