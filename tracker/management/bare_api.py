"""A web server with nothing but psycopg and orjson: what our API is measured against.

`BARE_API` names a JSON file with the database's `dsn` and the `statements` by path; each is asked
with the parameters of the query string and answers one column of JSON. Several by name are one
transaction, with the parameters of the body and what those before them have answered, by name.
Knows no Django.
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
    asked = _settings["statements"][environ["PATH_INFO"].strip("/")]
    if isinstance(asked, str):
        parameters = dict(parse_qsl(environ["QUERY_STRING"]))
        rows = _local.connection.execute(asked, parameters).fetchall()
    else:
        sent = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        rows = [_written(asked, orjson.loads(sent))]
    body = orjson.dumps({"results": [orjson.Fragment(text) for (text,) in rows]})
    headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
    start_response("200 OK", headers)
    return [body]


def _written(statements: dict[str, str], parameters: dict[str, Any]) -> Any:
    """Returns the row of the last statement, all having been carried out together."""
    row = None
    with _local.connection.transaction():
        for name, statement in statements.items():
            row = _local.connection.execute(statement, parameters).fetchone()
            parameters[name] = row[0]
    return row
