"""Tests reach nothing outside this machine and take nothing from the shell's settings."""

import asyncio
import os
import re
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

OUTSIDE = """
import socket
import urllib.request
import httpx
import pytest

@pytest.mark.parametrize("reach", [
    lambda: socket.create_connection(("192.0.2.1", 80), 1),
    lambda: socket.getaddrinfo("example.com", 80),
    lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"", ("192.0.2.1", 9)),
    lambda: httpx.get("http://example.com"),
    lambda: urllib.request.urlopen("http://192.0.2.1"),
])
def test_swallowed(reach):
    try:
        reach()
    except Exception:
        pass
"""


def test_a_test_that_would_leave_the_machine_fails(tmp_path: Path) -> None:
    """By any way out, also where the code under test swallows every error."""
    (tmp_path / "conftest.py").write_bytes(Path(__file__).with_name("conftest.py").read_bytes())
    (tmp_path / "test_outside.py").write_text(OUTSIDE, encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)],
        cwd=tmp_path, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 1
    assert "5 errors" in done.stdout
    # In the tracebacks alone: under CI, pytest says it again in its summary.
    assert len(re.findall(r"^E\s+Failed: The test tried to reach", done.stdout, re.MULTILINE)) == 5


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_this_machine_can_be_reached(host: str) -> None:
    """Servers on loopback are how tests stand in for the world, also from an event loop."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        accepted = threading.Thread(target=lambda: [server.accept() for _ in range(2)])
        accepted.start()
        port = server.getsockname()[1]
        socket.create_connection((host, port)).close()

        async def connect() -> None:
            _, writer = await asyncio.open_connection(host, port)
            writer.close()

        asyncio.run(connect())
        accepted.join()


def test_settings_of_the_shell_are_gone() -> None:
    """No QA_ variable is left."""
    assert [name for name in os.environ if name.startswith("QA_")] == []
