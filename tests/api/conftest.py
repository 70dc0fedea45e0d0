"""The cast that every test of the API draws on: each role, a stranger and the public."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from tests.builders import make_user
from tracker.api.rates import METER
from tracker.models import User

API = "/api/v1"
WORDS = "Aleppo will be besieged by summer"


class Door(APIClient):
    """A client that knows who is knocking; `user` is None for the public."""

    user: User | None = None

    def read(self, path: str, **parameters: Any) -> Any:
        return self.get(f"{API}/{path}", parameters)

    def send(self, path: str, body: Any = None) -> Any:
        """POSTs JSON in ASCII, so that a lone surrogate can be sent, as clients can."""
        return self.send_raw(path, json.dumps({} if body is None else body).encode())

    def change(self, path: str, body: Any, seen: str | None = "*") -> Any:
        """PATCHes the state whose tag is `seen`: whichever there is, or without saying."""
        sent = json.dumps(body)
        headers = {} if seen is None else {"If-Match": seen}
        return self.patch(f"{API}/{path}", sent, content_type="application/json", headers=headers)

    def send_raw(self, path: str, body: bytes, content_type: str = "application/json") -> Any:
        return self.generic("POST", f"{API}/{path}", body, content_type)


@pytest.fixture(autouse=True)
def _unmetered() -> None:
    """What another test has asked counts for nobody."""
    METER.forget()


@pytest.fixture
def door(db: None) -> Callable[[str], Door]:
    """Opens the API as a new user of this role; "stranger" has none, "public" is nobody."""

    def open_as(role: str) -> Door:
        client = Door()
        if role != "public":
            client.user = make_user(role="" if role == "stranger" else role)
            client.force_authenticate(client.user)
        return client

    return open_as


@pytest.fixture
def coder(door: Callable[[str], Door]) -> Door:
    return door("coder")


@pytest.fixture
def judge(door: Callable[[str], Door]) -> Door:
    return door("judge")


@pytest.fixture
def editor(door: Callable[[str], Door]) -> Door:
    return door("editor")


@pytest.fixture
def public(door: Callable[[str], Door], settings: Any) -> Door:
    """Nobody in particular, where reading is open to all."""
    settings.TRACKER_PUBLIC_READ = True
    return door("public")


def claim_body(**changes: Any) -> dict[str, Any]:
    """A claim that can be frozen; `proposition__deadline=...` changes an inner value."""
    body: dict[str, Any] = {
        "source": {"url": "https://example.org/a", "title": "On Aleppo", "outlet": "The Paper"},
        "snapshot": {"text": f"“{WORDS},” said the analyst."},
        "quotation": {"exact": WORDS, "said_on": "2016-04-11"},
        "speaker": {"person": "Ada Analyst", "organisation": "Institute", "role": "fellow"},
        "proposition": {
            "statement": "Aleppo is besieged by 21 June 2016.",
            "criteria": "No road into the city is open on any day.",
            "deadline": "2016-06-21",
        },
        "kind": "forecast",
        "hedge": "will",
        "freeze": True,
    }
    for path, value in changes.items():
        *outer, last = path.split("__")
        place = body
        for step in outer:
            place = place[step]
        place[last] = value
    return body


@pytest.fixture
def frozen(coder: Door) -> dict[str, Any]:
    claim: dict[str, Any] = coder.send("claims/", claim_body(probability=0.8)).json()
    return claim


@pytest.fixture
def opened(editor: Door, frozen: dict[str, Any]) -> str:
    """The path of an open round with an outcome on record."""
    proposition = frozen["proposition"]["id"]
    fact = {"statement": "The last road closed.", "occurred_on": "2016-06-17"}
    editor.send("outcomes/", {**fact, "propositions": [proposition]})
    return f"rounds/{editor.send('rounds/', {'proposition': proposition}).json()['id']}/"


def verdict(outcome: str, **more: Any) -> dict[str, Any]:
    return {"outcome": outcome, "rationale": "So it was reported.", "searched": "Wires.", **more}
