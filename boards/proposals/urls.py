"""Where proposals is reached."""

urlpatterns: list = []
