"""A plan that strains the layout: long words, long titles, other scripts, and all that prose may hold."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, Final

from tests.plans import write_plan

if TYPE_CHECKING:
    from pathlib import Path

WORD: Final = "Krankenhausinformationssystemverantwortlicherstellvertreter"

EVERYTHING: Final = f"""\
---
title: Everything that prose may hold, in one page with a title that does not fit on a telephone
---
Text with **bold**, *slanted*, `code`, ~~struck~~, a footnote[^1], a [page](second.md), a
[record](personas/long.md) and https://example.org/a/very/long/address/that/breaks/nowhere/{"x" * 80}.

{WORD}{WORD}

نص عربي طويل يقرأ من اليمين إلى اليسار، وفيه كلمات كثيرة. 日本語の文章は空白なしで続くので、折り返しが必要です。

| Column | Another column | {WORD} | Figures | More figures | And more |
|---|:-:|---|--:|--:|--:|
| one | two | three | 1,000,000 | 2,000,000 | 3,000,000 |
| {WORD} | two | three | 1 | 2 | 3 |

```python
def a_function_with_a_long_name(first: str, second: str, third: str) -> dict[str, list[tuple[int, int, int]]]:
    return {{"{WORD}": [(1, 2, 3)]}}  # a comment, so that the line is longer than any screen of a telephone
```

```yaml
key: [1, 2.5, true, null, "text"]  # a comment
```

```bash
for name in "$@"; do echo "${{name}}" | grep -v '^#' && exit 1; done
```

```diff
- gone
+ come
```

!!! warning "A note with a {WORD}"

    Its text, with `code` and a [link](second.md).

??? tip "Closed at first"

    Inside.

=== "First tab"

    The first.

=== "Second tab with a longer title"

    The second.

=== "{WORD}"

    The third.

- [x] done
- [ ] open, with a sub-list
    1. one
    2. two

> A quotation
>
> > in a quotation

![A picture that is wider than the page](pictures/wide.png)

### A heading with `code` and a {WORD}

[^1]: The footnote.
"""

SECOND: Final = """\
---
title: Second page
---
Short. Back to [the first](everything.md).

```twofold
view: roadmap
status: [planned, released]
```

```twofold
view: releases
```

- In a list:

  ```twofold
  view: objectives
  ```

```twofold
view: metrics
```

```twofold
view: personas
```

### Under a heading of its own

```twofold
view: timeline
```

```twofold
view: feedback
```

```twofold
view: scores
```

```twofold
view: balance
```

```twofold
view: map
```

```twofold
view: needs
```

```twofold
view: stakeholders
```

```twofold
view: decisions
```

```twofold
view: estimates
```

At the end.
"""

PERSONA: Final = f"""\
---
name: {WORD} für Nordrhein-Westfalen
side: both
role: {WORD}{WORD}
goal: {WORD}
pains: ["{WORD} {WORD}"]
---
{WORD}
"""

ITEM: Final = f"""\
---
title: "{WORD} — “so that nobody has to type it twice”, <b>not bold</b> & سارة النجار {WORD}"
status: planned
horizon: next
target: 2027-Q3
personas: [long]
depends_on: [other]
owners: ["{WORD}", سارة النجار]
tags: [{", ".join(f"tag-{number}" for number in range(30))}]
availability: Every plan, every region, and {WORD}
---
{WORD} in the description.

## For customers

What {WORD} get:

| Column | {WORD} | Figures | More figures | And more |
|---|---|--:|--:|--:|
| one | two | 1,000,000 | 2,000,000 | 3,000,000 |

```
a line of code that is much longer than the half of a page in which it stands, so that it has to scroll
```

## For users

Short.

## Internal

{WORD}
"""

TURNED: Final = f"""\
---
title: المخطط يعمل دون شبكة (Offline), {WORD}
status: in-progress
horizon: now
release: "9"
change: added
availability: كل الأجنحة، {WORD}
evidence: [said]
objectives: [aim]
publish: [customer, user]
---

## For customers

يعمل المخطط (Offline) دون شبكة، ولا يضيع شيء.

![جهاز لوحي بجانب السرير](../pictures/wide.png)

[{WORD}](https://plan.example "<ul onclick=alert(1)>")

- أولاً، {WORD}
- ثانياً

| العمود | {WORD} |
|---|--:|
| قيمة | 1,000,000 |

## For users

قصير.
"""

PEOPLE: Final = f"""\
---
name: سارة النجار, {WORD}
side: customer
role: رئيسة التمريض
publish: [customer]
---

## For customers

{WORD} و{WORD}
"""

SAID: Final = f"""\
findings:
  - id: said
    summary: الشبكة تنقطع
    titles: {{customer: "الشبكة تنقطع {WORD}"}}
    publish: [customer]
    voices: [{{persona: turned}}]
    quotes:
      - {{text: "لا أستطيع الانتظار، {WORD}!", attribution: ممرضة, publish: [customer], consent: signed 2026-01-01}}
"""

AIM: Final = f"""\
title: كل وردية موثقة {WORD}
side: both
publish: [customer]
"""

RELEASE: Final = f"""\
---
version: "9"
date: 2026-12-01
title: الإصدار التاسع {WORD}
publish: [customer]
notes:
  - {{id: note, customer: "ملاحظة {WORD}", action: "افعل هذا: {WORD}"}}
---

## For customers

كل ما هو جديد (New), {WORD}.
"""

OTHER: Final = """\
---
title: Short
status: released
released: 2026-10-01
superseded_by: []
aliases: [older]
---
"""


def write_strained(folder: Path, *, seed: int = 7) -> None:
    """Write `mkdocs.yml` and `content` of the plan."""
    write_plan(folder, seed=seed, items=24, findings=14, personas=9)
    content = folder / "content"
    for name, text in {
        "everything.md": EVERYTHING,
        "second.md": SECOND,
        "personas/long.md": PERSONA,
        "roadmap/long.md": ITEM,
        "roadmap/other.md": OTHER,
        "roadmap/turned.md": TURNED,
        "personas/turned.md": PEOPLE,
        "feedback/said.yml": SAID,
        "objectives/aim.yml": AIM,
        "releases/9.md": RELEASE,
    }.items():
        (content / name).write_text(text, encoding="utf-8")
    picture = content / "pictures" / "wide.png"
    picture.parent.mkdir()
    picture.write_bytes(png(1800, 300))


def png(width: int, height: int, colour: tuple[int, int, int] = (40, 90, 140)) -> bytes:
    """A picture of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = (b"\0" + bytes(colour) * width) * height
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )
