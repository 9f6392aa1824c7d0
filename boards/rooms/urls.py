"""Where rooms is reached."""

urlpatterns: list = []
