"""Changes everything in a project that one audience may not read, all at once.

The plan stays valid. What the audience reads stays as it is, though files, fields and lists may change their
places. Who reads what is worked out from the contract (`tests.support.reading`), not asked of the product.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from tests.support.contents import RecordFile
from tests.support.inventions import FOLDERS, WORDS, Inventions
from tests.support.raw_yaml import Bare
from tests.support.reading import read_texts, reads_page, records

if TYPE_CHECKING:
    from collections import Counter
    from random import Random

    from tests.support.contents import Contents

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


def mutate(contents: Contents, audience: str, chance: Random, *, moves: bool = True) -> Counter[str]:
    """Change `contents` in place; gives how often each kind of change was made.

    `moves` moves files of records that the audience does see, where no text that it reads links to or from
    them: their ids stay, so that nothing of it can be seen in a portal.
    """
    return _Mutation(contents, audience, chance).run(moves=moves)


class _Mutation(Inventions):
    def __init__(self, contents: Contents, audience: str, chance: Random) -> None:
        super().__init__(contents, audience, chance)
        self.fixed = {
            goal
            for source, text in read_texts(contents, self.eye)
            for goal in [*_goals(text, source), *([source] if _goals(text, source) else [])]
        }
        """Files that a text that is read links to, or whose own texts link: they stay where they are."""

    def run(self, *, moves: bool) -> Counter[str]:
        self.settings()
        self.hidden_files()
        self.hidden_entries()
        self.newcomers()
        self.internal_fields()
        self.scrub()
        if moves:
            self.move()
        # A list without entries is no record; nothing may link to it.
        self.contents.records = [file for file in self.contents.records if not _is_empty(file)]
        self.hidden_pages()
        self.navigation()
        self.hidden_texts()
        self.order()
        return self.done

    # --- settings -------------------------------------------------------------------------------------

    def settings(self) -> None:
        own, chance = self.contents.twofold, self.chance
        own["customer_weight"] = Bare(f"{chance.random():.2f}")
        own["balance_target"] = Bare(f"{chance.random():.2f}")
        own["balance_tolerance"] = Bare(f"{chance.random():.2f}")
        own["evidence_age"] = Bare(str(chance.randint(1, 90)))
        own["currency"] = Bare(chance.choice(("EUR", "CHF", "JPY")))
        own["scoring"] = Bare("balanced")
        own["sizes"] = {
            "S": Bare("2"),
            "M": Bare("5"),
            "L": Bare("13"),
            "XL": Bare(str(chance.randint(20, 40))),
        }
        own["allow_internal_deploy"] = Bare(chance.choice(("true", "false")))
        own["rules"] = {"TF4*": Bare(chance.choice(("off", "info"))), "TF606": Bare("info")}
        own["secrets"] = [*(own.get("secrets") or ()), self.id("secretword")]
        own["allow_public"] = [{"text": self.words(), "reason": self.words()}]
        own["sections"] = {
            **(own.get("sections") or {}),
            self.words(2, 3): chance.choice(self.hidden_labels()),
        }
        own["downloads"] = [*(own.get("downloads") or ()), "hidden-files/*.pdf"]
        self.contents.others[f"hidden-files/{self.id()}.pdf"] = chance.randbytes(40)
        if own.get("themes"):
            own["themes"] = self.insert(own["themes"], [self.id("theme")])
        audiences = dict(own.get("audiences") or {})
        for name in self.hidden_labels():
            mine = {**(audiences.get(name) or {}), "title": self.words(), "description": self.words()}
            if name != "internal":
                mine["site_url"] = f"https://{self.id('host')}.example/"
            audiences[name] = mine
            self.done["another audience's settings"] += 1
        if self.often(0.7, "an audience added"):
            every = ["idea", "planned", "in-progress", "released", "declined"]
            reads = [label for label in self.eye.labels if label in {"customer", "user"}][:1]
            audiences[self.id("board")] = {"title": self.words(), "reads": reads, "statuses": every}
        own["audiences"] = dict(chance.sample(list(audiences.items()), len(audiences)))
        show = dict(own.get("show") or {})
        for name in self.hidden_labels():
            if name != "internal":
                show[name] = chance.sample(["item.tags", "item.target", "persona.goal", "metric.target"], 2)
        own["show"] = show
        self.contents.settings["repo_url"] = f"https://git.example/{self.id('repo')}"
        self.contents.settings["edit_uri"] = f"edit/{self.id('branch')}/"
        for plugin in self.contents.settings["plugins"]:
            if isinstance(plugin, dict) and "twofold" in plugin:
                plugin["twofold"] = dict(chance.sample(list(own.items()), len(own)))

    # --- records that the audience does not see -------------------------------------------------------

    def hidden_files(self) -> None:
        kept: list[RecordFile] = []
        for file in self.contents.records:
            if file.kind in {"summary", "metrics"} or (file.kind, file.id) in self.visible:
                kept.append(file)
                continue
            match self.chance.choice(("delete", "rewrite", "rename", "rewrite")):
                case "delete":
                    self.done["a hidden record deleted"] += 1
                case "rewrite":
                    self.done["a hidden record rewritten"] += 1
                    kept.append(self.record(file.kind, file.id))
                case _:
                    self.done["a hidden record renamed"] += 1
                    kept.append(self.record(file.kind, self.id()))
        self.contents.records = kept

    def hidden_entries(self) -> None:
        for file in self.contents.records:
            if file.kind == "summary":
                file.fields["findings"] = self.entries("finding", file.fields["findings"])
            elif file.kind == "metrics":
                file.fields = self.entries("metric", file.fields)

    def entries(self, kind: str, before: list[dict[str, Any]]) -> list[dict[str, Any]]:
        kept = []
        for entry in before:
            if (kind, str(entry["id"])) in self.visible:
                kept.append(entry)
            elif self.often(0.6, f"a hidden {kind} rewritten"):
                again = str(entry["id"]) if self.chance.random() < 0.6 else self.id()
                kept.append(self.finding(again) if kind == "finding" else self.metric(again))
        return kept

    def newcomers(self) -> None:
        for kind in FOLDERS:
            for _ in range(self.chance.randint(1, 3)):
                self.done[f"a hidden {kind} added"] += 1
                self.contents.records.append(self.record(kind, self.id()))
        findings = [self.finding(self.id()) for _ in range(self.chance.randint(1, 4))]
        metrics = [self.metric(self.id()) for _ in range(self.chance.randint(1, 3))]
        self.done["a hidden finding added"] += len(findings)
        self.done["a hidden metric added"] += len(metrics)
        study = {"title": self.words(), "method": Bare("survey"), "asked": Bare("900"), "findings": findings}
        self.contents.records.append(RecordFile(f"feedback/{self.id()}.yml", study, self.words()))
        lists = [file for file in self.contents.records if file.kind == "metrics"]
        if lists and self.often(0.5, "a hidden metric among others"):
            home = self.chance.choice(lists)
            home.fields = self.insert(home.fields, metrics)
        else:
            self.contents.records.append(RecordFile(f"metrics/{self.id()}.yml", metrics))

    # --- what is hidden of records that the audience sees ---------------------------------------------

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
            kept = [one for one in before if (target, _target(one)) in self.visible] if public else []
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
                    {"finding": _target(one), "fit": Bare(f"{self.chance.random():.2f}")} for one in found
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
            release = _release(fields.get(name), bare=True)
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

    # --- the whole ------------------------------------------------------------------------------------

    def scrub(self) -> None:
        """No record names one that has gone."""
        there = {(kind, id) for kind, id, _, _ in records(self.contents)}
        for kind, _, fields, _ in records(self.contents):
            for name, target in REFERENCES.get(kind, {}).items():
                if name in fields:
                    fields[name] = [one for one in fields[name] if (target, _target(one)) in there]
            for name in ("target", "ends", "release") if kind == "item" else ():
                release = _release(fields.get(name), bare=name == "release")
                if release is not None and ("release", release) not in there:
                    del fields[name]
            if "parent" in fields and ("objective", fields["parent"]) not in there:
                del fields["parent"]
            for one in (*_list(fields, "notes"), *_list(fields, "voices"), *_list(fields, "quotes")):
                for name in ("item", "persona"):
                    if name in one and (name, str(one[name])) not in there:
                        self.rename(one, name)

    def rename(self, fields: dict[str, Any], name: str) -> None:
        """Name another record of the kind, as the audience does not read which; or none."""
        known = self.known(name)
        del fields[name]
        if known and name == "persona":
            fields[name] = known[0]

    def move(self) -> None:
        """Another folder, another form, another list."""
        for file in self.contents.records:
            if file.source in self.fixed or file.kind in {"summary", "metrics"}:
                continue
            if self.often(0.5, "a file moved"):
                folder, ending = file.source.partition("/")[0], self.chance.choice(("md", "yml"))
                file.source = f"{folder}/{self.chance.choice(WORDS)}/{file.id}.{ending}"
        for kind in ("summary", "metrics"):
            lists = [
                file for file in self.contents.records if file.kind == kind and file.source not in self.fixed
            ]
            for file in lists:
                file.source = f"{file.source.partition('/')[0]}/{self.id()}.yml"
                self.done["a list renamed"] += 1
            held = [file.fields["findings"] if kind == "summary" else file.fields for file in lists]
            for entries in held:
                for entry in list(entries):
                    if len(entries) > 1 and self.often(0.3, "an entry in another list"):
                        entries.remove(entry)
                        self.chance.choice(held).append(entry)
                self.chance.shuffle(entries)

    def hidden_pages(self) -> None:
        kept = []
        for page in self.contents.pages:
            if reads_page(self.eye, page):
                shared = [label for label in page.matter["publish"] if label in self.eye.labels]
                if page.source not in self.fixed:
                    # Others, too, must be able to follow its links.
                    page.matter["publish"] = self.insert(shared, self.hidden_publish())
                page.matter = dict(self.chance.sample(list(page.matter.items()), len(page.matter)))
                kept.append(page)
            elif self.often(0.5, "a hidden page rewritten"):
                kept.append(self.page(page.source))
        kept.extend(
            self.page(f"{self.chance.choice(WORDS)}/{self.id()}.md") for _ in range(self.chance.randint(1, 3))
        )
        self.done["a hidden page added"] += 1
        if not any(page.source == "index.md" for page in kept) and self.often(0.5, "a home page for others"):
            kept.append(self.page("index.md"))
        self.contents.pages = kept

    def navigation(self) -> None:
        """Entries of hidden pages, and sections with nothing else in them."""
        nav = self.contents.settings.get("nav")
        if not nav:
            return
        read = {page.source for page in self.contents.pages if reads_page(self.eye, page)}
        # Every portal has a home page, and calls it so.
        pages = [page.source for page in self.contents.pages if page.source not in {*read, "index.md"}]
        entries: list[Any] = [{self.words(): page} for page in pages if self.chance.random() < 0.7]
        entries += [{self.words(): [{self.words(): page} for page in pages]}] if pages else []
        self.done["a hidden entry of the navigation"] += len(entries)
        self.contents.settings["nav"] = self.insert(self.kept_entries(nav, read), entries)

    def kept_entries(self, nav: list[Any], read: set[str]) -> list[Any]:
        """The entries that the audience sees; in each section some that it does not."""
        kept: list[Any] = []
        for entry in nav:
            [(title, target)] = entry.items()
            if isinstance(target, list):
                inner = self.kept_entries(target, read)
                if inner:
                    kept.append({title: self.insert(inner, [{self.words(): f"{self.id()}.md"}])})
            elif not target.endswith(".md") or target in {*read, "index.md"}:
                kept.append(entry)
        return kept

    def hidden_texts(self) -> None:
        """Descriptions and the team's sections: new, and with links to what is there now."""
        sources = [file.source for file in self.contents.records] + [
            page.source for page in self.contents.pages
        ]
        for file in self.contents.records:
            if file.kind != "metrics":
                file.description = (
                    self.prose(file.source, sources) if self.often(0.8, "a description") else ""
                )
            if "internal" in file.sections:
                file.sections["internal"] = self.prose(file.source, sources)

    def order(self) -> None:
        """Files, fields and sections in any order."""
        self.chance.shuffle(self.contents.records)
        for file in self.contents.records:
            file.sections = dict(self.chance.sample(list(file.sections.items()), len(file.sections)))
            if isinstance(file.fields, dict):
                file.fields = dict(self.chance.sample(list(file.fields.items()), len(file.fields)))
                file.fields = {
                    name: value for name, value in file.fields.items() if value not in ([], {}, None)
                }
        self.done["another order"] += 1


def _list(fields: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = fields.get(name) or []
    return found


def _release(value: object, *, bare: bool) -> str | None:
    """The release that a field names: in a mapping, or where it is a reference, by its `bare` id."""
    if isinstance(value, dict):
        return str(value["release"]) if "release" in value else None
    return str(value) if bare and value is not None else None


def _is_empty(file: RecordFile) -> bool:
    return not (file.fields.get("findings") if file.kind == "summary" else file.fields)


def _target(reference: object) -> str:
    return str(reference["finding"]) if isinstance(reference, dict) else str(reference)


def _goals(text: str, source: str) -> list[str]:
    """The files that a text's relative links lead to."""
    found = []
    for match in _LINK.finditer(text):
        path = unquote((match[1] or match[2]).partition("#")[0])
        if path and ":" not in path:
            found.append(posixpath.normpath(posixpath.join(posixpath.dirname(source), path)))
    return found
