"""Django's connections find the private server, and find it again when it has died."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from django.db import OperationalError, connection
from pytest_django.fixtures import Settings

from tracker.embedded.base import DatabaseWrapper
from tracker.embedded.binaries import find_binaries
from tracker.embedded.cluster import Cluster


@pytest.fixture
def private(settings: Settings, own_cluster: Cluster) -> DatabaseWrapper:
    """A connection of its own to the database of its own cluster."""
    settings.EMBEDDED_CLUSTER = own_cluster
    described = {**connection.settings_dict, "NAME": "tracker", "USER": "tracker", "PORT": ""}
    return DatabaseWrapper({**described, "PASSWORD": ""}, alias="private")


def answer(private: DatabaseWrapper, sql: str) -> object:
    # Not through Django's wrapper, which a test without database access may not open.
    with private.get_new_connection(private.get_connection_params()) as raw:
        return raw.execute(sql).fetchone()[0]


def test_a_cluster_that_cannot_start_is_an_error_that_django_knows(
    settings: Settings, private: DatabaseWrapper
) -> None:
    settings.EMBEDDED_CLUSTER = Cluster(Path("/dev/null/postgres"))

    with pytest.raises(OperationalError, match="/dev/null/postgres cannot be written"):
        private.get_connection_params()


def test_the_server_of_database_url_is_left_alone(
    settings: Settings, private: DatabaseWrapper
) -> None:
    settings.EMBEDDED_CLUSTER = None
    private.settings_dict["HOST"] = "database.example"

    assert private.get_connection_params()["host"] == "database.example"
    command, _ = private.client.settings_to_cmd_args_env(private.settings_dict, [])
    assert command[0] == "psql"


def test_a_connection_starts_the_server_that_it_needs(
    private: DatabaseWrapper, own_cluster: Cluster
) -> None:
    own_cluster.stop()

    assert answer(private, "SELECT current_database()") == "tracker"
    assert own_cluster.status().pid


def test_a_connection_after_the_server_was_killed_starts_it_again(
    private: DatabaseWrapper, own_cluster: Cluster
) -> None:
    params = private.get_connection_params()
    killed = own_cluster.status().pid
    assert killed

    os.kill(killed, signal.SIGKILL)

    with private.get_new_connection(params) as raw:
        assert raw.execute("SELECT 1").fetchone() == (1,)
    assert own_cluster.status().pid != killed


def test_a_connection_is_usable_until_the_server_takes_its_leave(private: DatabaseWrapper) -> None:
    params = private.get_connection_params()
    with private.get_new_connection(params) as mine, private.get_new_connection(params) as other:
        private.connection = mine
        was_usable = private.is_usable()
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [mine.info.backend_pid])

        assert was_usable
        assert not private.is_usable()
        private.connection = None


def test_whether_a_connection_is_usable_costs_no_question(private: DatabaseWrapper) -> None:
    params = private.get_connection_params()
    with private.get_new_connection(params) as mine, private.get_new_connection(params) as other:
        private.connection = mine
        mine.execute("SELECT 7 AS asked_last")
        is_usable = private.is_usable()
        asked = "SELECT query FROM pg_stat_activity WHERE pid = %s"
        last = other.execute(asked, [mine.info.backend_pid]).fetchone()

        assert (is_usable, last) == (True, ("SELECT 7 AS asked_last",))
        private.connection = None


def test_the_shell_is_psql_on_the_private_socket(
    private: DatabaseWrapper, own_cluster: Cluster
) -> None:
    command, _ = private.client.settings_to_cmd_args_env(private.settings_dict, [])

    assert command[0] == str(find_binaries() / "psql")
    assert str(own_cluster.socket_folder) in command
