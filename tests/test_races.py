"""Two people at the same record at the same moment, over HTTP, before the server that is deployed.

Each pair is held up at one row until both wait for it: a race that is run every time.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from django.conf import settings

from tests.management.test_demo import free_port
from tests.templates import environment_of
from tracker.embedded.cluster import DATABASE, USER, Cluster
from tracker.management.processes import Company, wait_until_healthy, web_command

pytestmark = pytest.mark.long

Json = dict[str, Any]
Deed = Callable[[], httpx.Response]
PATIENCE, PAUSE = 60.0, 0.01
STAFF = {"coder": "coder", **{f"judge_{n}": "judge" for n in range(4)}}
STAFF |= {f"editor_{n}": "editor" for n in range(3)}
ADMIT = f"""
from tracker.actions.users import admit, issue_token
from tracker.domain.judging import Role
import json
staff = {STAFF!r}
users = {{n: admit(username=n, name=n, role=Role(r), password="-") for n, r in staff.items()}}
print(json.dumps({{name: issue_token(user=user) for name, user in users.items()}}))
"""
_number = count(1)


class Office:
    """The web server with several processes, and a hand on the rows of its database."""

    def __init__(
        self, cluster: Cluster, address: str, tokens: dict[str, str], clients: ExitStack
    ) -> None:
        self.database = f"host='{cluster.ensure()}' user={USER} dbname={DATABASE}"
        self.clients = {}
        for name, token in tokens.items():
            headers = {"Authorization": f"Token {token}"}
            client = httpx.Client(base_url=f"{address}/api/v1/", headers=headers)
            self.clients[name] = clients.enter_context(client)

    def send(self, who: str, path: str, body: Json | None = None) -> httpx.Response:
        return self.clients[who].post(path, json=body or {})

    def made(self, who: str, path: str, body: Json | None = None) -> Json:
        """What a step that must succeed answers."""
        answer = self.send(who, path, body)
        assert answer.is_success, answer.text
        found: Json = answer.json()
        return found

    def read(self, path: str) -> Any:
        return self.clients["editor_0"].get(path).json()

    def at_once(self, table: str, pk: int, *deeds: Deed) -> list[httpx.Response]:
        """The answers to deeds that all waited for this row before the first went on."""
        with (
            psycopg.connect(self.database) as held,
            psycopg.connect(self.database, autocommit=True) as watch,
            ThreadPoolExecutor(len(deeds)) as pool,
        ):
            held.execute(f"SELECT 1 FROM {table} WHERE id = %s FOR UPDATE".encode(), [pk])
            running = [pool.submit(deed) for deed in deeds]
            while waiting(watch) < len(deeds) and not any(one.done() for one in running):
                time.sleep(PAUSE)
            held.rollback()
            return [one.result() for one in running]


def waiting(watch: psycopg.Connection[Any]) -> int:
    """How many of the server's connections wait for a lock."""
    row = watch.execute("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
    return int(row.fetchall()[0][0])


@pytest.fixture(scope="module")
def office(own_cluster: Cluster) -> Iterator[Office]:
    """The server as it is deployed, with two processes, over a database of its own."""
    var, port = own_cluster.folder.parent, free_port()
    environment = environment_of(var, DJANGO_SETTINGS_MODULE="tracker.settings")
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", ADMIT]
    admitted = subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, check=True, capture_output=True
    )
    company = Company(Path(var) / "servers.json")
    company.start("web server", web_command(port, 2), environment, Path(var) / "server.log")
    address = f"http://127.0.0.1:{port}"
    try:
        assert wait_until_healthy(f"{address}/health/", company, PATIENCE)
        with ExitStack() as clients:
            yield Office(own_cluster, address, json.loads(admitted.stdout), clients)
    finally:
        company.end()


def proposition(office: Office) -> int:
    body = {
        "statement": f"City {next(_number)} is besieged.",
        "criteria": "It is not besieged on any day until then.",
        "deadline": "2026-06-30",
    }
    pk = int(office.made("coder", "propositions/", body)["id"])
    office.made("coder", f"propositions/{pk}/freeze/")
    return pk


def opened(office: Office, needed: int = 2) -> int:
    body = {"proposition": proposition(office), "needed": needed}
    return int(office.made("editor_0", "rounds/", body)["id"])


def answer(office: Office, judge: str, round: int, outcome: str = "came_true") -> httpx.Response:
    body = {"outcome": outcome, "rationale": "Two papers report it.", "searched": "Archives."}
    return office.send(judge, f"rounds/{round}/verdicts/", body)


def judged(office: Office, *outcomes: str) -> int:
    """A round in which judge_0, judge_1 and so on have given these answers."""
    round = opened(office, max(len(outcomes), 2))
    for number, outcome in enumerate(outcomes):
        assert answer(office, f"judge_{number}", round, outcome).is_success
    return round


def resolved(office: Office) -> int:
    round = judged(office, "came_true", "came_true")
    return int(office.made("editor_0", f"rounds/{round}/resolve/")["id"])


def stands(answers: list[httpx.Response], success: int) -> Json:
    """Where things stand by the one refusal beside the one success."""
    one, other = sorted(answers, key=lambda found: found.status_code)
    assert (one.status_code, other.status_code) == (success, 409), (one.text, other.text)
    problem = other.json()
    return {"code": problem["code"], **problem["facts"]}


def verdicts(office: Office, round: int) -> list[str]:
    return [verdict["stage"] for verdict in office.read(f"rounds/{round}/verdicts/")]


def state_of(office: Office, round: int) -> str:
    return str(office.read(f"rounds/{round}/")["state"])


@pytest.mark.parametrize(("last", "state"), [("came_true", "agreed"), ("did_not", "split")])
def test_of_two_judges_at_the_last_place_one_has_it(office: Office, last: str, state: str) -> None:
    round = judged(office, "came_true")

    answers = office.at_once(
        "tracker_round",
        round,
        lambda: answer(office, "judge_1", round, last),
        lambda: answer(office, "judge_2", round, last),
    )

    told = stands(answers, 201)
    assert told["state"] == state == state_of(office, round)
    assert verdicts(office, round) == ["independent"] * 2


def test_two_judges_with_a_place_each_are_both_heard_and_make_one_move(office: Office) -> None:
    round = opened(office)

    answers = office.at_once(
        "tracker_round",
        round,
        lambda: answer(office, "judge_0", round),
        lambda: answer(office, "judge_1", round, "mostly"),
    )

    assert [found.status_code for found in answers] == [201, 201]
    assert state_of(office, round) == "agreed"


def test_a_judge_who_clicks_twice_answers_once(office: Office) -> None:
    round = opened(office, 3)

    answers = office.at_once(
        "tracker_round", round, *[lambda: answer(office, "judge_0", round)] * 2
    )

    assert stands(answers, 201) == {"code": "already_judged", "state": "open"}
    assert len(office.clients["judge_0"].get(f"rounds/{round}/verdicts/").json()) == 1


def test_an_editor_who_resolves_as_the_last_verdict_arrives_resolves_all_or_nothing(
    office: Office,
) -> None:
    round = judged(office, "came_true")

    given, settled = office.at_once(
        "tracker_round",
        round,
        lambda: answer(office, "judge_1", round),
        lambda: office.send("editor_0", f"rounds/{round}/resolve/"),
    )

    assert given.status_code == 201
    if settled.status_code == 201:
        assert state_of(office, round) == "settled"
    else:
        assert stands([given, settled], 201) == {"code": "forbidden_move", "state": "open"}
        assert state_of(office, round) == "agreed"
    assert verdicts(office, round) == ["independent"] * 2


def test_a_verdict_that_arrives_as_the_editor_resolves_is_too_late(office: Office) -> None:
    round = judged(office, "came_true", "came_true")

    answers = office.at_once(
        "tracker_round",
        round,
        lambda: office.send("editor_0", f"rounds/{round}/resolve/"),
        lambda: answer(office, "judge_2", round, "did_not"),
    )

    told = stands(answers, 201)
    assert told["code"] == "round_closed"
    assert told["state"] in ("agreed", "settled")
    assert verdicts(office, round) == ["independent"] * 2


def test_a_round_that_is_resolved_by_a_double_click_has_one_resolution(office: Office) -> None:
    round = judged(office, "came_true", "mostly")

    answers = office.at_once(
        "tracker_round",
        round,
        lambda: office.send("editor_0", f"rounds/{round}/resolve/"),
        lambda: office.send("editor_1", f"rounds/{round}/resolve/"),
    )

    assert stands(answers, 201) == {"code": "forbidden_move", "state": "settled"}
    about = office.read(f"rounds/{round}/")["proposition"]["id"]
    assert len(office.read(f"resolutions/?proposition={about}")["results"]) == 1


def test_a_double_click_on_publish_publishes_once(office: Office) -> None:
    resolution = resolved(office)
    reason = {"override_reason": "The speaker has answered."}

    answers = office.at_once(
        "tracker_resolution",
        resolution,
        *[lambda: office.send("editor_0", f"resolutions/{resolution}/publish/", reason)] * 2,
    )

    assert stands(answers, 200) == {"code": "resolution_published", "state": "published"}
    (published,) = [found.json() for found in answers if found.status_code == 200]
    assert office.read(f"resolutions/{resolution}/")["published_at"] == published["published_at"]


def test_two_editors_open_one_round(office: Office) -> None:
    body = {"proposition": proposition(office)}

    answers = office.at_once(
        "tracker_proposition",
        body["proposition"],
        lambda: office.send("editor_0", "rounds/", body),
        lambda: office.send("editor_1", "rounds/", body),
    )

    told = stands(answers, 201)
    (made,) = [found.json()["id"] for found in answers if found.status_code == 201]
    assert told == {"code": "round_open", "state": "open", "round": made}


def test_of_two_adjudicators_one_decides(office: Office) -> None:
    round = judged(office, "came_true", "did_not")

    answers = office.at_once(
        "tracker_round",
        round,
        lambda: answer(office, "editor_1", round, "came_true"),
        lambda: answer(office, "editor_2", round, "did_not"),
    )

    assert stands(answers, 201) == {"code": "round_closed", "state": "agreed"}
    assert verdicts(office, round) == ["independent", "independent", "adjudication"]


def test_an_appeal_that_two_editors_uphold_leads_to_one_round(office: Office) -> None:
    resolution = resolved(office)
    office.made("editor_0", f"resolutions/{resolution}/publish/", {"override_reason": "Asked."})
    appeal = {"resolution": resolution, "ground": "Fact", "text": "No.", "filed_by": "Ada"}
    dispute = int(office.made("editor_0", "disputes/", appeal)["id"])
    ruling = {"ruling": "upheld", "reason": "A source was missed."}

    answers = office.at_once(
        "tracker_dispute",
        dispute,
        lambda: office.send("editor_1", f"disputes/{dispute}/rule/", ruling),
        lambda: office.send("editor_2", f"disputes/{dispute}/rule/", ruling),
    )

    assert stands(answers, 200) == {"code": "conflict", "state": "upheld"}
    about = office.read(f"resolutions/{resolution}/")["proposition"]["id"]
    assert len(office.read(f"rounds/?proposition={about}")["results"]) == 2
