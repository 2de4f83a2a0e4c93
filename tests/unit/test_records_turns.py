"""Turns are given in the order in which they were asked for."""

import threading

import pytest

from bodymap.records.turns import Turns


def test_nobody_overtakes():
    turns, order, threads = Turns(), [], []

    def wait(number):
        with turns.turn(timeout_s=10):
            order.append(number)

    with turns.turn(timeout_s=1):
        for number in range(20):
            threads.append(threading.Thread(target=wait, args=(number,)))
            threads[-1].start()
            while len(turns._waiting) <= number:  # until it stands in the queue
                pass
    for thread in threads:
        thread.join()

    assert order == list(range(20))


def test_only_one_has_the_turn():
    turns, inside, most = Turns(), [], []

    def work():
        for _ in range(200):
            with turns.turn(timeout_s=10):
                inside.append(1)
                most.append(len(inside))
                inside.pop()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(most) == 8 * 200
    assert max(most) == 1


def test_who_waited_too_long_leaves_the_queue_and_the_turn_goes_on():
    turns = Turns()

    with turns.turn(timeout_s=1), pytest.raises(TimeoutError), turns.turn(timeout_s=0.01):
        pytest.fail("two had the turn")

    with turns.turn(timeout_s=0.01):
        assert not turns._waiting


def test_a_turn_that_ends_in_an_error_is_passed_on():
    turns = Turns()

    with pytest.raises(KeyError), turns.turn(timeout_s=1):
        raise KeyError

    with turns.turn(timeout_s=0.01):
        pass
