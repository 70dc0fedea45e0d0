"""Only public addresses may be reached, in whatever form the others come."""

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.intake.guard import Allowance, allowance, forbidden, literal, objection

PUBLIC = ip_address("93.184.216.34")


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        pytest.param("0.0.0.0", "unspecified", id="unspecified"),
        pytest.param("0.1.2.3", "unspecified", id="this-network"),
        pytest.param("10.0.0.1", "private", id="private-10"),
        pytest.param("172.16.0.1", "private", id="private-172-first"),
        pytest.param("172.31.255.255", "private", id="private-172-last"),
        pytest.param("192.168.1.1", "private", id="private-192"),
        pytest.param("198.19.0.1", "private", id="benchmark-network"),
        pytest.param("100.64.0.1", "private", id="carrier-nat"),
        pytest.param("100.100.100.200", "private", id="metadata-alibaba"),
        pytest.param("127.0.0.1", "this machine", id="loopback"),
        pytest.param("127.255.255.254", "this machine", id="loopback-last"),
        pytest.param("169.254.169.254", "metadata", id="metadata"),
        pytest.param("169.254.170.2", "metadata", id="metadata-containers"),
        pytest.param("168.63.129.16", "metadata", id="metadata-azure"),
        pytest.param("192.0.0.192", "reserved", id="metadata-oracle"),
        pytest.param("192.0.2.7", "examples", id="documentation"),
        pytest.param("192.88.99.1", "reserved", id="6to4-relay"),
        pytest.param("224.0.0.1", "multicast", id="multicast"),
        pytest.param("255.255.255.255", "reserved", id="broadcast"),
        pytest.param("::", "unspecified", id="v6-unspecified"),
        pytest.param("::1", "this machine", id="v6-loopback"),
        pytest.param("::7f00:1", "reserved", id="v4-compatible"),
        pytest.param("fc00::1", "private", id="v6-private"),
        pytest.param("fd00:ec2::254", "private", id="v6-metadata"),
        pytest.param("fe80::1", "link-local", id="v6-link-local"),
        pytest.param("fe80::1%eth0", "link-local", id="v6-link-local-with-zone"),
        pytest.param("fec0::1", "reserved", id="v6-site-local"),
        pytest.param("ff02::1", "multicast", id="v6-multicast"),
        pytest.param("2001:db8::1", "examples", id="v6-documentation"),
        pytest.param("100::1", "reserved", id="v6-discard"),
        pytest.param("::ffff:127.0.0.1", "this machine", id="mapped-loopback"),
        pytest.param("::ffff:169.254.169.254", "metadata", id="mapped-metadata"),
        pytest.param("64:ff9b::10.0.0.1", "private", id="nat64-private"),
        pytest.param("64:ff9b::169.254.169.254", "metadata", id="nat64-metadata"),
        pytest.param("64:ff9b:1::10.0.0.1", "reserved", id="nat64-local-use"),
        pytest.param("2002:7f00:1::", "tunnel", id="6to4-loopback"),
        pytest.param("2002:a9fe:a9fe::1", "tunnel", id="6to4-metadata"),
        pytest.param("2001:0:7f00:1::f5ff:fffe", "tunnel", id="teredo"),
    ],
)
def test_an_address_that_is_not_public_is_forbidden(address, kind):
    assert kind in forbidden(ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("93.184.216.34", id="v4"),
        pytest.param("172.15.255.255", id="before-private"),
        pytest.param("172.32.0.0", id="after-private"),
        pytest.param("100.128.0.0", id="after-carrier-nat"),
        pytest.param("2606:2800:220:1::1", id="v6"),
        pytest.param("2001:200::1", id="v6-after-the-tunnels"),
        pytest.param("::ffff:93.184.216.34", id="mapped-public"),
        pytest.param("64:ff9b::93.184.216.34", id="nat64-public"),
    ],
)
def test_a_public_address_may_be_reached(address):
    assert forbidden(ip_address(address)) == ""


@given(st.ip_addresses(v=4))
def test_what_python_calls_local_is_never_let_through(address):
    local = address.is_private or address.is_multicast or address.is_reserved

    assert not local or forbidden(address)


@given(st.ip_addresses(v=4))
def test_a_mapped_address_is_judged_as_the_address_it_carries(address):
    mapped = IPv6Address((0xFFFF << 32) | int(address))
    translated = IPv6Address((0x64FF9B << 96) | int(address))

    assert forbidden(mapped) == forbidden(translated) == forbidden(address)


# --- hosts that are numbers ---


@pytest.mark.parametrize(
    ("host", "address"),
    [
        pytest.param("2130706433", "127.0.0.1", id="decimal"),
        pytest.param("017700000001", "127.0.0.1", id="octal"),
        pytest.param("0177.0.0.1", "127.0.0.1", id="octal-parts"),
        pytest.param("0x7f000001", "127.0.0.1", id="hexadecimal"),
        pytest.param("0x7f.0.0.1", "127.0.0.1", id="hexadecimal-parts"),
        pytest.param("0X7F.1", "127.0.0.1", id="hexadecimal-short"),
        pytest.param("127.1", "127.0.0.1", id="short"),
        pytest.param("0", "0.0.0.0", id="zero"),
        pytest.param("127.0.0.1.", "127.0.0.1", id="final-dot"),
        pytest.param("2852039166", "169.254.169.254", id="metadata-decimal"),
        pytest.param("0251.0376.0251.0376", "169.254.169.254", id="metadata-octal"),
        pytest.param("0xa9fea9fe", "169.254.169.254", id="metadata-hexadecimal"),
        pytest.param("[::1]", "::1", id="v6-in-brackets"),
        pytest.param("::ffff:7f00:1", "::ffff:7f00:1", id="v6-mapped"),
    ],
)
def test_a_host_in_numbers_is_read_as_the_resolver_reads_it(host, address):
    assert literal(host) == ip_address(address)


@pytest.mark.parametrize(
    "host", ["press.test", "localhost", "999.1.1.1", "", "ümlaut", "1.2.3.4.5"]
)
def test_a_name_is_no_address(host):
    assert literal(host) is None


# --- connections ---


def test_one_forbidden_address_among_several_is_enough():
    why = objection("press.test", 80, [PUBLIC, IPv4Address("127.0.0.1")])

    assert why == "leads to this machine"


def test_ports_of_other_protocols_are_refused():
    assert objection("press.test", 25, [PUBLIC]) == "asks for port 25, where web pages do not live"


@pytest.mark.parametrize("port", [80, 443, 8080, 8443])
def test_web_ports_of_a_public_address_are_open(port):
    assert objection("press.test", port, [PUBLIC]) == ""


@pytest.mark.parametrize(
    ("entry", "host", "port"),
    [
        pytest.param("127.0.0.1:9000", "press.test", 9001, id="other-port"),
        pytest.param("127.0.0.2", "press.test", 9000, id="other-address"),
        pytest.param("press.test:9000", "other.test", 9000, id="other-name"),
        pytest.param("press.test:9000", "a.press.test", 9000, id="name-below"),
        pytest.param("press.test:9000", "press.test", 80, id="name-at-another-port"),
    ],
)
def test_an_allowance_covers_nothing_beside_it(entry, host, port):
    assert objection(host, port, [IPv4Address("127.0.0.1")], [allowance(entry)])


@pytest.mark.parametrize(
    ("entry", "host"),
    [
        pytest.param("127.0.0.1:9000", "press.test", id="address-and-port"),
        pytest.param("127.0.0.1", "press.test", id="address"),
        pytest.param("press.test:9000", "press.test", id="name-and-port"),
        pytest.param("Press.Test.:9000", "PRESS.test.", id="name-however-written"),
    ],
)
def test_an_allowance_opens_what_it_names(entry, host):
    assert objection(host, 9000, [IPv4Address("127.0.0.1")], [allowance(entry)]) == ""


@pytest.mark.parametrize(
    "entry", ["", "press.test", "press.test:port", "[press.test]:80", "http://a.test:80", "[::1"]
)
def test_an_allowance_that_says_too_little_is_refused(entry):
    with pytest.raises(ValueError, match=r"write|needs"):
        allowance(entry)


@pytest.mark.parametrize(
    ("entry", "read"),
    [
        ("::1", Allowance("::1", None)),
        ("[::1]:80", Allowance("::1", 80)),
        (" 127.0.0.1:80 ", Allowance("127.0.0.1", 80)),
    ],
)
def test_an_allowance_is_read(entry, read):
    assert allowance(entry) == read
