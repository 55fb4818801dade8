"""A location in a file, and the ways to write a value there: the one that keeps most comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twofold.authoring import writing
from twofold.authoring.sheet import Edit, Sheet
from twofold.source.yaml import Plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from twofold.authoring.writing import Data
    from twofold.model.record import Location
    from twofold.source import yaml

Order = tuple[str, ...]
"""The names of the fields of a mapping, in the order in which people write them."""


def there(root: yaml.Node, location: Location) -> int:
    """How many steps of a location lead to something that is there, and can hold the next."""
    node = root
    for depth, step in enumerate(location):
        if node.children is None:
            return depth - 1
        inside = children(node)
        if step not in inside:
            return depth
        node = inside[step]
    return len(location)


def children(node: yaml.Node) -> Mapping[str | int, yaml.Node]:
    """What is in a list by number, or in a mapping by name."""
    inside: dict[str | int, yaml.Node] = {}
    if isinstance(node.children, dict):
        inside.update(node.children)
    elif node.children is not None:
        inside.update(enumerate(node.children))
    return inside


def edit(sheet: Sheet, start: int, end: int, new: str) -> Edit:
    """A stretch of a sheet with what takes its place, in the line ends of the file."""
    if sheet.newline != "\n":
        new = new.replace("\n", sheet.newline)
    return Edit(start=start, old=sheet.text[start:end], new=new)


class Place:
    """A location in a sheet, and the ways to write a value there."""

    __slots__ = ("location", "order", "root", "sheet", "text", "value")

    def __init__(self, sheet: Sheet, location: Location, value: Data, *, order: Order, text: bool) -> None:
        assert sheet.root is not None  # noqa: S101 - the caller has looked
        self.sheet, self.root = sheet, sheet.root
        self.location, self.value = location, value
        self.order, self.text = order, text

    def candidates(self) -> Iterator[Edit]:
        """Edits, the best first; any of them may turn out not to read back."""
        if there(self.root, self.location) < len(self.location):
            yield from self.insertions()
            return
        node = self.root.find(self.location)
        if node.data is None:
            yield from self.filled(node)
        elif node.children and not self.sheet.is_flow(node):
            yield from self.in_place_of_rows(node)
        else:
            yield from self.in_place_of_value(node)

    # --- a value that is there ---

    def in_place_of_value(self, node: yaml.Node) -> Iterator[Edit]:
        """In place of a scalar, or of brackets."""
        sheet = self.sheet
        start, header = sheet.at(node.start), sheet.block_header(node)
        if header is None:
            for way in self.inline(sheet.opening(node) if node.children is None else ""):
                yield edit(sheet, start, sheet.at(node.end), way)
            return
        rest = sheet.text[start + len(header) : sheet.row_end(sheet.row(start))]
        end = sheet.tail(node)
        if isinstance(self.value, str) and not self.typed:
            rows = sheet.text[start:end].replace("\r\n", "\n").replace("\r", "\n").split("\n")[1:]
            first = next((row for row in rows if row.strip()), None)
            indent = len(first) - len(first.lstrip(" ")) if first else self.indent + 2
            if "0" < header[-1] <= "9" or "0" < header[1:2] <= "9":
                # An indentation that is given need not be that of the first row.
                indent = self.indent + 2
            width = max((len(row) for row in rows), default=0)
            ways: list[str | None] = [writing.literal(self.value, indent=indent)]
            if header[0] == ">":
                ways.insert(0, writing.folded(self.value, indent=indent, width=width))
            for way in filter(None, ways):
                # A comment behind the sign stays.
                sign, _, content = way.partition("\n")
                yield edit(sheet, start, end, f"{sign}{self.shown(rest)}\n{content}")
        for way in self.inline(""):
            yield edit(sheet, start, end, way + self.shown(rest))

    def shown(self, text: str) -> str:
        """A stretch of the file with line ends as edits have them."""
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def in_place_of_rows(self, node: yaml.Node) -> Iterator[Edit]:
        """In place of a list or mapping that stands in rows."""
        sheet = self.sheet
        start, end = sheet.at(node.start), sheet.tail(node)
        column = node.start.column
        if isinstance(self.value, list) and isinstance(node.children, list) and self.value:
            yield from self.changed_elements(node, node.children, self.value)
            rows = [f"- {writing.flow(one)}" for one in self.value]
            yield edit(sheet, start, end, ("\n" + " " * column).join(rows))
        if isinstance(self.value, dict) and isinstance(node.children, dict) and self.value:
            rows = [writing.field(key, one) for key, one in self.value.items()]
            yield edit(sheet, start, end, ("\n" + " " * column).join(rows))
        after = sheet.after_key(self.location)
        for way in self.inline(""):
            if after is not None:
                rest = sheet.text[after : sheet.row_end(sheet.row(after))]
                yield edit(sheet, after, end, f" {way}{rest.rstrip()}")
            yield edit(sheet, start, end, way)

    def changed_elements(
        self, node: yaml.Node, children: list[yaml.Node], value: list[Data]
    ) -> Iterator[Edit]:
        """Only the rows of those elements that differ."""
        sheet, old = self.sheet, node.data
        kept = 0
        while kept < min(len(old), len(value)) and writing.same(old[kept], value[kept]):
            kept += 1
        last = 0
        while last < min(len(old), len(value)) - kept and writing.same(old[-1 - last], value[-1 - last]):
            last += 1
        column = node.start.column
        new = [f"{' ' * column}- {writing.flow(one)}" for one in value[kept : len(value) - last]]
        dropped = children[kept : len(old) - last]
        if dropped:
            first = self.hyphen_row(dropped[0], column)
            start = sheet.row_end(first - 1) if first else 0
            end = sheet.row_end(sheet.row(sheet.tail(dropped[-1])))
            yield edit(sheet, start, end, "".join(f"\n{row}" for row in new))
        elif kept:
            after = sheet.row_end(sheet.row(sheet.tail(children[kept - 1])))
            yield edit(sheet, after, after, "".join(f"\n{row}" for row in new))
        else:
            begin = sheet.at(node.start)
            yield edit(sheet, begin, begin, "".join(f"{row.lstrip()}\n{' ' * column}" for row in new))

    def hyphen_row(self, child: yaml.Node, column: int) -> int:
        """The row of the hyphen of an element of a list in rows."""
        row = self.sheet.row(self.sheet.at(child.start))
        while row and self.sheet.line(row)[column : column + 1] != "-":
            row -= 1
        return row

    def filled(self, node: yaml.Node) -> Iterator[Edit]:
        """In place of nothing, or of `null`."""
        start, end = self.sheet.at(node.start), self.sheet.at(node.end)
        gap = " " if start == end else ""
        for way in self.inline(""):
            yield edit(self.sheet, start, end, gap + way)

    # --- a value that is not there ---

    def insertions(self) -> Iterator[Edit]:
        """A new field in a mapping, or a new last element of a list."""
        holder = self.root.find(self.location[:-1])
        if isinstance(holder.children, list):
            place = Place(self.sheet, self.location[:-1], [*holder.data, self.value], order=(), text=False)
            yield from place.grown(holder, self.value)
            yield from place.candidates()
        elif isinstance(holder.children, dict):
            inserted = self.in_brackets if self.sheet.is_flow(holder) else self.in_rows
            yield from inserted(holder, holder.children)

    def grown(self, holder: yaml.Node, value: Data) -> Iterator[Edit]:
        """A last element within brackets."""
        if isinstance(holder.children, list) and holder.children and self.sheet.is_flow(holder):
            after = self.sheet.tail(holder.children[-1])
            yield edit(self.sheet, after, after, f", {writing.flow(value)}")

    def in_rows(self, holder: yaml.Node, children: dict[str, yaml.Node]) -> Iterator[Edit]:
        """A row after the nearest field that comes before it in the order of the fields."""
        sheet, column = self.sheet, self.column(holder)
        margin = " " * column
        # Text that ends with the file, without a line end, would gain one: then the row goes further up.
        for anchor in self.anchors(children):
            for way in self.written(column):
                if anchor is None:
                    begin = min(sheet.at(key) for key in (holder.keys or {}).values())
                    yield edit(sheet, begin, begin, f"{way}\n{margin}")
                else:
                    after = sheet.row_end(sheet.row(self.end_of(anchor, children[anchor])))
                    yield edit(sheet, after, after, f"\n{margin}{way}")

    def in_brackets(self, holder: yaml.Node, children: dict[str, yaml.Node]) -> Iterator[Edit]:
        """Behind a comma, after the nearest field that comes before it."""
        sheet = self.sheet
        for anchor in self.anchors(children):
            for way in self.written(0):
                if anchor is not None:
                    after = self.end_of(anchor, children[anchor])
                    yield edit(sheet, after, after, f", {way}")
                else:
                    begin = sheet.at(holder.start) + 1
                    yield edit(sheet, begin, begin, f"{way}, " if children else way)

    def end_of(self, name: str, node: yaml.Node) -> int:
        """Where a field ends, its colon at least."""
        end = self.sheet.tail(node)
        if node.data is None:
            return max(end, self.sheet.after_key((*self.location[:-1], name)) or 0)
        return end

    def anchors(self, children: dict[str, yaml.Node]) -> list[str | None]:
        """The fields that are there after which the new one may go, the best first; None for the top."""
        name = str(self.location[-1])
        if name not in self.order:
            last_first = sorted(children, key=lambda one: self.sheet.at(children[one].start), reverse=True)
            return [*last_first, None]
        rank = self.order.index(name)
        before = [one for one in children if one in self.order and self.order.index(one) < rank]
        return [*sorted(before, key=self.order.index, reverse=True), None]

    def written(self, column: int) -> Iterator[str]:
        """The whole field: its name and, on one line or in rows below, its value."""
        name = writing.field(str(self.location[-1]), Plain("0"))[:-1]
        long = isinstance(self.value, str) and "\n" in self.value and not self.typed
        if long and not self.sheet.in_flow(self.location):
            way = writing.literal(str(self.value), indent=column + 2)
            if way is not None:
                yield name + way
        for way in self.inline(""):
            yield name + way

    # --- both ---

    @property
    def typed(self) -> bool:
        """Whether the value is written as it is: a number, a date as it was typed."""
        return isinstance(self.value, Plain)

    def inline(self, opening: str) -> Iterator[str]:
        """The value on one line."""
        if not isinstance(self.value, str):
            yield writing.flow(self.value)
            return
        within = self.sheet.in_flow(self.location)
        kept = self.text and opening not in {"", "'", '"'}
        if "\n" in self.value and not self.typed and not within and opening not in {"'", '"'}:
            way = writing.literal(self.value, indent=self.indent + 2)
            if way is not None:
                yield way
        yield from writing.scalars(
            str(self.value),
            opening=opening,
            typed=self.typed,
            in_flow=within,
            may_look_like_a_number=kept,
        )

    def column(self, holder: yaml.Node) -> int:
        """The column in which the fields of a mapping in rows begin."""
        return min((mark.column for mark in (holder.keys or {}).values()), default=0)

    @property
    def indent(self) -> int:
        """The column of the field that holds the value."""
        depth = len(self.location) - 1
        while depth and not isinstance(self.location[depth], str):
            depth -= 1
        mark = self.root.key_mark(self.location[: depth + 1])
        return mark.column if mark is not None else 0
