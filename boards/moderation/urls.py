"""Where moderation is reached."""

urlpatterns: list = []
