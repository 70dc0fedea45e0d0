"""A web server with nothing but psycopg and orjson: what our API is measured against.

`BARE_API` names a JSON file with the database's `dsn` and the `statements` by path; each is asked
with the parameters of the query string and answers one column of JSON. Knows no Django.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import orjson
import psycopg

_local = threading.local()
_settings: dict[str, Any] = {}


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answers with the rows of the path's statement, over a connection of this thread."""
    if not _settings:
        _settings.update(json.loads(Path(os.environ["BARE_API"]).read_text()))
    if not hasattr(_local, "connection"):
        _local.connection = psycopg.connect(_settings["dsn"], autocommit=True)
    statement = _settings["statements"][environ["PATH_INFO"].strip("/")]
    parameters = dict(parse_qsl(environ["QUERY_STRING"]))
    rows = _local.connection.execute(statement, parameters).fetchall()
    body = orjson.dumps({"results": [orjson.Fragment(text) for (text,) in rows]})
    headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
    start_response("200 OK", headers)
    return [body]
