from django.apps import AppConfig


class RealtimeConfig(AppConfig):
    name = "realtime"
    verbose_name = "The wire"

    def ready(self) -> None:
        from forum.events.recording import event_committed
        from realtime.wake import wake_streams

        event_committed.connect(wake_streams, dispatch_uid="wake_streams")
