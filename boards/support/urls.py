"""Where support is reached."""

urlpatterns: list = []
