"""The bare server answers what its statements say, for the parameters that it is sent."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from tracker.management import bare_api
from tracker.management.api_benchmarks import dsn

Ask: TypeAlias = Callable[..., Any]
STATEMENTS = {
    "echo": "SELECT json_build_object('said', %(word)s::text)::text",
    "steps": {
        "twice": "SELECT 2 * %(number)s::int",
        "answer": "SELECT json_build_object('twice', %(twice)s::int)::text",
    },
}


@pytest.fixture
def ask(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ask]:
    """Asks the bare server as its web server would, and reads the answer."""
    file = tmp_path / "bare.json"
    file.write_text(json.dumps({"dsn": dsn(), "statements": STATEMENTS}))
    monkeypatch.setenv("BARE_API", str(file))

    def asked(path: str, query: str = "", body: bytes = b"") -> Any:
        status: list[str] = []
        environ = {
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": io.BytesIO(body),
        }
        parts = bare_api.application(environ, lambda *answer: status.append(answer[0]))
        assert status == ["200 OK"]
        return json.loads(b"".join(parts))

    yield asked
    bare_api._local.connection.close()
    del bare_api._local.connection
    bare_api._settings.clear()


def test_a_statement_is_asked_with_the_parameters_of_the_address(ask: Ask) -> None:
    assert ask("/echo", "word=harbour") == {"results": [{"said": "harbour"}]}


def test_steps_take_the_body_and_what_those_before_them_have_answered(ask: Ask) -> None:
    assert ask("/steps", body=b'{"number": "21"}') == {"results": [{"twice": 42}]}
