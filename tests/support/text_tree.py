"""A project's files as texts in memory, read as from disk or from git."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from twofold.source.files import Found, decode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from twofold.diagnostics import Diagnostic
    from twofold.source.files import Text

ROOT = Path("/plan")
CONFIG = ROOT / "mkdocs.yml"


class TextTree:
    """Texts by their POSIX path below `ROOT`."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self.files = files

    def data(self, file: Path) -> bytes | None:
        text = self.files.get(file.relative_to(ROOT).as_posix())
        return None if text is None else text.encode()

    def digest(self, file: Path) -> str | None:
        data = self.data(file)
        return None if data is None else sha256(data).hexdigest()

    def is_folder(self, folder: Path) -> bool:
        return any(path.startswith(f"{folder.relative_to(ROOT).as_posix()}/") for path in self.files)

    def resolved(self, path: Path) -> Path:
        return path

    def walk(self, content: Path, *, shown: str) -> tuple[list[Found], list[Diagnostic]]:
        del shown
        prefix = f"{content.relative_to(ROOT).as_posix()}/"
        names = sorted(name for name in self.files if name.startswith(prefix))
        return [Found(path=name.removeprefix(prefix), location=name) for name in names], []

    def read(self, file: Found, *, shown: str) -> Text | Diagnostic:
        return decode(self.files[file.location].encode(), path=f"{shown}/{file.path}")
