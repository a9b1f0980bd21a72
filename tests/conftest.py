"""For every test: no settings from outside, and no network but this machine's own."""

import ipaddress
import os
import socket
import sys
from collections.abc import Iterator
from typing import Any

import pytest

_reached: list[str] = []
"""Addresses that the running test tried to reach."""


class NetworkBlockedError(RuntimeError):
    """A test would have reached another machine."""


def _is_here(host: Any) -> bool:
    """Tell whether a host is this machine; `None` and the empty name are any address of it."""
    name = host.decode() if isinstance(host, bytes) else host
    if name in {None, "", "localhost", socket.gethostname()}:
        return True
    try:
        address = ipaddress.ip_address(name.split("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _guard(event: str, args: tuple[Any, ...]) -> None:
    """Refuse connections, datagrams and name look-ups that leave the machine (an audit hook: all of Python's)."""
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        address = args[1]
        host = address[0] if isinstance(address, tuple) else None  # a path is a socket of this machine's
    elif event == "socket.getaddrinfo":
        host = args[0]
    else:
        return
    if not _is_here(host):
        _reached.append(str(host))
        raise NetworkBlockedError(f"A test would reach {host}.")


sys.addaudithook(_guard)


@pytest.fixture(autouse=True)
def _no_network() -> Iterator[None]:
    """Fail a test that tried to reach another machine, even where the code under test swallowed the error."""
    _reached.clear()
    yield
    if _reached:
        pytest.fail(f"The test tried to reach {', '.join(_reached)}.")


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start every test from the default settings, whatever the shell has set."""
    for name in os.environ:
        if name.startswith(("QA_", "OPENAI_", "CHROMA_")):
            monkeypatch.delenv(name)
