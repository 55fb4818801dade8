"""Records that an earlier run has read are the same as those read anew, and a forged file makes nothing."""

from __future__ import annotations

import os
import pickle
import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.plans import write_plan
from twofold import pipeline
from twofold.cache.store import Store
from twofold.diagnostics import Span
from twofold.loading import kept, records
from twofold.model.fields import Vocabulary
from twofold.source.files import Text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

KEY = b"k" * 32
TODAY = date(2026, 11, 24)


def _load(root: Path, memory: kept.Kept | None) -> pipeline.Loaded:
    return pipeline.load(root / "mkdocs.yml", environ=os.environ, today=TODAY, memory=memory)


def _forged(call: Callable[..., object], *values: object) -> bytes:
    class Forged:
        def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
            return call, values

    return pickle.dumps({("a", "b", b"c"): Forged()})


def test_a_plan_from_what_was_kept_equals_the_plan_read_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_plan(tmp_path, seed=3, items=30, findings=8, personas=4)
    anew = _load(tmp_path, None)
    first = kept.Kept(Store(tmp_path), key=KEY)
    # What is kept is what was read, whatever the checks have worked out of it since.
    _load(tmp_path, first)
    first.keep()
    monkeypatch.setattr(records, "load", None)
    again = _load(tmp_path, kept.Kept(Store(tmp_path), key=KEY))
    assert again.report == anew.report
    assert again.plan.items == anew.plan.items
    for source, document in anew.plan.documents.items():
        other = again.plan.documents[source]
        assert (other.content, other.body, other.id) == (document.content, document.body, document.id)
        assert other.span(("title",)) == document.span(("title",))


def test_another_text_place_or_setting_is_read_anew(tmp_path: Path) -> None:
    store, words = Store(tmp_path), Vocabulary()
    text = Text(path="content/roadmap/offline.yml", text="title: Offline\nstatus: idea\n")
    first = kept.Kept(store, key=KEY)
    first.load(text, "roadmap/offline.yml", vocabulary=words, labels={})
    first.keep()

    def title(text: Text, key: bytes = KEY, source: str = "roadmap/offline.yml") -> object:
        loaded = kept.Kept(store, key=key).load(text, source, vocabulary=words, labels={})
        return loaded.document and (loaded.document.id, loaded.document.content.title)  # type: ignore[union-attr]

    assert title(text) == ("offline", "Offline")
    assert title(Text(path=text.path, text="title: Online\nstatus: idea\n")) == ("offline", "Online")
    assert title(text, source="roadmap/online.yml") == ("online", "Offline")
    others = kept.Kept(store, key=KEY)
    others.load(text, "roadmap/offline.yml", vocabulary=Vocabulary(themes=frozenset()), labels={})
    assert not others._before
    assert title(text, key=b"o" * 32) == ("offline", "Offline")


def test_what_a_file_told_of_some_secret_words_is_not_told_of_others(tmp_path: Path) -> None:
    write_plan(tmp_path, seed=3, items=30, findings=8, personas=4)
    item = "title: Lorikeet\nstatus: planned\nhorizon: now\npublish: [customer]\nsections: {customer: It sings.}\n"
    (tmp_path / "content/roadmap/song.yml").write_text(item, encoding="utf-8")
    settings = tmp_path / "mkdocs.yml"
    found: list[list[str]] = []
    for word in ("Nightjar", "Lorikeet"):
        text = re.sub(r"secrets: \[.*\]", f"secrets: [{word}]", settings.read_text(encoding="utf-8"))
        settings.write_text(text, encoding="utf-8")
        memory = kept.Kept(Store(tmp_path), key=KEY)
        report = _load(tmp_path, memory).report
        memory.keep()
        assert report == _load(tmp_path, None).report
        found.append([one.span.path for one in report.diagnostics if one.code == "TF603"])
    assert found == [[], ["content/roadmap/song.yml"]]


@pytest.mark.parametrize(
    "payload",
    [
        _forged(os.system, "touch forged"),
        _forged(eval, "open('forged', 'w')"),
        _forged(getattr, "os", "system"),
        b"cos\nsystem\n(S'touch forged'\ntR.",
        # What a module of ours has imported, and what hangs below a class of ours.
        b"\x80\x04\x8c\x17twofold.loading.records\x8c\x02re\x93.",
        b"\x80\x04\x8c\x17twofold.loading.records\x8c\x11Document.__init__\x93.",
        pickle.dumps({("a", "b", b"c"): "no document"}),
        pickle.dumps({("a", "b", b"c"): Span(path="content/a.md")}),
        b"\x80\x04.",
        b"",
    ],
)
def test_a_forged_file_runs_nothing_and_is_a_miss(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, payload: bytes
) -> None:
    monkeypatch.chdir(tmp_path)
    words = kept._words(KEY, Vocabulary(), {})
    Store(tmp_path).write("records", [payload], key=words)
    text = Text(path="content/roadmap/offline.yml", text="title: Offline\nstatus: idea\n")
    loaded = kept.Kept(Store(tmp_path), key=KEY).load(
        text, "roadmap/offline.yml", vocabulary=Vocabulary(), labels={}
    )
    assert loaded.document is not None
    assert not (tmp_path / "forged").exists()


def test_records_that_are_gone_do_not_stay_for_ever(tmp_path: Path) -> None:
    store, words = Store(tmp_path), Vocabulary()
    texts = [
        Text(path=f"content/roadmap/i{number}.yml", text="title: Offline\nstatus: idea\n")
        for number in range(40)
    ]
    for every in (texts, texts[:30]):
        run = kept.Kept(store, key=KEY)
        for text in every:
            run.load(text, text.path.removeprefix("content/"), vocabulary=words, labels={})
        run.keep()
    assert len(run._read(kept._words(KEY, words, {}))) == 30
