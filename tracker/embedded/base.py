"""Django's PostgreSQL backend, which starts the private cluster when it is the one in use."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from select import POLLIN, poll
from typing import Any

from django.conf import settings
from django.db import OperationalError
from django.db.backends.postgresql import base, client

from tracker.embedded.binaries import ClusterError, find_binaries
from tracker.embedded.cluster import Cluster
from tracker.embedded.cursors import AccompaniedCursor, forget_told


def _socket_folder(*, suspicious: bool = False) -> Path | None:
    """Return the private cluster's socket folder, or None where DATABASE_URL names a server."""
    cluster: Cluster | None = settings.EMBEDDED_CLUSTER
    if cluster is None:
        return None
    try:
        return cluster.ensure(suspicious=suspicious)
    except ClusterError as error:
        raise OperationalError(str(error)) from error


class DatabaseClient(client.DatabaseClient):
    """Runs psql from the cluster's own programs."""

    @classmethod
    def settings_to_cmd_args_env(
        cls, settings_dict: dict[str, Any], parameters: Iterable[str]
    ) -> tuple[list[str], dict[str, str] | None]:
        """Point psql at the private cluster's socket when that is the one in use."""
        folder = _socket_folder()
        if folder is None:
            return super().settings_to_cmd_args_env(settings_dict, parameters)
        command, environment = super().settings_to_cmd_args_env(
            {**settings_dict, "HOST": str(folder)}, parameters
        )
        return [str(find_binaries() / "psql"), *command[1:]], environment


class DatabaseWrapper(base.DatabaseWrapper):
    """Connects to PostgreSQL, be it the private cluster or the server of DATABASE_URL."""

    client_class = DatabaseClient

    def get_connection_params(self) -> dict[str, Any]:
        """Add the cursor that history needs, and the private socket when there is one."""
        params = super().get_connection_params()
        if params["cursor_factory"] is base.ServerBindingCursor:
            params["cursor_factory"] = AccompaniedCursor
        if folder := _socket_folder():
            params["host"] = str(folder)
        return params

    def is_usable(self) -> bool:
        """Say whether the server is still there, without asking it on every request.

        While nobody has asked anything, only a server that takes its leave says something.
        """
        if self.connection is None or self.connection.closed:
            return False
        listening = poll()
        listening.register(self.connection.fileno(), POLLIN)
        return not listening.poll(0) or super().is_usable()

    def _commit(self) -> None:
        forget_told(self.connection)
        super()._commit()  # type: ignore[misc]  # the stubs lack it

    def _rollback(self) -> None:
        forget_told(self.connection)
        super()._rollback()  # type: ignore[misc]  # the stubs lack it

    def _savepoint_rollback(self, sid: str) -> None:
        forget_told(self.connection)
        super()._savepoint_rollback(sid)  # type: ignore[misc]  # the stubs lack it

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect; a refusal may mean that the server has died since, so start it and try again."""
        try:
            return super().get_new_connection(conn_params)
        except self.Database.OperationalError:
            folder = _socket_folder(suspicious=True)
            if folder is None:
                raise
            return super().get_new_connection({**conn_params, "host": str(folder)})
