"""The private PostgreSQL by hand: four verbs, each with an answer in words."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from tracker.embedded.cluster import Cluster


def said(verb: str) -> str:
    output = StringIO()
    call_command("db", verb, stdout=output)
    return output.getvalue().strip()


@pytest.mark.parametrize("verb", ["start", "stop", "status"])
def test_a_server_of_somebody_else_is_not_ours_to_handle(settings: Settings, verb: str) -> None:
    settings.EMBEDDED_CLUSTER = None

    with pytest.raises(CommandError, match="DATABASE_URL names the server"):
        said(verb)


def test_a_server_that_cannot_start_is_one_sentence(settings: Settings) -> None:
    settings.EMBEDDED_CLUSTER = Cluster(Path("/dev/null/postgres"))

    with pytest.raises(CommandError, match="/dev/null/postgres cannot be written"):
        said("start")


def test_the_server_starts_is_described_and_stops(settings: Settings, own_cluster: Cluster) -> None:
    settings.EMBEDDED_CLUSTER = own_cluster
    own_cluster.stop()

    assert said("status") == f"Stopped. Data: {own_cluster.folder}"
    assert said("start").startswith("Running as process ")
    assert str(own_cluster.socket_folder) in said("status")
    assert said("stop") == "Stopped."
    assert said("stop") == "It was not running."
