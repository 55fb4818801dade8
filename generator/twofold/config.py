"""`mkdocs.yml`, read without MkDocs: where the content is, and Twofold's settings.

The file is the owner's and trusted: it may have tags, anchors and aliases. `!ENV` is resolved as
MkDocs resolves it; other tags are none of our business and their values are left as text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from twofold.loading.diagnose import Places, diagnose
from twofold.model.names import BUILT_IN, Names
from twofold.model.settings import SCORING, Settings
from twofold.source import yaml
from twofold.source.files import Text, decode
from twofold.source.tree import DISK
from twofold.source.yaml import Node, Plain, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from twofold.diagnostics import Diagnostic, Span
    from twofold.source.tree import Tree

MAX_INHERITANCE = 8
"""How many `INHERIT:` files may follow each other."""


class ConfigurationError(Exception):
    """The project cannot be read at all: no `mkdocs.yml`, no plug-in in it, no content folder.

    `diagnostics` are those of `mkdocs.yml`, where there are any to show; `texts` what they point into.
    """

    def __init__(
        self,
        message: str,
        *,
        diagnostics: tuple[Diagnostic, ...] = (),
        texts: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.diagnostics = diagnostics
        self.texts = dict(texts or {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A repository with a plan, as `mkdocs.yml` describes it."""

    config_file: Path
    root: Path
    """The folder of `mkdocs.yml`. Paths in diagnostics are relative to it."""

    content: Path
    """The content folder (`docs_dir`)."""

    shown_content: str
    """The content folder's POSIX path in diagnostics."""

    name: str
    """`site_name`."""

    settings: Settings

    named_files: frozenset[str]
    """POSIX paths, relative to the content folder, that `mkdocs.yml` names: logo, icon, CSS, scripts."""

    repo_url: str | None = None
    edit_uri: str | None = None
    text: str = ""
    """The text of `mkdocs.yml`."""

    values: Mapping[str, Any] = field(default_factory=dict, repr=False)
    """All that `mkdocs.yml` and what it inherits say, `!ENV` resolved."""


def read(
    config_file: Path,
    *,
    environ: Mapping[str, str],
    rules: Mapping[str, str] | None = None,
    models: Callable[[], frozenset[str]] | None = None,
    tree: Tree = DISK,
) -> Project:
    """Read `mkdocs.yml`.

    `rules` are the slugs of all rules by code, so that the settings can name no other; without them any
    code passes. So it is with `models`, which gives the names of the scoring models: it takes its time, and
    is asked only where the settings choose one. `tree` is where the files come from.

    Raises:
        ConfigurationError: with its diagnostics, when the project cannot be used.
    """
    file = config_file.resolve()
    root = file.parent
    if tree.data(file) is None:
        message = f"{config_file} is not there; name the configuration file with --config, or begin one"
        raise ConfigurationError(message)
    values, node, text = _inherit(file, root, environ, tree, depth=0)
    options, location = _options(values, config_file)
    if not isinstance(options, dict):
        message = f"the settings under `twofold:` in {config_file.name} are no mapping of names to values"
        raise ConfigurationError(message)
    places = Places(path=config_file.name, first_line=1, root=node.find(location))
    try:
        settings = Settings.model_validate(
            {key: value for key, value in options.items() if value is not None},
            context=_names(options, rules or {}, models),
        )
    except ValidationError as invalid:
        problems = tuple(diagnose(invalid, Settings, places))
        message = f"{config_file.name} has {len(problems)} wrong setting{'s' * (len(problems) > 1)}"
        raise ConfigurationError(message, diagnostics=problems, texts={config_file.name: text}) from None
    docs_dir = str(values.get("docs_dir") or "docs")
    content = tree.resolved(root / docs_dir)
    if not tree.is_folder(content):
        message = f"the content folder `{docs_dir}` (`docs_dir` in {config_file.name}) is not there"
        raise ConfigurationError(message)
    shown = (
        PurePosixPath(Path(docs_dir).as_posix())
        if content.is_relative_to(root)
        else PurePosixPath(content.name)
    )
    return Project(
        config_file=config_file.resolve(),
        root=root,
        content=content,
        shown_content=str(shown),
        name=str(values.get("site_name") or settings.product or "Roadmap"),
        settings=settings,
        named_files=frozenset(_named(values)),
        repo_url=_text(values.get("repo_url")),
        edit_uri=_text(values.get("edit_uri")),
        text=text,
        values=values,
    )


def place(project: Project, *names: str) -> Span:
    """Where the first of some settings stands that is written; the plug-in's own place where none is."""
    node = yaml.read(project.text, path=project.config_file.name, trusted=True)
    places = Places(path=project.config_file.name, first_line=1, root=node)
    values = _resolve(node, {}) if node is not None else {}
    try:
        options, location = _options(values, project.config_file)
    except ConfigurationError:
        # It stands in a file that this one inherits.
        return places.span()
    written = [name for name in names if isinstance(options, dict) and options.get(name) is not None]
    return places.span((*location, *written[:1]))


def _inherit(
    file: Path, root: Path, environ: Mapping[str, str], tree: Tree, *, depth: int
) -> tuple[dict[str, Any], Node, str]:
    """A configuration with what it inherits beneath it, as MkDocs merges them."""
    shown = file.name if file.parent == root else str(file)
    try:
        data = tree.data(file)
        text = decode(data, path=shown) if data is not None else None
    except OSError as error:
        message = f"{shown} cannot be read: {(error.strerror or str(error)).lower()}"
        raise ConfigurationError(message) from None
    if not isinstance(text, Text):
        message = f"{shown} cannot be read" if text is None else f"{shown} {text.message}"
        raise ConfigurationError(message)
    try:
        node = yaml.read(text.text, path=shown, trusted=True)
    except Refusal as refusal:
        problem = (refusal.diagnostic,)
        message = f"{shown} cannot be read"
        raise ConfigurationError(message, diagnostics=problem, texts={shown: text.text}) from None
    if node is None or not isinstance(node.data, dict):
        message = f"{shown} holds no configuration"
        raise ConfigurationError(message)
    values = _resolve(node, environ)
    parent = values.pop("INHERIT", None)
    if parent is not None:
        if depth == MAX_INHERITANCE:
            message = f"{shown} inherits through more than {MAX_INHERITANCE} files"
            raise ConfigurationError(message)
        above = tree.resolved(file.parent / str(parent))
        inherited, _, _ = _inherit(above, root, environ, tree, depth=depth + 1)
        values = _merge(inherited, values)
    return values, node, text.text


def _merge(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    merged = dict(below)
    for key, value in above.items():
        if isinstance(value, dict) and isinstance(merged.get(key), dict):
            merged[key] = _merge(merged[key], value)
        else:
            merged[key] = value
    return merged


def _resolve(node: Node, environ: Mapping[str, str]) -> Any:
    """A node's data with `!ENV` resolved."""
    if node.tag == "!ENV":
        names = node.data if isinstance(node.data, list) else [node.data]
        # Of a list the last entry is the default; a lone name has none.
        default = names[-1] if isinstance(node.data, list) and len(names) > 1 else None
        candidates = names[:-1] if default is not None else names
        found = next((environ[str(name)] for name in candidates if str(name) in environ), None)
        return found if found is not None else default
    if isinstance(node.children, dict):
        return {key: _resolve(child, environ) for key, child in node.children.items()}
    if isinstance(node.children, list):
        return [_resolve(child, environ) for child in node.children]
    return node.data


def _options(values: dict[str, Any], config_file: Path) -> tuple[Any, tuple[str | int, ...]]:
    """Twofold's own options, and where they stand."""
    plugins = values.get("plugins") or []
    if isinstance(plugins, dict) and "twofold" in plugins:
        return plugins["twofold"] or {}, ("plugins", "twofold")
    if isinstance(plugins, list):
        for index, plugin in enumerate(plugins):
            if plugin == "twofold":
                return {}, ("plugins", index)
            if isinstance(plugin, dict) and "twofold" in plugin:
                return plugin["twofold"] or {}, ("plugins", index, "twofold")
    message = f"{config_file.name} does not use Twofold; add `twofold` under `plugins:`"
    raise ConfigurationError(message)


def _names(
    options: dict[str, Any], rules: Mapping[str, str], models: Callable[[], frozenset[str]] | None
) -> Names:
    added = options.get("audiences")
    is_chosen = options.get("scoring") not in {None, SCORING}
    return Names(
        audiences=BUILT_IN.union(added if isinstance(added, dict) else ()),
        rules=rules,
        models=models() if models is not None and is_chosen else None,
    )


def _named(values: dict[str, Any]) -> list[str]:
    theme = values.get("theme")
    named: list[object] = [theme.get("logo"), theme.get("favicon")] if isinstance(theme, dict) else []
    named.extend(values.get("extra_css") or ())
    scripts = values.get("extra_javascript") or ()
    named.extend(script.get("path") if isinstance(script, dict) else script for script in scripts)
    return [str(name) for name in named if isinstance(name, str)]


def _text(value: object) -> str | None:
    return str(value) if isinstance(value, str) and not isinstance(value, Plain) else None
