"""A browser for the tests that need one, and pages that may talk to nobody but the server."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, Request
from pytest import skip  # the one excuse: a machine without a browser, and never in CI
from pytest_django.live_server_helper import LiveServer

from tests.admin.measures import MEASURE
from tests.admin.world import make_staff
from tests.screenshots import CHROMIUM, browser
from tracker.models import User

PASSWORD = "correct horse"


def need_browser() -> None:
    """Skips where no browser is installed, except in CI, where that is a failure."""
    if Path(CHROMIUM).exists():
        return
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI needs a browser: install chromium ({CHROMIUM} is not there).")
    skip(f"No browser at {CHROMIUM}: install Debian's chromium to run this test.")


class Visitor:
    """One person at one browser window; every complaint of the pages is kept."""

    def __init__(self, browser: Browser, address: str, width: int, theme: str) -> None:
        self.address = address
        self.complaints: list[str] = []
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if theme == "dark" else "light",
        )
        self.page: Page = context.new_page()
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(message.text)

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.complaints.append(f"asked {request.url}")

    def sign_in(self, user: User) -> Visitor:
        """As the login form leaves it; who tests that form goes through it."""
        client = Client()
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": self.address}]
        )
        return self

    def goto(self, path: str) -> None:
        """Opens a page; its scripts have run when its load is over."""
        self.page.goto(self.address + path)


class Door:
    """Lets people of a role in at the live server."""

    def __init__(self, browser: Browser, server: LiveServer) -> None:
        self.browser, self.server = browser, server
        self.visitors: list[Visitor] = []

    def let_in(self, role: str, *, width: int = 1280, theme: str = "light") -> Visitor:
        name = f"{role}{len(self.visitors)}"
        user = make_staff(role, username=name, password=PASSWORD)
        visitor = Visitor(self.browser, self.server.url, width, theme)
        self.visitors.append(visitor)
        return visitor.sign_in(user)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for a module: to start one takes longer than most of what is asked of it."""
    need_browser()
    # Playwright keeps an event loop in this thread, and Django would refuse to ask the database.
    with pytest.MonkeyPatch.context() as patch, browser() as opened:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield opened


@pytest.fixture
def door(
    chromium: Browser,
    transactional_db: None,
    live_server: LiveServer,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Door]:
    """The workbench on a live server, seen through a real browser."""
    # The server's threads would keep their connections, and the test database could not be dropped.
    monkeypatch.setitem(connections.databases["default"], "CONN_MAX_AGE", 0)
    opened = Door(chromium, live_server)
    yield opened
    for context in chromium.contexts:
        context.close()
    connection.close()
    assert [v.complaints for v in opened.visitors if v.complaints] == []


@pytest.fixture
def coder(client: Client, db: None) -> Client:
    return _as(client, "coder")


@pytest.fixture
def editor(client: Client, db: None) -> Client:
    return _as(client, "editor")


def _as(client: Client, role: str) -> Client:
    client.force_login(make_staff(role))
    return client


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What people's work took in the browser: told, for nobody is to be held to it."""
    told = [
        str(value)
        for report in terminalreporter.getreports("passed")
        for name, value in report.user_properties
        if name == MEASURE
    ]
    if told:
        terminalreporter.section("measures of the workbench")
    for line in told:
        terminalreporter.write_line(line)
