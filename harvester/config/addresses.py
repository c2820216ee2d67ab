"""Addresses of sources and networks, checked before any request is sent."""

import re
from collections.abc import Callable
from ipaddress import ip_network
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

from harvester.words import Text

Fail = Callable[[Text], NoReturn]


def read_url(value: str, folder: Path, fail: Fail) -> str:
    """A web address as it is, a path as an absolute one; ``fail`` gets the why."""
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", value) is None:
        return str((folder / value).resolve())
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        fail(Text(f"ingen adress: {error}", f"not an address: {error}"))
    if parts.scheme.lower() not in ("http", "https"):
        fail(
            Text(
                f'"{parts.scheme}:" kan inte hämtas; använd http, https eller en sökväg',
                f'"{parts.scheme}:" cannot be fetched; use http, https or a path',
            ),
        )
    if not host:
        fail(Text("saknar värdnamn", "has no host name"))
    if parts.username is not None or parts.password is not None:
        fail(
            Text(
                'ett lösenord i en adress ses av många; använd headers = { ... env = "..."}',
                'a password in an address is seen by many; use headers = { ... env = "..."}',
            ),
        )
    return value


def check_network(value: str, fail: Fail) -> None:
    """Let nothing but a network of a sensible size pass; ``fail`` gets the why."""
    try:
        network = ip_network(value)
    except ValueError as error:
        fail(
            Text(
                f'"{value}": {error}; skriv det som 10.1.2.0/24',
                f'"{value}": {error}; write it as 10.1.2.0/24',
            ),
        )
    if network.prefixlen < (8 if network.version == 4 else 7):
        fail(
            Text(
                f'"{value}" är för brett; ange den här källans nät',
                f'"{value}" is too wide; name the network of this source',
            ),
        )
