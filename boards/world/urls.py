"""Where the demo's own pages are reached; a full installation has none of them."""

from django.urls import path

from boards.world import views

urlpatterns = [
    path("sign-in/", views.sign_in, name="demo_sign_in"),
    path("mail/", views.mail, name="demo_mail"),
    path("style/", views.style, name="demo_style"),
]
