"""The examples of the API's description, as a running demo answers: `python -m tests.api_examples`.

They are kept in tracker/data/api_examples.json by the name of the shape that they are of, and of
problems by status; tests/api/test_description.py holds each to its shape.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

Json = dict[str, Any]
FILE = Path(__file__).resolve().parent.parent / "tracker" / "data" / "api_examples.json"
SHOWN = 2  # items of a list
USUAL = "http://127.0.0.1:8000"
BORN_WITH = {"topic": "Ports", "key": "1", "kind": "people"}
ASKED: dict[int, tuple[str, str, str, Any]] = {
    400: ("editor", "GET", "claims/?limit=500", None),
    401: ("", "GET", "claims/", None),
    403: ("coder", "POST", "rounds/", {"proposition": 2}),
    404: ("editor", "GET", "claims/999999/", None),
    409: ("editor", "POST", "resolutions/1/publish/", {}),
    415: ("coder", "POST", "topics/", "name=Ports"),
    422: ("coder", "POST", "topics/", {"name": "Harbours", "parent": "no-such-topic"}),
}


def rare() -> Iterator[Exception]:
    """The refusals that a demo comes to seldom."""
    from django.db import OperationalError
    from rest_framework.exceptions import Throttled

    from tracker.actions.custody import BytesWithdrawn
    from tracker.api.preconditions import PreconditionFailed, PreconditionRequired
    from tracker.api.wire import BodyTooLarge

    yield BytesWithdrawn()
    yield PreconditionFailed('"5d41402abc4b2a76b9719d911017c592"', {"id": 7, "name": "Ports"})
    yield BodyTooLarge()
    yield PreconditionRequired()
    yield Throttled(30)
    yield OperationalError()


def problems() -> Iterator[Json]:
    """The answers to those."""
    from tracker.api.errors import answer

    for error in rare():
        response = answer(error, {})
        assert response is not None, error
        yield response.data


def brief(value: Any) -> Any:
    """The same with long lists cut short."""
    if isinstance(value, list):
        return [brief(item) for item in value[:SHOWN]]
    if isinstance(value, dict):
        return {name: brief(inner) for name, inner in value.items()}
    return value


def shapes() -> Iterator[tuple[str, str]]:
    """Every address that answers with a named shape, and the name of that."""
    from tracker.api.description import description, operations

    for method, path, operation in operations(description()):
        answer = operation["responses"].get("200", {}).get("content", {})
        named = answer.get("application/json", {}).get("schema", {}).get("$ref", "")
        if method == "get" and named:
            yield path, named.rpartition("/")[2]


def recorded(client: httpx.Client, tokens: dict[str, str]) -> Iterator[tuple[str, Any]]:
    for path, name in shapes():
        noun = path.partition("{")[0]
        if "{key}" in path and "{kind}" not in path:
            listed = client.get(noun).json()
            rows = listed.get("results", []) if isinstance(listed, dict) else []
            if not rows:
                continue
            path = path.replace("{key}", str(rows[-1]["id"]))
        for parameter, value in BORN_WITH.items():
            path = path.replace(f"{{{parameter}}}", value)
        query = {"a": "1", "b": "2"} if path.endswith("compare/") else {}
        query |= {"kind": "people"} if path.endswith("scores/compare/") else {}
        answer = client.get(path, params=query)
        if answer.status_code == 200 and (found := answer.json()) and "{" not in path:
            whole = found.get("results") if isinstance(found, dict) else None
            if whole is not None:
                found["results"] = whole[:1]
            yield name, brief(found)
    for status, (who, method, path, body) in ASKED.items():
        headers = {"Authorization": f"Token {tokens[who]}"} if who else {}
        sent = {"content": body} if isinstance(body, str) else {"json": body}
        answer = httpx.request(
            method,
            f"{str(client.base_url).rstrip(chr(47))}/api/v1/{path}",
            headers=headers,
            **(sent if body else {}),
        )
        assert answer.status_code == status, answer.text
        yield str(status), answer.json()


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    import django

    django.setup()
    from django.conf import settings

    demo = json.loads((settings.VAR / "demo.json").read_text())
    site = demo["health"].removesuffix("/health/")
    tokens = {user["username"]: user["token"] for user in demo["users"]}
    headers = {"Authorization": f"Token {tokens['editor']}"}
    with httpx.Client(base_url=site, headers=headers) as client:
        found = dict(recorded(client, tokens))
    found |= {str(told["status"]): told for told in problems()}
    text = json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True).replace(site, USUAL)
    FILE.write_text(text + "\n")


if __name__ == "__main__":
    main()
