from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.fetch.addresses import blocked_reason, parse_networks, permitted


@pytest.mark.case("S25")
@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("0.0.0.0", "this host"),
        ("10.1.2.3", "private"),
        ("100.64.0.1", "carrier-grade NAT"),
        ("127.0.0.1", "loopback"),
        ("127.255.255.254", "loopback"),
        ("169.254.169.254", "link-local"),
        ("172.31.255.255", "private"),
        ("192.0.0.8", "reserved for protocols"),
        ("192.0.2.1", "documentation"),
        ("192.168.1.1", "private"),
        ("198.19.0.1", "benchmarking"),
        ("224.0.0.1", "multicast"),
        ("255.255.255.255", "reserved"),
        ("::", "this host"),
        ("::1", "loopback"),
        ("::127.0.0.1", "IPv4-compatible"),
        ("::ffff:127.0.0.1", "IPv4-mapped loopback"),
        ("::ffff:10.0.0.1", "IPv4-mapped private"),
        ("64:ff9b::7f00:1", "NAT64 loopback"),
        ("64:ff9b::a9fe:a9fe", "NAT64 link-local"),
        ("64:ff9b:1::1", "local-use NAT64"),
        ("100::1", "discard-only"),
        ("2001::1", "Teredo"),
        ("2001:2::1", "reserved for protocols"),
        ("2001:db8::1", "documentation"),
        ("2002:7f00:1::", "6to4"),
        ("3fff::1", "documentation"),
        ("4000::1", "reserved"),
        ("fd00::1", "private"),
        ("fe80::1", "link-local"),
        ("fec0::1", "site-local"),
        ("ff02::1", "multicast"),
    ],
)
def test_an_address_that_is_not_public_is_named_for_what_it_is(address: str, reason: str) -> None:
    """S25: the table knows each special range, also those that ``is_global`` misses."""
    assert blocked_reason(ip_address(address)) == reason


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "193.10.0.1", "2001:6b0::1", "2a00:1450::1", "64:ff9b::808:808", "::ffff:8.8.8.8"],
)
def test_a_public_address_is_not_blocked(address: str) -> None:
    """Public addresses pass, also through NAT64, the only way out of some networks."""
    assert blocked_reason(ip_address(address)) is None


@given(st.integers(0, 2**32 - 1))
def test_nothing_that_python_calls_non_global_passes_in_ipv4(number: int) -> None:
    """Our table is at least as strict as the standard library's."""
    address = IPv4Address(number)
    assert blocked_reason(address) or address.is_global


@given(st.integers(0, 2**128 - 1))
def test_nothing_that_python_calls_private_passes_in_ipv6(number: int) -> None:
    """Our table is at least as strict as the standard library's."""
    address = IPv6Address(number)
    special = address.is_private or address.is_multicast or address.is_reserved
    assert blocked_reason(address) or not special


@pytest.mark.case("S25")
def test_the_standard_library_still_calls_special_addresses_global() -> None:
    """S25, weakness on record: ``is_global`` alone would let these through."""
    assert ip_address("64:ff9b::7f00:1").is_global
    assert ip_address("::127.0.0.1").is_global


def test_permission_is_by_network_and_address_family() -> None:
    """A listed network permits its own addresses and no others."""
    networks = parse_networks(("10.1.2.0/24", " fd00::1 "))
    assert permitted(ip_address("10.1.2.3"), networks)
    assert permitted(ip_address("fd00::1"), networks)
    assert not permitted(ip_address("10.1.3.3"), networks)
    assert not permitted(ip_address("::ffff:10.1.2.3"), networks)


def test_a_permission_that_is_no_network_is_an_error() -> None:
    """A typing error in allow_private is not silently no permission."""
    with pytest.raises(ValueError, match="intranet"):
        parse_networks(("intranet",))
