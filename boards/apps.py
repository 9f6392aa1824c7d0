from django.apps import AppConfig


class BoardsConfig(AppConfig):
    name = "boards"
    verbose_name = "The work"

    def ready(self) -> None:
        from boards import audience, vocabulary
        from boards.membership.invitations.queries import invited_institution
        from forum.events.vocabulary import learn
        from forum.institutions.addresses import ask_also
        from forum.notifications.kinds import offer
        from forum.notifications.telling import ask_audience

        ask_also(invited_institution)
        learn(*vocabulary.WORDS)
        offer(vocabulary.KINDS, vocabulary.ALWAYS)
        ask_audience(audience.audience, audience.address, audience.things, audience.readable)
