"""Runs commands in this process, on a project with an item or two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twofold import cli

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def item(project: Path, text: str = "title: Offline\nstatus: idea\n", name: str = "offline.yml") -> Path:
    path = project / "content" / "roadmap" / name
    path.write_text(text, encoding="utf-8")
    return path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = cli.run(arguments)
    out, err = capsys.readouterr()
    return status, out, err
