"""Changes everything in a project that one audience may not read, all at once.

The plan stays valid. What the audience reads stays as it is, though files, fields and lists may change their
places. Who reads what is worked out from the contract (`tests.support.reading`), not asked of the product.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.support.contents import RecordFile
from tests.support.inventions import FOLDERS, WORDS
from tests.support.mutated_records import REFERENCES, Insides, entries_of, release_of, target_of
from tests.support.raw_yaml import Bare
from tests.support.reading import reads_page, records

if TYPE_CHECKING:
    from collections import Counter
    from random import Random

    from tests.support.contents import Contents


def mutate(contents: Contents, audience: str, chance: Random, *, moves: bool = True) -> Counter[str]:
    """Change `contents` in place; gives how often each kind of change was made.

    `moves` moves files of records that the audience does see, where no text that it reads links to or from
    them: their ids stay, so that nothing of it can be seen in a portal.
    """
    return _Mutation(contents, audience, chance).run(moves=moves)


class _Mutation(Insides):
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
        self.contents.settings["site_description"] = self.words()
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

    # --- the whole ------------------------------------------------------------------------------------

    def scrub(self) -> None:
        """No record names one that has gone."""
        there = {(kind, id) for kind, id, _, _ in records(self.contents)}
        for kind, _, fields, _ in records(self.contents):
            for name, target in REFERENCES.get(kind, {}).items():
                if name in fields:
                    fields[name] = [one for one in fields[name] if (target, target_of(one)) in there]
            for name in ("target", "ends", "release") if kind == "item" else ():
                release = release_of(fields.get(name), bare=name == "release")
                if release is not None and ("release", release) not in there:
                    del fields[name]
            if "parent" in fields and ("objective", fields["parent"]) not in there:
                del fields["parent"]
            for one in (
                *entries_of(fields, "notes"),
                *entries_of(fields, "voices"),
                *entries_of(fields, "quotes"),
            ):
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


def _is_empty(file: RecordFile) -> bool:
    return not (file.fields.get("findings") if file.kind == "summary" else file.fields)
