"""A golden case: files, and every diagnostic that they give."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from twofold import pipeline
from twofold.checks.catalogue import RULES
from twofold.config import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from twofold.diagnostics import Diagnostic

FOLDER = Path(__file__).parent / "golden"
TODAY = date(2026, 11, 23)
JUDGEMENT = ("TF3*", "TF4*", "TF5*")
"""Codes of rules that weigh a plan; a case about a typo need not be a balanced roadmap."""

KEYS = frozenset({"purpose", "today", "files", "expect", "refused"})

_EXPECTED = re.compile(
    r"(?P<place>.+?:\d+:\d+) (?P<code>TF\d{3}) (?P<severity>error|warning|info)(?: \| (?P<part>.+))?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One file of `tests/golden/<CODE>/`."""

    path: Path
    purpose: str
    today: date
    files: Mapping[str, Any]
    """Path to text, or to `{latin-1: TEXT}` for bytes, or to `{link: TARGET}`."""

    expect: tuple[str, ...]
    refused: str | None
    """Part of the sentence with which the project is refused altogether."""

    @property
    def name(self) -> str:
        return f"{self.path.parent.name}/{self.path.stem}"

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(_parsed(line)["code"] for line in self.expect)

    @property
    def settings(self) -> str:
        """The usual `mkdocs.yml`: rules of judgement are off, but for the one that the case is about."""
        own = RULES[self.path.parent.name]
        rules = ", ".join([*(f'"{family}": off' for family in JUDGEMENT), f"{own.code}: {own.severity}"])
        return f"site_name: Ward\ndocs_dir: content\nplugins:\n  - twofold:\n      rules: {{{rules}}}\n"

    def write(self, folder: Path) -> None:
        (folder / "content").mkdir()
        for path, content in {"mkdocs.yml": self.settings, **self.files}.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, str):
                target.write_bytes(content.encode())
            elif "link" in content:
                target.symlink_to(content["link"])
            else:
                target.write_bytes(content["latin-1"].encode("latin-1"))

    def differences(self, folder: Path) -> list[str]:
        """What is said and not expected (+), or expected and not said (-), in the order of the report."""
        said, refused = _said(folder, today=self.today)
        found: list[str] = []
        if (self.refused is None) != (refused is None) or (self.refused or "") not in (refused or ""):
            found.append(f"refused: {refused!r}, expected: {self.refused!r}")
        expected = [_parsed(line) for line in self.expect]
        shown = [_shown(diagnostic) for diagnostic in said]
        wanted = [f"{one['place']} {one['code']} {one['severity']}" for one in expected]
        if shown != wanted:
            texts = [
                f"{line} | {diagnostic.message} ({diagnostic.hint})"
                for line, diagnostic in zip(shown, said, strict=True)
            ]
            return [*found, *(f"+ {text}" for text in texts), *(f"- {line}" for line in wanted)]
        for one, diagnostic in zip(expected, said, strict=True):
            text = f"{diagnostic.message} ({diagnostic.hint})"
            if one["part"] and one["part"] not in text:
                found.append(f"{_shown(diagnostic)} says {text!r}, not {one['part']!r}")
        return found


def cases() -> list[Case]:
    """Every case, by its path."""
    return [_case(path) for path in sorted(FOLDER.glob("*/*.yml"))]


def _case(path: Path) -> Case:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not (KEYS >= set(data) >= {"purpose", "files"}):
        needed = "purpose, files, and may have today, expect and refused"
        raise ValueError(f"{path}: a case has {needed}; not {sorted(data)}")
    return Case(
        path=path,
        purpose=data["purpose"],
        today=data.get("today", TODAY),
        files=data["files"],
        expect=tuple(data.get("expect") or ()),
        refused=data.get("refused"),
    )


def _said(folder: Path, *, today: date) -> tuple[Iterable[Diagnostic], str | None]:
    try:
        return pipeline.load(folder / "mkdocs.yml", environ={}, today=today).report.diagnostics, None
    except ConfigurationError as error:
        return error.diagnostics, str(error)


def _shown(diagnostic: Diagnostic) -> str:
    span = diagnostic.span
    return f"{span.path}:{span.line}:{span.column} {diagnostic.code} {diagnostic.severity}"


def _parsed(line: str) -> re.Match[str]:
    match = _EXPECTED.fullmatch(line)
    if match is None:
        raise ValueError(f"write `path:line:column TF000 severity | part of the message`, not {line!r}")
    return match
