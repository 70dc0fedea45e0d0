"""Webhooks and messages to them, for tests; the other server is a real one on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from procrastinate.contrib.django.models import ProcrastinateJob
from standardwebhooks import Webhook as Oracle

from tests.anchoring import make_event
from tests.builders import CODED, make_user
from tests.intake.servers import Site, serving
from tracker.models import Delivery, Event, Webhook

PATH = "/hook"


def make_webhook(**fields: Any) -> Webhook:
    if "made_by" not in fields:
        fields["made_by"] = make_user(role="editor")
    fields = {"url": "https://press.example/hook", "made_at": CODED, **fields}
    return Webhook.objects.create(**fields)


def make_delivery(*, event: Event | None = None, **fields: Any) -> Delivery:
    """A message that waits; where the database has filed it by itself, that one."""
    event = event or make_event()
    webhook = fields.pop("webhook", None) or make_webhook()
    fields = {"next_attempt_at": CODED, **fields}
    return Delivery.objects.update_or_create(event=event, webhook=webhook, defaults=fields)[0]


@contextmanager
def listening(settings: Any, status: int = 200, **headers: str) -> Iterator[Site]:
    """A server that answers messages so, and which the guard lets through."""
    with serving() as site:
        settings.TRACKER_FETCH_ALLOW = [f"127.0.0.1:{site.port}"]
        site.put(PATH, b"thanks", status=status, **headers)
        yield site


def verified(site: Site, secret: str, which: int = -1) -> Any:
    """A message as a client of Standard Webhooks reads it, who knows this secret."""
    return Oracle(secret).verify(site.posted[which], site.asked[which][1])


def ids(site: Site) -> list[str]:
    return [headers["webhook-id"] for _, headers in site.asked]


def jobs(task: str = "deliver") -> list[Any]:
    """What the jobs of this name that wait are about."""
    found = ProcrastinateJob.objects.filter(task_name=f"tracker.jobs.{task}", status="todo")
    return [job.args for job in found.order_by("id")]
