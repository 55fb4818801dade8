"""Two revisions of a plan, compared."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.plans import TODAY
from tests.support.edits import edit, made_up
from tests.support.text_tree import CONFIG, TextTree
from twofold import pipeline
from twofold.config import ConfigurationError
from twofold.diff.difference import Difference, compare
from twofold.diff.records import KINDS, Change, How, applied, written_of
from twofold.diff.side import Side
from twofold.diff.texts import promises, word_by_word
from twofold.diff.words import phrases, shift
from twofold.loading.memory import Memory
from twofold.model.period import parse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.support.edits import Files

SMALL: Files = {
    "mkdocs.yml": "site_name: Plan\ndocs_dir: content\nplugins:\n  - twofold:\n      product: Wardline\n",
    "content/personas/nurse.md": "---\nname: Nurse\nside: user\n---\n",
    "content/feedback/calls.yml": (
        "title: Calls\nasked: 20\nfindings:\n"
        "  - id: drops\n    summary: The network drops.\n"
        "    voices: [{persona: nurse, mentions: 9, importance: 5, accounts: [St. Anna]}]\n"
    ),
    "content/roadmap/offline.md": (
        "---\ntitle: Offline\nstatus: planned\nhorizon: next\ntarget: 2027-Q1\neffort: 4\nevidence: [drops]\n"
        "owners: [Dana]\npublish: [customer]\n---\n\n## For customers\n\nWards will go on charting.\n"
    ),
    "content/roadmap/sync.md": (
        "---\ntitle: Sync\nstatus: planned\nhorizon: later\ntarget: 2027-Q4\ndepends_on: [offline]\n---\n"
    ),
}


def side(files: Mapping[str, str], memory: Memory | None = None) -> Side:
    tree = TextTree(files)
    loaded = pipeline.load(CONFIG, environ={}, today=TODAY, tree=tree, memory=memory)
    return Side(
        name="a revision",
        project=loaded.project,
        plan=loaded.plan,
        report=loaded.report,
        tree=tree,
        unread=loaded.unread,
    )


def difference(before: Mapping[str, str], after: Mapping[str, str]) -> Difference:
    memory = Memory()
    return compare(side(before, memory), side(after, memory), today=TODAY)


def changed(path: str, old: str, new: str, files: Mapping[str, str] = SMALL) -> Difference:
    assert old in files[path]
    return difference(files, {**files, path: files[path].replace(old, new)})


def said(found: Difference) -> dict[str, tuple[str, ...]]:
    return {change.id: phrases(change, found.before.plan, found.after.plan) for change in found.changes}


OFFLINE = "content/roadmap/offline.md"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("horizon: next", "horizon: now", "promoted from next to now"),
        ("horizon: next", "horizon: later", "put back from next to later"),
        ("2027-Q1", "2027-Q2", "slipped by one quarter: 2027-Q1 → 2027-Q2"),
        ("2027-Q1", "2026-Q4", "brought forward by one quarter: 2027-Q1 → 2026-Q4"),
        ("effort: 4", "effort: M", "effort 4 weeks → M"),
        ("evidence: [drops]", "evidence: []", "evidence withdrawn drops"),
        ("evidence: [drops]", "evidence: [{finding: drops, fit: 0.5}]", "fit of drops 1 → 0.5"),
        ("[customer]", "[customer, user]", "published for user"),
        ("[customer]", "[]", "no longer published for customer"),
        ("owners: [Dana]", "owners: [Dana, Kim]", "owners with Kim"),
        ("title: Offline", "title: Off the net", "title: Offline → Off the net"),
        ("status: planned\nhorizon: next", "status: declined\nreason: Nobody would pay",
         "declined: Nobody would pay"),
    ],
)  # fmt: skip
def test_a_change_is_told_in_the_words_of_the_plan(old: str, new: str, words: str) -> None:
    assert words in said(changed(OFFLINE, old, new))["offline"]


def test_a_measured_value_is_told_with_its_day() -> None:
    metric = "- id: hours\n  title: Hours\n  side: user\n  direction: down\n  observations:\n    - {date: 2026-01-01, value: 9}\n"
    before = {**SMALL, "content/metrics/success.yml": metric}
    found = changed(
        "content/metrics/success.yml",
        "value: 9}\n",
        "value: 9}\n    - {date: 2026-06-01, value: 7.5}\n",
        before,
    )
    assert said(found) == {"hours": ("observed 7.5 on 2026-06-01",)}


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("2026-Q3", "2027-Q1", "slipped by 2 quarters"),
        ("2026", "2027", "slipped by one year"),
        ("2026-11", "2026-12", "slipped by one month"),
        ("2026-11-30", "2026-12-02", "slipped by 2 days"),
        ("2026-12-15", "2026-11-15", "brought forward by one month"),
        ("2026-Q4", "2026-12-31", "dated otherwise"),
    ],
)
def test_a_shift_is_counted_in_the_largest_unit_that_fits(before: str, after: str, words: str) -> None:
    assert shift(parse(before), parse(after)) == words


def test_what_waits_for_a_slipped_item_is_named() -> None:
    [one] = changed(OFFLINE, "2027-Q1", "2027-Q3").shifts
    assert (one.id, one.before, one.after, one.dependants) == (
        "offline", date(2027, 3, 31), date(2027, 9, 30), ("sync",)
    )  # fmt: skip


def test_owners_and_those_whose_findings_are_answered_are_to_be_told() -> None:
    told = changed(OFFLINE, "status: planned\nhorizon: next", "status: in-progress").told
    assert (told.owners, told.personas, told.accounts) == (("Dana",), ("nurse",), ("St. Anna",))


def test_a_released_item_whose_text_still_promises_is_pointed_at() -> None:
    found = changed(OFFLINE, "status: planned\nhorizon: next", "status: released\nreleased: 2026-11-01")
    assert [(one.id, one.label, one.sentence) for one in found.stale] == [
        ("offline", "customer", "Wards will go on charting.")
    ]


def test_a_score_that_moves_is_told_with_its_rank() -> None:
    [one] = changed(OFFLINE, "effort: 4", "effort: 2").standings
    assert one.id == "offline"
    assert one.before.priority is not None
    assert one.after.priority == pytest.approx(2 * one.before.priority)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("publish: [customer]", "publish: []", "withdrawn"),
        ("horizon: next", "horizon: later", "moved from next to later"),
        ("status: planned\nhorizon: next", "status: idea", "withdrawn"),
    ],
)
def test_a_promise_that_an_audience_had_read_is_taken_back(old: str, new: str, what: str) -> None:
    assert [(one.audience, one.what) for one in changed(OFFLINE, old, new).taken_back] == [("customer", what)]


def test_a_target_that_nobody_sees_is_no_promise() -> None:
    assert changed(OFFLINE, "2027-Q1", "2028").taken_back == ()


def test_a_target_that_is_shown_is_a_promise() -> None:
    config = SMALL["mkdocs.yml"] + "      show: {customer: [item.target]}\n"
    found = changed(OFFLINE, "2027-Q1", "2028", {**SMALL, "mkdocs.yml": config})
    assert [one.what for one in found.taken_back] == ["moved from Q1 2027 to 2028"]


def test_exposure_has_the_exact_text_and_its_address() -> None:
    found = changed(OFFLINE, "Wards will go on charting.", "Wards go on charting.")
    [one] = found.exposures["customer"].changed
    assert (one.kind, one.id, one.address) == ("item", "offline", "roadmap/offline/")
    assert [(text.name, text.before, text.after) for text in one.says] == [
        ("text for customer", "Wards will go on charting.", "Wards go on charting.")
    ]
    assert not found.exposures["user"]


def test_another_goal_of_a_link_is_exposure() -> None:
    linking = SMALL[OFFLINE].replace("go on charting.", "go on [charting](about.md).")
    item = "---\ntitle: About\nstatus: released\nreleased: 2026-01-01\npublish: [customer]\n---\n\n## For customers\n\nX.\n"
    before = {**SMALL, OFFLINE: linking, "content/roadmap/about.md": item, "content/roadmap/more.md": item}
    assert changed(OFFLINE, "(about.md)", "(more.md)", before).exposures["customer"].changed
    assert not changed(OFFLINE, "(about.md)", "(./about.md)", before).exposures["customer"]


def test_a_link_in_a_note_is_followed_from_the_file_of_its_release() -> None:
    release = (
        "version: '1'\ndate: 2026-01-01\npublish: [customer]\n"
        "notes: [{id: n, customer: 'See [more](../../roadmap/offline.md).'}]\n"
    )
    path = "content/releases/2026/1.yml"
    other = "---\ntitle: Other\nstatus: released\nreleased: 2026-01-01\npublish: [customer]\n---\n\n## For customers\n\nX.\n"
    before = {**SMALL, path: release, "content/roadmap/other.md": other}
    [one] = changed(path, "offline.md", "other.md", before).exposures["customer"].changed
    assert (one.kind, one.id) == ("release", "1")


def test_what_is_hidden_exposes_nothing() -> None:
    found = changed(OFFLINE, "effort: 4", "effort: 9")
    assert found.changes
    assert not any(found.exposures.values())


def test_a_new_diagnostic_is_told_apart_from_one_that_only_moved() -> None:
    broken = changed(OFFLINE, "evidence: [drops]", "evidence: [drips]")
    assert sorted(one.code for one in broken.new_diagnostics) == ["TF202", "TF402", "TF403"]
    moved = changed(OFFLINE, "title: Offline", "tags: [a]\ntitle: Offline", broken.after.tree.files)  # type: ignore[attr-defined] # the tree of these tests
    assert (moved.new_diagnostics, moved.solved_diagnostics) == ((), ())


@pytest.mark.parametrize("alias", ["aliases: [offline]\n", ""])
def test_a_record_under_a_new_id_is_renamed(alias: str) -> None:
    after = dict(SMALL)
    after["content/roadmap/off-net.md"] = after.pop(OFFLINE).replace("---\n", f"---\n{alias}", 1)
    [change] = [one for one in difference(SMALL, after).changes if one.kind == "item"]
    assert (change.how, change.was, change.id) == (How.RENAMED, "offline", "off-net")


def test_two_records_that_have_little_in_common_are_no_rename() -> None:
    after = {**SMALL, "content/roadmap/other.md": "---\ntitle: Offline\nstatus: idea\n---\n"}
    del after[OFFLINE]
    hows = {one.id: one.how for one in difference(SMALL, after).changes if one.kind == "item"}
    assert hows == {"offline": How.REMOVED, "other": How.ADDED}


def test_words_are_compared_not_letters() -> None:
    pieces = word_by_word("It helps the ward now.", "It helps every ward soon.")
    assert [tuple(piece) for piece in pieces] == [
        ("same", "It helps "),
        ("removed", "the"),
        ("added", "every"),
        ("same", " ward "),
        ("removed", "now"),
        ("added", "soon"),
        ("same", "."),
    ]


@given(st.text("ab .\n", max_size=30), st.text("ab .\n", max_size=30))
def test_the_pieces_of_two_texts_are_the_two_texts(before: str, after: str) -> None:
    pieces = word_by_word(before, after)
    assert "".join(piece.text for piece in pieces if piece.how != "added") == before
    assert "".join(piece.text for piece in pieces if piece.how != "removed") == after


def test_only_sentences_of_the_future_are_promises() -> None:
    text = "It came in May. You will see it soon! We plan more.\nA planned night. Goodwill is not meant."
    assert promises(text) == ("You will see it soon!", "We plan more.")


@st.composite
def revisions(draw: st.DrawFn) -> tuple[Files, Files]:
    before = made_up(draw(st.integers(0, 5)))
    chance = Random(draw(st.integers(0, 10**6)))
    return before, edit(before, chance, draw(st.integers(1, 8)))


def compared(before: Mapping[str, str], after: Mapping[str, str]) -> Difference | None:
    try:
        return difference(before, after)
    except ConfigurationError:
        # An edit can give a setting twice.
        return None


@settings(max_examples=300, deadline=None)
@given(revisions())
def test_applying_what_is_reported_to_one_revision_gives_the_other(pair: tuple[Files, Files]) -> None:
    found = compared(*pair)
    if found is None:
        return
    for kind in KINDS:
        made = [change for change in found.changes if change.kind == kind]
        assert applied(written_of(found.before.plan, kind), made) == written_of(found.after.plan, kind)
    back = compared(pair[1], pair[0])
    assert back is not None
    assert sorted(mirrored(one) for one in back.changes) == sorted(plainly(one) for one in found.changes)
    itself = difference(pair[1], dict(pair[1]))
    assert not itself


def plainly(change: Change) -> tuple[str, ...]:
    fields = sorted((one.name, repr(one.before), repr(one.after)) for one in change.fields)
    return change.kind, change.id, change.how, change.was or "", repr(fields)


def mirrored(change: Change) -> tuple[str, ...]:
    how = {How.ADDED: How.REMOVED, How.REMOVED: How.ADDED}.get(change.how, change.how)
    id, was = (change.was, change.id) if change.was is not None else (change.id, "")
    fields = sorted((one.name, repr(one.after), repr(one.before)) for one in change.fields)
    return change.kind, id, how, was, repr(fields)


@settings(max_examples=60, deadline=None)
@given(revisions())
def test_exposure_lists_something_if_and_only_if_the_portal_differs(pair: tuple[Files, Files]) -> None:
    found = compared(*pair)
    if found is None:
        return
    for audience, exposure in found.exposures.items():
        assert bool(exposure) == (portal(pair[0], audience) != portal(pair[1], audience))


def portal(files: Mapping[str, str], audience: str) -> object:
    loaded = pipeline.load(CONFIG, environ={}, today=TODAY, tree=TextTree(files))
    site = pipeline.portal(loaded, audience)
    # What MkDocs adds from its own configuration.
    return site, loaded.project.values.get("copyright")
