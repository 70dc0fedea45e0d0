"""The rules by which the environment is read, and what an event looks like in the log."""

from __future__ import annotations

import json
import logging
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from tracker.environment import EventFormatter, base_url, database, kept_secret, metrics_folder


def test_a_wrong_database_address_is_not_repeated_because_it_may_hold_a_password() -> None:
    with pytest.raises(ImproperlyConfigured) as refusal:
        database("mysql://tracker:geheim@host/name", 0)

    assert "geheim" not in str(refusal.value)


def test_several_hosts_and_options_of_the_database_address_are_kept() -> None:
    found = database("postgresql://u:p@a:5432,b:5433/name?target_session_attrs=read-write", 30)

    assert (found["HOST"], found["PORT"], found["NAME"]) == ("a,b", "5432,5433", "name")
    assert found["OPTIONS"]["target_session_attrs"] == "read-write"
    assert "statement_timeout=30s" in found["OPTIONS"]["options"]
    assert "pgtrigger.ignore={}" in found["OPTIONS"]["options"]


def test_the_secret_is_made_once_however_many_start_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "var"

    with ThreadPoolExecutor(8) as pool:
        secrets = set(pool.map(kept_secret, [folder] * 8))

    assert len(secrets) == 1
    assert len(secrets.pop()) >= 50
    assert [path.name for path in folder.iterdir()] == ["secret_key"]
    assert stat.S_IMODE((folder / "secret_key").stat().st_mode) == 0o600


def test_an_event_is_one_line_of_json_with_its_facts() -> None:
    record = logging.makeLogRecord(
        {"name": "tracker", "levelname": "INFO", "msg": "proposition resolved", "proposition": 7}
    )

    line = json.loads(EventFormatter().format(record))

    assert (line["event"], line["proposition"], line["level"]) == (
        "proposition resolved",
        7,
        "info",
    )


def test_an_event_keeps_the_request_to_itself() -> None:
    record = logging.makeLogRecord({"msg": "refused", "request": "a token and a body"})

    assert "token" not in EventFormatter().format(record)


@pytest.mark.parametrize("door", ["reply", "feeds"])
def test_an_event_hides_what_opens_a_door(door: str) -> None:
    token = "kx0Yp-_a" * 9
    record = logging.makeLogRecord({"msg": f"Gone: /{door}/{token}/due.ics"})

    line = json.loads(EventFormatter().format(record))

    assert line["event"] == f"Gone: /{door}/.../due.ics"


@pytest.mark.parametrize("text", ["tracker.example", "ftp://tracker.example", "https://a b"])
def test_what_is_no_address_of_a_site_is_refused(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_BASE_URL", text)

    with pytest.raises(ImproperlyConfigured, match="such as https://"):
        base_url("TRACKER_BASE_URL")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("", ""),
        ("https://tracker.example/", "https://tracker.example"),
        ("http://[::1]:8000/claims/", "http://[::1]:8000/claims"),
    ],
    ids=["none", "a slash", "a port and a path"],
)
def test_the_address_of_the_site_is_kept_without_its_last_slash(
    text: str, kept: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_BASE_URL", text)

    assert base_url("TRACKER_BASE_URL") == kept


def test_the_figures_of_servers_that_have_ended_are_removed(tmp_path: Path) -> None:
    for name in ("999999999", "1", "draft"):
        (tmp_path / "metrics" / name).mkdir(parents=True)

    own = metrics_folder(tmp_path)

    assert own.name == str(os.getppid())
    assert {path.name for path in own.parent.iterdir()} == {"1", own.name}
