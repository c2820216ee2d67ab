"""Which network addresses a source may lead us to.

The table is our own: ``ipaddress.is_global`` differs between Python versions and says yes to
NAT64, 6to4 and IPv4-compatible spellings of 127.0.0.1 (CVE-2024-4032 in part). Names are from the
IANA IPv4 and IPv6 Special-Purpose Address Registries.
"""

from collections.abc import Iterable
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_network,
)
from typing import Final, TypeAlias

Address: TypeAlias = IPv4Address | IPv6Address
Network: TypeAlias = IPv4Network | IPv6Network

_IPV4: Final = tuple(
    (IPv4Network(cidr), reason)
    for cidr, reason in (
        ("0.0.0.0/8", "this host"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "carrier-grade NAT"),
        ("127.0.0.0/8", "loopback"),
        ("169.254.0.0/16", "link-local"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "reserved for protocols"),
        ("192.0.2.0/24", "documentation"),
        ("192.88.99.0/24", "6to4 relay"),
        ("192.168.0.0/16", "private"),
        ("198.18.0.0/15", "benchmarking"),
        ("198.51.100.0/24", "documentation"),
        ("203.0.113.0/24", "documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
    )
)

# Only 2000::/3 is global unicast (RFC 4291, section 2.4); these are the exceptions inside it, and
# names for what lies outside it.
_GLOBAL_UNICAST: Final = IPv6Network("2000::/3")
_IPV6: Final = tuple(
    (IPv6Network(cidr), reason)
    for cidr, reason in (
        ("::1/128", "loopback"),
        ("::/128", "this host"),
        ("::/96", "IPv4-compatible"),
        ("64:ff9b:1::/48", "local-use NAT64"),
        ("100::/64", "discard-only"),
        ("2001::/32", "Teredo"),
        ("2001::/23", "reserved for protocols"),
        ("2001:db8::/32", "documentation"),
        ("2002::/16", "6to4"),
        ("3fff::/20", "documentation"),
        ("fc00::/7", "private"),
        ("fe80::/10", "link-local"),
        ("fec0::/10", "site-local"),
        ("ff00::/8", "multicast"),
    )
)

# Prefixes whose last 32 bits are the IPv4 address that the packet ends at.
_CARRIES_IPV4: Final = (
    (IPv6Network("::ffff:0:0/96"), "IPv4-mapped"),
    (IPv6Network("64:ff9b::/96"), "NAT64"),
)


def blocked_reason(address: Address) -> str | None:
    """Why no source may lead us to ``address``, or ``None`` for a public one.

    IPv4-mapped and NAT64 (RFC 6052) addresses are judged by the IPv4 address they carry, since a
    network without IPv4 of its own reaches every older server through NAT64.
    """
    if isinstance(address, IPv4Address):
        return next((reason for net, reason in _IPV4 if address in net), None)
    for net, name in _CARRIES_IPV4:
        if address in net:
            inner = blocked_reason(IPv4Address(int(address) & 0xFFFF_FFFF))
            return f"{name} {inner}" if inner else None
    for net, reason in _IPV6:
        if address in net:
            return reason
    return None if address in _GLOBAL_UNICAST else "reserved"


_IN_SWEDISH: Final = {
    "this host": "den egna datorn",
    "private": "privat",
    "carrier-grade NAT": "operatörens NAT",
    "loopback": "den egna datorn",
    "link-local": "lokal länk",
    "reserved for protocols": "reserverad för protokoll",
    "documentation": "för dokumentation",
    "6to4 relay": "6to4-relä",
    "benchmarking": "för mätningar",
    "multicast": "multicast",
    "reserved": "reserverad",
    "IPv4-compatible": "IPv4-kompatibel",
    "local-use NAT64": "lokal NAT64",
    "discard-only": "kastas",
    "Teredo": "Teredo",
    "6to4": "6to4",
    "site-local": "lokal plats",
}


def in_swedish(reason: str) -> str:
    """A reason of :func:`blocked_reason` in Swedish."""
    for carrier in ("IPv4-mapped ", "NAT64 "):
        if reason.startswith(carrier):
            return carrier + in_swedish(reason.removeprefix(carrier))
    return _IN_SWEDISH[reason]


def parse_networks(cidrs: Iterable[str]) -> tuple[Network, ...]:
    """Read ``allow_private``: CIDR texts or single addresses. Raises ValueError."""
    return tuple(ip_network(cidr.strip(), strict=False) for cidr in cidrs)


def permitted(address: Address, networks: Iterable[Network]) -> bool:
    """Whether the operator has listed ``address``."""
    return any(address.version == net.version and address in net for net in networks)
