"""Writing one value into a file at its place, and not one byte beside it.

Several ways to write a value are tried, the one that keeps most of what stands there first. Each is read
again, and the first counts that says what it should and leaves all else as it was.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from twofold.authoring import writing
from twofold.authoring.place import Order, Place, edit, there
from twofold.authoring.sheet import Edit, Sheet
from twofold.source import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from twofold.authoring.writing import Data
    from twofold.model.record import Location


class UnwritableError(Exception):
    """The value cannot be written at its place; the sentence is for people."""


def put(
    sheet: Sheet, location: Location, value: Data, *, orders: Sequence[Order], text: bool = False
) -> Edit:
    """Write a value at a location: replaced where there is one, else inserted.

    `orders` gives, for each step of the location that names a field, the order of its siblings (an empty one
    puts it last). `text` says that the field takes text, so that `2026.4` may stand with or without quotes.

    Raises:
        UnwritableError: where no way of writing it reads back.
    """
    root = sheet.root
    if root is None or not location:
        raise UnwritableError("the file holds no fields")
    depth = there(root, location)
    if depth < len(location):
        # Fields that are not there come with all that is to stand in them.
        value, text = _wrapped(location[depth + 1 :], value), text and depth + 1 == len(location)
        location = location[: depth + 1]
    goal = _with(root.data, location, value)
    place = Place(sheet, location, value, order=orders[len(location) - 1], text=text)
    for candidate in place.candidates():
        if reads(sheet, candidate, location, goal, text=text):
            return candidate
    raise UnwritableError(_by_hand(sheet, root, location))


def remove(sheet: Sheet, location: Location) -> Edit:
    """Take a field out of its mapping, with the row or rows that hold nothing else.

    Raises:
        UnwritableError: where it is not there, or cannot be taken out alone.
    """
    root = sheet.root
    if root is None or not location or there(root, location) < len(location):
        raise UnwritableError("there is no such field in the file")
    goal = deepcopy(root.data)
    holder = goal
    for step in location[:-1]:
        holder = holder[step]
    del holder[location[-1]]
    for candidate in _removals(sheet, root, location):
        if reads(sheet, candidate, (), goal, text=False):
            return candidate
    raise UnwritableError(_by_hand(sheet, root, location))


def _by_hand(sheet: Sheet, root: yaml.Node, location: Location) -> str:
    line = sheet.row(sheet.at(root.find(location).start)) + 1
    return (
        f"the place at {sheet.path}:{line} is written in a way that cannot be changed alone; edit it by hand"
    )


def _wrapped(steps: Location, value: Data) -> Data:
    for step in reversed(steps):
        value = [value] if isinstance(step, int) else {step: value}
    return value


def _with(data: Data, location: Location, value: Data) -> Data:
    """A copy of data with another value at a location, whose holder is there."""
    changed = deepcopy(data)
    holder = changed
    for step in location[:-1]:
        holder = holder[step]
    if isinstance(holder, list) and location[-1] == len(holder):
        holder.append(value)
    else:
        holder[location[-1]] = value
    return changed


def reads(sheet: Sheet, change: Edit, location: Location, goal: Data, *, text: bool) -> bool:
    """Whether the file with the edit says what it should."""
    try:
        after = Sheet(change.apply(sheet.text), path=sheet.path)
    except yaml.Refusal:
        return False
    if after.body != sheet.body or after.root is None:
        return False
    found = after.root.data
    if text and location:
        # A text field takes `2026.4` without quotes as this text.
        read = after.root.find(location).data
        if not isinstance(read, str) or str(read) != str(_at(goal, location)):
            return False
        found = _with(found, location, _at(goal, location))
    return writing.same(found, goal)


def _at(data: Data, location: Location) -> Data:
    for step in location:
        data = data[step]
    return data


def _removals(sheet: Sheet, root: yaml.Node, location: Location) -> Iterator[Edit]:
    holder = root.find(location[:-1])
    mark = root.key_mark(location)
    if mark is None:
        return
    begin, end = sheet.at(mark), sheet.tail(root.find(location))
    if root.find(location).data is None:
        end = sheet.after_key(location) or end
    if not sheet.is_flow(holder):
        first, last = sheet.row(begin), sheet.row(end)
        # The row with the line end before it, so that a missing one at the end of the file stays missing.
        start = sheet.row_end(first - 1) if first else 0
        yield edit(sheet, start, sheet.row_end(last), "")
        stop = sheet.row_start(last + 1) if sheet.row_end(last) < len(sheet.text) else len(sheet.text)
        yield edit(sheet, sheet.row_start(first), stop, "")
        # The first field of a list's element, which shares its row with the hyphen.
        after = [sheet.at(key) for key in (holder.keys or {}).values() if sheet.at(key) > begin]
        if after:
            yield edit(sheet, begin, min(after), "")
        return
    keys = sorted(sheet.at(key) for key in (holder.keys or {}).values())
    number = keys.index(begin)
    if number + 1 < len(keys):
        yield edit(sheet, begin, keys[number + 1], "")
    elif number:
        before = max(sheet.tail(child) for name, child in _fields(holder) if name != location[-1])
        yield edit(sheet, before, end, "")
    else:
        yield edit(sheet, begin, end, "")


def _fields(node: yaml.Node) -> list[tuple[str, yaml.Node]]:
    return list(node.children.items()) if isinstance(node.children, dict) else []
