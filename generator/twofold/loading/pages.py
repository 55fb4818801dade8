"""Hand-written pages: Markdown with a small, fixed front matter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, ValidationError

from twofold.diagnostics import Diagnostic
from twofold.loading.diagnose import Places, diagnose
from twofold.model.fields import Labels, Number, Text, Vocabulary
from twofold.model.record import Strict
from twofold.model.settings import Flag
from twofold.source import frontmatter, yaml

if TYPE_CHECKING:
    from twofold.source import files

_HEADING = re.compile(r"^#[ \t]+(.+?)[ \t#]*$", re.MULTILINE)


class Search(Strict):
    """How the search index treats a page."""

    exclude: Flag = False
    """Whether the page stays out of it."""

    boost: Annotated[Number, Field(gt=0, le=100)] = 1.0
    """Its weight in the results; 1 is usual."""


class PageMatter(Strict):
    """The front matter of a hand-written page."""

    title: Text | None = None
    """The page's title; default: its first heading, else its file's name."""

    publish: Labels = ()
    """The labels under which the page may leave the internal portal; default none."""

    description: Text | None = None
    """One sentence for the page's metadata."""

    hide: tuple[Literal["navigation", "toc", "path", "footer"], ...] = ()
    """Parts of Material's layout to hide."""

    search: Search = Field(default_factory=Search)
    """How the search index treats the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenPage:
    """One hand-written page."""

    source: str
    """POSIX path relative to the content folder."""

    path: str
    """POSIX path for diagnostics."""

    matter: PageMatter
    title: str
    """The title in force."""

    body: str
    """Markdown."""

    body_line: int
    """The file's line on which the body begins."""

    @property
    def address(self) -> str:
        """Its address from the site's root: `handbook/tone`; ``""`` for the home page."""
        path = PurePosixPath(self.source).with_suffix("")
        parts = path.parts[:-1] if path.name == "index" else path.parts
        return "/".join(parts)


def load(
    text: files.Text, source: str, *, vocabulary: Vocabulary
) -> tuple[WrittenPage | None, list[Diagnostic]]:
    """Read one hand-written page; `source` is its path relative to the content folder."""
    parts = frontmatter.split(text.text, path=text.path, required=False)
    if isinstance(parts, Diagnostic):
        return None, [parts]
    try:
        root = yaml.read(parts.front or "", path=text.path, first_line=parts.front_line)
        data = {key: value for key, value in root.data.items() if value is not None} if root else {}
        matter = PageMatter.model_validate(data, context=vocabulary)
    except yaml.Refusal as refusal:
        return None, [refusal.diagnostic]
    except ValidationError as invalid:
        places = Places(path=text.path, first_line=parts.front_line, root=root)
        return None, list(diagnose(invalid, PageMatter, places))
    title = matter.title or _title(parts.body, source)
    page = WrittenPage(
        source=source, path=text.path, matter=matter, title=title, body=parts.body, body_line=parts.body_line
    )
    return page, []


def _title(body: str, source: str) -> str:
    heading = _HEADING.search(body)
    if heading:
        return heading[1]
    path = PurePosixPath(source)
    name = path.parent.name if path.stem == "index" and path.parent.name else path.stem
    return name.replace("-", " ").replace("_", " ").capitalize()
