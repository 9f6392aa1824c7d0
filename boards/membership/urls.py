"""Where membership is reached."""

urlpatterns: list = []
