"""Where voting is reached."""

urlpatterns: list = []
