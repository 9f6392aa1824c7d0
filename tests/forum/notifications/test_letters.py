"""Letters go out once, wait longer each time the mail is down, and keep no text they do not need."""

import socket
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMessage
from django.utils import timezone

from forum.notifications.letters import LONGEST_WAIT, send_letters, write_letter
from forum.notifications.models import Letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def mail_is_down(settings):
    """Call it with True or False: the letters knock at a port where nobody listens, or arrive."""
    working = settings.MAILERS
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    smtp = {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": {"host": "127.0.0.1", "port": port}}

    def turn(down: bool) -> None:
        settings.MAILERS = {"default": smtp} if down else working

    return turn


def letter(key: str = "event-1-1", **fields) -> Letter:
    write_letter(
        **{"key": key, "to": "jun@hanbit.example", "subject": "알림", "body": "제안이 공개되었습니다.", **fields}
    )
    return Letter.objects.get(key=key)


def test_a_letter_is_sent_once():
    letter()

    assert (send_letters(), send_letters()) == (1, 0)

    assert [(sent.to, sent.subject, sent.body) for sent in mail.outbox] == [
        (["jun@hanbit.example"], "알림", "제안이 공개되었습니다.")
    ]


def test_the_same_key_is_written_once_and_the_first_text_stays():
    letter()
    letter(body="다른 글")

    assert Letter.objects.get().body == "제안이 공개되었습니다."


def test_a_second_copy_of_a_letter_is_the_same_mail():
    first = letter()
    send_letters()
    Letter.objects.filter(pk=first.pk).update(sent_at=None)  # as if the process had died before saving
    send_letters()

    ids = [sent.extra_headers["Message-ID"] for sent in mail.outbox]
    assert len(ids) == 2
    assert len(set(ids)) == 1


def test_a_line_break_in_a_subject_cannot_add_a_header():
    letter(subject="알림\r\nBcc: rio@garam.example")
    send_letters()

    assert mail.outbox[0].subject == "알림 Bcc: rio@garam.example"
    assert mail.outbox[0].recipients() == ["jun@hanbit.example"]


def test_a_letter_waits_twice_as_long_each_time_and_goes_out_when_the_mail_is_back(mail_is_down):
    mail_is_down(True)
    letter()
    waits = []

    with time_machine.travel(timezone.now() + timedelta(seconds=1), tick=False) as clock:
        for _ in range(10):
            assert send_letters() == 0
            waiting = Letter.objects.get()
            waits.append(waiting.next_try_at - timezone.now())
            clock.move_to(waiting.next_try_at)
        mail_is_down(False)
        assert send_letters() == 1

    seconds = [wait.total_seconds() for wait in waits]
    assert seconds[:4] == [30, 60, 120, 240]
    assert max(waits) == waits[-1] == LONGEST_WAIT
    assert len(mail.outbox) == 1


def test_a_letter_that_waits_holds_up_no_other(mail_is_down):
    mail_is_down(True)
    letter()
    send_letters()
    mail_is_down(False)
    letter("event-2-1", subject="다음")

    assert send_letters() == 1
    assert [sent.subject for sent in mail.outbox] == ["다음"]


@pytest.mark.parametrize(("demo", "kept"), [(True, "제안이 공개되었습니다."), (False, "")])
def test_only_the_demo_keeps_the_text_of_what_was_sent(settings, demo, kept):
    settings.DEMO = demo
    letter()

    send_letters()

    assert Letter.objects.get().body == kept


def test_a_letter_the_mailer_cannot_even_write_holds_up_no_other(monkeypatch):
    """The mailer refuses some addresses with ValueError, before it speaks to any server."""
    write_letter(key="broken", to="broken@hanbit.example", subject="하나", body="글")
    write_letter(key="whole", to="whole@hanbit.example", subject="둘", body="글")
    send = EmailMessage.send

    def refuse_one(self, *args, **kwargs):
        if self.to == ["broken@hanbit.example"]:
            raise ValueError("Invalid address")
        return send(self, *args, **kwargs)

    monkeypatch.setattr(EmailMessage, "send", refuse_one)
    send_letters()

    assert Letter.objects.get(key="whole").sent_at is not None
    broken = Letter.objects.get(key="broken")
    assert (broken.sent_at, broken.tries) == (None, 1)
