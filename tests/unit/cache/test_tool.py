"""Another Twofold, or other packages beside it, recall nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from twofold.cache import tool
from twofold.render.resources import overrides_folder


@pytest.mark.parametrize("change", ["code", "template", "new file", "renamed", "another version"])
def test_each_change_of_the_code_or_of_what_is_installed_shows(tmp_path: Path, change: str) -> None:
    package, templates, installed = (tmp_path / name for name in ("package", "templates", "installed"))
    for folder in (package / "inner", templates, installed / "markupsafe-3.0.2.dist-info"):
        folder.mkdir(parents=True)
    code, template = package / "inner/code.py", templates / "main.html"
    code.write_text("one = 1\n", encoding="utf-8")
    template.write_text("<p>\n", encoding="utf-8")

    def digest() -> bytes:
        return tool.digest(package=package, templates=templates, installed=[str(installed)])

    before = digest()
    assert digest() == before
    match change:
        case "code":
            code.write_text("one = 2\n", encoding="utf-8")
        case "template":
            template.write_text("<b>\n", encoding="utf-8")
        case "new file":
            (templates / "empty.html").touch()
        case "renamed":
            code.rename(package / "inner/other.py")
        case _:
            (installed / "markupsafe-3.0.2.dist-info").rename(installed / "markupsafe-3.0.3.dist-info")
    assert digest() != before


def test_the_templates_that_count_are_those_that_render() -> None:
    assert tool.TEMPLATES.resolve() == overrides_folder()
    assert Path(tool.PACKAGE / "cli/check.py").is_file()
