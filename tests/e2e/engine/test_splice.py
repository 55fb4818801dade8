"""Pages that take Material's shell from a sample are those that Material would have rendered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.support.handmade import HOSTILE, MKDOCS, everything, item, make, read, site
from twofold import publish
from twofold.engine import splice
from twofold.render.page import Entry, Heading, Page

if TYPE_CHECKING:
    from pathlib import Path

    from twofold.engine.pages import PortalPage

NESTED = tuple(
    Heading(id=f"h-{n}", title=title, level=level)
    for n, (title, level) in enumerate(
        [
            ("Why & how", 2),
            ("Deep", 3),
            ("Deeper \\1 \\g<0>", 4),
            ("Again", 3),
            ("Who's “there”", 2),
            ("Wer?", 2),
        ]
    )
)
PAGES = (
    item(3, title=HOSTILE, description='A "sentence" <with> marks & more'),
    item(4, headings=NESTED, description="Plain"),
    item(5, headings=()),
    item(6, html="<h2>No title of its own</h2><p>x</p>", headings=()),
    item(7, html="<p>Starts with a text.</p>", headings=NESTED),
    item(8, title="Two  blanks, and a\u00a0hard one"),
    item(9, hide=frozenset({"toc"})),
    item(10, hide=frozenset({"navigation", "path"}), boost=3.0, searchable=False),
    item(11, source=None),
    item(12, source="roadmap/größe & mehr.md"),
    item(13, belongs_to="how-we-plan"),
    *(item(n, address=f"roadmap/deep/er/item-{n}") for n in range(20, 24)),
    *(item(n, address=f"größe/item-{n}") for n in range(30, 33)),
    Page(address="roadmap/deep", title="Deep", html='<h1 id="deep">Deep</h1>'),
)
FEATURES = {
    "plain": "",
    "tabs": "navigation.tabs, navigation.sections, navigation.top",
    "pruned": "navigation.prune, navigation.expand, navigation.footer, navigation.instant",
    "integrated": "toc.integrate, content.action.view, header.autohide, announce.dismiss",
}


@pytest.mark.parametrize("features", FEATURES.values(), ids=FEATURES)
@pytest.mark.parametrize("audience", ["internal", "customer"])
def test_a_spliced_page_is_the_one_that_material_renders(
    root: Path, monkeypatch: pytest.MonkeyPatch, audience: str, features: str
) -> None:
    config = MKDOCS.replace("[navigation.footer]", f"[{features}]").replace(
        "repo_url:", "edit_uri_template: '{path_noext!q}?raw={path}'\nrepo_url:"
    )
    below = Entry(title="R & D", address="roadmap", children=(Entry(title="Deep", address="roadmap/deep"),))
    portal = site(audience, *PAGES)
    portal = replace(portal, navigation=(*portal.navigation[:1], below))
    rendered: list[str] = []
    render = splice.Shells._rendered

    def counted(shells: splice.Shells, page: PortalPage) -> str:
        rendered.append(page.made.address)
        return render(shells, page)

    monkeypatch.setattr(splice.Shells, "_rendered", counted)
    make(root, portal, config=config)
    spliced = everything(publish.portal_folder(root, audience))
    # Most pages are like others: the shells are fewer than the pages.
    assert 0 < len(rendered) < len(PAGES)

    rendered.clear()
    monkeypatch.setattr(splice, "possible", lambda _: False)
    make(root, portal, config=config)
    assert not rendered
    assert everything(publish.portal_folder(root, audience)).keys() == spliced.keys()
    for name, (_, data) in everything(publish.portal_folder(root, audience)).items():
        assert spliced[name][1] == data, name


@pytest.mark.parametrize("own", ["partials/content.html", "main.html"])
def test_templates_of_the_owner_are_asked_for_every_page(root: Path, own: str) -> None:
    (root / "look/partials").mkdir(parents=True)
    text = "{% if page.title == 'Item 2' %}Only here{% endif %}"
    (root / "look" / own).write_text(
        text
        if own.startswith("partials")
        else f'{{% extends "base.html" %}}{{% block content %}}{text}{{% endblock %}}'
    )
    make(root, site(), config=MKDOCS.replace("name: material", "name: material\n  custom_dir: look"))
    assert "Only here" in read(root, "roadmap/item-2/index.html")
    assert "Only here" not in read(root, "roadmap/item-1/index.html")


def test_a_hook_hears_of_every_page(root: Path) -> None:
    (root / "hook.py").write_text("def on_post_page(output, page, config):\n    return output + page.title\n")
    make(root, site(), config=f"{MKDOCS}hooks: [hook.py]\n")
    assert read(root, "roadmap/item-2/index.html").endswith("Item 2")
