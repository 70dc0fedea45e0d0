"""Connections to judged addresses only, none of which outlives its deadline.

A name is looked up once and every address of the answer is judged by guard.py; the connection
goes to a judged address, so nothing can change between check and connection. The name stays in
the Host header, in TLS server name indication and in the check of the certificate.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_address
from typing import Any

import httpcore
import httpx

from tracker.intake.guard import Address, Allowance, literal, objection

Resolver = Callable[[str, int], Sequence[Address]]
Clock = Callable[[], float]


class Forbidden(Exception):
    """This connection must not be made; the text says why, as the end of a sentence."""


class NameUnknown(Exception):
    """The name has no address; `passing`: the name service itself did not answer."""

    def __init__(self, host: str, *, passing: bool = False) -> None:
        self.host = host
        self.passing = passing
        super().__init__(host)


def resolve(host: str, port: int) -> Sequence[Address]:
    """Return every address that the system's resolver gives for a name; raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(ip_address(str(entry[4][0])) for entry in found))


class Guarded(httpcore.NetworkBackend):
    """Opens TCP connections, raising Forbidden, NameUnknown or httpcore's errors."""

    def __init__(
        self, allow: tuple[Allowance, ...], resolver: Resolver, clock: Clock, seconds: float
    ) -> None:
        self._allow = allow
        self._resolver = resolver
        self._clock = clock
        self._deadline = clock() + seconds

    def left(self) -> float:
        """Return the seconds that remain; raises httpcore.ReadTimeout when none do."""
        left = self._deadline - self._clock()
        if left <= 0:
            raise httpcore.ReadTimeout("The deadline has passed.")
        return left

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first judged address that answers before the deadline."""
        addresses = self._addresses(host, port)
        if not addresses:
            raise NameUnknown(host)
        if why := objection(host, port, addresses, self._allow):
            raise Forbidden(why)
        *others, last = addresses
        for waiting, address in zip(range(len(addresses), 1, -1), others, strict=True):
            # A dead address leaves time to those after it.
            try:
                return self._connect(address, port, self.left() / waiting)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return self._connect(last, port, self.left())

    def _connect(self, address: Address, port: int, seconds: float) -> httpcore.NetworkStream:
        return _Timed(httpcore.SyncBackend().connect_tcp(str(address), port, seconds), self)

    def _addresses(self, host: str, port: int) -> Sequence[Address]:
        if address := literal(host):
            return [address]
        # The system's resolver knows no deadline: a look-up that overstays it is left behind.
        pool = ThreadPoolExecutor(max_workers=1)
        try:
            return pool.submit(self._resolver, host, port).result(timeout=self.left())
        except TimeoutError as error:
            raise httpcore.ConnectTimeout("The name service does not answer.") from error
        except (OSError, UnicodeError) as error:
            again = isinstance(error, OSError) and error.errno == socket.EAI_AGAIN
            raise NameUnknown(host, passing=again) from error
        finally:
            pool.shutdown(wait=False)


class _Timed(httpcore.NetworkStream):
    """A connection whose every step ends at the deadline, so that no drip can stretch it."""

    def __init__(self, stream: httpcore.NetworkStream, guarded: Guarded) -> None:
        self._stream = stream
        self._guarded = guarded

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._guarded.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._guarded.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        secure = self._stream.start_tls(ssl_context, server_hostname, self._guarded.left())
        return _Timed(secure, self._guarded)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class Transport(httpx.BaseTransport):
    """httpx's way to a server through `Guarded`, which its own transport does not let choose."""

    def __init__(self, guarded: Guarded, tls: ssl.SSLContext) -> None:
        self._pool = httpcore.ConnectionPool(ssl_context=tls, network_backend=guarded)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request whose body is known; raises httpcore's errors as they are."""
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        answer = self._pool.handle_request(
            httpcore.Request(
                request.method, url, headers=request.headers.raw, content=request.read() or None
            )
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer))

    def close(self) -> None:
        """Close every connection."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        return self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()
