"""Changes what one audience may not read of the records that it sees."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from tests.support.inventions import Inventions
from tests.support.raw_yaml import Bare
from tests.support.reading import read_texts, records

if TYPE_CHECKING:
    from random import Random

    from tests.support.contents import Contents, RecordFile


REFERENCES = {
    "item": {
        "objectives": "objective",
        "superseded_by": "item",
        "depends_on": "item",
        "related": "item",
        "personas": "persona",
        "metrics": "metric",
        "evidence": "finding",
    },
    "persona": {"evidence": "finding", "metrics": "metric"},
    "objective": {"metrics": "metric"},
}
"""Fields that hold lists of ids."""

PUBLIC_REFERENCES = {"objectives", "superseded_by"}
_LINK = re.compile(r"\]\(([^)\s]+)\)|^\[[^\]]+\]:\s*(\S+)", re.MULTILINE)


class Insides(Inventions):
    """Changes inside records that stay visible."""

    def __init__(self, contents: Contents, audience: str, chance: Random) -> None:
        super().__init__(contents, audience, chance)
        self.fixed = {
            goal
            for source, text in read_texts(contents, self.eye)
            for goal in [*_goals(text, source), *([source] if _goals(text, source) else [])]
        }
        """Files that a text that is read links to, or whose own texts link: they stay where they are."""

    def internal_fields(self) -> None:
        for kind, id, fields, file in list(records(self.contents)):
            if (kind, id) in self.visible:
                self.inside(kind, fields, file)
            elif kind in REFERENCES and self.chance.random() < 0.7:
                for name, target in REFERENCES[kind].items():
                    # Only new items, so that dependencies make no circle.
                    fields[name] = [] if name == "depends_on" else self.some(target, 3)
        for file in self.contents.records:
            if file.kind == "summary":
                file.fields |= {"title": self.words(), "collected": self.day(), "period": Bare("2025-Q3")}
                self.done["a summary's fields"] += 1

    def inside(self, kind: str, fields: dict[str, Any], file: RecordFile) -> None:
        labels = self.eye.common(fields["publish"])
        for name, value in self.internals(kind).items():
            if self.eye.adds(kind, name):
                continue
            if self.often(0.3, f"{kind}.{name} taken out"):
                fields.pop(name, None)
            else:
                self.done[f"{kind}.{name} changed"] += 1
                fields[name] = value
        self.references(kind, fields)
        self.titles(kind, fields, labels)
        self.links(fields)
        match kind:
            case "item":
                self.inside_item(fields)
            case "finding":
                self.inside_finding(fields)
            case "release":
                self.notes(fields, labels)
            case "metric":
                seen_values = fields.get("observations") or []
                fields["observations"] = self.chance.sample(seen_values, len(seen_values))
                for one in fields["observations"]:
                    one["n"] = Bare(str(self.chance.randint(1, 5000)))
                    self.done["an observation's n"] += 1
        self.labels(fields, file)

    def references(self, kind: str, fields: dict[str, Any]) -> None:
        for name, target in REFERENCES.get(kind, {}).items():
            before = list(fields.get(name) or [])
            # An item's published findings are answers to what the audience reads.
            public = (
                name in PUBLIC_REFERENCES or self.eye.adds(kind, name) or (kind, name) == ("item", "evidence")
            )
            kept = [one for one in before if (target, target_of(one)) in self.visible] if public else []
            if name == "depends_on":
                new = self.known("item", visible=False)[-1:]
            else:
                new = self.some(target, 2, visible=False)
            if not public and name != "depends_on":
                new += self.some(target, 2, visible=True)
            self.done[f"{kind}.{name} with hidden ones"] += bool(new)
            found = self.insert(kept, list(dict.fromkeys(new)))
            if name == "evidence" and kind == "item":
                found = [
                    {"finding": target_of(one), "fit": Bare(f"{self.chance.random():.2f}")} for one in found
                ]
            fields[name] = found
        if kind == "objective" and not self.eye.adds(kind, "parent"):
            hidden = self.known("objective", visible=False)
            fields.pop("parent", None)
            if hidden and self.often(0.6, "a hidden parent"):
                fields["parent"] = self.chance.choice(hidden)
        if kind in {"objective", "metric", "persona"} and not self.eye.adds(kind, "side"):
            fields["side"] = Bare(self.chance.choice(("customer", "user", "both")))

    def titles(self, kind: str, fields: dict[str, Any], labels: tuple[str, ...]) -> None:
        titles = {label: text for label, text in (fields.get("titles") or {}).items() if label in labels}
        if titles and kind != "finding":
            fields["name" if kind == "persona" else "title"] = self.words()
            self.done["a title behind another"] += 1
        for label in ("internal", *self.hidden_labels()):
            if self.often(0.5, "an unread title"):
                titles[label] = self.words()
        fields["titles"] = dict(self.chance.sample(list(titles.items()), len(titles)))

    def links(self, fields: dict[str, Any]) -> None:
        kept = []
        for link in fields.get("links") or []:
            shared = [label for label in link.get("publish") or [] if label in self.eye.labels]
            if shared:
                kept.append({**link, "publish": self.insert(shared, self.hidden_publish())})
        new = [
            {"title": self.words(), "url": f"https://x.example/{self.id()}", "publish": self.hidden_publish()}
            for _ in range(self.chance.randint(0, 2))
        ]
        self.done["an unread link"] += len(new)
        fields["links"] = self.insert(kept, new)

    def inside_item(self, fields: dict[str, Any]) -> None:
        if fields["status"] == "in-progress":
            fields["horizon"] = Bare("now")
            if self.often(0.5, "a horizon that goes without saying"):
                del fields["horizon"]
        for name in ("release", "ends"):
            if name == "ends" and isinstance(fields.get(name), str):
                continue
            release = release_of(fields.get(name), bare=True)
            if release is None or ("release", release) not in self.visible:
                fields.pop(name, None)
                hidden = self.known("release", visible=False)
                if hidden and self.often(0.7, f"a hidden release in {name}"):
                    chosen = self.chance.choice(hidden)
                    fields[name] = chosen if name == "release" else {"release": chosen}

    def inside_finding(self, fields: dict[str, Any]) -> None:
        shown = {name for name in ("theme", "method") if self.eye.adds("finding", name)}
        fields |= {name: value for name, value in self.of_finding().items() if name not in shown}
        kept = []
        for quote in fields.get("quotes") or []:
            if self.eye.common(quote.get("publish") or ()):
                others = [label for label in quote["publish"] if label in self.eye.labels]
                personas = self.known("persona")
                told = {"consent": self.words(), "publish": self.insert(others, self.hidden_publish())}
                kept.append(
                    {**quote, **told, **({"persona": self.chance.choice(personas)} if personas else {})}
                )
        new = [self.quote(publish=self.hidden_publish()) for _ in range(self.chance.randint(0, 2))]
        self.done["an unread quote"] += len(new)
        fields["quotes"] = self.insert(kept, new)

    def notes(self, fields: dict[str, Any], labels: tuple[str, ...]) -> None:
        kept = []
        for note in fields.get("notes") or []:
            hidden_item = "item" in note and ("item", str(note["item"])) not in self.visible
            if hidden_item or not any(label in note for label in labels):
                self.done["a hidden note taken out"] += 1
                continue
            for label in sorted({"internal", *self.hidden_labels()}):
                note.pop(label, None)
                if self.often(0.4, "an unread text of a note"):
                    note[label] = self.words()
            kept.append(note)
        new = [self.note() for _ in range(self.chance.randint(0, 2))]
        hidden = self.known("item", visible=False)
        if hidden and labels and self.often(0.6, "a note on a hidden item"):
            new.append({"id": self.id("note"), "item": self.chance.choice(hidden), labels[0]: self.words()})
        fields["notes"] = self.insert(kept, new)

    def labels(self, fields: dict[str, Any], file: RecordFile) -> None:
        """Publish for others, or no longer."""
        if file.kind == "metrics" and file.source in self.fixed:
            # Others would read the description as well, and have to follow its links.
            return
        kept = [label for label in fields["publish"] if label in self.eye.labels]
        others = self.hidden_publish()
        self.done["published for others"] += bool(others)
        fields["publish"] = self.insert(kept, others)
        if file.kind not in {"summary", "metrics"}:
            for label in sorted({*file.sections, *others, "internal"}.difference(kept)):
                file.sections[label] = self.words()
        elif "summary" in fields:
            fields["titles"] = {**{label: self.words() for label in others}, **fields["titles"]}


def entries_of(fields: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = fields.get(name) or []
    return found


def release_of(value: object, *, bare: bool) -> str | None:
    """The release that a field names: in a mapping, or where it is a reference, by its `bare` id."""
    if isinstance(value, dict):
        return str(value["release"]) if "release" in value else None
    return str(value) if bare and value is not None else None


def target_of(reference: object) -> str:
    return str(reference["finding"]) if isinstance(reference, dict) else str(reference)


def _goals(text: str, source: str) -> list[str]:
    """The files that a text's relative links lead to."""
    found = []
    for match in _LINK.finditer(text):
        path = unquote((match[1] or match[2]).partition("#")[0])
        if path and ":" not in path:
            found.append(posixpath.normpath(posixpath.join(posixpath.dirname(source), path)))
    return found
