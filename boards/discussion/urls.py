"""Where discussion is reached."""

urlpatterns: list = []
