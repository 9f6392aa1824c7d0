"""Where home is reached."""

urlpatterns: list = []
