"""AT-5: retries, races and lost answers. One change is one row, and every answer is a good one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import httpx

from tests.browser.member import Device, Json, change, new_id
from tests.browser.office import Town
from tests.browser.server import Server
from tests.browser.smalltown import GROUP_1, People
from tests.browser.wire import Wire


def a_visit(hh: str) -> Json:
    answers = {"hh": hh, "mode": "indoors", "result": "normal"}
    return change("visit", GROUP_1, answers | {"asked_q1": False, "asked_q2": False})


def persistent_post(device: Device, what: Json) -> tuple[int, str]:
    """Send until somebody answers, as a phone does."""
    for _ in range(10):
        try:
            answer = device.post([what])
        except httpx.TransportError:
            continue
        return answer.status_code, answer.json()["results"][0]["status"]
    raise AssertionError("nobody ever answered")


def test_twenty_posts_of_one_change_at_once_with_three_lost_answers_make_one_visit(
    wire: Wire, people: People, town: Town
) -> None:
    device = Device(wire.url, people.link("王桂兰"))
    visit = a_visit(new_id())
    wire.lose(times=3)

    with ThreadPoolExecutor(20) as crowd:
        answers = list(crowd.map(lambda _: persistent_post(device, visit), range(20)))

    assert {status for status, _ in answers} == {200}
    assert {said for _, said in answers} <= {"accepted", "duplicate"}
    assert [one["record"] for one in town.visits()] == [visit["record"]]
    assert town.held() == []
    device.close()


def test_the_same_id_with_other_content_is_kept_for_a_person_to_look_at(
    wire: Wire, people: People, town: Town
) -> None:
    device = Device(wire.url, people.link("王桂兰"))
    visit = a_visit(new_id())
    device.sync([visit])

    other = visit | {"fields": visit["fields"] | {"result": "refused"}}
    said = device.sync([other])

    assert [one["status"] for one in said["results"]] == ["held"]
    assert [one["fields"]["result"] for one in town.visits()] == ["normal"]
    assert len(town.held()) == 1
    device.close()


def test_a_server_killed_between_commit_and_answer_has_the_visit_once(
    wire: Wire, server: Server, people: People, town: Town
) -> None:
    device = Device(wire.url, people.link("王桂兰"))
    visit = a_visit(new_id())
    wire.lose(times=1)
    try:
        device.post([visit])
    except httpx.TransportError:
        server.kill()  # it had committed, and nobody heard
    server.start()

    said = device.sync([visit])

    assert [one["status"] for one in said["results"]] == ["duplicate"]
    assert [one["record"] for one in town.visits()] == [visit["record"]]
    device.close()


def test_a_body_that_was_changed_on_the_way_is_not_taken(wire: Wire, people: People) -> None:
    device = Device(wire.url, people.link("王桂兰"))
    wrong = {"Content-Digest": "sha-256=:" + "A" * 43 + "=:"}

    answer = device.post([a_visit(new_id())], headers=wrong)

    assert answer.status_code == 400
    device.close()
