"""Processes killed at the worst moment: what they had begun is done once, or not at all."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings

from tests.intake.servers import speaking
from tests.templates import environment_of
from tests.test_jobs import ADD, ask
from tracker.embedded.cluster import Cluster

pytestmark = pytest.mark.long

MANAGE = [sys.executable, "manage.py"]
PATIENCE = 60.0  # seconds for a worker to start and send
TAKEN = b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"
SEND = """
from django.utils import timezone
from tracker.actions.users import admit
from tracker.actions.webhooks import create_webhook, send_test
from tracker.domain.judging import Role
editor = admit(username="editor", name="editor", role=Role.EDITOR, password="-")
made = create_webhook(by=editor, now=timezone.now(), url={url!r})
send_test(by=editor, now=timezone.now(), webhook=made.webhook)
"""
STOOD = "SELECT state, attempts, jsonb_array_length(log) FROM tracker_delivery"
# Posts a person under a key in a process that kills itself at a moment of its transaction.
POST = """
import json, os, signal, sys
from django.db import connection, transaction
from rest_framework.test import APIClient
from tracker.actions.users import admit
from tracker.domain.judging import Role
from tracker.models import User

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

def watch(execute, sql, *rest):
    found = execute(sql, *rest)
    if moment == "answer" and 'INSERT INTO "tracker_receipt"' in sql:
        transaction.on_commit(die)
    elif moment and f'INSERT INTO "{moment}"' in sql:
        die()
    return found

moment = MOMENT
client = APIClient(SERVER_NAME="127.0.0.1")
name = "coder" + KEY
coder = User.objects.filter(username=name).first()
coder = coder or admit(username=name, name=name, role=Role.CODER, password="-")
client.force_authenticate(coder)
with connection.execute_wrapper(watch):
    answer = client.post(
        "/api/v1/people/", {"name": "Ada " + KEY}, format="json", headers={"Idempotency-Key": KEY}
    )
print(json.dumps([answer.status_code, answer.headers.get("Idempotency-Replayed", "")]))
"""


@contextmanager
def hesitant(heard: list[bytes]) -> Iterator[tuple[str, threading.Event]]:
    """A newsroom's server that keeps the first message, and takes the next; yields "came"."""
    came, over = threading.Event(), threading.Event()

    def talk(visitor: socket.socket) -> None:
        heard.append(visitor.recv(65_536))
        if len(heard) > 1:
            visitor.sendall(TAKEN)
            return
        came.set()
        over.wait(PATIENCE)

    with speaking(talk) as address:
        try:
            yield address, came
        finally:
            over.set()


def name_of(message: bytes) -> bytes:
    found = re.search(rb"webhook-id: (\S+)", message, re.IGNORECASE)
    assert found, message
    return found[1]


def test_a_worker_killed_while_delivering_leaves_the_message_to_the_next(
    own_cluster: Cluster,
) -> None:
    heard: list[bytes] = []
    with hesitant(heard) as (address, came):
        environment = environment_of(own_cluster.folder.parent, TRACKER_FETCH_ALLOW=address)
        run: dict[str, Any] = {"cwd": settings.BASE_DIR, "env": environment}
        script = SEND.format(url=f"http://{address}/hooks")
        subprocess.run([*MANAGE, "shell", "--no-imports", "-c", script], check=True, **run)

        with subprocess.Popen([*MANAGE, "work"], stderr=subprocess.DEVNULL, **run) as worker:
            assert came.wait(PATIENCE)
            worker.send_signal(signal.SIGKILL)
        assert ask(own_cluster, STOOD) == [("waiting", 1, 0)]

        # As if the killed worker's lease of the message were over.
        ask(own_cluster, "UPDATE tracker_delivery SET next_attempt_at = now() - interval '1 s'")
        ask(own_cluster, ADD, "tracker.jobs.deliver_what_is_due", "todo", None)
        for _ in range(2):  # the look, and the sending that it has asked for
            subprocess.run([*MANAGE, "work", "--one-shot"], check=True, capture_output=True, **run)

    assert ask(own_cluster, STOOD) == [("delivered", 2, 1)]
    assert len(heard) == 2
    assert name_of(heard[0]) == name_of(heard[1])


def posted(cluster: Cluster, key: str, moment: str = "") -> list[Any]:
    """What a process that posts answers, or [] where it was killed at this moment."""
    script = POST.replace("MOMENT", repr(moment)).replace("KEY", repr(key))
    run = subprocess.run(
        [*MANAGE, "shell", "--no-imports", "-c", script],
        cwd=settings.BASE_DIR,
        env=environment_of(cluster.folder.parent),
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        assert run.returncode == -signal.SIGKILL, run.stderr[-2_000:]
        return []
    found: list[Any] = json.loads(run.stdout.splitlines()[-1])
    return found


@pytest.mark.parametrize(
    ("moment", "left", "again"),
    [
        ("tracker_person", (0, 0), [201, ""]),
        ("tracker_receipt", (0, 0), [201, ""]),
        ("answer", (1, 1), [201, "true"]),
    ],
    ids=["after the effect", "after the receipt", "after the commit"],
)
def test_a_server_killed_before_it_answers_a_key_has_done_all_or_nothing(
    own_cluster: Cluster, moment: str, left: tuple[int, int], again: list[Any]
) -> None:
    key = f"key-{moment}"

    def rows() -> tuple[int, int]:
        people = ask(
            own_cluster, "SELECT count(*) FROM tracker_person WHERE name = %s", f"Ada {key}"
        )
        receipts = ask(own_cluster, "SELECT count(*) FROM tracker_receipt WHERE key = %s", key)
        return people[0][0], receipts[0][0]

    assert posted(own_cluster, key, moment) == []
    assert rows() == left

    assert posted(own_cluster, key) == again
    assert rows() == (1, 1)
