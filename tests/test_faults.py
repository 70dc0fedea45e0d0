"""Captures while the world breaks: workers killed, the same page asked for twice at once."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.actions.capturing import PAGE, asked, bare, done, files
from tests.actions.conftest import folder, site
from tests.actions.steps import at_once
from tests.builders import CODED, make_user
from tests.intake.fetching import HEAD
from tests.intake.servers import Site, speaking
from tests.templates import environment_of
from tests.test_jobs import ADD, LONG_AGO, ask
from tracker.actions.captures import request_capture
from tracker.actions.custody import Upload, upload
from tracker.actions.documents import SourceDraft
from tracker.domain.captures import UnderWay
from tracker.embedded.cluster import Cluster
from tracker.models import Address, Capture, Snapshot, Source

__all__ = ["folder", "site"]  # fixtures

MANAGE = [sys.executable, "manage.py"]
PATIENCE = 60.0  # seconds for a worker to start and ask
ASK_FOR = """
import json, sys
from django.utils import timezone
from tracker.actions.captures import request_capture
from tracker.actions.documents import SourceDraft, file_source
from tracker.actions.users import admit
from tracker.domain.judging import Role
coder = admit(username="coder", name="coder", role=Role.CODER, password="-")
source = file_source(by=coder, draft=SourceDraft(url={url!r}, title="Siege ahead"))
capture = request_capture(by=coder, now=timezone.now(), source=source)
print(json.dumps(capture.pk))
"""
STOOD = "SELECT status, attempts FROM tracker_capture WHERE id = %s"


@contextmanager
def hesitant() -> Iterator[tuple[str, threading.Event]]:
    """A newspaper that keeps its first visitor waiting; yields its address and "asked"."""
    asked_once, over = threading.Event(), threading.Event()

    def talk(visitor: socket.socket) -> None:
        visitor.recv(65_536)
        if asked_once.is_set():
            visitor.sendall(HEAD + b"Connection: close\r\n\r\n" + PAGE)
            return
        asked_once.set()
        over.wait(PATIENCE)

    with speaking(talk) as address:
        try:
            yield address, asked_once
        finally:
            over.set()


@pytest.mark.long
def test_a_worker_killed_while_fetching_leaves_its_job_to_the_next(own_cluster: Cluster) -> None:
    with hesitant() as (address, was_asked):
        environment = environment_of(own_cluster.folder.parent, TRACKER_FETCH_ALLOW=address)
        run: dict[str, Any] = {"cwd": settings.BASE_DIR, "env": environment}
        script = ASK_FOR.format(url=f"http://{address}/a")
        said = subprocess.check_output([*MANAGE, "shell", "--no-imports", "-c", script], **run)
        capture = json.loads(said)

        with subprocess.Popen([*MANAGE, "work"], stderr=subprocess.DEVNULL, **run) as worker:
            assert was_asked.wait(PATIENCE)
            worker.send_signal(signal.SIGKILL)
        assert ask(own_cluster, STOOD, capture) == [("running", 1)]
        assert ask(own_cluster, "SELECT count(*) FROM tracker_snapshot") == [(0,)]

        # As if it had been dead for longer than a worker may be silent.
        ask(own_cluster, "UPDATE procrastinate_workers SET last_heartbeat = %s", LONG_AGO)
        ask(own_cluster, ADD, "tracker.jobs.take_up_abandoned_jobs", "todo", None)
        subprocess.run([*MANAGE, "work", "--one-shot"], check=True, capture_output=True, **run)

    assert ask(own_cluster, STOOD, capture) == [("ok", 2)]
    assert ask(own_cluster, "SELECT count(*) FROM tracker_snapshot") == [(1,)]
    assert len(files(Path(own_cluster.folder.parent) / "archive")) == 1


def types(results: list[Any]) -> list[str]:
    return sorted(type(one).__name__ for one in results)


def twice(deed: Callable[[], Any]) -> list[Any]:
    return at_once(deed, deed)


def test_of_two_who_ask_for_a_page_at_once_one_is_told(committed: None) -> None:
    source, coder = bare(), make_user()

    results = twice(lambda: request_capture(by=coder, now=CODED, source=source))

    assert types(results) == ["Capture", UnderWay.__name__]
    assert Capture.objects.count() == 1


def test_a_job_done_twice_at_once_keeps_one_sound_snapshot(committed: None, site: Site) -> None:
    site.put("/a", PAGE)
    capture = asked(site.url("/a"))

    twice(lambda: done(capture))

    ended = Capture.objects.get()
    assert (ended.status, ended.snapshot) == ("ok", Snapshot.objects.get())


def test_the_same_file_uploaded_twice_at_once_is_one_text(committed: None, folder: Path) -> None:
    coder = make_user()
    file = Upload(data=PAGE, source=SourceDraft(url="https://paper.example/a"))

    twice(lambda: upload(by=coder, now=CODED, file=file))

    assert (Source.objects.count(), Snapshot.objects.count(), len(files(folder))) == (1, 1, 1)
    assert [one.status for one in Capture.objects.all()] == ["ok", "ok"]


def test_two_pages_that_claim_one_address_at_once_share_it_with_nobody(
    committed: None, site: Site
) -> None:
    claimed = site.url("/whole")
    head = f'<link rel="canonical" href="{claimed}"></head>'.encode()
    for path in ("/1", "/2"):
        site.put(path, PAGE.replace(b"</head>", head))
    pages = [bare(url=site.url(path), canonical_url=_form(site, path)) for path in ("/1", "/2")]
    captures = [asked(page.url, page) for page in pages]

    at_once(*(lambda one=one: done(one) for one in captures))

    assert [one.status for one in Capture.objects.all()] == ["ok", "ok"]
    assert Address.objects.get().canonical_url == _form(site, "/whole")
    proposed = [one.found.get("addresses", []) for one in Capture.objects.all()]
    assert sorted(proposed) == [[], [_form(site, "/whole")]]


def _form(site: Site, path: str) -> str:
    return f"https://127.0.0.1:{site.port}{path}"
