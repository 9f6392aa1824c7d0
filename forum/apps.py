from django.apps import AppConfig


class ForumConfig(AppConfig):
    name = "forum"
    verbose_name = "The ground"

    def ready(self) -> None:
        from forum import checks, vocabulary  # noqa: F401 - registers the checks
        from forum.accounts import signing
        from forum.events.vocabulary import learn

        learn(*vocabulary.WORDS)
        signing.connect()
