"""One demo for all that is asked of the API from outside: generated clients, recipes, a fuzzer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings

from tests.management.test_demo import Demo, free_port
from tests.templates import start_with_migrations
from tracker.embedded.cluster import Cluster


@dataclass(frozen=True)
class Site:
    """Where a demo serves, and the token of each of its users."""

    demo: Demo
    address: str
    tokens: dict[str, str]

    @property
    def description(self) -> str:
        return f"{self.address}/api/schema/?format=json"

    @property
    def secrets(self) -> str:
        return json.dumps(self.tokens)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A demo with the worked example, for the modules of this folder together."""
    cluster = Cluster(tmp_path_factory.mktemp("site") / "postgres", durable=False)
    start_with_migrations(cluster, cache=settings.VAR / "test-templates")
    demo = Demo(cluster, free_port())
    demo.listen()
    try:
        tokens = {user["username"]: user["token"] for user in demo.card["users"]}
        yield Site(demo, demo.card["health"].removesuffix("/health/"), tokens)
    finally:
        demo.process.terminate()
        demo.finish()
        cluster.stop()
