"""What is said is heard by every open page, once, whole and in order."""

import threading

from django.db import connection

from boards.moderation.actions import hide
from boards.rooms.actions import close_room, delete_message, edit_message
from forum.events.models import Stream
from forum.events.queries import head_of
from tests.realtime.listening import opened, say


def test_a_message_reaches_the_open_page_of_everybody_in_the_room(server, hanbit):
    with opened(server, hanbit.jun) as jun, opened(server, hanbit.sora) as sora:
        jun.listen_live(hanbit.room.stream)
        sora.listen_live(hanbit.room.stream)
        message = say(hanbit.room, hanbit.tae, "안녕하세요")
        jun.shows("안녕하세요", within=2)
        sora.shows("안녕하세요", within=2)
    assert jun.frames[-1]["items"] == sora.frames[-1]["items"]
    assert [item["id"] for item in jun.frames[-1]["items"]] == [f"message-{message.pk}"]


def test_messages_of_many_writers_come_once_in_order_and_without_a_gap(server, hanbit):
    head = head_of(hanbit.room.stream)
    writers = [hanbit.jun, hanbit.sora, hanbit.tae, hanbit.bora]

    def write(writer) -> None:
        for number in range(15):
            say(hanbit.room, writer, f"{writer.name} {number}번")
        connection.close()

    with opened(server, hanbit.minji) as page:
        page.listen_live(hanbit.room.stream)
        threads = [threading.Thread(target=write, args=(writer,)) for writer in writers]
        for thread in threads:
            thread.start()
        page.until(lambda it: it.frames[-1]["to"] == head.number + 60, within=30)
        for thread in threads:
            thread.join()
    frames = page.frames[1:]
    assert [frame["from"] for frame in frames] == [head.number, *(frame["to"] for frame in frames[:-1])]
    ids = [item["id"] for frame in frames for item in frame["items"]]
    assert len(ids) == len(set(ids)) == 60
    orders = [item["order"] for frame in frames for item in frame["items"]]
    assert len(orders) == 60
    assert {item["id"] for frame in frames for item in frame["items"]} == {
        f"message-{pk}" for pk in hanbit.room.messages.values_list("pk", flat=True)
    }


def test_a_page_that_comes_back_gets_what_it_missed_as_it_is_now(server, hanbit):
    first = say(hanbit.room, hanbit.jun, "처음 쓴 글")
    head = head_of(hanbit.room.stream)
    say(hanbit.room, hanbit.sora, "놓친 글")
    edit_message(first, by=hanbit.jun, body="고쳐 쓴 글")
    gone = say(hanbit.room, hanbit.tae, "지워질 글")
    delete_message(gone, by=hanbit.tae)
    with opened(server, hanbit.minji) as page:
        page.listen(head)
        frame = page.next("frame")
    assert (frame["from"], frame["to"]) == (head.number, head.number + 4)
    shown = "".join(item["html"] for item in frame["items"])
    assert "놓친 글" in shown
    assert "고쳐 쓴 글" in shown
    assert "처음 쓴 글" not in shown
    assert "지워질 글" not in shown
    assert len(frame["items"]) == 3


def test_a_page_that_comes_back_while_others_listen_gets_the_same_as_alone(server, hanbit):
    head = head_of(hanbit.room.stream)
    with opened(server, hanbit.jun) as others:
        others.listen_live(hanbit.room.stream)
        first = say(hanbit.room, hanbit.sora, "하나")
        say(hanbit.room, hanbit.sora, "둘")
        edit_message(first, by=hanbit.sora, body="하나 고침")
        others.shows("둘", "하나 고침")
        with opened(server, hanbit.minji) as page:
            page.listen(head)
            frame = page.next("frame")
    assert (frame["from"], frame["to"]) == (head.number, head.number + 3)
    assert {item["id"]: item["html"] for item in frame["items"]} == others.items


def test_hiding_a_message_takes_its_words_from_every_open_page(server, hanbit):
    message = say(hanbit.room, hanbit.jun, "가려질 말")
    with opened(server, hanbit.sora) as page:
        page.listen_live(hanbit.room.stream)
        hide(message, by=hanbit.minji, rule="R04", reason="동료를 깎아내리는 말입니다.")
        page.shows("R04")
    assert "가려질 말" not in page.items[f"message-{message.pk}"]


def test_closing_a_room_tells_open_pages_to_read_their_panels_again(server, hanbit):
    with opened(server, hanbit.sora) as page:
        page.listen_live(hanbit.room.stream)
        say(hanbit.room, hanbit.jun, "아직 열려 있어요")
        page.shows("아직 열려 있어요")
        assert not page.frames[-1]["panels"]
        close_room(hanbit.room, by=hanbit.minji, reason="다음 모임까지 쉽니다.")
        page.until(lambda it: it.frames[-1]["panels"])


def test_each_reader_reads_in_their_own_language(server, hanbit):
    message = say(hanbit.room, hanbit.jun, "언어")
    with opened(server, hanbit.sora, language="ko") as korean, opened(server, hanbit.tae, language="en") as english:
        korean.listen_live(hanbit.room.stream)
        english.listen_live(hanbit.room.stream)
        delete_message(message, by=hanbit.jun)
        korean.until(lambda it: it.items)
        english.until(lambda it: it.items)
    assert korean.items.keys() == english.items.keys()
    assert "글쓴이가 지운 메시지입니다." in korean.items[f"message-{message.pk}"]


def test_another_epoch_is_answered_with_reload_and_nothing_partial(server, hanbit):
    head = head_of(hanbit.room.stream)
    say(hanbit.room, hanbit.jun, "복원 전")
    with opened(server, hanbit.sora) as page:
        page.listen(head, epoch="00000000-0000-4000-8000-000000000000")
        assert page.next("reload") == {"type": "reload", "stream": hanbit.room.stream}
        say(hanbit.room, hanbit.jun, "복원 뒤")
        page.hears_nothing(0.5)


def test_a_gap_too_long_to_catch_up_is_answered_with_reload(server, hanbit):
    head = head_of(hanbit.room.stream)
    Stream.objects.filter(name=head.name).update(head=head.number + 501)
    with opened(server, hanbit.sora) as page:
        page.listen(head)
        assert page.next("reload")["stream"] == head.name
    assert page.frames == []


def test_a_number_the_stream_has_not_reached_is_answered_with_reload(server, hanbit):
    head = head_of(hanbit.room.stream)
    with opened(server, hanbit.sora) as page:
        page.listen(head, since=head.number + 1)
        assert page.next("reload")["stream"] == head.name
    assert page.frames == []


def test_listening_again_tells_the_whole_again(server, hanbit):
    head = head_of(hanbit.room.stream)
    with opened(server, hanbit.sora) as page:
        page.listen_live(hanbit.room.stream)
        say(hanbit.room, hanbit.jun, "한 번 더")
        page.shows("한 번 더")
        page.listen(head)
        again = page.next("frame")
        assert (again["from"], again["to"]) == (head.number, head.number + 1)
        say(hanbit.room, hanbit.jun, "그다음")
        page.shows("그다음")
    assert page.frames[-1]["from"] == head.number + 1


def test_who_ignores_a_stream_hears_no_more_of_it(server, hanbit):
    with opened(server, hanbit.sora) as page:
        page.listen_live(hanbit.room.stream)
        page.tell({"type": "ignore", "name": hanbit.room.stream})
        page.watch(f"badge:{hanbit.sora.pk}")
        page.next("snapshot")
        say(hanbit.room, hanbit.jun, "듣지 않는 말")
        page.hears_nothing(0.5)
    assert page.items == {}
