"""From documents to a plan: references resolve both ways, whatever order the files come in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from twofold.loading import records
from twofold.model import Kind, Vocabulary
from twofold.model.settings import SECTIONS, Settings
from twofold.plan import Backlink, Broken, Linked, link
from twofold.source.files import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

NURSE = {"personas/ward-nurse.yml": "name: Nurse\nside: user\naliases: [nurse]\n"}
WARDS = {
    "feedback/wards.yml": (
        "asked: 60\n"
        "findings:\n"
        "  - {id: drops, summary: It drops., aliases: [falls], voices: [{persona: nurse, mentions: 4}]}\n"
        "  - {id: late, summary: Late., voices: [{persona: ward-nurse, mentions: 4, asked: 9}]}\n"
    )
}
ITEMS = {
    "roadmap/store.yml": "title: Store\nstatus: idea\naliases: [local-store]\n",
    "roadmap/offline.yml": (
        "title: Offline\nstatus: idea\nevidence: [drops, falls, late]\npersonas: [ward-nurse]\n"
        "depends_on: [local-store]\nrelated: [store]\n"
    ),
}
PLAN = {**NURSE, **WARDS, **ITEMS}


def linked(files: Mapping[str, str], *, broken: Iterable[Broken] = ()) -> Linked:
    documents = []
    for source, text in files.items():
        found = records.load(
            Text(path=f"content/{source}", text=text), source, vocabulary=Vocabulary(), labels=SECTIONS
        )
        assert found.document is not None, found.problems
        documents.append(found.document)
    return link(documents, settings=Settings(), name="Ward", pages={}, broken=broken)


def said(result: Linked) -> list[str]:
    return [
        f"{one.code} {one.span.path}:{one.span.line} {one.message} ({one.hint})" for one in result.problems
    ]


def test_a_record_knows_who_names_it_and_in_which_field() -> None:
    plan = linked(PLAN).plan
    assert plan.backlinks[Kind.PERSONA, "ward-nurse"] == (
        Backlink(kind=Kind.FINDING, id="drops", field="voices"),
        Backlink(kind=Kind.FINDING, id="late", field="voices"),
        Backlink(kind=Kind.ITEM, id="offline", field="personas"),
    )
    assert plan.backlinks[Kind.ITEM, "store"] == (
        Backlink(kind=Kind.ITEM, id="offline", field="depends_on"),
        Backlink(kind=Kind.ITEM, id="offline", field="related"),
    )
    assert plan.naming(Kind.ITEM, "store", by=Kind.ITEM) == ("offline",)
    assert plan.naming(Kind.ITEM, "store", by=Kind.ITEM, field="superseded_by") == ()


def test_every_reference_has_its_backlink_and_every_backlink_its_reference() -> None:
    plan = linked(PLAN).plan
    forth = {
        (named.kind, plan.of(named.kind).canonical(target), kind, id)
        for kind in Kind
        for id, record in plan.of(kind).items()
        for named in record.references()
        for target in named.targets
    }
    back = {(*target, one.kind, one.id) for target, links in plan.backlinks.items() for one in links}
    assert back == forth


def test_an_earlier_id_resolves_and_is_not_counted() -> None:
    plan = linked(PLAN).plan
    assert plan.items["local-store"] is plan.items["store"]  # type: ignore[index] # ids are texts
    assert list(plan.items) == ["offline", "store"]
    assert "local-store" in plan.items
    assert plan.items.canonical("local-store") == "store"  # type: ignore[arg-type] # ids are texts
    assert plan.items.canonical("gone") is None  # type: ignore[arg-type] # ids are texts
    assert plan.items.get("gone") is None  # type: ignore[call-overload] # ids are texts


def test_how_many_were_asked_comes_from_the_voice_or_its_summary() -> None:
    plan = linked(PLAN).plan
    assert [plan.asked(id, plan.findings[id].voices[0]) for id in plan.findings] == [60, 9]
    assert plan.summary_of == {"drops": "wards", "late": "wards"}


def test_an_unknown_id_names_the_nearest_and_one_far_from_all_names_none() -> None:
    result = linked({**PLAN, "roadmap/x.yml": "title: X\nstatus: idea\nrelated: [ofline, zebra, stor]\n"})
    assert said(result) == [
        "TF203 content/roadmap/x.yml:3 there is no item `ofline` (did you mean `offline`?)",
        "TF203 content/roadmap/x.yml:3 there is no item `zebra` (None)",
        "TF203 content/roadmap/x.yml:3 there is no item `stor` (did you mean `store`?)",
    ]


def test_a_broken_file_is_silent_for_its_own_record_only() -> None:
    items = {
        "roadmap/x.yml": "title: X\nstatus: idea\ndepends_on: [gone, lost]\nevidence: [one, two, three]\n"
    }
    broken = [
        Broken(source="roadmap/deep/gone.md", text=None),
        Broken(
            source="feedback/bad.yml", text="findings:\n- id: one\n- {summary: S, x: 1}\n  - {id: 'two'}\n"
        ),
    ]
    assert sorted(said(linked(items, broken=broken))) == [
        "TF202 content/roadmap/x.yml:4 there is no finding `three` (None)",
        "TF203 content/roadmap/x.yml:3 there is no item `lost` (None)",
    ]


def test_an_undecodable_list_silences_its_kind_and_no_other() -> None:
    items = {"roadmap/x.yml": "title: X\nstatus: idea\nevidence: [one]\nmetrics: [two]\n"}
    broken = [Broken(source="feedback/bad.yml", text=None)]
    assert said(linked(items, broken=broken)) == [
        "TF206 content/roadmap/x.yml:4 there is no metric `two` (None)"
    ]


def test_the_first_path_keeps_an_id_that_is_given_twice() -> None:
    result = linked(
        {
            "roadmap/z/same.yml": "title: Second\nstatus: idea\n",
            "roadmap/a/same.yml": "title: First\nstatus: idea\n",
        }
    )
    assert [item.title for item in result.plan.items.values()] == ["First"]
    (only,) = said(result)
    assert only.startswith("TF208 content/roadmap/z/same.yml:1 the item `same` is there already: ")
    assert "content/roadmap/a/same.yml" in only


BAD = {
    **PLAN,
    "roadmap/z/offline.yml": "title: Again\nstatus: idea\n",
    "roadmap/b.yml": "title: B\nstatus: idea\naliases: [store, old]\ndepends_on: [c, nothing]\n",
    "roadmap/c.yml": "title: C\nstatus: idea\naliases: [old]\ndepends_on: [b]\n",
    "feedback/z.yml": "findings: [{id: drops, summary: Again.}]\n",
}


@given(st.permutations(list(BAD)))
def test_the_order_of_the_files_changes_nothing(order: list[str]) -> None:
    usual, mixed = linked(BAD), linked({source: BAD[source] for source in order})
    assert sorted(said(mixed)) == sorted(said(usual))
    for kind in Kind:
        assert list(mixed.plan.of(kind).items()) == list(usual.plan.of(kind).items())
        assert mixed.plan.of(kind).aliases == usual.plan.of(kind).aliases
    assert dict(mixed.plan.backlinks) == dict(usual.plan.backlinks)
    assert list(mixed.plan.summaries) == list(usual.plan.summaries)


def test_five_thousand_typos_are_reported_in_time() -> None:
    ids = ", ".join(f"offlin-{number}" for number in range(5000))
    result = linked({**PLAN, "roadmap/x.yml": f"title: X\nstatus: idea\nrelated: [{ids}]\n"})
    assert len(result.problems) == 5000
