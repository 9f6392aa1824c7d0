"""Where a list of people is added."""

from django.urls import path

from boards.membership.mail_lists import views

urlpatterns = [path("boards/<slug:slug>/members/list/", views.mail_list, name="member_list")]
