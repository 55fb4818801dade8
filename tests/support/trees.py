"""Folders, file by file."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def difference(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """What differs, shortly: missing and added files, and where others part."""
    found = [f"- {name}" for name in sorted(set(one) - set(other))]
    found += [f"+ {name}" for name in sorted(set(other) - set(one))]
    for name in sorted(set(one) & set(other)):
        first, second = one[name], other[name]
        if first != second:
            pairs = zip(first, second, strict=False)
            same = min(len(first), len(second))
            at = next((at for at, (left, right) in enumerate(pairs) if left != right), same)
            begin = max(0, at - 40)
            found.append(f"! {name}: {first[begin : at + 60]!r} became {second[begin : at + 60]!r}")
    return found
