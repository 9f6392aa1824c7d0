"""What a process keeps of its own work has a limit, and what is used stays."""

from threading import Thread

from forum.web.rendered import Rendered


def test_what_was_put_is_there_and_nothing_else():
    rendered = Rendered(characters=100)
    rendered.put("one", "하나")

    assert rendered.get_many(["one", "two"]) == {"one": "하나"}


def test_over_the_limit_the_least_used_goes_first():
    rendered = Rendered(characters=30)
    for key in ("one", "two", "three"):
        rendered.put(key, "가" * 10)
    rendered.get_many(["one"])
    rendered.put("four", "가" * 10)

    assert set(rendered.get_many(["one", "two", "three", "four"])) == {"one", "three", "four"}


def test_what_is_put_again_takes_its_room_once():
    rendered = Rendered(characters=20)
    for _ in range(5):
        rendered.put("one", "가" * 10)
    rendered.put("two", "나" * 10)

    assert set(rendered.get_many(["one", "two"])) == {"one", "two"}


def test_what_is_larger_than_all_the_room_is_not_kept():
    rendered = Rendered(characters=5)
    rendered.put("one", "가" * 6)

    assert rendered.get_many(["one"]) == {}
    rendered.put("two", "나" * 5)
    assert rendered.get_many(["two"]) == {"two": "나" * 5}


def test_many_threads_leave_the_account_in_order():
    rendered = Rendered(characters=1000)

    def work(number: int) -> None:
        for turn in range(500):
            rendered.put((number * turn) % 50, "가" * (turn % 40))
            rendered.get_many(range(50))

    threads = [Thread(target=work, args=(number,)) for number in range(1, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(map(len, rendered.get_many(range(50)).values())) <= 1000
