"""What an audience sees and reads, on small plans."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from twofold import pipeline
from twofold.audience.project import project
from twofold.audience.readers import audiences, reader
from twofold.model import Kind, Status
from twofold.model.settings import Audience, Settings

if TYPE_CHECKING:
    from pathlib import Path

    from twofold.audience.published import AudiencePlan

TODAY = date(2026, 11, 23)
SETTINGS = "site_name: Ward\ndocs_dir: content\nplugins:\n  - twofold: {SETTINGS}\n"


def published(
    folder: Path, files: dict[str, str], *, audience: str = "customer", settings: str = ""
) -> AudiencePlan:
    for path, text in {"mkdocs.yml": SETTINGS.replace("SETTINGS", settings), **files}.items():
        target = folder / path if path == "mkdocs.yml" else folder / "content" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    loaded = pipeline.load(folder / "mkdocs.yml", environ={}, today=TODAY)
    return project(loaded.plan, audience)


def item(
    extra: str = "", *, status: str = "in-progress", publish: str = "[customer]", text: str = "Told."
) -> str:
    horizon = "horizon: now\n" if status == "planned" else ""
    sections = f"sections: {{customer: {text}, user: For users., internal: Inside.}}\n"
    return f"title: Own title\nstatus: {status}\npublish: {publish}\n{horizon}{extra}{sections}"


# --- readers ----------------------------------------------------------------------------------------------


def test_the_three_come_first_and_added_ones_by_name() -> None:
    settings = Settings(audiences={"zoo": Audience(), "customer": Audience(), "board": Audience()})
    assert audiences(settings) == ("internal", "customer", "user", "board", "zoo")


def test_an_audience_reads_its_own_label_first_and_each_once() -> None:
    settings = Settings(audiences={"partner": Audience(reads=("user", "partner", "customer", "user"))})
    assert reader(settings, "partner").labels == ("partner", "user", "customer")


def test_reading_a_label_is_not_reading_what_that_audience_reads() -> None:
    settings = Settings(
        audiences={"partner": Audience(reads=("customer",)), "customer": Audience(reads=("user",))}
    )
    assert reader(settings, "partner").labels == ("partner", "customer")


@pytest.mark.parametrize(
    ("reads", "expected"),
    [
        (("customer",), {Status.PLANNED, Status.IN_PROGRESS, Status.RELEASED}),
        (("user",), {Status.IN_PROGRESS, Status.RELEASED}),
        (("user", "customer"), {Status.PLANNED, Status.IN_PROGRESS, Status.RELEASED}),
        ((), {Status.IN_PROGRESS, Status.RELEASED}),
    ],
)
def test_an_added_audience_is_shown_what_those_are_shown_whose_texts_it_reads(
    reads: tuple[str, ...], expected: set[Status]
) -> None:
    settings = Settings(audiences={"partner": Audience(reads=reads)})
    assert reader(settings, "partner").statuses == expected


def test_the_settings_may_name_the_statuses() -> None:
    settings = Settings(audiences={"user": Audience(statuses=(Status.IDEA,))})
    assert reader(settings, "user").statuses == {Status.IDEA}


@pytest.mark.parametrize("name", ["internal", "nobody"])
def test_internal_and_unknown_names_are_no_public_audience(name: str) -> None:
    with pytest.raises(ValueError, match=name):
        reader(Settings(), name)


# --- records ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "publish", "seen"),
    [
        ("in-progress", "[customer]", True),
        ("planned", "[customer]", True),
        ("idea", "[customer]", False),
        ("in-progress", "[user]", False),
        ("in-progress", "[internal]", False),
        ("in-progress", "[]", False),
    ],
)
def test_an_item_is_seen_by_its_labels_and_its_status(
    status: str, publish: str, *, seen: bool, tmp_path: Path
) -> None:
    plan = published(tmp_path, {"roadmap/one.yml": item(status=status, publish=publish)})
    assert (list(plan.items) == ["one"]) is seen


def test_only_narratives_of_labels_under_which_a_record_is_published_are_read(tmp_path: Path) -> None:
    files = {
        "roadmap/one.yml": item(publish="[customer]"),
        "roadmap/two.yml": item(publish="[user, customer]"),
    }
    settings = "audiences: {partner: {reads: [user, customer]}}"
    plan = published(tmp_path, files, audience="partner", settings=settings)
    told = {id: [(text.label, text.text) for text in one.narratives] for id, one in plan.items.items()}
    assert told == {
        "one": [("customer", "Told.")],
        "two": [("user", "For users."), ("customer", "Told.")],
    }


def test_a_title_for_the_label_hides_the_records_own(tmp_path: Path) -> None:
    files = {"roadmap/one.yml": item("titles: {customer: Theirs, user: Other}\n")}
    plan = published(tmp_path, files)
    assert [one.title for one in plan.items.values()] == ["Theirs"]


def test_links_between_records_are_seen_where_both_ends_are(tmp_path: Path) -> None:
    files = {
        "roadmap/one.yml": item("objectives: [shown, hidden]\nsuperseded_by: [two, idea]\nrelease: later\n"),
        "roadmap/two.yml": item(),
        "roadmap/idea.yml": item(status="idea"),
        "objectives/shown.yml": "title: O\nside: user\npublish: [customer]\n",
        "objectives/hidden.yml": "title: O\nside: user\n",
        "releases/later.yml": 'version: "9"\ndate: 2027\n',
    }
    one = published(tmp_path, files).items["one"]  # type: ignore[index] # an id
    assert (one.objectives, one.superseded_by, one.release) == (("shown",), ("two",), None)


def test_a_finding_is_seen_by_its_title_and_tells_published_quotes_only(tmp_path: Path) -> None:
    files = {
        "feedback/talks.yml": (
            "findings:\n"
            "  - {id: untitled, summary: S, publish: [customer]}\n"
            "  - id: titled\n    summary: S\n    publish: [customer]\n    titles: {customer: T, user: U}\n"
            "    quotes:\n"
            "      - {text: Yes., consent: C, publish: [customer]}\n"
            "      - {text: No., consent: C, publish: [user]}\n"
            "      - {text: No.}\n"
        )
    }
    found = published(tmp_path, files).findings
    assert [(id, one.title, [quote.text for quote in one.quotes]) for id, one in found.items()] == [
        ("titled", "T", ["Yes."])
    ]


def test_a_note_is_seen_with_its_text_and_its_item(tmp_path: Path) -> None:
    files = {
        "releases/now.yml": (
            'version: "1"\ndate: 2026-01-02\npublish: [customer]\nnotes:\n'
            "  - {id: told, customer: Told., user: Other.}\n"
            "  - {id: others, user: Other.}\n"
            "  - {id: on-idea, item: idea, customer: Told.}\n"
            "  - {id: on-item, item: earlier-name, customer: Told.}\n"
        ),
        "roadmap/idea.yml": item(status="idea"),
        "roadmap/one.yml": item("aliases: [earlier-name]\n"),
    }
    [release] = published(tmp_path, files).releases.values()
    assert [(note.id, note.item, note.texts) for note in release.notes] == [
        ("told", None, (("customer", "Told."),)),
        ("on-item", "one", (("customer", "Told."),)),
    ]


# --- what the settings add --------------------------------------------------------------------------------


def test_a_field_is_added_for_the_audience_that_the_settings_name(tmp_path: Path) -> None:
    files = {
        "roadmap/one.yml": item("depends_on: [two, idea]\ntarget: 2026-Q4\ntags: [a, b]\n"),
        "roadmap/two.yml": item("target: {release: later}\n"),
        "roadmap/idea.yml": item(status="idea"),
        "releases/later.yml": 'version: "9"\ndate: 2027\n',
    }
    settings = "show: {customer: [item.target, item.depends_on], user: [item.tags]}"
    plan = published(tmp_path, files, settings=settings)
    added = {id: dict(one.additions) for id, one in plan.items.items()}
    assert added == {"one": {"target": "2026-Q4", "depends_on": ("two",)}, "two": {}}


def test_earlier_ids_lead_to_a_record_only_where_the_settings_show_them(tmp_path: Path) -> None:
    files = {"roadmap/one.yml": item("aliases: [code-name]\n")}
    assert dict(published(tmp_path, files).aliases) == {}
    settings = "show: {customer: [item.aliases]}"
    assert dict(published(tmp_path, files, settings=settings).aliases) == {(Kind.ITEM, "code-name"): "one"}


def test_the_caveat_is_there_only_where_something_is_announced(tmp_path: Path) -> None:
    released = (
        "title: R\nstatus: released\nreleased: 2026-01-02\npublish: [customer]\nsections: {customer: Told.}\n"
    )
    files = {"roadmap/one.yml": released, "roadmap/idea.yml": item(status="idea")}
    assert published(tmp_path, files).safe_harbour == ""
    files["roadmap/two.yml"] = item()
    assert published(tmp_path, files).safe_harbour != ""


# --- files ------------------------------------------------------------------------------------------------


def test_pictures_of_hidden_texts_are_hidden(tmp_path: Path) -> None:
    files = {
        "pages/shown.md": "---\npublish: [customer]\n---\n![A](../pictures/shown.png)\n",
        "pages/hidden.md": "![B](../pictures/hidden.png)\n",
        "roadmap/one.yml": item(text='"![C](../pictures/told.png)"').replace(
            "Inside.", '"![D](../pictures/inside.png)"'
        ),
        **{f"pictures/{name}.png": "x" for name in ("shown", "hidden", "told", "inside", "unused")},
    }
    assert published(tmp_path, files).assets == {"pictures/shown.png", "pictures/told.png"}
