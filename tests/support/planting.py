"""A plan in which every text is a word of its own."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

from tests.support.canaries import EVERYBODY, GENEROUS, NOBODY, PUBLISH, READS, Aviary, common, readers_of
from tests.support.contents import Contents, PageFile, RecordFile
from tests.support.inventions import picture
from tests.support.raw_yaml import Bare
from twofold.model import Kind
from twofold.model.exposure import addable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def plan(aviary: Aviary) -> Contents:
    """The plan: each kind under every combination of labels, items in every status."""
    return _Planter(aviary).contents()


class _Planter:
    def __init__(self, aviary: Aviary) -> None:
        self.word = aviary.word
        self.product = self.word("settings.products", frozenset({GENEROUS}))
        self.theme = self.word("finding.theme", frozenset({GENEROUS}))
        self.hidden_theme = self.word("finding.theme", NOBODY)
        self.findings: list[str] = []
        self.personas: list[str] = []
        self.metrics: list[str] = []

    def contents(self) -> Contents:
        personas = [self.narrated("persona", publish, self.persona) for publish in PUBLISH]
        self.personas = [file.id for file in personas]
        study = self.study()
        metrics = self.metric_list()
        objectives = [self.narrated("objective", publish, self.objective) for publish in PUBLISH]
        items = [self.narrated("item", publish, self.item, status="in-progress") for publish in PUBLISH]
        items += [
            self.narrated("item", PUBLISH[3], self.item, status=status, titled=titled)
            for status in ("idea", "planned", "released", "declined")
            for titled in (False, True)
        ]
        releases = [self.narrated("release", publish, self.release) for publish in PUBLISH]
        found = Contents(
            settings={},
            records=[*personas, study, metrics, *objectives, *items, *releases],
            pages=[],
            others={},
        )
        for publish in PUBLISH:
            self.page(found, publish)
        found.settings = self.settings(found)
        return found

    # --- what every record has ------------------------------------------------------------------------

    def narrated(
        self,
        kind: str,
        publish: Sequence[str],
        fill: Callable[[dict[str, Any], Sequence[str], frozenset[str], frozenset[str]], None],
        *,
        status: str | None = None,
        titled: bool = True,
    ) -> RecordFile:
        readers = readers_of(publish, status)
        fields = self.common(kind, publish, readers)
        if status is not None:
            fields["status"] = Bare(status)
        own = self.titles(kind, publish, readers, fields, titled=titled)
        fill(fields, publish, readers, own)
        sections = {
            label: self.narrative(kind, label, publish, readers) for label in ("customer", "user", "partner")
        }
        sections["internal"] = self.word(f"{kind}.sections", NOBODY)
        folder = {"persona": "personas", "objective": "objectives", "item": "roadmap", "release": "releases"}[
            kind
        ]
        where = self.word("folder", NOBODY, internal=False)
        id = self.word(f"{kind}.id", readers)
        description = self.word(f"{kind}.description", NOBODY)
        return RecordFile(f"{folder}/{where}/{id}.md", fields, description, sections)

    def narrative(self, kind: str, label: str, publish: Sequence[str], readers: frozenset[str]) -> str:
        reading = frozenset(one for one in readers if label in common(one, publish))
        first, second, heading, code = (self.word(f"{kind}.sections", reading) for _ in range(4))
        return f"{first}\n\n### {heading}\n\n- {second}\n\n```json\n{code}\n```"

    def common(self, kind: str, publish: Sequence[str], readers: frozenset[str]) -> dict[str, Any]:
        shown = readers & {GENEROUS}
        return {
            "publish": list(publish),
            "owners": [self.word(f"{kind}.owners", NOBODY)],
            "tags": [self.word(f"{kind}.tags", shown), self.word(f"{kind}.tags", shown)],
            "source": {
                "system": self.word(f"{kind}.source.system", shown),
                "id": self.word(f"{kind}.source.id", shown),
                "url": f"https://x.example/{self.word(f'{kind}.source.url', shown)}",
            },
            "aliases": [self.word(f"{kind}.aliases", shown)],
            "x": {self.word(f"{kind}.x", NOBODY): self.word(f"{kind}.x", NOBODY)},
            "product": self.product,
            "links": [self.link(kind, labels, readers) for labels in PUBLISH],
            "review_by": Bare("2027-03-31"),
        }

    def link(self, kind: str, labels: Sequence[str], readers: frozenset[str]) -> dict[str, Any]:
        reading = readers & readers_of(labels)
        return {
            "title": self.word(f"{kind}.links.title", reading),
            "url": f"https://x.example/{self.word(f'{kind}.links.url', reading)}",
            "publish": list(labels),
        }

    def titles(
        self,
        kind: str,
        publish: Sequence[str],
        readers: frozenset[str],
        fields: dict[str, Any],
        *,
        titled: bool,
    ) -> frozenset[str]:
        """Titles for some labels; gives who reads the record's own."""
        told = ("customer", "partner", "internal") if titled else ()
        own = set(readers)
        fields["titles"] = {}
        for label in told:
            first = frozenset(
                one
                for one in readers
                if next((name for name in common(one, publish) if name in told), None) == label
            )
            fields["titles"][label] = self.word(f"{kind}.titles", first)
            own -= first
        return frozenset(own)

    # --- kinds ----------------------------------------------------------------------------------------

    def item(
        self, fields: dict[str, Any], publish: Sequence[str], readers: frozenset[str], own: frozenset[str]
    ) -> None:
        del publish
        status = fields["status"]
        fields |= {
            "title": self.word("item.title", own),
            "availability": self.word("item.availability", readers),
            "action": self.word("item.action", readers),
            "reason": self.word("item.reason", NOBODY),
            "inputs": {self.word("item.inputs", NOBODY): Bare("3")},
            "change": Bare("added"),
            "evidence": self.findings,
            "personas": self.personas,
            "metrics": self.metrics,
            "effort": Bare("3"),
            "target": Bare("2027-Q1"),
        }
        if status == "planned":
            fields["horizon"] = Bare("next")
        if status == "released":
            fields["released"] = Bare("2026-09-29")

    def persona(
        self, fields: dict[str, Any], publish: Sequence[str], readers: frozenset[str], own: frozenset[str]
    ) -> None:
        del publish
        shown = readers & {GENEROUS}
        fields |= {
            "name": self.word("persona.name", own),
            "role": self.word("persona.role", readers),
            "segment": self.word("persona.segment", shown),
            "goal": self.word("persona.goal", shown),
            "side": Bare("both"),
        }
        for name in ("jobs", "motivations", "pains", "success_criteria"):
            fields[name] = [self.word(f"persona.{name}", shown), self.word(f"persona.{name}", shown)]

    def objective(
        self, fields: dict[str, Any], publish: Sequence[str], readers: frozenset[str], own: frozenset[str]
    ) -> None:
        del publish, readers
        fields |= {
            "title": self.word("objective.title", own),
            "side": Bare("both"),
            "period": Bare("2026-H2"),
        }

    def release(
        self, fields: dict[str, Any], publish: Sequence[str], readers: frozenset[str], own: frozenset[str]
    ) -> None:
        fields |= {
            "version": self.word("release.version", readers),
            "date": Bare("2026-09-29"),
            "title": self.word("release.title", own),
            "notes": [self.note(labels, publish, readers) for labels in (*PUBLISH, ("internal",))],
        }

    def note(self, labels: Sequence[str], publish: Sequence[str], readers: frozenset[str]) -> dict[str, Any]:
        reading = frozenset(one for one in readers if set(common(one, publish)) & set(labels))
        texts = {
            label: self.word(
                "release.notes.texts", frozenset(one for one in reading if label in common(one, publish))
            )
            for label in labels
        }
        return {
            "id": self.word("release.notes.id", reading),
            **texts,
            "availability": self.word("release.notes.availability", reading),
            "action": self.word("release.notes.action", reading),
        }

    def study(self) -> RecordFile:
        findings = []
        for publish in PUBLISH:
            fields = self.common("finding", publish, seen := readers_of(publish))
            fields["titles"] = {}
            for label in publish:
                first = frozenset(one for one in seen if common(one, publish)[0] == label)
                fields["titles"][label] = self.word("finding.titles", first)
            id = self.word("finding.id", seen)
            self.findings.append(id)
            findings.append(
                {
                    **fields,
                    "id": id,
                    "summary": self.word("finding.summary", NOBODY),
                    "theme": self.theme if GENEROUS in seen else self.hidden_theme,
                    "voices": [self.voice(persona) for persona in self.personas],
                    "quotes": [self.quote(labels, seen) for labels in PUBLISH],
                }
            )
        name = self.word("file", NOBODY, internal=False)
        study = {"title": self.word("summary.title", NOBODY), "findings": findings}
        return RecordFile(f"feedback/{name}.yml", study, self.word("summary.description", NOBODY))

    def voice(self, persona: str) -> dict[str, Any]:
        accounts = [
            self.word("finding.voices.accounts", NOBODY),
            self.word("finding.voices.accounts", NOBODY),
        ]
        return {
            "persona": persona,
            "mentions": Bare("9"),
            "asked": Bare("20"),
            "importance": Bare("4"),
            "accounts": accounts,
        }

    def quote(self, labels: Sequence[str], readers: frozenset[str]) -> dict[str, Any]:
        reading = readers & readers_of(labels)
        return {
            "text": self.word("finding.quotes.text", reading),
            "attribution": self.word("finding.quotes.attribution", reading),
            "consent": self.word("finding.quotes.consent", NOBODY),
            "publish": list(labels),
        }

    def metric_list(self) -> RecordFile:
        metrics = []
        for publish in PUBLISH:
            readers = readers_of(publish)
            fields = self.common("metric", publish, readers)
            own = self.titles("metric", publish, readers, fields, titled=True)
            id = self.word("metric.id", readers)
            self.metrics.append(id)
            metrics.append(
                {
                    **fields,
                    "id": id,
                    "title": self.word("metric.title", own),
                    "description": self.word("metric.description", readers),
                    "unit": self.word("metric.unit", readers),
                    "method": self.word("metric.method", readers & {GENEROUS}),
                    "side": Bare("both"),
                    "direction": Bare("up"),
                    "observations": [{"date": Bare("2026-09-30"), "value": Bare("21")}],
                }
            )
        return RecordFile(f"metrics/{self.word('file', NOBODY, internal=False)}.yml", metrics)

    # --- what is beside the records -------------------------------------------------------------------

    def page(self, contents: Contents, publish: Sequence[str]) -> None:
        readers = readers_of(publish)
        title, about, body, heading, alternative = (
            self.word(f"page.{name}", readers) for name in ("title", "description", "body", "heading", "alt")
        )
        name, shown = self.word("page.name", readers), self.word("picture.name", readers)
        contents.others[f"pictures/{shown}.png"] = picture(Random(shown))
        matter = {"title": title, "description": about, "publish": list(publish)}
        body = f"{body}\n\n## {heading}\n\n![{alternative}](../pictures/{shown}.png)\n"
        contents.pages.append(PageFile(f"pages/{name}.md", matter, body))

    def settings(self, contents: Contents) -> dict[str, Any]:
        def word(name: str, readers: frozenset[str] = NOBODY) -> str:
            return self.word(f"settings.{name}", readers, internal=False)

        audiences: dict[str, dict[str, Any]] = {
            name: {
                "title": word("audiences.title", frozenset({name})),
                "description": word("audiences.description", frozenset({name})),
                "site_url": f"https://{word('audiences.site_url', frozenset({name}))}.example/",
            }
            for name in READS
        }
        audiences["partner"]["reads"] = ["customer", "user"]
        audiences["internal"] = {
            "title": word("audiences.title"),
            "description": word("audiences.description"),
        }
        nav: list[Any] = [
            {word("nav", readers_of(page.matter["publish"])): page.source} for page in contents.pages
        ]
        hidden = [page.source for page in contents.pages if not page.matter["publish"]]
        nav.append({word("nav"): [{word("nav"): source} for source in hidden]})
        own = {
            "product": word("product", EVERYBODY),
            "products": {self.product: self.word("settings.products", frozenset({GENEROUS}))},
            "audiences": audiences,
            "show": {GENEROUS: [f"{kind}.{name}" for kind in Kind for name in addable(kind)]},
            "themes": [self.theme, self.hidden_theme, word("themes")],
            "sizes": {word("sizes"): Bare("3")},
            "sections": {word("sections"): "internal"},
            "safe_harbour": word("safe_harbour", EVERYBODY),
            "secrets": [word("secrets")],
            "allow_public": [{"text": word("allow_public"), "reason": word("allow_public")}],
            "rules": {"TF3*": Bare("off"), "TF4*": Bare("off")},
        }
        return {
            "site_name": word("site_name", EVERYBODY),
            "site_description": word("site_description"),
            "docs_dir": "content",
            "repo_url": f"https://git.example/{word('repo_url')}",
            "edit_uri": f"edit/{word('edit_uri')}/",
            "theme": {"name": "material"},
            "nav": nav,
            "plugins": ["search", {"twofold": own}],
        }
