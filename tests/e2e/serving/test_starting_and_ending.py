"""How a preview is started, why it may not be, and how it ends."""

from __future__ import annotations

import signal
import socket
from http.client import HTTPConnection
from typing import TYPE_CHECKING

import pytest

from tests.support.previewed import (
    INTERNAL_ALONE,
    twofold,
    write,
)
from tests.support.previewing import PATIENCE, previewing, until

if TYPE_CHECKING:
    from pathlib import Path


def test_a_port_in_use_is_a_clear_message(root: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        run = twofold(root, "serve", "--addr", f"127.0.0.1:{port}")
    assert run.returncode == 2
    assert f"cannot serve on 127.0.0.1:{port}: something else is running there" in run.stderr
    assert "--addr 127.0.0.1:" in run.stderr
    assert "Traceback" not in run.stderr
    assert not (root / ".twofold").exists()


@pytest.mark.parametrize(
    "addr", ["8000", "localhost", "localhost:", "localhost:x", ":8000", "localhost:70000"]
)
def test_a_misspelt_address_is_a_usage_error(root: Path, addr: str) -> None:
    run = twofold(root, "serve", "--addr", addr)
    assert run.returncode == 2
    assert "HOST:PORT" in run.stderr


def test_an_audience_that_there_is_not_is_a_usage_error(root: Path) -> None:
    run = twofold(root, "serve", "--addr", "127.0.0.1:0", "--audience", "nobody")
    assert run.returncode == 2
    assert "there is no audience 'nobody'" in run.stderr


def test_a_folder_without_configuration_is_a_usage_error(tmp_path: Path) -> None:
    run = twofold(tmp_path, "serve", "--addr", "127.0.0.1:0")
    assert run.returncode == 2
    assert "mkdocs.yml is not there" in run.stderr


@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_ends_it_cleanly(root: Path, kind: signal.Signals) -> None:
    with previewing(root, *INTERNAL_ALONE) as preview:
        preview.says("Built ")
        # Somebody listening does not hold it up.
        connection = HTTPConnection(preview.host, preview.port, timeout=PATIENCE)
        connection.request("GET", "/.twofold/events/internal")
        assert connection.getresponse().status == 200
        assert preview.interrupt(kind) == 0
        connection.close()
    assert "Traceback" not in preview.printed
    assert preview.printed.endswith("The preview has ended.\n")


def test_an_interruption_during_the_first_build_ends_it_cleanly(root: Path) -> None:
    with previewing(root, *INTERNAL_ALONE) as preview:
        assert preview.interrupt() == 0
    assert "Traceback" not in preview.printed
    assert not (root / ".twofold/preview").exists()


def test_open_opens_the_browser(root: Path, tmp_path: Path) -> None:
    browser = tmp_path / "browser"
    write(browser, f'#!/bin/sh\necho "$1" > "{tmp_path}/opened"\n')
    browser.chmod(0o755)
    with previewing(root, "--addr", "127.0.0.1:0", "--open", BROWSER=f"{browser} %s") as preview:
        opened = tmp_path / "opened"
        assert until(lambda: opened.exists() and opened.read_text().strip()) == preview.url
