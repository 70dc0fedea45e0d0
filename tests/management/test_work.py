"""The job worker does what waits, and ends when it is told to."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest
from django.conf import settings

from tests.templates import environment_of
from tests.test_jobs import ADD, ask
from tracker.embedded.cluster import Cluster


@pytest.mark.long
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_worker_ends_cleanly_when_told(own_cluster: Cluster, number: signal.Signals) -> None:
    ask(own_cluster, ADD, "tracker.jobs.forget_finished_jobs", "todo", None)
    worker = subprocess.Popen(
        [sys.executable, "manage.py", "work"],
        cwd=settings.BASE_DIR,
        env=environment_of(own_cluster.folder.parent),
        stderr=subprocess.PIPE,
        text=True,
    )
    assert worker.stderr
    while "ended with status: Success" not in worker.stderr.readline():
        assert worker.poll() is None

    worker.send_signal(number)
    rest = worker.communicate()[1]

    assert worker.returncode == 0
    assert "Stopped worker" in rest
