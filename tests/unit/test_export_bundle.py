"""Feed, calendar and data: what an audience may read, in forms that others can read."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest

from tests.plans import TODAY, write_plan
from twofold import export, pipeline
from twofold.audience.project import project as projected

if TYPE_CHECKING:
    from pathlib import Path

ATOM = "{http://www.w3.org/2005/Atom}"
SETTINGS = """
site_name: Wardline
docs_dir: content
theme: {name: material}
plugins:
  - twofold:
      product: Wardline & sons
      audiences: {customer: {title: "For <clinics>", description: "Charts, complete; at hand"}}
      rules: {"TF*": off}
"""
RELEASE = """---
version: "2026.3"
date: 2026-09-29
title: Faster & safer
publish: [customer, user]
notes:
  - {id: search, change: fixed, customer: "Search **finds** rooms.", action: "Tell, all; of them"}
  - {id: hidden, change: fixed, internal: Found by support.}
---
## For customers
Nurses save *time* with [charting](../roadmap/charting.md). </content><script>alert(1)</script>

## Internal
Not all of it was tested.
"""
CHARTING = """---
title: Charting <offline>
status: released
release: "2026.3"
change: added
publish: [customer]
owners: [Dana Whitfield]
reason: none of their business
x: {cost: 4711}
---
Why we began.

## For customers
Works without a network, see [the plan](next.md) and [nothing](gone.md).
"""
CHARTING_HTML = '<p>Works without a network, see <a href="roadmap/next/">the plan</a> and nothing.</p>'
NEXT = """---
title: Next, in line; soon
status: planned
horizon: next
target: 2027-Q1
publish: [customer]
effort: M
---
## For customers
Comes next year with a text so long that a line of the calendar has to be folded — twice, ünd in Zürich.
"""
OLD = """---
title: Without a release
status: released
released: 2026-08-01
change: deprecated
ends: 2027-03-31
publish: [customer]
---
"""
FINDING = """
title: Interviews
method: interview
asked: 12
findings:
  - id: drops
    summary: The network drops at night.
    theme: offline
    publish: [customer]
    titles: {customer: No network at night}
    voices: [{persona: nurse, mentions: 4, importance: 5}]
    quotes: [{text: I write it down., attribution: A nurse, publish: [customer], consent: Form 1}]
"""
METRIC = """
- id: overtime
  title: Charting after the shift
  side: user
  direction: down
  unit: minutes
  publish: [customer]
  description: Counted *daily*.
  baseline: {date: 2025-10-01, value: 34}
  target: {date: 2027-06-30, value: 10.5}
  observations: [{date: 2026-09-30, value: 21, n: 380}]
"""
FILES = {
    "mkdocs.yml": SETTINGS,
    "content/releases/2026.3.md": RELEASE,
    "content/releases/2027.1.md": "---\nversion: '2027.1'\ndate: 2027-Q1\npublish: [customer]\n---\n",
    "content/roadmap/charting.md": CHARTING,
    "content/roadmap/next.md": NEXT,
    "content/roadmap/old.md": OLD,
    "content/roadmap/secret.md": "---\ntitle: The takeover\nstatus: idea\n---\n",
    "content/feedback/talks.yml": FINDING,
    "content/metrics/success.yml": METRIC,
    "content/personas/nurse.md": "---\nname: Nurse\nside: user\nrole: On a ward\npublish: [customer]\n---\n",
    "content/objectives/time.md": "---\ntitle: Time\nside: user\nperiod: 2027\npublish: [customer]\n---\n",
    "content/about.md": "---\ntitle: About\npublish: [customer]\n---\nHello.\n\n```twofold\nroadmap\n```\n",
}


def loaded(folder: Path, settings: str = SETTINGS) -> pipeline.Loaded:
    for name, text in {**FILES, "mkdocs.yml": settings}.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return pipeline.load(folder / "mkdocs.yml", environ={}, today=TODAY)


def files(folder: Path, audience: str = "customer", settings: str = SETTINGS) -> dict[str, str]:
    found = pipeline.portal(loaded(folder, settings), audience).files
    return {name: data.decode() for name, data in found.items()}


def text(element: ET.Element, name: str) -> str:
    return element.findtext(f"{ATOM}{name}") or ""


def unfolded(calendar: str) -> list[str]:
    return calendar.replace("\r\n ", "").split("\r\n")


def events(calendar: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for line in unfolded(calendar):
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found:
            found[-1].setdefault(name, value)
    return found


def test_the_feed_tells_what_has_come_out_the_newest_first(tmp_path: Path) -> None:
    feed = ET.fromstring(files(tmp_path)["feed.xml"])  # noqa: S314 - our own
    entries = feed.findall(f"{ATOM}entry")
    assert [(text(entry, "title"), text(entry, "updated")) for entry in entries] == [
        ("2026.3: Faster & safer", "2026-09-29T00:00:00Z"),
        ("Charting <offline>", "2026-09-29T00:00:00Z"),
        ("Without a release", "2026-08-01T00:00:00Z"),
    ]
    assert text(feed, "updated") == "2026-09-29T00:00:00Z"
    assert text(feed, "title") == "For <clinics>"
    assert text(feed, "rights").startswith("Plans change")
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Wardline & sons"


def test_the_content_of_an_entry_is_sanitised_html(tmp_path: Path) -> None:
    feed = ET.fromstring(files(tmp_path)["feed.xml"])  # noqa: S314 - our own
    release, charting, old = (text(entry, "content") for entry in feed.findall(f"{ATOM}entry"))
    assert 'Nurses save <em>time</em> with <a href="roadmap/charting/">charting</a>.' in release
    assert "<script>" not in release
    assert '<li><a href="roadmap/charting/">Charting &lt;offline&gt;</a></li>' in release
    assert "Search <strong>finds</strong> rooms." in release
    assert "What to do: Tell, all; of them" in release
    assert "Found by support" not in release
    assert charting == CHARTING_HTML
    assert old == "<p>Ends: 31 March 2027</p>"


def test_an_entry_keeps_its_name_when_its_text_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = files(tmp_path)
    monkeypatch.setitem(FILES, "content/roadmap/charting.md", CHARTING.replace("Charting <", "Another <"))
    second = files(tmp_path)
    assert first["feed.xml"] != second["feed.xml"]
    assert re.findall("<id>.*?</id>", first["feed.xml"]) == re.findall("<id>.*?</id>", second["feed.xml"])
    assert [one["UID"] for one in events(first["calendar.ics"])] == [
        one["UID"] for one in events(second["calendar.ics"])
    ]
    ids = re.findall("<id>(.*?)</id>", first["feed.xml"])
    assert len(ids) == len(set(ids)) == 4
    assert all(one.startswith("urn:uuid:") for one in ids)


def test_links_are_absolute_only_where_the_audience_has_an_address(tmp_path: Path) -> None:
    own = SETTINGS.replace("{title:", '{site_url: "https://example.org/clinics", title:')
    relative, absolute = files(tmp_path), files(tmp_path, settings=own)
    assert "https://" not in relative["feed.xml"].replace("http://www.w3.org", "")
    assert '<link rel="self" type="application/atom+xml" href="feed.xml"/>' in relative["feed.xml"]
    assert '"https://example.org/clinics/feed.xml"' in absolute["feed.xml"]
    assert '"https://example.org/clinics/roadmap/charting/"' in absolute["feed.xml"]
    assert all("URL" not in one for one in events(relative["calendar.ics"]))
    assert "URL:https://example.org/clinics/roadmap/old/" in unfolded(absolute["calendar.ics"])
    assert (
        json.loads(absolute["roadmap.json"])["items"][0]["url"]
        == "https://example.org/clinics/roadmap/charting/"
    )


def test_a_feed_without_news_is_still_a_feed(tmp_path: Path) -> None:
    found = files(tmp_path, "user", SETTINGS.replace("audiences: {", "audiences: {user: {statuses: []}, "))
    feed = ET.fromstring(found["feed.xml"])  # noqa: S314 - our own
    assert [text(entry, "title") for entry in feed.findall(f"{ATOM}entry")] == ["2026.3: Faster & safer"]
    early = pipeline.load(tmp_path / "mkdocs.yml", environ={}, today=date(2020, 1, 1))
    feed = ET.fromstring(pipeline.portal(early, "user").files["feed.xml"])  # noqa: S314 - our own
    assert feed.findall(f"{ATOM}entry") == []
    assert text(feed, "updated") == "1970-01-01T00:00:00Z"


def test_the_calendar_has_releases_and_ends_and_targets_where_they_are_shown(tmp_path: Path) -> None:
    found = events(files(tmp_path)["calendar.ics"])
    assert [(one["SUMMARY"], one["DTSTART;VALUE=DATE"], one["DTEND;VALUE=DATE"]) for one in found] == [
        ("Released: Without a release", "20260801", "20260802"),
        ("Wardline & sons 2026.3: Faster & safer", "20260929", "20260930"),
        ("Wardline & sons 2027.1", "20270101", "20270401"),
        ("Ends: Without a release", "20270331", "20270401"),
    ]
    shown = SETTINGS.replace("rules:", "show: {customer: [item.target, metric.target]}\n      rules:")
    more = {one["SUMMARY"] for one in events(files(tmp_path, settings=shown)["calendar.ics"])}
    assert more - {one["SUMMARY"] for one in found} == {
        "Target: Next\\, in line\\; soon",
        "Target: Charting after the shift\\, 10.5 minutes",
    }


def test_the_calendar_keeps_to_its_form(tmp_path: Path) -> None:
    shown = SETTINGS.replace("rules:", "show: {customer: [item.target]}\n      rules:")
    calendar = files(tmp_path, settings=shown)["calendar.ics"]
    assert calendar.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert calendar.endswith("END:VCALENDAR\r\n")
    assert calendar.count("\n") == calendar.count("\r\n")
    assert all(len(line.encode()) <= 75 for line in calendar.split("\r\n"))
    lines = unfolded(calendar)
    about = next(line for line in lines if line.startswith("DESCRIPTION:"))
    assert about.startswith("DESCRIPTION:Charts\\, complete\\; at hand\\n\\nPlans change: what is not")
    [target] = [one for one in events(calendar) if one["SUMMARY"].startswith("Target")]
    assert target["DESCRIPTION"].startswith("Comes next year")
    assert "— twice\\, ünd in Zürich.\\n\\nPlans change" in target["DESCRIPTION"]
    assert target["STATUS"] == "TENTATIVE"
    assert all(one["DTSTAMP"] == f"{one['DTSTART;VALUE=DATE']}T000000Z" for one in events(calendar))
    assert len({one["UID"] for one in events(calendar)}) == len(events(calendar))


def valid(found: dict[str, str]) -> Any:  # noqa: ANN401 - JSON
    schema = json.loads(found["roadmap.schema.json"])
    jsonschema.Draft202012Validator.check_schema(schema)
    data = json.loads(found["roadmap.json"])
    jsonschema.Draft202012Validator(schema).validate(data)
    return data


def test_the_data_is_the_whole_projection_and_nothing_else(tmp_path: Path) -> None:
    data = valid(files(tmp_path))
    assert data["$schema"] == "roadmap.schema.json"
    assert data["version"] == 1
    assert data["safe_harbour"].startswith("Plans change")
    assert [item["id"] for item in data["items"]] == ["charting", "next", "old"]
    assert data["items"][0] == {
        "id": "charting",
        "url": "roadmap/charting/",
        "title": "Charting <offline>",
        "status": "released",
        "horizon": None,
        "objectives": [],
        "change": "added",
        "release": "2026.3",
        "released": None,
        "availability": None,
        "action": None,
        "ends": None,
        "superseded_by": [],
        "answers": [],
        "narratives": [{"label": "customer", "html": CHARTING_HTML}],
        "links": [],
    }
    assert data["items"][2]["ends"] == {"period": "2027-03-31"}
    assert data["findings"] == [
        {
            "id": "drops",
            "url": "feedback/#drops",
            "title": "No network at night",
            "quotes": [{"text": "I write it down.", "attribution": "A nurse"}],
            "links": [],
        }
    ]
    assert data["metrics"][0]["observations"] == [{"date": "2026-09-30", "value": 21}]
    assert data["metrics"][0]["description"] == "<p>Counted <em>daily</em>.</p>"
    assert [note["id"] for note in data["releases"][0]["notes"]] == ["search"]
    assert data["pages"] == [
        {"address": "about", "url": "about/", "title": "About", "description": None, "html": "<p>Hello.</p>"}
    ]
    hidden = ("takeover", "Dana", "4711", "none of their", "Why we began", "380", "Form 1", "drops at night")
    assert [word for word in hidden if word in json.dumps(data)] == []


def test_what_show_adds_is_in_the_data(tmp_path: Path) -> None:
    shown = SETTINGS.replace("rules:", "show: {customer: [item.target, metric.target]}\n      rules:")
    data = valid(files(tmp_path, settings=shown))
    assert data["items"][1]["added"] == {"target": "2027-Q1"}
    assert data["metrics"][0]["added"] == {"target": {"date": "2027-06-30", "value": 10.5}}


def test_the_internal_data_has_everything_and_no_caveat(tmp_path: Path) -> None:
    found = files(tmp_path, "internal")
    data = valid(found)
    assert [item["id"] for item in data["items"]] == ["charting", "next", "old", "secret"]
    charting = data["items"][0]
    assert charting["internal"] == {
        "publish": ["customer"],
        "owners": ["Dana Whitfield"],
        "x": {"cost": 4711},
        "driver": "need",
        "reason": "none of their business",
    }
    assert [one["label"] for one in charting["narratives"]] == ["customer", "internal"]
    assert data["items"][1]["internal"]["effort"] == {"weeks": 3, "size": "M"}
    assert data["findings"][0]["title"] == "The network drops at night."
    assert data["findings"][0]["url"] == "feedback/themes/offline/#drops"
    assert data["findings"][0]["internal"]["voices"][0]["mentions"] == 4
    assert data["safe_harbour"] is None
    assert "Plans change" not in "".join(found.values()).replace(found["roadmap.schema.json"], "")
    assert "Not all of it was tested." in found["feed.xml"]
    assert any(one["SUMMARY"] == "Target: Next\\, in line\\; soon" for one in events(found["calendar.ics"]))


def test_control_signs_do_not_break_the_files(tmp_path: Path) -> None:
    plan = projected(loaded(tmp_path).plan, "customer")
    odd = replace(plan, title="a\x00b\x0bc\r\nBEGIN:VEVENT\ud800", description="\ufffe")
    made = export.bundle(odd, addresses=(), files=(), today=TODAY)
    ET.fromstring(made["feed.xml"])  # noqa: S314 - our own
    assert made["calendar.ics"].decode().count("\r\nBEGIN:VEVENT\r\n") == 4


@pytest.mark.parametrize("seed", [2, 11])
def test_made_up_plans_give_valid_and_equal_files(tmp_path: Path, seed: int) -> None:
    write_plan(
        tmp_path, seed=seed, items=40, findings=30, personas=10, labels=("customer", "user", "partner")
    )
    plan = pipeline.load(tmp_path / "mkdocs.yml", environ={}, today=TODAY)
    for audience in ("internal", "customer", "user", "partner"):
        first, second = (pipeline.portal(plan, audience).files for _ in range(2))
        assert first == second
        found = {name: data.decode() for name, data in first.items()}
        valid(found)
        ET.fromstring(found["feed.xml"])  # noqa: S314 - our own
        assert all(len(line.encode()) <= 75 for line in found["calendar.ics"].split("\r\n"))
