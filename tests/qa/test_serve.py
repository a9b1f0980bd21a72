"""`qa serve` as a process: where it listens, how it stops, and that one archive has one owner."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psutil
import pytest

from ingest.settings import Settings
from qa.bootstrap import open_service

QA = [sys.executable, "-m", "qa"]


def environment(folder: Path) -> dict[str, str]:
    """Settings of a process that keeps its archive in a folder."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("QA_")}
    return plain | {"QA_DATA_DIR": str(folder), "COLUMNS": "200"}


class Served:
    """A running `qa serve`."""

    def __init__(self, process: subprocess.Popen[str], address: str) -> None:
        self.process = process
        self.address = address

    def stop(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
        """Send a signal and wait; gives exit code and what it still said."""
        self.process.send_signal(number)
        _, rest = self.process.communicate(timeout=60)
        return self.process.returncode, rest


@contextmanager
def running(folder: Path, *options: str, **variables: str) -> Iterator[Served]:
    """Run `qa serve` on a free port until it listens; kill it at the end if it is still there."""
    process = subprocess.Popen(
        [*QA, "serve", "--port", "0", *options],
        env=environment(folder) | variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stderr
        said = []
        for line in process.stderr:
            said.append(line)
            if found := re.search(r"running on (http://\S+)", line):
                yield Served(process, found[1])
                return
        pytest.fail("qa serve ended before it listened:\n" + "".join(said))
    finally:
        process.kill()
        process.communicate()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, Path]]:
    """A server over an archive of its own, and its folder."""
    folder = tmp_path_factory.mktemp("served")
    with running(folder) as server:
        yield server, folder


def test_listens_on_loopback(served: tuple[Served, Path]) -> None:
    """Unless told otherwise, it listens on 127.0.0.1 and nowhere else."""
    server, _ = served
    listening = [
        connection.laddr.ip
        for connection in psutil.Process(server.process.pid).net_connections()
        if connection.status == psutil.CONN_LISTEN
    ]

    assert listening == ["127.0.0.1"]


def test_serves_from_empty_to_answered(served: tuple[Served, Path]) -> None:
    """A fresh folder is served at once; what is sent to it can be asked for."""
    server, _ = served
    with httpx.Client(base_url=server.address, trust_env=False, timeout=60) as http:
        assert http.post("/v1/ask", json={"question": "q"}).json()["reason"] == "no_match"
        text = "قال خفر السواحل إن 41 شخصاً قُتلوا في غرق العبّارة."
        http.post("/v1/articles", json={"articles": [{"id": "a", "text": text}]})

        assert [text] == [one["text"] for one in http.post("/v1/search", json={"query": "ferry"}).json()["passages"]]
        http.delete("/v1/articles/a")


@pytest.mark.parametrize("command", [["serve", "--port", "0"], ["ask", "How many?"]], ids=" ".join)
def test_one_owner(served: tuple[Served, Path], command: list[str]) -> None:
    """A second process on the same folder ends with exit code 1 and says who has it and what to do."""
    server, folder = served
    done = subprocess.run(
        [*QA, *command], env=environment(folder), capture_output=True, text=True, timeout=60, check=False
    )

    assert done.returncode == 1
    assert done.stdout == ""
    assert f"pid {server.process.pid}" in done.stderr
    assert "QA_CHROMA_URL" in done.stderr
    assert "Traceback" not in done.stderr


def test_port_in_use(served: tuple[Served, Path], tmp_path: Path) -> None:
    """A port that is taken is exit code 1, with a word about it and no traceback."""
    server, _ = served
    port = server.address.rsplit(":", 1)[1]
    done = subprocess.run(
        [*QA, "serve", "--port", port],
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 1
    assert "address already in use" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_stops_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    """SIGTERM, and Ctrl-C, close the service (here on a `--host`): exit code 0, no traceback, the archive is free."""
    with running(tmp_path, "--host", "127.0.0.2") as server:
        assert server.address.startswith("http://127.0.0.2:")
        httpx.post(
            f"{server.address}/v1/articles", json={"articles": [{"id": "a", "text": "A ferry sank."}]}, timeout=60
        )
        code, said = server.stop(number)

    assert code == 0
    assert "Traceback" not in said
    with open_service(Settings(data_dir=tmp_path)) as service:
        assert service.library.archive.get("a").text == "A ferry sank."
        service.library.index.check()


def test_an_unfinished_request_does_not_keep_it_alive(tmp_path: Path) -> None:
    """A client that never ends its body is left behind after the grace that the settings give."""
    with running(tmp_path, QA_GRACE_SECONDS="1") as server:
        host, port = server.address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as client:
            client.sendall(b"POST /v1/ask HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
            httpx.get(f"{server.address}/healthz", trust_env=False)  # by now the request above is under way
            server.stop()

    with open_service(Settings(data_dir=tmp_path)) as service:
        service.library.index.check()


def test_the_log_is_on_standard_error_with_request_ids(tmp_path: Path) -> None:
    """Standard output stays empty; a client's request id finds its line in the log."""
    with running(tmp_path) as server:
        httpx.get(f"{server.address}/healthz", headers={"X-Request-ID": "desk-42"}, trust_env=False)
        server.process.send_signal(signal.SIGTERM)
        out, said = server.process.communicate(timeout=60)

    assert out == ""
    assert re.search(r"GET /healthz.* 200.*\[desk-42\]", said)
