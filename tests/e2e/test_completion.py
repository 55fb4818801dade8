"""Completion at the prompt, as the shells ask for it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from twofold.cli import options
from twofold.model.fields import INTERNAL


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (("ser",), ["serve"]),
        (("serve", "--audience", ""), ["internal", "customer", "user"]),
        (("build", "--audience", "int"), ["internal"]),
        (("explain", "tf104"), ["TF104"]),
        (("explain", "TF104"), ["TF104"]),
        (("explain", "invalid-v"), ["invalid-value"]),
    ],
)
def test_the_prompt_completes(
    monkeypatch: pytest.MonkeyPatch, typed: tuple[str, ...], offered: list[str]
) -> None:
    monkeypatch.setenv("_TWOFOLD_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", " ".join(("twofold", *typed)))
    monkeypatch.setenv("COMP_CWORD", str(len(typed)))
    run = subprocess.run([sys.executable, "-m", "twofold"], capture_output=True, text=True, check=False)
    assert run.stdout.split() == [f"plain,{name}" for name in offered]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_script(monkeypatch: pytest.MonkeyPatch, shell: str) -> None:
    monkeypatch.setenv("_TWOFOLD_COMPLETE", f"{shell}_source")
    run = subprocess.run([sys.executable, "-m", "twofold"], capture_output=True, text=True, check=False)
    assert "_TWOFOLD_COMPLETE" in run.stdout
    assert f"_TWOFOLD_COMPLETE={shell}_source" in twofold_help()


def twofold_help() -> str:
    return subprocess.run(
        [sys.executable, "-m", "twofold", "--help"],
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": ":".join(sys.path)},
    ).stdout


def test_completion_knows_the_name_of_the_internal_audience() -> None:
    assert options.INTERNAL == INTERNAL
