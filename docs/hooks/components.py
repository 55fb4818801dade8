"""Makes the page of components from the portals' own templates and style sheets, so that it cannot drift."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import yaml
from markupsafe import Markup
from mkdocs.structure.files import File, Files

from twofold.charts.line import Goal, Seen, line
from twofold.charts.ranges import range_mark, share_mark
from twofold.charts.scatter import NARROW, Room, Scatter, Spot, scatter
from twofold.charts.schedule import Due, schedule
from twofold.model import Side, Status
from twofold.model.item import Change
from twofold.prose.render import render
from twofold.render.environment import environment
from twofold.render.resources import overrides_folder
from twofold.views import words
from twofold.views.parts import Badge, side_badge, status_badge
from twofold.views.progress import Standing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs.config.defaults import MkDocsConfig

PAGE = "reference/components.md"
COMPONENTS = Path(__file__).with_suffix(".yml")
SHEETS = ("twofold.css", "portal.css", "internal.css", "public.css")
OWN = "assets/stylesheets/components.css"
FRAME = """\
.tf-shown { padding: 0.8rem; border: 1px solid var(--tf-line); background: var(--md-default-bg-color);
  color: var(--md-typeset-color); overflow-x: auto; }
.tf-shown + .tf-shown { margin: 0.4rem 0 1.2rem; }
.tf-shown > :first-child { margin-top: 0; }
.tf-shown > :last-child { margin-bottom: 0; }
"""
SCHEMES = (("default", "white", "light"), ("slate", "black", "dark"))
"""Scheme and primary colour of a portal's palette, and what the scheme is called."""

SMALL = Room(width=580, height=360, label=160)
"""A map that fits the column of the documentation."""

_REFERS = re.compile(r' (id|for|aria-labelledby|href)="(#?)([^"]+)"')


def on_config(config: MkDocsConfig) -> None:
    """Dress the documentation as the portals are; MkDocs calls this."""
    config.extra_css = [*(f"assets/stylesheets/{name}" for name in SHEETS), OWN, *config.extra_css]


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the page and the style sheets; MkDocs calls this."""
    folder = overrides_folder() / "assets/stylesheets"
    for name in SHEETS:
        sheet = (folder / name).read_text(encoding="utf-8")
        files.append(File.generated(config, f"assets/stylesheets/{name}", content=sheet))
    files.append(File.generated(config, OWN, content=FRAME))
    files.append(File.generated(config, PAGE, content=page()))
    return files


def components() -> list[dict[str, Any]]:
    """What the page shows."""
    found: list[dict[str, Any]] = yaml.safe_load(COMPONENTS.read_text(encoding="utf-8"))
    return found


def source(component: dict[str, Any], call: str) -> str:
    """A template that shows one state of a component, as a page of a portal would."""
    if component.get("include"):
        return call
    # Whatever the state's template calls, by the file's own names.
    calls = sorted(set(re.findall(r"\b([a-z]+)\(", call)))
    return f'{{% from "{component["file"]}" import {", ".join(calls)} %}}{call}'


def page() -> str:
    """The page, in Markdown."""
    return "".join(_page())


def _page() -> Iterator[str]:
    yield (
        "# Components\n\nWhat the pages of portals are put together from, made here from the portals' own "
        "templates and style sheets: each in its states, light and dark. "
        "[Change how pages look](../how-to/templates.md) says where a template of your own goes; it takes a "
        "component as the line below each title does. `view` is what the page is made from.\n"
    )
    templates = environment()
    templates.globals.update(_known())
    for component in components():
        yield f"\n## {component['name']}\n\n{component['when']}\n\n```jinja\n{_usage(component)}\n```\n"
        for state, call in component["show"].items():
            yield f"\n**{state}**\n\n"
            template = templates.from_string(source(component, call))
            html = template.render(**vars(_named(component.get("data", {}))))
            number = f"{component['name']}-{state}".lower().replace(" ", "-")
            for scheme, primary, name in SCHEMES:
                yield f'<div class="tf-shown" data-md-color-scheme="{scheme}" '
                yield f'data-md-color-primary="{primary}" data-md-color-accent="indigo">\n'
                yield f"{_apart(html, re.sub('[^a-z-]', '', number) + '-' + name)}\n</div>\n"


def _usage(component: dict[str, Any]) -> str:
    use: str = component["use"]
    if component.get("include"):
        return use
    name = component["file"]
    if "marks." in use:
        return f'{{% import "{name}" as marks %}}\n{use}'
    calls = ", ".join(sorted(set(re.findall(r"\b([a-z]+)\(", use))))
    return f'{{% from "{name}" import {calls} %}}\n{use}'


def _apart(html: str, suffix: str) -> str:
    """Give the ids of one picture of a state a name of their own, and show what waits for its script."""

    def renamed(match: re.Match[str]) -> str:
        name, sign, value = match.groups()
        if name == "href" and (not sign or value == "#"):
            return match[0]
        return f' {name}="{sign}' + " ".join(f"{one}-{suffix}" for one in value.split()) + '"'

    shown = html.replace("tf-control", "tf-control tf-control--ready")
    # A blank line would end the block of HTML.
    return re.sub(r"\n\s*\n", "\n", _REFERS.sub(renamed, shown)).strip()


def _named(data: Any) -> Any:  # noqa: ANN401 - what YAML holds
    match data:
        case dict():
            return SimpleNamespace(**{key: _named(value) for key, value in data.items()})
        case list():
            return [_named(value) for value in data]
    return data


def _known() -> dict[str, Any]:
    """What every state's template may name."""
    return {
        "href": lambda _ref, _anchor=None: "#",
        "prose": lambda text: Markup(_prose(text)),  # noqa: S704 - sanitised by twofold.prose
        "once": lambda part, *values: part(*values),
        "brief": lambda text: Markup(_brief(text)),  # noqa: S704 - sanitised by twofold.prose
        "all_statuses": [status_badge(status) for status in Status],
        "all_sides": [side_badge(side) for side in Side],
        "all_standings": [
            Badge(text=one.value.replace("-", " ").capitalize(), kind=f"standing-{one.value}")
            for one in Standing
        ],
        "all_changes": [Badge(text=words.CHANGE[one], kind=f"change-{one.value}") for one in Change],
        "ranges": [range_mark(*one, most=50) for one in ((11, 6, 18), (30, 21, 45), (0.5, 0.1, 1))],
        "shares": [share_mark(one, target=0.5, tolerance=0.15) for one in (0.51, 0.13, 1.0)],
        "strip": SimpleNamespace(
            customers="51 %",
            users="49 %",
            mark=share_mark(0.51, target=0.5, tolerance=0.15),
            verdict="Balanced: 51 % of the committed effort is for customers, within the range aimed at.",
            ref=SimpleNamespace(title="Where the effort goes", address="balance", anchor=None),
        ),
        "schedule": _schedule(),
        "line": _line(),
        "map": SimpleNamespace(chart=_map(SMALL), narrow=_map(NARROW)),
    }


def _prose(text: str) -> str:
    return render(text, prefix="", links=lambda _: None).html


def _brief(text: str) -> str:
    return render(text, prefix="", links=lambda _: None).card


def _schedule() -> object:
    rows = (
        ("badge", "Sign in with a tap of the badge", (2026, 7, 1), (2026, 9, 30), "released", ()),
        ("offline", "Charting without a network", (2026, 10, 1), (2026, 12, 31), "in-progress", ("store",)),
        ("store", "Encryption on ward devices", (2027, 1, 1), (2027, 3, 31), "planned", ()),
        ("rota", "The rota and the chart know each other", (2027, 4, 1), (2027, 6, 30), "idea", ("store",)),
    )
    dues = [
        Due(id=id, name=name, start=date(*start), end=date(*end), kind=kind, title=name, needs=needs)
        for id, name, start, end, kind, needs in rows
    ]
    return schedule(dues, today=date(2026, 11, 23), id="schedule", title="Timeline", summary="Four items.")


def _line() -> object:
    values = ((2026, 3, 34), (2026, 6, 61), (2026, 8, 74), (2026, 10, 82))
    seen = [
        Seen(day=date(year, month, 28), value=value, label=f"{value}%", title=f"{value}%")
        for year, month, value in values
    ]
    goal = Goal(day=date(2027, 6, 30), value=95, label="95%", title="95% by 30 June 2027")
    return line(
        seen[1:],
        start=seen[0],
        goal=goal,
        id="line",
        title="Doses scanned before they are given",
        summary="From 34% to 82%.",
        written=lambda value: f"{value:g}%",
    )


def _map(room: Room) -> Scatter:
    spots = (
        ("Chief nursing officer", 5, 5, "customer"),
        ("Ward nurse", 5, 3, "user"),
        ("Ward manager", 5, 4, "both"),
        ("Agency nurse", 2, 1, "user"),
    )
    return scatter(
        [Spot(id=name, label=name, x=x, y=y, kind=kind, title=name) for name, x, y, kind in spots],
        id=f"map-{room.width}",
        title="Influence against interest",
        summary="Four personas.",
        across="Interest, 1 to 5",
        upwards="Influence, 1 to 5",
        corners=("Keep satisfied", "Work closely with", "Keep an eye on", "Keep informed"),
        room=room,
    )
