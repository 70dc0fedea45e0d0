"""Which addresses a fetch may reach: public ones, whatever the others are dressed up as.

An address counts, not a name: a name is judged by every address that it resolves to. What an
operator allows by name and port, or by address, is exempt; nothing else is.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address

PORTS = frozenset({80, 443, 8080, 8443})
"""Where web servers listen: elsewhere a request may be taken for another protocol's words."""

# IANA IPv4 Special-Purpose Address Registry (RFC 6890 and its successors), and two of its own.
_FORBIDDEN_4 = {
    IPv4Network("0.0.0.0/8"): "an unspecified address",  # RFC 791
    IPv4Network("10.0.0.0/8"): "a private network",  # RFC 1918
    IPv4Network("100.64.0.0/10"): "a carrier's private network",  # RFC 6598
    IPv4Network("127.0.0.0/8"): "this machine",  # RFC 1122
    IPv4Network("168.63.129.16/32"): "a cloud's metadata service",  # Azure, in its public space
    IPv4Network("169.254.0.0/16"): "a link-local or metadata address",  # RFC 3927
    IPv4Network("172.16.0.0/12"): "a private network",  # RFC 1918
    IPv4Network("192.0.0.0/24"): "a reserved address",  # RFC 6890
    IPv4Network("192.0.2.0/24"): "an address for examples",  # RFC 5737
    IPv4Network("192.88.99.0/24"): "a reserved address",  # RFC 7526
    IPv4Network("192.168.0.0/16"): "a private network",  # RFC 1918
    IPv4Network("198.18.0.0/15"): "a private network",  # RFC 2544
    IPv4Network("198.51.100.0/24"): "an address for examples",  # RFC 5737
    IPv4Network("203.0.113.0/24"): "an address for examples",  # RFC 5737
    IPv4Network("224.0.0.0/4"): "a multicast address",  # RFC 5771
    IPv4Network("240.0.0.0/4"): "a reserved address",  # RFC 1112, 8190
}
# IANA IPv6 Special-Purpose Address Registry; outside 2000::/3 nothing is public (RFC 4291).
_PUBLIC_6 = IPv6Network("2000::/3")
_FORBIDDEN_6 = {
    IPv6Network("::/128"): "an unspecified address",  # RFC 4291
    IPv6Network("::1/128"): "this machine",  # RFC 4291
    IPv6Network("2001::/23"): "a tunnel or a reserved address",  # RFC 2928; Teredo, RFC 4380
    IPv6Network("2001:db8::/32"): "an address for examples",  # RFC 3849
    IPv6Network("2002::/16"): "a tunnel to an IPv4 address",  # 6to4, RFC 3056, 7526
    IPv6Network("3fff::/20"): "an address for examples",  # RFC 9637
    IPv6Network("fc00::/7"): "a private network",  # RFC 4193
    IPv6Network("fe80::/10"): "a link-local address",  # RFC 4291
    IPv6Network("ff00::/8"): "a multicast address",  # RFC 4291
}
# The last 32 bits are the IPv4 address that the packet goes to: IPv4-mapped, NAT64 (RFC 6052).
_CARRIERS = (IPv6Network("::ffff:0:0/96"), IPv6Network("64:ff9b::/96"))

_ENTRY = re.compile(r"(?:\[(?P<six>[^\]]+)\]|(?P<host>[^:\[\]]+))(?::(?P<port>\d{1,5}))?")


@dataclass(frozen=True)
class Allowance:
    """One exemption: a host name with its port, or an address with a port or with all of them."""

    host: str
    port: int | None

    def covers(self, host: str, port: int, address: Address) -> bool:
        """Whether this address, reached by this name or number, is meant."""
        named = self.host in {host.lower().rstrip("."), str(address)}
        return named and self.port in {None, port}


def allowance(entry: str) -> Allowance:
    """Return what "press.test:8123", "127.0.0.1", "127.0.0.1:8123" or "[::1]:80" allows.

    Raises ValueError on anything else, and on a name without a port.
    """
    text = entry.strip().lower()
    found = _ENTRY.fullmatch(f"[{text}]" if text.count(":") > 1 and text[0] != "[" else text)
    if not found:
        raise ValueError(f"{entry!r}: write host:port or an address.")
    address = literal(found["six"] or found["host"])
    port = int(found["port"]) if found["port"] else None
    if not address and (found["six"] or port is None):
        raise ValueError(f"{entry!r}: a name needs a port, and brackets hold an IPv6 address.")
    return Allowance(str(address) if address else found["host"].rstrip("."), port)


def literal(host: str) -> Address | None:
    """Return the address that a host stands for without being looked up, or None for a name.

    Reads the decimal, octal, hexadecimal and shortened forms as the system's resolver does.
    """
    bare = host.strip("[]").rstrip(".")
    try:
        return ip_address(bare)
    except ValueError:
        pass
    try:
        return IPv4Address(socket.inet_aton(bare))
    except (OSError, UnicodeError):
        return None


def forbidden(address: Address) -> str:
    """Return what kind of address this is if it must not be reached, or "" for a public one."""
    if isinstance(address, IPv4Address):
        return next((kind for net, kind in _FORBIDDEN_4.items() if address in net), "")
    if any(address in carrier for carrier in _CARRIERS):
        return forbidden(IPv4Address(int(address) & 0xFFFF_FFFF))
    kind = next((kind for net, kind in _FORBIDDEN_6.items() if address in net), "")
    return kind or ("" if address in _PUBLIC_6 else "a reserved address")


def objection(
    host: str, port: int, addresses: Iterable[Address], allow: Iterable[Allowance] = ()
) -> str:
    """Return why a connection must not be made, as the end of a sentence, or "" if it may.

    One forbidden address among several is enough: the next look-up might choose it.
    """
    allowed = tuple(allow)
    for address in addresses:
        if any(entry.covers(host, port, address) for entry in allowed):
            continue
        if kind := forbidden(address):
            return f"leads to {kind}"
        if port not in PORTS:
            return f"asks for port {port}, where web pages do not live"
    return ""
