"""`mkdocs.yml`, read without MkDocs."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from twofold import config
from twofold.config import ConfigurationError, Project
from twofold.diagnostics import Severity
from twofold.model.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

PLUGIN = "site_name: Ward\ndocs_dir: content\nplugins:\n  - search\n  - twofold:\n"


def read(folder: Path, text: str, **environ: str) -> Project:
    (folder / "content").mkdir(exist_ok=True)
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    return config.read(folder / "mkdocs.yml", environ=environ)


def settings(folder: Path, text: str, **environ: str) -> Settings:
    indented = "".join(f"      {line}\n" for line in text.splitlines())
    return read(folder, PLUGIN + indented, **environ).settings


def refusal(folder: Path, text: str) -> tuple[str, list[str]]:
    with pytest.raises(ConfigurationError) as refused:
        read(folder, text)
    found = [
        f"{one.code} {one.span.path}:{one.span.line}:{one.span.column}" for one in refused.value.diagnostics
    ]
    return str(refused.value), found


@pytest.mark.parametrize(
    "plugins", ["[twofold]", "[search, twofold]", "{twofold: {}}", "{search: {}, twofold: }", "[{twofold: }]"]
)
def test_every_way_of_naming_the_plug_in_gives_the_defaults(plugins: str, tmp_path: Path) -> None:
    project = read(tmp_path, f"site_name: Ward\ndocs_dir: content\nplugins: {plugins}\n")
    assert project.settings == Settings()
    assert (project.name, project.shown_content, project.root) == ("Ward", "content", tmp_path)


def test_the_content_folder_is_docs_unless_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    project = read(tmp_path, "site_name: Ward\nplugins: [twofold]\n")
    assert (project.content, project.shown_content) == (tmp_path / "docs", "docs")


def test_a_content_folder_elsewhere_is_shown_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "plan").mkdir()
    (tmp_path / "site").mkdir()
    project = read(tmp_path / "site", "site_name: Ward\ndocs_dir: ../plan\nplugins: [twofold]\n")
    assert (project.content, project.shown_content) == (tmp_path / "plan", "plan")


def test_a_value_comes_from_the_environment_as_mkdocs_takes_it(tmp_path: Path) -> None:
    written = "audience: !ENV [TWOFOLD_AUDIENCE, internal]\nproduct: !ENV NAME\n"
    assert settings(tmp_path, written).audience == "internal"
    assert settings(tmp_path, written).product is None
    assert settings(tmp_path, written, TWOFOLD_AUDIENCE="customer", NAME="Bed").audience == "customer"
    assert settings(tmp_path, written, NAME="Bed").product == "Bed"


def test_the_first_variable_that_is_set_wins(tmp_path: Path) -> None:
    written = "audience: !ENV [FIRST, SECOND, internal]\n"
    assert settings(tmp_path, written, SECOND="user").audience == "user"
    assert settings(tmp_path, written, FIRST="customer", SECOND="user").audience == "customer"


def test_other_tags_are_none_of_our_business(tmp_path: Path) -> None:
    extra = "markdown_extensions:\n  - x: {f: !!python/name:material.extensions.emoji.twemoji }\n"
    assert read(tmp_path, PLUGIN + "      product: Bed\n" + extra).settings.product == "Bed"


def test_anchors_are_allowed_in_the_owners_file(tmp_path: Path) -> None:
    text = "extra: {name: &name Bed}\n" + PLUGIN + "      product: *name\n"
    assert read(tmp_path, text).settings.product == "Bed"


def test_an_inherited_file_lies_beneath(tmp_path: Path) -> None:
    (tmp_path / "base.yml").write_text(
        "site_name: Base\nplugins: {twofold: {product: Bed, sizes: {S: 2}}}\n", encoding="utf-8"
    )
    project = read(tmp_path, "INHERIT: base.yml\ndocs_dir: content\nplugins: {twofold: {currency: EUR}}\n")
    assert (project.name, project.settings.product, project.settings.currency) == ("Base", "Bed", "EUR")


def test_files_that_inherit_from_each_other_are_refused(tmp_path: Path) -> None:
    message, _ = refusal(tmp_path, "INHERIT: mkdocs.yml\n")
    assert "inherits" in message


def test_an_added_audience_adds_its_label_and_its_section(tmp_path: Path) -> None:
    found = settings(
        tmp_path, "audiences: {partner: {title: Partners, reads: [customer]}}\nsections: {Intern: internal}\n"
    )
    assert found.labels == {"internal", "customer", "user", "partner"}
    assert found.section_labels == {
        "For customers": "customer",
        "For users": "user",
        "Internal": "internal",
        "For partner": "partner",
        "Intern": "internal",
    }


def test_rules_take_a_severity_or_off_and_yamls_false_counts_as_off(tmp_path: Path) -> None:
    found = settings(
        tmp_path, "rules: {TF404: off, TF405: false, TF406: 'off', 'TF5*': info, TF107: error}\n"
    )
    assert found.rules == {
        "TF404": None,
        "TF405": None,
        "TF406": None,
        "TF5*": Severity.INFO,
        "TF107": Severity.ERROR,
    }


def test_a_setting_without_a_value_is_its_default(tmp_path: Path) -> None:
    assert settings(tmp_path, "product:\nsecrets:\nrules:\n") == Settings()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("custmer_weight: 0.4", ["TF101 mkdocs.yml:6:7"]),
        (
            "customer_weight: 1.4\nsecrets: one\nxyz: 1",
            ["TF106 mkdocs.yml:6:24", "TF103 mkdocs.yml:7:16", "TF101 mkdocs.yml:8:7"],
        ),
        ("audiences: {partner: {titel: P}}", ["TF101 mkdocs.yml:6:29"]),
        ("audiences: {Partner One: {}}", ["TF108 mkdocs.yml:6:19"]),
        ("sizes: {S: 0}", ["TF106 mkdocs.yml:6:18"]),
        ("currency: euro", ["TF104 mkdocs.yml:6:17"]),
        ("rules: {TF404: eror}", ["TF104 mkdocs.yml:6:22"]),
        ("allow_internal_deploy: perhaps", ["TF103 mkdocs.yml:6:30"]),
        ("allow_public: [{text: known}]", ["TF102 mkdocs.yml:6:22"]),
    ],
)
def test_every_wrong_setting_is_named_at_its_place(text: str, found: list[str], tmp_path: Path) -> None:
    indented = "".join(f"      {line}\n" for line in text.splitlines())
    message, diagnostics = refusal(tmp_path, PLUGIN + indented)
    assert sorted(diagnostics) == sorted(found)
    assert f"{len(found)} wrong setting" in message


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("site_name: Ward\ndocs_dir: content\n", "does not use Twofold"),
        ("site_name: Ward\ndocs_dir: content\nplugins: [search]\n", "does not use Twofold"),
        ("- a list\n", "no configuration"),
        ("", "no configuration"),
        ("a: [1\n", "cannot be read"),
        ("docs_dir: elsewhere\nplugins: [twofold]\n", "`elsewhere`"),
        ("a: 1\na: 2\n", "cannot be read"),
    ],
)
def test_a_project_that_cannot_be_used_says_why(text: str, part: str, tmp_path: Path) -> None:
    message, _ = refusal(tmp_path, text)
    assert part in message


@pytest.mark.parametrize(
    "text",
    [
        "docs_dir: [content]\n",
        "plugins: twofold\n",
        "plugins: {twofold: [a]}\n",
        "plugins: [{twofold: text}]\n",
        "site_name: [x]\nplugins: [twofold]\n",
        "extra_css: 5\nplugins: [twofold]\n",
        "theme: x\nplugins: [twofold]\n",
        "INHERIT: [a]\n",
        "plugins: [[twofold]]\n",
        "INHERIT: !ENV [A, b.yml]\n",
        "plugins: !ENV [P]\n",
        "extra_javascript: [{path: x.js}, 5, [a]]\nplugins: [twofold]\n",
        "plugins: [{5: 6}, twofold]\n",
        "docs_dir: !ENV {a: b}\nplugins: [twofold]\n",
        "docs_dir: ~\nplugins: [twofold]\n",
        "INHERIT: ../\n",
    ],
)
def test_an_odd_configuration_is_read_or_refused_and_nothing_else(text: str, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    with suppress(ConfigurationError):
        read(tmp_path, text)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"nowhere\.yml is not there"):
        config.read(tmp_path / "nowhere.yml", environ={})


def test_what_mkdocs_yml_names_is_known(tmp_path: Path) -> None:
    text = (
        "theme: {name: material, logo: a.svg, favicon: b.png}\n"
        "extra_css: [c.css]\nextra_javascript: [d.js, {path: e.js, defer: true}]\n"
    )
    assert read(tmp_path, text + PLUGIN).named_files == {"a.svg", "b.png", "c.css", "d.js", "e.js"}
