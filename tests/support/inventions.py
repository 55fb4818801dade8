"""Makes up what one audience may not read: records, pages and texts of any kind."""

from __future__ import annotations

import posixpath
import struct
import zlib
from collections import Counter
from typing import TYPE_CHECKING, Any

from tests.support.contents import PageFile, RecordFile
from tests.support.raw_yaml import Bare
from tests.support.reading import eye, records, seen

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from tests.support.contents import Contents

FOLDERS = {"persona": "personas", "objective": "objectives", "item": "roadmap", "release": "releases"}
WORDS = (
    *(
        "acrobat",
        "bellows",
        "cinder",
        "dogwood",
        "emberly",
        "fathom",
        "gristle",
        "hawser",
        "inkwell",
        "jasper",
    ),
    *(
        "kestrel",
        "lantern",
        "mulberry",
        "nettle",
        "obelisk",
        "parsnip",
        "quarry",
        "rudder",
        "saffron",
        "thimble",
    ),
    *("umbra", "vesper", "walnut", "yarrow", "zephyr"),
)


class Inventions:
    """Chance, and all that is made up with it for a project and an audience."""

    def __init__(self, contents: Contents, audience: str, chance: Random) -> None:
        self.contents = contents
        self.chance = chance
        self.eye = eye(contents, audience)
        self.visible = seen(contents, self.eye)
        self.done: Counter[str] = Counter()
        self.number = 0

    def often(self, share: float, what: str) -> bool:
        happens = self.chance.random() < share
        self.done[what] += happens
        return happens

    def words(self, least: int = 4, most: int = 12) -> str:
        text = " ".join(self.chance.choices(WORDS, k=self.chance.randint(least, most)))
        return f"{text[:1].upper()}{text[1:]}"

    def id(self, begin: str = "") -> str:
        self.number += 1
        return f"{begin or self.chance.choice(('a', 'm', 'zz'))}-{self.chance.choice(WORDS)}-{self.number}"

    def day(self) -> Bare:
        return Bare(
            f"20{self.chance.randint(20, 29)}-{self.chance.randint(1, 12):02}-{self.chance.randint(1, 28):02}"
        )

    def hidden_labels(self) -> list[str]:
        """Labels that the audience does not read."""
        added = self.contents.twofold.get("audiences") or {}
        every = {"internal", "customer", "user", *added}
        return sorted(every.difference(self.eye.labels))

    def insert(self, values: list[Any], others: Sequence[Any]) -> list[Any]:
        """Put others between values, whose order stays."""
        found = list(values)
        for other in others:
            found.insert(self.chance.randint(0, len(found)), other)
        return found

    def known(self, kind: str, *, visible: bool | None = None) -> list[str]:
        return [
            id
            for one, id, _, _ in records(self.contents)
            if one == kind and (visible is None or ((one, id) in self.visible) is visible)
        ]

    def some(self, kind: str, most: int, *, visible: bool | None = None) -> list[str]:
        known = self.known(kind, visible=visible)
        return self.chance.sample(known, min(len(known), self.chance.randint(0, most)))

    def record(self, kind: str, id: str) -> RecordFile:
        """A record that the audience does not see."""
        fields: dict[str, Any] = self.internals(kind)
        chance = self.chance
        match kind:
            case "item":
                fields |= {"title": self.words(), **self.stand()}
            case "persona":
                fields |= {
                    "name": self.words(),
                    "role": self.words(),
                    "side": Bare(chance.choice(("customer", "user"))),
                }
            case "objective":
                fields |= {"title": self.words(), "period": Bare("2027-Q1"), "side": Bare("both")}
            case _:
                fields |= {"version": self.words(1, 2), "date": self.day(), "title": self.words()}
                fields["notes"] = [self.note() for _ in range(chance.randint(0, 3))]
        if "publish" not in fields:
            fields["publish"] = self.hidden_publish()
        labels = [
            *fields["publish"],
            *chance.sample(self.eye.labels, chance.randint(0, len(self.eye.labels))),
        ]
        if chance.random() < 0.5:
            fields["titles"] = {label: self.words() for label in dict.fromkeys(labels)}
        folder = chance.choice((FOLDERS[kind], f"{FOLDERS[kind]}/{chance.choice(WORDS)}"))
        sections = {label: self.words() for label in dict.fromkeys([*labels, "internal"])}
        return RecordFile(f"{folder}/{id}.{chance.choice(('md', 'yml'))}", fields, self.words(), sections)

    def stand(self) -> dict[str, Any]:
        """Status and labels of an item that the audience does not see: by its status, or by its labels."""
        every = ["idea", "planned", "in-progress", "released", "declined"]
        unseen = [status for status in every if status not in self.eye.statuses]
        if unseen and self.chance.random() < 0.5:
            status = self.chance.choice(unseen)
            publish = [*self.eye.labels, *self.hidden_publish()]
            self.done["a record hidden by its status"] += 1
        else:
            status, publish = self.chance.choice(every), self.hidden_publish()
        found: dict[str, Any] = {"status": Bare(status), "publish": publish}
        if status == "planned":
            found["horizon"] = Bare(self.chance.choice(("now", "next", "later")))
        if status == "declined":
            found["reason"] = self.words()
        if status == "released":
            found["released"] = self.day()
        return found

    def hidden_publish(self) -> list[str]:
        labels = self.hidden_labels()
        return self.chance.sample(labels, self.chance.randint(0, len(labels)))

    def note(self) -> dict[str, Any]:
        """A release note that the audience does not read."""
        told = {label: self.words() for label in self.hidden_publish()}
        change = {"change": Bare(self.chance.choice(("added", "fixed", "security")))}
        return {"id": self.id("note"), **told, **change, "availability": self.words(), "action": self.words()}

    def finding(self, id: str) -> dict[str, Any]:
        publish = self.hidden_publish()
        labels = self.eye.labels
        found: dict[str, Any] = {
            "id": id,
            "titles": {label: self.words() for label in publish},
            "publish": publish,
        }
        if self.chance.random() < 0.5:
            # A title alone makes nobody see it.
            found["titles"] |= {label: self.words() for label in labels}
        return {**found, **self.of_finding(), "quotes": [self.quote(publish=[*labels]) for _ in range(2)]}

    def of_finding(self) -> dict[str, Any]:
        themes = self.contents.twofold.get("themes") or [self.words(1, 1)]
        return {
            "summary": self.words(),
            "theme": self.chance.choice(themes),
            "voices": [self.voice() for _ in range(self.chance.randint(0, 3))],
            "method": Bare(self.chance.choice(("survey", "sales"))),
        }

    def voice(self) -> dict[str, Any]:
        personas = self.known("persona")
        asked = self.chance.randint(5, 90)
        return {
            "persona": self.chance.choice(personas) if personas else "nobody",
            "asked": Bare(str(asked)),
            "mentions": Bare(str(self.chance.randint(0, asked))),
            "importance": Bare(f"{self.chance.uniform(1, 5):.1f}"),
            "satisfaction": Bare(f"{self.chance.uniform(1, 5):.1f}"),
            "revenue": Bare(str(self.chance.randint(0, 10**6))),
            "accounts": [self.words(2, 3)],
        }

    def quote(self, *, publish: Sequence[str] = ()) -> dict[str, Any]:
        found = {"text": self.words(), "attribution": self.words(), "consent": self.words()}
        return {**found, "publish": [*publish]} if publish else found

    def metric(self, id: str) -> dict[str, Any]:
        return {
            "id": id,
            "title": self.words(),
            "description": self.words(),
            "unit": self.words(1, 1),
            "side": Bare("both"),
            "direction": Bare("down"),
            "publish": self.hidden_publish(),
            "observations": [
                {"date": self.day(), "value": Bare(str(self.chance.randint(0, 99)))} for _ in range(3)
            ],
        }

    def internals(self, kind: str) -> dict[str, Any]:
        """New values of fields that nobody but the team reads."""
        chance = self.chance
        every = {
            "owners": [self.words(1, 2) for _ in range(chance.randint(0, 3))],
            "review_by": self.day(),
            "tags": [self.words(1, 1) for _ in range(chance.randint(0, 3))],
            "source": {"system": "crm", "id": self.id(), "url": f"https://crm.example/{self.id()}"},
            "x": {self.id("key"): Bare(str(chance.randint(0, 99)))},
            "aliases": [self.id("formerly")],
        }
        match kind:
            case "item":
                every |= {
                    "target": Bare(chance.choice(("2026-Q4", "2027", "2027-03-31"))),
                    "driver": Bare(chance.choice(("need", "obligation", "enabler"))),
                    "effort": Bare(chance.choice(("S", "L", "0.5", "34"))),
                    "confidence": Bare(f"{chance.random():.2f}"),
                    "inputs": {"reach": Bare(str(chance.randint(1, 900)))},
                    "reason": self.words(),
                }
            case "persona":
                every |= {
                    "segment": self.words(),
                    "goal": self.words(),
                    "jobs": [self.words()],
                    "motivations": [self.words()],
                    "pains": [self.words(), self.words()],
                    "success_criteria": [self.words()],
                    "population": Bare(str(chance.randint(100, 9000))),
                    "weight": Bare(f"{chance.uniform(0, 9):.1f}"),
                    "influence": Bare(str(chance.randint(1, 5))),
                    "interest": Bare(str(chance.randint(1, 5))),
                }
            case "metric":
                every |= {"target": {"value": Bare(str(chance.randint(0, 99)))}, "method": self.words()}
        return every

    def page(self, source: str) -> PageFile:
        place = f"pictures/{self.id('picture')}.png"
        self.contents.others[place] = picture(self.chance)
        self.done["a picture of a hidden page"] += 1
        way = posixpath.relpath(place, posixpath.dirname(source))
        matter = {"title": self.words(), "publish": self.hidden_publish(), "description": self.words()}
        return PageFile(
            source,
            matter,
            f"{self.words()}\n\n![{self.words()}]({way})\n\n## {self.words()}\n\n{self.words()}\n",
        )

    def prose(self, source: str, sources: Sequence[str]) -> str:
        goal = self.chance.choice(sources)
        way = posixpath.relpath(goal, posixpath.dirname(source))
        self.done["a link from a hidden text"] += 1
        return "\n\n".join(
            [self.words(), f"{self.words()} [{self.words()}]({way}).", f"- {self.words()}\n- {self.words()}"]
        )


def picture(chance: Random) -> bytes:
    """A picture of one pixel, in some colour."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" + chance.randbytes(3))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
