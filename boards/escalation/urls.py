"""Where escalation is reached."""

urlpatterns: list = []
