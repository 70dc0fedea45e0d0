"""What the tests of fetching share: a name service from a table, and one way to call."""

import itertools
import socket
from datetime import UTC, datetime
from ipaddress import ip_address

import pytest

from tracker.intake.fetch import Fetched, FetchFailed, fetch

NOW = datetime(2016, 4, 11, 12, 0, tzinfo=UTC)
PAGE = b"<html><p>Aleppo may fall.</p></html>"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


class Names:
    """A name service that answers from a table, one list after another, and counts."""

    def __init__(self, **answers):
        self.answers = {name.replace("_", "."): iter(lists) for name, lists in answers.items()}
        self.asked = []

    def __call__(self, host, port):
        self.asked.append(host)
        if host not in self.answers:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        return [ip_address(text) for text in next(self.answers[host])]


def always(*addresses):
    return itertools.repeat(addresses)


def get(url, **options) -> Fetched:
    return fetch(url, **{"now": NOW, "resolver": Names(), **options})


def refused(url, **options) -> FetchFailed:
    with pytest.raises(FetchFailed) as caught:
        get(url, **options)
    return caught.value
