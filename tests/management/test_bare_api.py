"""The bare server answers what its statement says, for the parameters of the address."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tracker.management import bare_api
from tracker.management.api_benchmarks import dsn


@pytest.mark.django_db
def test_a_statement_is_asked_with_the_parameters_of_the_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "bare.json"
    statements = {"echo": "SELECT json_build_object('said', %(word)s::text)::text"}
    file.write_text(json.dumps({"dsn": dsn(), "statements": statements}))
    monkeypatch.setenv("BARE_API", str(file))
    answers: list[Any] = []

    environ = {"PATH_INFO": "/echo", "QUERY_STRING": "word=harbour"}
    body = b"".join(bare_api.application(environ, lambda *answer: answers.append(answer)))
    bare_api._local.connection.close()
    del bare_api._local.connection
    bare_api._settings.clear()

    assert json.loads(body) == {"results": [{"said": "harbour"}]}
    assert answers[0][0] == "200 OK"
