from django.apps import AppConfig


class BoardsConfig(AppConfig):
    name = "boards"
    verbose_name = "The work"

    def ready(self) -> None:
        from boards import audience, vocabulary, ways
        from forum.events.vocabulary import learn
        from forum.notifications.kinds import offer
        from forum.notifications.telling import ask_audience
        from forum.web.ways import ask_the_way

        learn(*vocabulary.WORDS)
        offer(vocabulary.KINDS, vocabulary.ALWAYS)
        ask_audience(audience.audience, audience.address, audience.things, audience.readable)
        ask_the_way(ways.way_back, ways.place_of)
